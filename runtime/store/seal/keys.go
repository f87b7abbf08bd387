package seal

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// KeySize is the length of every key in bytes.
const KeySize = 32

// namesLabel is the word before the names key in a key text.
const namesLabel = "names"

// firstKey is the ring key the names key is derived from when a key text has none.
const firstKey = 1

// Keys is a ring of sealing keys by id: the highest id seals, all of them open. Names is the key people's names are hashed
// with; it must never change, or nobody is found again. Without it the names key is derived from key 1, which then must stay.
type Keys struct {
	Ring  map[byte]Secret
	Names Secret
}

// ParseKeys reads a key text: one key per line as `id:key`, id 1–255, key 32 bytes in hex or base64; optionally one line
// `names:key`. Empty lines and lines that begin with # are skipped. Errors name the line, never its content.
func ParseKeys(text string) (Keys, error) {
	keys := Keys{Ring: map[byte]Secret{}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := keys.add(line); err != nil {
			return Keys{}, fmt.Errorf("key line %d: %w", n+1, err)
		}
	}
	if err := keys.check(); err != nil {
		return Keys{}, err
	}
	return keys, nil
}

func (k *Keys) add(line string) error {
	label, text, found := strings.Cut(line, ":")
	if !found {
		return errors.New("want id:key")
	}
	key, err := parseKey(strings.TrimSpace(text))
	if err != nil {
		return err
	}
	if strings.TrimSpace(label) == namesLabel {
		return k.addNames(key)
	}
	id, err := strconv.ParseUint(strings.TrimSpace(label), 10, 8)
	if err != nil || id == 0 {
		return errors.New("id must be a number from 1 to 255, or names")
	}
	if _, taken := k.Ring[byte(id)]; taken {
		return fmt.Errorf("key %d is given twice", id)
	}
	k.Ring[byte(id)] = NewSecret(key)
	return nil
}

func (k *Keys) addNames(key []byte) error {
	if k.Names.reveal() != nil {
		return errors.New("names key is given twice")
	}
	k.Names = NewSecret(key)
	return nil
}

// parseKey reads 32 bytes: 64 hex digits, else base64 in either alphabet, padded or not.
func parseKey(text string) ([]byte, error) {
	if len(text) == hex.EncodedLen(KeySize) {
		if key, err := hex.DecodeString(text); err == nil {
			return key, nil
		}
	}
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	key, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, errors.New("key is neither hex nor base64")
	}
	if len(key) != KeySize {
		return nil, fmt.Errorf("key has %d bytes, want %d", len(key), KeySize)
	}
	return key, nil
}

func (k Keys) check() error {
	if len(k.Ring) == 0 {
		return errors.New("key ring is empty")
	}
	for id, key := range k.Ring {
		if id == 0 || len(key.reveal()) != KeySize {
			return fmt.Errorf("key %d: want id 1 to 255 and %d bytes", id, KeySize)
		}
	}
	if n := k.Names.reveal(); n != nil && len(n) != KeySize {
		return fmt.Errorf("names key has %d bytes, want %d", len(n), KeySize)
	}
	if _, ok := k.Ring[firstKey]; !ok && k.Names.reveal() == nil {
		return fmt.Errorf("key %d is gone and there is no names key: people would not be found again", firstKey)
	}
	return nil
}

// names returns the names key; call it on checked keys.
func (k Keys) names() []byte {
	if n := k.Names.reveal(); n != nil {
		return n
	}
	return derive(k.Ring[firstKey].reveal(), namesLabel)
}
