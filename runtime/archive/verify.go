package archive

import (
	"errors"
	"fmt"
	"io"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Opener opens what is sealed (seal.Sealer).
type Opener interface {
	Open(dst []byte, kind seal.Kind, key store.Key, packet []byte) ([]byte, error)
}

// Bundles opens the body of a bundle, which its owner seals in a way of its own.
type Bundles func(hash string, body []byte) error

// Verdict is what Verify found: how much there is, and how many of how many sealed values do not open.
type Verdict struct {
	Counts     Counts
	Sealed     uint64
	Unreadable uint64
}

// Verify reads an archive to its end and opens every sealed value in it, so that nothing is loaded that nobody could read. A
// single value may be damaged, as it was in the store: one whose key is not in the ring, or most of them, are ErrOtherKeys.
func Verify(r *Reader, keys Opener, bundles Bundles, progress func(done uint64)) (Verdict, error) {
	v := &verifier{keys: keys, bundles: bundles}
	for {
		e, err := r.Next()
		v.Counts = r.Counts()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return v.Verdict, err
		}
		if v.entry(e); v.unknown != nil {
			return v.Verdict, &RecordError{Record: r.Record(), Err: fmt.Errorf("%w: %w", ErrOtherKeys, v.unknown)}
		}
		if progress != nil {
			progress(r.Record())
		}
	}
	if 2*v.Unreadable > v.Sealed {
		return v.Verdict, ErrOtherKeys
	}
	return v.Verdict, nil
}

type verifier struct {
	Verdict
	keys    Opener
	bundles Bundles
	unknown error // a value's key is not in the ring
}

func (v *verifier) judge(err error) {
	v.Sealed++
	if err != nil {
		v.Unreadable++
	}
	if errors.Is(err, seal.ErrUnknownKey) {
		v.unknown = err
	}
}

func (v *verifier) open(kind seal.Kind, key store.Key, body []byte) {
	_, err := v.keys.Open(nil, kind, key, body)
	v.judge(err)
}

// entry opens what is sealed in an entry. Places hold nothing sealed.
func (v *verifier) entry(e store.Entry) {
	switch {
	case e.Person != nil:
		v.person(e.Person)
	case e.Record != nil && e.Record.Body != nil:
		v.record(e.Record)
	case e.Bundle != nil:
		v.judge(v.bundles(e.Bundle.Hash, e.Bundle.Body))
	}
}

// record opens a record, which may be a token.
func (v *verifier) record(r *store.RecordEntry) {
	_, err := v.keys.Open(nil, seal.Record, store.Key(r.List), r.Body)
	if err != nil {
		_, err = v.keys.Open(nil, seal.Token, store.Key(r.List), r.Body)
	}
	v.judge(err)
}

func (v *verifier) person(p *store.PersonEntry) {
	if p.Session != nil && p.Session.Body != nil {
		v.open(seal.Session, p.Key, p.Session.Body)
	}
	for _, it := range p.Mail {
		v.open(seal.Mailbox, p.Key, it.Body)
	}
	for _, it := range p.Out {
		v.open(seal.Outbox, p.Key, it.Body)
	}
	for _, t := range p.Timers {
		v.open(seal.Mailbox, p.Key, t.Body)
	}
	for _, entry := range p.Journal {
		v.open(seal.Journal, p.Key, entry)
	}
}
