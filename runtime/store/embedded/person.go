package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"

	"hoithoai/runtime/store"
)

// The kinds of entries of a person, each under key 0 kind.
const (
	kindState   = 'a' // state, see below
	kindEcho    = 'e' // end of their life, then echoes, see echoes.go
	kindJournal = 'j' // seq → entry
	kindMail    = 'm' // seq → id body
	kindOut     = 'o' // seq → id body
	kindOld     = 'q' // ids that fell out of the ring
	kindRing    = 'r' // ids of the ring
	kindSession = 's' // rev last body
	kindAttempt = 'x' // end of its life, id, number (8 bytes each)
	kindTimer   = 't' // name 0 gen → time body
)

// errDamaged says that an entry does not have the shape this package writes.
var errDamaged = errors.New("entry is damaged")

// state is what is read and written with every operation of a person. Times are Unix ms.
type state struct {
	due        int64 // 0: free; else the end of the lease, or the time to try again
	deferred   bool  // due is a time to try again
	untried    bool  // put off before anything of the outbox head was sent
	orderly    bool  // the last owner put the person off; a Claim does not change that
	seq        uint64
	mails      uint32
	outs       uint32
	entries    uint32 // of the journal
	sessionEnd int64  // 0: never
	journalEnd int64
	memoryEnd  int64
	mark       int64 // the watermark
	sweep      int64 // when to look for what has expired; 0: nothing to look for
	hasSession bool
}

const stateSize = 2 + 8*7 + 4*3

// encode writes the state: flags, then its fields in order, big-endian.
func (s *state) encode() []byte {
	b := make([]byte, 0, stateSize)
	b = append(b, flag(s.deferred)|flag(s.untried)<<1|flag(s.orderly)<<2, flag(s.hasSession))
	for _, v := range []uint64{
		uint64(s.due), s.seq, uint64(s.sessionEnd), uint64(s.journalEnd), uint64(s.memoryEnd), uint64(s.mark), uint64(s.sweep),
	} {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	for _, v := range []uint32{s.mails, s.outs, s.entries} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

func flag(v bool) byte {
	if v {
		return 1
	}
	return 0
}

func (s *state) decode(b []byte) error {
	if len(b) != stateSize {
		return fmt.Errorf("state of %d bytes: %w", len(b), errDamaged)
	}
	s.deferred, s.untried, s.orderly, s.hasSession = b[0]&1 == 1, b[0]&2 == 2, b[0]&4 == 4, b[1] == 1
	long := func(i int) int64 { return int64(binary.BigEndian.Uint64(b[2+8*i:])) }
	short := func(i int) uint32 { return binary.BigEndian.Uint32(b[2+8*7+4*i:]) }
	s.due, s.seq, s.sessionEnd, s.journalEnd = long(0), uint64(long(1)), long(2), long(3)
	s.memoryEnd, s.mark, s.sweep = long(4), long(5), long(6)
	s.mails, s.outs, s.entries = short(0), short(1), short(2)
	return nil
}

// person is one person within a transaction. Changes of the state reach the file with save.
type person struct {
	state
	t     *tx
	key   store.Key
	saved state // what the file has
}

// person reads the state of a person, without removing what has expired.
func (t *tx) person(key store.Key) (*person, error) {
	p := &person{t: t, key: key}
	if b := t.people.Get(p.at(kindState)); b != nil {
		if err := p.decode(b); err != nil {
			return nil, err
		}
	}
	p.saved = p.state
	return p, nil
}

// fresh reads the state of a person and removes what has expired.
func (t *tx) fresh(key store.Key) (*person, error) {
	p, err := t.person(key)
	if err != nil {
		return nil, err
	}
	return p, p.expire()
}

// at is the key of an entry of the person.
func (p *person) at(kind byte, rest ...[]byte) []byte {
	k := make([]byte, 0, len(p.key)+24)
	k = append(k, p.key...)
	k = append(k, 0, kind)
	for _, r := range rest {
		k = append(k, r...)
	}
	return k
}

func (p *person) put(key, value []byte) error {
	if err := p.t.people.Put(key, value); err != nil {
		return fmt.Errorf("put entry: %w", err)
	}
	return nil
}

// save writes the state and keeps the indexes of due people and of expiry true to it.
func (p *person) save() error {
	p.schedule()
	if p.state == p.saved {
		return nil
	}
	if p.due != p.saved.due {
		if err := p.move(p.t.due, p.saved.due, p.due); err != nil {
			return err
		}
	}
	if p.sweep != p.saved.sweep {
		if err := p.move(p.t.sweep, p.saved.sweep, p.sweep); err != nil {
			return err
		}
	}
	p.saved = p.state
	if p.blank() {
		return p.t.people.Delete(p.at(kindState))
	}
	return p.put(p.at(kindState), p.encode())
}

// blank reports whether nothing is kept of the person that the state is needed for. Timers need none.
func (p *person) blank() bool {
	return p.due == 0 && p.mails == 0 && p.outs == 0 && p.entries == 0 && !p.hasSession && p.memoryEnd == 0 &&
		p.sweep == 0
}

// nextSeq numbers entries; a person's lists sort by it.
func (p *person) nextSeq() []byte {
	p.seq++
	return binary.BigEndian.AppendUint64(nil, p.seq)
}
