package embedded

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"hoithoai/runtime/store"
)

const idSize = len(store.ID8{})

// push appends an item to the mailbox or outbox.
func (p *person) push(kind byte, it store.Item) error {
	*p.count(kind)++
	return p.put(p.at(kind, p.nextSeq()), append(it.ID[:len(it.ID):len(it.ID)], it.Body...))
}

// pop removes the first item of the mailbox or outbox if it is id.
func (p *person) pop(kind byte, id store.ID8) (bool, error) {
	k, v := p.first(kind)
	if k == nil || !bytes.Equal(v[:idSize], id[:]) {
		return false, nil
	}
	*p.count(kind)--
	if err := p.t.people.Delete(k); err != nil {
		return false, fmt.Errorf("delete item: %w", err)
	}
	return true, nil
}

func (p *person) count(kind byte) *uint32 {
	switch kind {
	case kindMail:
		return &p.mails
	case kindOut:
		return &p.outs
	default:
		return &p.entries
	}
}

// first returns a copy of the first entry of a list and its value as the file has it; nil when the list is empty.
func (p *person) first(kind byte) (key, value []byte) {
	if *p.count(kind) == 0 {
		return nil, nil
	}
	prefix := p.at(kind)
	k, v := p.t.people.Cursor().Seek(prefix)
	if !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return bytes.Clone(k), v
}

// head returns the first item of the mailbox or outbox, nil when empty.
func (p *person) head(kind byte) (*store.Item, error) {
	k, v := p.first(kind)
	if k == nil {
		return nil, nil
	}
	if len(v) < idSize {
		return nil, fmt.Errorf("item of %d bytes: %w", len(v), errDamaged)
	}
	return &store.Item{ID: store.ID8(v[:idSize]), Body: bytes.Clone(v[idSize:])}, nil
}

const sessionHead = 8 + idSize

// snapshot returns the session, nil when there is none.
func (p *person) snapshot() (*store.Snapshot, error) {
	if !p.hasSession {
		return nil, nil
	}
	v := p.t.people.Get(p.at(kindSession))
	if len(v) < sessionHead {
		return nil, fmt.Errorf("session of %d bytes: %w", len(v), errDamaged)
	}
	snap := &store.Snapshot{Rev: binary.BigEndian.Uint64(v), Last: store.ID8(v[8:sessionHead])}
	if len(v) > sessionHead {
		snap.Body = bytes.Clone(v[sessionHead:])
	}
	return snap, nil
}

// revision returns what the session is fenced with.
func (p *person) revision() (uint64, store.ID8, error) {
	if !p.hasSession {
		return 0, store.ID8{}, nil
	}
	v := p.t.people.Get(p.at(kindSession))
	if len(v) < sessionHead {
		return 0, store.ID8{}, fmt.Errorf("session of %d bytes: %w", len(v), errDamaged)
	}
	return binary.BigEndian.Uint64(v), store.ID8(v[8:sessionHead]), nil
}

func (p *person) setSession(rev uint64, last store.ID8, body []byte, ttl time.Duration) error {
	p.hasSession = true
	p.keepSession(ttl)
	v := binary.BigEndian.AppendUint64(make([]byte, 0, sessionHead+len(body)), rev)
	return p.put(p.at(kindSession), slices.Concat(v, last[:], body))
}

func (p *person) keepSession(ttl time.Duration) {
	p.sessionEnd = 0
	if ttl > 0 {
		p.sessionEnd = p.t.now + ttl.Milliseconds()
	}
}

// lease makes the caller the owner or renews the ownership.
func (p *person) lease() {
	p.due, p.deferred = p.t.now+p.t.s.cfg.Lease.Milliseconds(), false
}

// settle frees a person without work and renews the lease of any other.
func (p *person) settle() (free bool) {
	if p.mails == 0 && p.outs == 0 {
		p.due, p.deferred, p.untried, p.orderly = 0, false, false, false
		return true
	}
	p.lease()
	p.untried, p.orderly = false, false
	return false
}

// leased is the end of the lease as the contract gives it: zero for a free person.
func (p *person) leased() time.Time {
	if p.due == 0 {
		return time.Time{}
	}
	return time.UnixMilli(p.due)
}

// work is what the owner of the person gets to do next.
func (p *person) work() (w store.Work, err error) {
	w.Key = p.key
	if w.Session, err = p.snapshot(); err != nil {
		return w, err
	}
	if w.Head, err = p.head(kindMail); err != nil {
		return w, err
	}
	if w.Out, err = p.head(kindOut); err != nil {
		return w, err
	}
	w.Lease = p.leased()
	return w, nil
}
