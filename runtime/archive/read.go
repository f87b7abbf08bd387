package archive

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"hoithoai/runtime/store"
)

// Reader reads an archive and checks every frame of it.
type Reader struct {
	in     *bufio.Reader
	sum    hash.Hash
	keys   Deriver
	now    func() time.Time
	header Header
	record uint64 // entries read
	size   int    // of the last frame's payload
	counts Counts // of all entries, also what has expired since
	done   bool
	err    error
}

// NewReader reads the header of an archive. With keys nil the archive is held against itself alone: nobody knows then who wrote
// it. now says what has expired.
func NewReader(from io.Reader, keys Deriver, now func() time.Time) (*Reader, error) {
	r := &Reader{in: bufio.NewReaderSize(from, buffer), sum: sha256.New(), keys: keys, now: now}
	first := make([]byte, len(magic))
	if _, err := io.ReadFull(r.in, first); err != nil || string(first) != magic {
		return nil, errors.Join(ErrForeign, readError(err))
	}
	r.sum.Write(first)
	kind, payload, err := r.frame()
	if err != nil {
		return nil, &RecordError{Err: err}
	}
	if kind != kindHeader || json.Unmarshal(payload, &r.header) != nil {
		return nil, &RecordError{Err: ErrDamaged}
	}
	if r.header.Version != Version {
		return nil, fmt.Errorf("format %d: %w", r.header.Version, ErrForeign)
	}
	if keys != nil && r.header.Install != Install(keys) {
		return nil, ErrOtherKeys
	}
	return r, nil
}

// readError is an error of reading that is not the end of the file.
func readError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// Header says where the archive comes from.
func (r *Reader) Header() Header { return r.header }

// Record is how many entries have been read.
func (r *Reader) Record() uint64 { return r.record }

// Counts is how much has been read, also of what has expired since it was written.
func (r *Reader) Counts() Counts { return r.counts }

// Next returns the next entry without what has expired; a person of whom nothing is left comes as Empty. At the end of a whole
// archive it returns io.EOF; every other error is final and a *RecordError.
func (r *Reader) Next() (store.Entry, error) {
	if r.err != nil {
		return store.Entry{}, r.err
	}
	e, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		err = &RecordError{Record: r.record + 1, Err: err}
	}
	r.err = err
	return e, err
}

func (r *Reader) next() (entry store.Entry, err error) {
	kind, payload, err := r.frame()
	if err != nil {
		return entry, err
	}
	switch kind {
	case kindTrailer:
		return entry, r.end(payload)
	case kindGivenUp:
		return entry, fmt.Errorf("%w: %s", ErrGivenUp, payload)
	}
	if entry, err = decode(kind, payload); err != nil {
		return entry, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	r.counts.Add(entry)
	r.record++
	if entry.Person != nil {
		expire(entry.Person, r.now().UnixMilli())
	}
	return entry, nil
}

// frame reads one frame and, unless it is the trailer, counts it in the sum. What it says of its length is believed only as far as bytes come.
func (r *Reader) frame() (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return 0, nil, cut(err)
	}
	var body bytes.Buffer
	r.size = int(binary.BigEndian.Uint32(head[1:]))
	body.Grow(min(r.size, buffer) + bytes.MinRead)
	if _, err := io.CopyN(&body, r.in, int64(r.size)); err != nil {
		return 0, nil, cut(err)
	}
	var sum [4]byte
	if _, err := io.ReadFull(r.in, sum[:]); err != nil {
		return 0, nil, cut(err)
	}
	if binary.BigEndian.Uint32(sum[:]) != check(head, body.Bytes()) {
		return 0, nil, ErrDamaged
	}
	if head[0] != kindTrailer {
		r.sum.Write(head[:])
		r.sum.Write(body.Bytes())
		r.sum.Write(sum[:])
	}
	return head[0], body.Bytes(), nil
}

// cut names the end of a file within a frame, or before the trailer.
func cut(err error) error {
	if other := readError(err); other != nil {
		return fmt.Errorf("read archive: %w", other)
	}
	return ErrCut
}

// end checks the trailer, and that nothing comes behind it.
func (r *Reader) end(payload []byte) error {
	var t trailer
	if json.Unmarshal(payload, &t) != nil || t.Counts != r.counts || !bytes.Equal(t.Sum, r.sum.Sum(nil)) {
		return ErrDamaged
	}
	if r.keys != nil && !hmac.Equal(t.Mark, marked(r.keys, t.Sum)) {
		return ErrDamaged
	}
	if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
		return ErrDamaged
	}
	return io.EOF
}
