package dsl

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
)

// Hash names sources: the SHA-256, in lower-case hex, over every source in order of its path (byte order): the length of the
// path as eight bytes, most significant first, the path, the length of the content likewise, the content. Flow files and
// attachments count, transcripts do not.
func Hash(sources map[string][]byte) string {
	h := sha256.New()
	var length [8]byte
	put := func(b []byte) {
		binary.BigEndian.PutUint64(length[:], uint64(len(b)))
		h.Write(length[:])
		h.Write(b)
	}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		put([]byte(name))
		put(sources[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}
