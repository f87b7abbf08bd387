package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNotEmpty is returned (wrapped) by StartLoad when the store keeps something that the same load did not bring.
var ErrNotEmpty = errors.New("store is not empty")

// ErrLoading is returned (wrapped) by an engine's Open when a load into the store was begun and not finished: what it keeps is
// part of a whole, and nobody may be served from it.
var ErrLoading = errors.New("a load into this store was interrupted; repeat it, or begin another one that clears the store")

// Dumper reads everything an engine keeps, for copies and for moves to another engine.
type Dumper interface {
	// Dump gives each entry to each, one after the other, and ends with its error. It may run beside every other operation. What
	// belongs to one person is one moment of that person. Beats come first, so that none is later than what else the dump knows.
	// All people come before all records, places and bundles, so that what a person's steps are known to have written there is
	// in the dump as well; what is written there once more by a step that the dump does not know is known by its By. What has
	// expired is left out, and what processes share about their calls (Limits); nobody and nothing comes twice.
	Dump(ctx context.Context, each func(Entry) error) error
}

// Loader fills a store with what a Dumper gave. Until FinishLoad the store is marked, and engines do not open it.
type Loader interface {
	// StartLoad begins the load of the dump of this name, or goes on with it: done is what the last PutEntries said.
	StartLoad(ctx context.Context, dump string) (done uint64, err error)
	// PutEntries keeps entries, of which no two are of the same, each in place of what is kept of the same person, record, place or bundle; all are durable when
	// it returns, and done is remembered. Lives and times to take somebody over count from now on.
	PutEntries(ctx context.Context, entries []Entry, done uint64) error
	// FinishLoad takes the mark away.
	FinishLoad(ctx context.Context) error
}

// Cleaner removes all that an engine keeps, an unfinished load too.
type Cleaner interface {
	Clear(ctx context.Context) error
}

// Entry is one thing of a dump; exactly one field is set.
type Entry struct {
	Person *PersonEntry
	Record *RecordEntry
	Place  *PlaceEntry
	Bundle *BundleEntry
	Beat   *BeatEntry
}

// PersonEntry is all that is kept of one person at one moment.
type PersonEntry struct {
	Key         Key
	Session     *Snapshot
	SessionLife time.Duration // from the moment of the dump on; 0: without end
	Mail        []Item
	Out         []Item
	Due         time.Time // when somebody may take the person over; zero: the person is free
	Timers      []Timer   // by Name, then Gen
	Journal     [][]byte  // oldest first
	JournalLife time.Duration
	Ring        []Seen // by At, then ID
	Old         []Seen // by At, then ID
	Mark        int64  // the watermark in Unix ms; 0: nothing fell out of the ring
	MemoryLife  time.Duration
	Echoes      []Echo // as they came; one that is used up has only its ID
	EchoLife    time.Duration
}

// Empty reports whether nothing is kept of the person.
func (p *PersonEntry) Empty() bool {
	return p.Session == nil && p.Due.IsZero() && len(p.Timers)+len(p.Journal)+len(p.Ring)+len(p.Echoes) == 0
}

// Seen is an event that is remembered: At is the channel's time in the ring, the time it fell out of it among the old, in
// Unix ms.
type Seen struct {
	ID ID8
	At int64
}

// RecordEntry is one entry of a list that was ever written. Body is nil for an erased one, of which only By is known.
type RecordEntry struct {
	List string
	By   ID8
	ID   string
	Body []byte
}

// PlaceEntry is a task that took a place once, and whether it still holds it.
type PlaceEntry struct {
	Place string
	By    ID8
	Holds bool
}

// BundleEntry is the sources of a program.
type BundleEntry struct {
	Hash string
	Body []byte
}

// BeatEntry is when something was done last.
type BeatEntry struct {
	What string
	At   time.Time
}

// Check reports an entry no engine takes.
func (e Entry) Check() error {
	switch {
	case e.Person != nil:
		return e.Person.check()
	case e.Record != nil:
		_, err := RecordNumber(e.Record.ID, e.Record.By)
		return errors.Join(CheckName(e.Record.List), CheckBody(e.Record.Body), err)
	case e.Place != nil:
		return CheckName(e.Place.Place)
	case e.Bundle != nil:
		return errors.Join(CheckName(e.Bundle.Hash), CheckBody(e.Bundle.Body))
	}
	if e.Beat != nil {
		return CheckName(e.Beat.What)
	}
	return errors.New("entry is empty")
}

func (p *PersonEntry) check() error {
	if p.Due.IsZero() && len(p.Mail)+len(p.Out) > 0 {
		return errors.New("person has work and is free")
	}
	bodies := append([][]byte{}, p.Journal...)
	for _, it := range append(p.Mail[:len(p.Mail):len(p.Mail)], p.Out...) {
		bodies = append(bodies, it.Body)
	}
	for _, b := range bodies {
		if err := CheckBody(b); err != nil {
			return err
		}
	}
	step := Commit{Key: p.Key, Timers: p.Timers}
	if p.Session != nil {
		step.Session = p.Session.Body
	}
	return step.Check()
}

// SortTimers puts timers into the order of a PersonEntry.
func SortTimers(all []Timer) {
	slices.SortFunc(all, func(a, b Timer) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Gen, b.Gen)) })
}

// RecordNumber is the place of an id made by RecordID in its list, from 1.
func RecordNumber(id string, by ID8) (uint64, error) {
	var n uint64
	if _, err := fmt.Sscanf(id, "%d-", &n); err != nil || n == 0 || RecordID(n, by) != id {
		return 0, fmt.Errorf("record has the id %q, which is not of its task", id)
	}
	return n, nil
}
