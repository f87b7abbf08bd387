package embedded

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"hoithoai/runtime/store"
)

// loadKey is the entry of the bucket meta that marks a load under way: done (8 bytes), then the name of the dump.
const loadKey = "load"

// dataBuckets are all buckets but meta.
func dataBuckets() []string {
	return []string{bucketPeople, bucketDue, bucketTimers, bucketSweep, bucketBundles, bucketRecords, bucketPlaces}
}

// loadUnderWay returns what the mark of a load says; dump "" when there is none.
func loadUnderWay(meta *bbolt.Bucket) (dump string, done uint64) {
	v := meta.Get([]byte(loadKey))
	if len(v) < 8 {
		return "", 0
	}
	return string(v[8:]), binary.BigEndian.Uint64(v)
}

func (t *tx) markLoad(dump string, done uint64) error {
	return t.meta.Put([]byte(loadKey), append(binary.BigEndian.AppendUint64(nil, done), dump...))
}

// StartLoad implements store.Loader.
func (s *Store) StartLoad(ctx context.Context, dump string) (done uint64, err error) {
	if err := store.CheckName(dump); err != nil {
		return 0, fmt.Errorf("start load: %w", err)
	}
	taken := false
	err = s.update(ctx, "start load", func(t *tx) error {
		var under string
		if under, done = loadUnderWay(t.meta); under == dump {
			taken = false
			return nil
		}
		if taken = under != "" || !t.empty(); taken {
			return nil
		}
		done = 0
		return t.markLoad(dump, 0)
	})
	if err == nil && taken {
		err = fmt.Errorf("start load: %w", store.ErrNotEmpty)
	}
	return done, err
}

func (t *tx) empty() bool {
	for _, b := range []*bbolt.Bucket{t.people, t.bundles, t.records, t.places} {
		if k, _ := b.Cursor().First(); k != nil {
			return false
		}
	}
	return true
}

// PutEntries implements store.Loader: one transaction.
func (s *Store) PutEntries(ctx context.Context, entries []store.Entry, done uint64) error {
	for _, e := range entries {
		if err := e.Check(); err != nil {
			return fmt.Errorf("put entries: %w", err)
		}
	}
	return s.update(ctx, "put entries", func(t *tx) error {
		dump, _ := loadUnderWay(t.meta)
		if dump == "" {
			return errors.New("no load was started")
		}
		for _, e := range entries {
			if err := t.putEntry(e); err != nil {
				return err
			}
		}
		return t.markLoad(dump, done)
	})
}

func (t *tx) putEntry(e store.Entry) error {
	switch {
	case e.Person != nil:
		return t.putPerson(e.Person)
	case e.Record != nil:
		return t.putRecord(e.Record)
	case e.Place != nil:
		return t.putPlace(e.Place)
	case e.Beat != nil:
		return t.meta.Put(beatKey(e.Beat.What), timeKey(e.Beat.At.UnixMilli()))
	}
	return t.bundles.Put([]byte(e.Bundle.Hash), e.Bundle.Body)
}

// putPerson keeps a person in place of who is there. When somebody may take the person over counts as a time to try again:
// whose lease it was is not here.
func (t *tx) putPerson(e *store.PersonEntry) error {
	p, err := t.replaced(e.Key)
	if err != nil {
		return err
	}
	if e.Session != nil {
		if err := p.setSession(e.Session.Rev, e.Session.Last, e.Session.Body, e.SessionLife); err != nil {
			return err
		}
	}
	if !e.Due.IsZero() {
		p.due, p.deferred, p.orderly = max(1, store.Millis(e.Due)), true, true
	}
	if err := errors.Join(p.pushAll(kindMail, e.Mail), p.pushAll(kindOut, e.Out)); err != nil {
		return err
	}
	for i := range e.Timers {
		if err := p.setTimer(&e.Timers[i]); err != nil {
			return err
		}
	}
	if err := errors.Join(p.putJournal(e), p.putMemory(e), p.putEchoes(e)); err != nil {
		return err
	}
	return p.save()
}

// replaced removes all that is kept of a person.
func (t *tx) replaced(key store.Key) (*person, error) {
	p, err := t.person(key)
	if err != nil {
		return nil, err
	}
	if err := p.clearTimers(); err != nil {
		return nil, err
	}
	p.state = state{}
	if err := p.save(); err != nil {
		return nil, err
	}
	return p, removeAll(t.people, append([]byte(key), 0))
}

func (p *person) pushAll(kind byte, items []store.Item) error {
	for _, it := range items {
		if err := p.push(kind, it); err != nil {
			return err
		}
	}
	return nil
}

func (p *person) putJournal(e *store.PersonEntry) error {
	if len(e.Journal) == 0 {
		return nil
	}
	p.journalEnd = p.t.now + e.JournalLife.Milliseconds()
	for _, entry := range e.Journal {
		p.entries++
		if err := p.put(p.at(kindJournal, p.nextSeq()), entry); err != nil {
			return err
		}
	}
	return nil
}

func (p *person) putMemory(e *store.PersonEntry) error {
	if len(e.Ring) == 0 {
		return nil
	}
	p.mark, p.memoryEnd = e.Mark, p.t.now+e.MemoryLife.Milliseconds()
	return errors.Join(p.put(p.at(kindRing), memoryOf(e.Ring)), p.put(p.at(kindOld), memoryOf(e.Old)))
}

func (p *person) putEchoes(e *store.PersonEntry) error {
	if len(e.Echoes) == 0 {
		return nil
	}
	end := p.t.now + e.EchoLife.Milliseconds()
	list := timeKey(end)
	for _, echo := range e.Echoes {
		list = appendEcho(list, echo)
	}
	p.sweep = stepped(end) // the first thing of the person that asks for a look
	return p.put(p.at(kindEcho), list)
}

// memoryOf is a list of remembered events as it lies in the file: in order.
func memoryOf(all []store.Seen) []byte {
	m := make([]byte, 0, len(all)*seenSize)
	for _, e := range slices.SortedFunc(slices.Values(all), earlierSeen) {
		m = append(binary.BigEndian.AppendUint64(m, uint64(e.At)), e.ID[:]...)
	}
	return m
}

func earlierSeen(a, b store.Seen) int {
	return cmp.Or(cmp.Compare(a.At, b.At), bytes.Compare(a.ID[:], b.ID[:]))
}

func (t *tx) putRecord(e *store.RecordEntry) error {
	n, err := count(t.records.Get(listCount(e.List)))
	if err != nil {
		return err
	}
	own, err := store.RecordNumber(e.ID, e.By)
	if err != nil {
		return err
	}
	err = errors.Join(
		t.records.Put(listCount(e.List), binary.BigEndian.AppendUint64(nil, max(n, own))),
		t.records.Put(byKey(e.List, e.By), []byte(e.ID)),
	)
	if err != nil || e.Body == nil {
		return errors.Join(err, t.records.Delete(recordKey(e.List, e.ID)))
	}
	return t.records.Put(recordKey(e.List, e.ID), e.Body)
}

func (t *tx) putPlace(e *store.PlaceEntry) error {
	n, err := count(t.places.Get(placeCount(e.Place)))
	if err != nil {
		return err
	}
	if known := t.places.Get(placeKey(e.Place, e.By)); len(known) == 1 && known[0] == 1 {
		n--
	}
	if e.Holds {
		n++
	}
	return t.hold(e.Place, e.By, flag(e.Holds), n)
}

// FinishLoad implements store.Loader.
func (s *Store) FinishLoad(ctx context.Context) error {
	return s.update(ctx, "finish load", func(t *tx) error { return t.meta.Delete([]byte(loadKey)) })
}

// Clear implements store.Cleaner. The pages it frees keep their old bytes until the file is opened again, which shrinks it.
func (s *Store) Clear(ctx context.Context) error {
	return s.update(ctx, "clear", func(t *tx) error {
		btx := t.people.Tx()
		for _, name := range dataBuckets() {
			if err := btx.DeleteBucket([]byte(name)); err != nil {
				return fmt.Errorf("delete bucket %s: %w", name, err)
			}
			if _, err := btx.CreateBucket([]byte(name)); err != nil {
				return fmt.Errorf("make bucket %s: %w", name, err)
			}
		}
		*t = *t.s.begin(btx) // operations that share this transaction must see the new buckets
		return errors.Join(removeAll(t.meta, []byte(beatPrefix)), t.meta.Delete([]byte(loadKey)))
	})
}
