package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"hoithoai/runtime/store"
)

// Dump implements store.Dumper. It reads in one transaction, so that the whole dump is one moment of the store. While it runs
// the file keeps its old pages, and a write that makes the file outgrow its map waits: each must not take for ever.
func (s *Store) Dump(ctx context.Context, each func(store.Entry) error) error {
	var stop error // of each or ctx: no error of the file
	err := s.db.View(func(btx *bbolt.Tx) error {
		d := &dump{tx: s.begin(btx), clock: s.clock, each: func(e store.Entry) error {
			if stop = ctx.Err(); stop == nil {
				stop = each(e)
			}
			return stop
		}}
		for _, part := range []func() error{d.beats, d.everybody, d.lists, d.taken, d.programs} {
			if err := part(); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case stop != nil:
		return stop
	case err != nil:
		return fmt.Errorf("dump: %w", mapError(err))
	}
	return nil
}

// dump is one reading of all that is kept.
type dump struct {
	*tx
	clock func() time.Time
	each  func(store.Entry) error
}

func (d *dump) beats() error {
	c := d.meta.Cursor()
	for k, v := c.Seek([]byte(beatPrefix)); bytes.HasPrefix(k, []byte(beatPrefix)); k, v = c.Next() {
		if len(v) != timeSize {
			return fmt.Errorf("beat: %w", errDamaged)
		}
		e := &store.BeatEntry{What: string(k[len(beatPrefix):]), At: time.UnixMilli(timeOf(v))}
		if err := d.each(store.Entry{Beat: e}); err != nil {
			return err
		}
	}
	return nil
}

// everybody goes from person to person: all entries of one lie side by side.
func (d *dump) everybody() error {
	c := d.people.Cursor()
	for k, _ := c.First(); k != nil; {
		name, _, found := bytes.Cut(k, []byte{0})
		if !found {
			return fmt.Errorf("entry of nobody: %w", errDamaged)
		}
		key := store.Key(name)
		d.now = d.clock().UnixMilli()
		e, err := d.entry(key)
		if err != nil {
			return err
		}
		if e != nil {
			if err := d.each(store.Entry{Person: e}); err != nil {
				return err
			}
		}
		k, _ = c.Seek(append([]byte(key), 1))
	}
	return nil
}

// entry is what is kept of a person and has not expired; nil for nothing.
func (d *dump) entry(key store.Key) (*store.PersonEntry, error) {
	p, err := d.person(key)
	if err != nil {
		return nil, err
	}
	e := &store.PersonEntry{Key: key, Due: p.leased()}
	if p.hasSession && !over(p.sessionEnd, p.t.now) {
		if e.Session, err = p.snapshot(); err != nil {
			return nil, err
		}
		e.SessionLife = p.left(p.sessionEnd)
	}
	if e.Mail, err = p.items(kindMail); err != nil {
		return nil, err
	}
	if e.Out, err = p.items(kindOut); err != nil {
		return nil, err
	}
	if e.Timers, err = p.timers(); err != nil {
		return nil, err
	}
	p.readJournal(e)
	p.readMemory(e)
	if err := p.readEchoes(e); err != nil || e.Empty() {
		return nil, err
	}
	return e, nil
}

// left is the rest of a life that ends at a time; 0 for one without end.
func (p *person) left(end int64) time.Duration {
	if end == 0 {
		return 0
	}
	return time.Duration(end-p.t.now) * time.Millisecond
}

// items returns all of the mailbox or outbox.
func (p *person) items(kind byte) (all []store.Item, err error) {
	each(p.t.people, p.at(kind), func(_, v []byte) bool {
		if len(v) < idSize {
			err = fmt.Errorf("item of %d bytes: %w", len(v), errDamaged)
			return false
		}
		all = append(all, store.Item{ID: store.ID8(v[:idSize]), Body: bytes.Clone(v[idSize:])})
		return true
	})
	return all, err
}

func (p *person) timers() (all []store.Timer, err error) {
	prefix := p.at(kindTimer)
	each(p.t.people, prefix, func(k, v []byte) bool {
		name := k[len(prefix):]
		if len(name) < 6 || len(v) < timeSize {
			err = fmt.Errorf("timer: %w", errDamaged)
			return false
		}
		all = append(all, store.Timer{
			Name: string(name[:len(name)-5]), Gen: binary.BigEndian.Uint32(name[len(name)-4:]),
			At: time.UnixMilli(timeOf(v)), Body: bytes.Clone(v[timeSize:]),
		})
		return true
	})
	return all, err
}

func (p *person) readJournal(e *store.PersonEntry) {
	if over(p.journalEnd, p.t.now) {
		return
	}
	e.JournalLife = p.left(p.journalEnd)
	each(p.t.people, p.at(kindJournal), func(_, v []byte) bool {
		e.Journal = append(e.Journal, bytes.Clone(v))
		return true
	})
}

func (p *person) readMemory(e *store.PersonEntry) {
	if p.memoryEnd == 0 || over(p.memoryEnd, p.t.now) {
		return
	}
	e.Mark, e.MemoryLife = p.mark, p.left(p.memoryEnd)
	e.Ring = memory(p.t.people.Get(p.at(kindRing))).entries(0)
	e.Old = memory(p.t.people.Get(p.at(kindOld))).entries(p.t.now - p.t.s.cfg.Window.Milliseconds())
}

func (p *person) readEchoes(e *store.PersonEntry) error {
	list, err := p.echoes()
	if err != nil || len(list) == 0 {
		return err
	}
	e.EchoLife = p.left(timeOf(p.t.people.Get(p.at(kindEcho))))
	for echo := range slices.Chunk(list, echoSize) {
		e.Echoes = append(e.Echoes, readEcho(echo))
	}
	return nil
}

// entries are the remembered events whose time is after a moment.
func (m memory) entries(after int64) (all []store.Seen) {
	for i := range m.len() {
		if at := m.at(i); at > after {
			all = append(all, store.Seen{ID: store.ID8(m.entry(i)[8:]), At: at})
		}
	}
	return all
}

// lists goes through what is known of every task that ever wrote to a list.
func (d *dump) lists() error {
	c := d.records.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		list, by, ok := splitName(k, 1)
		if !ok {
			continue
		}
		e := &store.RecordEntry{List: list, By: by, ID: string(v)}
		e.Body = bytes.Clone(d.records.Get(recordKey(list, e.ID)))
		if err := d.each(store.Entry{Record: e}); err != nil {
			return err
		}
	}
	return nil
}

// splitName reads name, a mark, and the id of a task.
func splitName(k []byte, mark byte) (name string, by store.ID8, ok bool) {
	i := bytes.IndexFunc(k, func(r rune) bool { return r < ' ' })
	if i < 0 || k[i] != mark || len(k) != i+1+idSize {
		return "", by, false
	}
	return string(k[:i]), store.ID8(k[i+1:]), true
}

func (d *dump) taken() error {
	c := d.places.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		place, by, ok := splitName(k, 0)
		if !ok {
			continue
		}
		e := &store.PlaceEntry{Place: place, By: by, Holds: len(v) == 1 && v[0] == 1}
		if err := d.each(store.Entry{Place: e}); err != nil {
			return err
		}
	}
	return nil
}

func (d *dump) programs() error {
	c := d.bundles.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if err := d.each(store.Entry{Bundle: &store.BundleEntry{Hash: string(k), Body: bytes.Clone(v)}}); err != nil {
			return err
		}
	}
	return nil
}
