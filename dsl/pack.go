package dsl

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// Bounds of a pack; what exceeds them is refused before memory is taken for it.
const (
	packMagic    = "hoithoai-bundle-1\n"
	maxPackFiles = 10_000
	maxPackSize  = 256 << 20
	maxPackPath  = 1024 // bytes of a path
)

// ErrPack is wrapped by every error of Unpack.
var ErrPack = errors.New("not a packed bundle")

// Pack makes one blob of sources, the same for equal sources. A store keeps it for as long as a session is pinned to the
// program; Unpack and Load make the program again.
func Pack(sources map[string][]byte) []byte {
	out := []byte(packMagic)
	out = binary.AppendUvarint(out, uint64(len(sources)))
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		out = appendBytes(out, []byte(name))
		out = appendBytes(out, sources[name])
	}
	return out
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

// Unpack returns the sources in a blob of Pack as a file system that Load reads. It refuses what Pack would not have written:
// paths out of order or outside the bundle, and anything behind the last file. Whether the sources are the right ones is for the
// caller to say, by the hash of what Load returns.
func Unpack(blob []byte) (fs.FS, error) {
	if len(blob) > maxPackSize || !bytes.HasPrefix(blob, []byte(packMagic)) {
		return nil, fmt.Errorf("unpack bundle: %w", ErrPack)
	}
	u := unpacker{rest: blob[len(packMagic):]}
	n := u.uvarint()
	if n > maxPackFiles {
		return nil, fmt.Errorf("unpack bundle of %d files: %w", n, ErrPack)
	}
	out := memory{}
	last := ""
	for range n {
		name, content := string(u.bytes()), u.bytes()
		if u.failed || !isPath(name) || name <= last {
			return nil, fmt.Errorf("unpack file %.40q: %w", name, ErrPack)
		}
		out[name], last = content, name
	}
	if u.failed || len(u.rest) > 0 {
		return nil, fmt.Errorf("unpack bundle: %w", ErrPack)
	}
	return newMemory(out)
}

func isPath(name string) bool { return len(name) <= maxPackPath && name != "." && fs.ValidPath(name) }

// unpacker reads a blob from its front; after a failure everything it returns is empty.
type unpacker struct {
	rest   []byte
	failed bool
}

func (u *unpacker) uvarint() uint64 {
	n, size := binary.Uvarint(u.rest)
	if size <= 0 {
		u.failed = true
		return 0
	}
	u.rest = u.rest[size:]
	return n
}

func (u *unpacker) bytes() []byte {
	n := u.uvarint()
	if n > uint64(len(u.rest)) {
		u.failed = true
		return nil
	}
	b := u.rest[:n:n]
	u.rest = u.rest[n:]
	return b
}
