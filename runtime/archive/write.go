package archive

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"time"

	"hoithoai/runtime/store"
)

// Source is what Write needs; every field but Progress is required.
type Source struct {
	Header   Header // Version, Install and Time are filled in
	Keys     Deriver
	Now      func() time.Time
	Progress func(Counts) // told after every entry; nil: nobody
}

// Write writes an archive of all that from keeps. When the store fails on the way, the archive says so in its last frame and
// the error is returned too: what reads it never takes it for whole.
func Write(ctx context.Context, to io.Writer, from store.Dumper, src Source) (Counts, error) {
	w := newWriter(to)
	w.raw([]byte(magic))
	src.Header.Version, src.Header.Install, src.Header.Time = Version, Install(src.Keys), src.Now().UnixMilli()
	w.json(kindHeader, src.Header)
	var c Counts
	var enc encoder
	err := from.Dump(ctx, func(e store.Entry) error {
		kind := enc.entry(e, src.Now().UnixMilli())
		w.frame(kind, enc.b)
		c.Add(e)
		if src.Progress != nil {
			src.Progress(c)
		}
		return w.err
	})
	if w.err != nil {
		return c, fmt.Errorf("write archive: %w", w.err)
	}
	if err != nil {
		w.frame(kindGivenUp, []byte(err.Error()))
		return c, errors.Join(fmt.Errorf("write archive: %w", err), w.flush())
	}
	t := trailer{Counts: c, Sum: w.sum.Sum(nil)}
	t.Mark = marked(src.Keys, t.Sum)
	w.json(kindTrailer, t)
	if err := w.flush(); err != nil {
		return c, fmt.Errorf("write archive: %w", err)
	}
	return c, nil
}

func marked(keys Deriver, sum []byte) []byte {
	m := hmac.New(sha256.New, markKey(keys))
	m.Write(sum)
	return m.Sum(nil)
}

// writer writes frames; after the first error it writes nothing.
type writer struct {
	out *bufio.Writer
	sum hash.Hash
	err error
}

const buffer = 64 << 10

func newWriter(to io.Writer) *writer {
	return &writer{out: bufio.NewWriterSize(to, buffer), sum: sha256.New()}
}

func (w *writer) raw(b []byte) {
	if w.err != nil {
		return
	}
	w.sum.Write(b)
	_, w.err = w.out.Write(b)
}

// frame writes one frame.
func (w *writer) frame(kind byte, payload []byte) {
	if len(payload) > math.MaxUint32 {
		w.err = errors.Join(w.err, fmt.Errorf("frame of %d bytes", len(payload)))
		return
	}
	head := frameHead(kind, uint32(len(payload)))
	w.raw(head[:])
	w.raw(payload)
	w.raw(binary.BigEndian.AppendUint32(nil, check(head, payload)))
}

func frameHead(kind byte, size uint32) (head [5]byte) {
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], size)
	return head
}

// check is the CRC-32C of a frame.
func check(head [5]byte, payload []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(head[:], table), table, payload)
}

func (w *writer) json(kind byte, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		w.err = errors.Join(w.err, err)
		return
	}
	w.frame(kind, text)
}

func (w *writer) flush() error {
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}
