// Package seal is the one seam every stored payload passes: what goes into a store is encrypted and bound to its place, and
// the names under which people are kept are keyed hashes.
//
// A packet is [key id: 1 byte][nonce: 12 bytes][AES-256-GCM ciphertext and tag]. The AES key is derived from the ring's key
// for the payload's kind and place, so that no single key ever meets the limit of random nonces, and the same kind and place
// are the additional data: a packet moved to another person, list or kind does not open.
//
// It is not responsible for keeping the keys secret on the machine beyond refusing files others can read, for the tips'
// own encryption to an office's public key (package tips), or for deleting anything.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"sync/atomic"

	"hoithoai/runtime/store"
)

// Kind says what a payload is. The numbers are part of what is sealed: append only.
type Kind byte

// The kinds of payloads.
const (
	Session Kind = iota + 1
	Mailbox
	Outbox
	Journal
	Record
	Token
)

// Overhead is how many bytes a packet is longer than its payload.
const Overhead = 1 + nonceSize + 16

const (
	nonceSize  = 12
	personSize = 22
)

// ErrDamaged is returned by Open for a packet that is cut, changed, or sealed for another kind, person or list.
var ErrDamaged = errors.New("sealed packet is damaged or belongs elsewhere")

// ErrUnknownKey is returned (wrapped) by Open for a packet whose key is not in the ring.
var ErrUnknownKey = errors.New("key of the sealed packet is not in the ring")

// Sealer seals and opens payloads and names people. It is safe for concurrent use if its source of randomness is.
type Sealer struct {
	ring   map[byte][]byte
	newest byte
	names  []byte
	ids    []byte
	rand   io.Reader
	seed   maphash.Seed
	recent [recentPlaces]atomic.Pointer[ready] // by place: one event opens and seals the same few places several times
}

// recentPlaces is how many ciphers are kept ready, about a kilobyte each.
const recentPlaces = 2048

// ready is the cipher of a place under a key of the ring.
type ready struct {
	id    byte
	place string
	aead  cipher.AEAD
}

// New returns a Sealer over a ring of keys. random supplies the nonces and must be cryptographic and safe for concurrent
// use (crypto/rand.Reader in the program).
func New(keys Keys, random io.Reader) (*Sealer, error) {
	if err := keys.check(); err != nil {
		return nil, err
	}
	s := &Sealer{ring: map[byte][]byte{}, names: keys.names(), rand: random, seed: maphash.MakeSeed()}
	for id, key := range keys.Ring {
		s.ring[id] = key.reveal()
		s.newest = max(s.newest, id)
	}
	s.ids = derive(s.names, "id")
	return s, nil
}

// Seal appends to dst the packet of plain, sealed with the newest key of the ring for the given kind and person.
func (s *Sealer) Seal(dst []byte, kind Kind, key store.Key, plain []byte) ([]byte, error) {
	place := place(kind, string(key))
	aead, err := s.aead(s.newest, place)
	if err != nil {
		return nil, err
	}
	start := len(dst)
	dst = append(dst, s.newest)
	dst = append(dst, make([]byte, nonceSize)...)
	nonce := dst[start+1:]
	if _, err := io.ReadFull(s.rand, nonce); err != nil {
		return nil, fmt.Errorf("read nonce: %w", err)
	}
	return aead.Seal(dst, nonce, plain, place), nil
}

// Open appends to dst the payload of a packet made by Seal with the same kind and person. Any other packet gives ErrDamaged
// or ErrUnknownKey and no bytes.
func (s *Sealer) Open(dst []byte, kind Kind, key store.Key, packet []byte) ([]byte, error) {
	if len(packet) < Overhead {
		return nil, ErrDamaged
	}
	place := place(kind, string(key))
	aead, err := s.aead(packet[0], place)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(dst, packet[1:1+nonceSize], packet[1+nonceSize:], place)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// SealRecord seals an entry of an office's list of records.
func (s *Sealer) SealRecord(list string, plain []byte) ([]byte, error) {
	return s.Seal(nil, Record, store.Key(list), plain)
}

// OpenRecord opens an entry made by SealRecord for the same list.
func (s *Sealer) OpenRecord(list string, packet []byte) ([]byte, error) {
	return s.Open(nil, Record, store.Key(list), packet)
}

// Person names a person of an office in a store: 22 characters of base64url of HMAC-SHA256(names key, office, 0, user).
func (s *Sealer) Person(office, user string) store.Key {
	mac := hmac.New(sha256.New, s.names)
	mac.Write([]byte(office))
	mac.Write([]byte{0})
	mac.Write([]byte(user))
	return store.Key(base64.RawURLEncoding.EncodeToString(mac.Sum(nil))[:personSize])
}

// ID names an event or outbox item of a person: the first 8 bytes of a keyed hash of the person and the channel's own id.
func (s *Sealer) ID(key store.Key, channelID string) store.ID8 {
	mac := hmac.New(sha256.New, s.ids)
	mac.Write([]byte(key))
	mac.Write([]byte{0})
	mac.Write([]byte(channelID))
	return store.ID8(mac.Sum(nil)[:8])
}

// aead returns the cipher of one place under one key of the ring.
func (s *Sealer) aead(id byte, place []byte) (cipher.AEAD, error) {
	at := &s.recent[maphash.Bytes(s.seed, place)%recentPlaces]
	if r := at.Load(); r != nil && r.id == id && r.place == string(place) {
		return r.aead, nil
	}
	aead, err := s.derived(id, place)
	if err == nil {
		at.Store(&ready{id: id, place: string(place), aead: aead})
	}
	return aead, err
}

// derived makes that cipher.
func (s *Sealer) derived(id byte, place []byte) (cipher.AEAD, error) {
	master, ok := s.ring[id]
	if !ok {
		return nil, fmt.Errorf("key %d: %w", id, ErrUnknownKey)
	}
	block, err := aes.NewCipher(derive(master, string(place)))
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return aead, nil
}

// place is the context a payload is bound to.
func place(kind Kind, key string) []byte {
	return append([]byte{byte(kind)}, key...)
}

func derive(key []byte, label string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("hoithoai seal 1\x00"))
	mac.Write([]byte(label))
	return mac.Sum(nil)
}
