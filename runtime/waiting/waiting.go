// Package waiting keeps an office's list of people who were handed over to one of its desks and whom no officer has answered
// yet. Who waits is decided by the session (session.Wait); the list only shows it. An entry is written before the step that
// begins the wait and struck out behind the one that ends it, so that a process killed anywhere in between leaves at most an
// entry too many, and Watch strikes that out once the session says otherwise.
//
// It alarms nobody and says nothing to the person: the step does, by its timer (package engine). An entry holds no word and no
// Zalo id, only the keyed name under which the store keeps the person.
package waiting

import (
	"context"
	"encoding/json"
	"fmt"

	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Entry is one person who waits.
type Entry struct {
	ID     string    `json:"-"` // of the entry in the list
	Office string    // whose page
	Key    store.Key // who, as the store names the person
	Desk   string    // as chuyển người names it
	Since  int64     // Unix ms
	Gen    uint32    // see session.Wait
	Rev    uint64    // of the session before the step that began the wait
}

// Of makes the entry of a wait.
func Of(office string, key store.Key, w session.Wait, rev uint64) Entry {
	return Entry{Office: office, Key: key, Desk: w.Desk, Since: w.Since, Gen: w.Gen, Rev: rev}
}

// is reports whether the entry is of that wait.
func (e *Entry) is(w session.Wait) bool { return w.Since == e.Since && w.Gen == e.Gen }

// Book is the lists of all offices. Its zero value, and nil, keep nothing.
type Book struct {
	Records store.Records
	Seal    *seal.Sealer
}

func listOf(office string) string { return "cho:" + office }

// by names the entry of a wait, whoever writes it and however often.
func (b *Book) by(e Entry) store.ID8 {
	return b.Seal.ID(e.Key, fmt.Sprintf("cho:%d:%d", e.Since, e.Gen))
}

// Open writes an entry; written twice it stands once, and one that was struck out does not come back.
func (b *Book) Open(ctx context.Context, e Entry) error {
	if b == nil || b.Records == nil {
		return nil
	}
	_, err := b.append(ctx, e)
	return err
}

// Close strikes the entry of a wait out; one that is not there is no error.
func (b *Book) Close(ctx context.Context, e Entry) error {
	if b == nil || b.Records == nil {
		return nil
	}
	id, err := b.append(ctx, e) // the entry's id is known only to who writes it
	if err != nil {
		return err
	}
	if _, err := b.Records.Erase(ctx, listOf(e.Office), id); err != nil {
		return fmt.Errorf("strike out who waits: %w", err)
	}
	return nil
}

func (b *Book) append(ctx context.Context, e Entry) (id string, err error) {
	list := listOf(e.Office)
	plain, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("encode who waits: %w", err)
	}
	body, err := b.Seal.SealRecord(list, plain)
	if err != nil {
		return "", fmt.Errorf("seal who waits: %w", err)
	}
	id, _, err = b.Records.Append(ctx, list, b.by(e), body)
	if err != nil {
		return "", fmt.Errorf("write who waits: %w", err)
	}
	return id, nil
}

// batch is how many entries are read at once.
const batch = 100

// List returns who waits at an office, in the order in which the waits began to be known.
func (b *Book) List(ctx context.Context, office string) ([]Entry, error) {
	var out []Entry
	list := listOf(office)
	for after := ""; ; {
		records, err := b.Records.List(ctx, list, after, batch)
		if err != nil {
			return nil, fmt.Errorf("list who waits: %w", err)
		}
		for _, r := range records {
			e, err := b.read(list, r)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
			after = r.ID
		}
		if len(records) < batch {
			return out, nil
		}
	}
}

func (b *Book) read(list string, r store.Record) (Entry, error) {
	plain, err := b.Seal.OpenRecord(list, r.Body)
	if err != nil {
		return Entry{}, fmt.Errorf("open entry %s of %s: %w", r.ID, list, err)
	}
	var e Entry
	if err := json.Unmarshal(plain, &e); err != nil {
		return Entry{}, fmt.Errorf("read entry %s of %s: %w", r.ID, list, err)
	}
	e.ID = r.ID
	return e, nil
}
