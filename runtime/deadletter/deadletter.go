// Package deadletter keeps a sealed list, for each office, of the messages, and of the events of residents, that were given up: what kind, when, why, and for
// whom under the name the store uses. It keeps no word of a message and no id of a person: nothing here must be found again
// when somebody asks to be forgotten, and an officer who must act reads the talk where it lies, in Zalo.
// When something is given up is decided elsewhere (packages delivery and actor). Entries are dropped after Life.
package deadletter

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Life is how long a letter is kept (design/security.md §2: 30 days).
const Life = 30 * 24 * time.Hour

// Letter is one message or event that was given up.
type Letter struct {
	ID      string    `json:"-"` // of the entry
	Key     store.Key // whom it was for, as the store names the person
	Kind    string    // words, image, file; task; event: what a person sent in
	Class   envelope.Class
	Said    int64  // Unix ms of the step that said it, or when the event came
	GivenUp int64  // Unix ms
	Tried   bool   // recovered: an earlier try may have arrived
	Why     string // the error in one line: never a word of the message
}

// Box is the letters of all offices.
type Box struct {
	Records store.Records
	Seal    *seal.Sealer
	Now     func() time.Time
}

func listOf(office string) string { return "thu_hong:" + office }

// Keep writes a letter about out. The same message is written once, however often it is given up.
func (b *Box) Keep(ctx context.Context, out envelope.Out, tried bool, why error) error {
	key := b.Seal.Person(out.Office, out.Person)
	l := Letter{
		Key: key, Kind: kindOf(out), Class: out.Class, Said: out.At, GivenUp: b.Now().UnixMilli(), Tried: tried, Why: why.Error(),
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("encode dead letter: %w", err)
	}
	name, err := envelope.EncodeOut(out)
	if err != nil {
		return fmt.Errorf("name dead letter: %w", err)
	}
	return b.write(ctx, out.Office, b.Seal.ID(key, "dead:"+string(name)), plain)
}

// KeepEvent writes a letter about the event id in somebody's mailbox that was given up. The same event is written once.
func (b *Box) KeepEvent(ctx context.Context, key store.Key, id store.ID8, in envelope.In, why error) error {
	l := Letter{Key: key, Kind: "event", Class: envelope.Interactive, Said: in.Event.At, GivenUp: b.Now().UnixMilli(), Tried: true, Why: why.Error()}
	if in.Task != nil {
		l.Kind = "task"
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("encode dead letter: %w", err)
	}
	return b.write(ctx, in.Office, b.Seal.ID(key, "dead event:"+string(id[:])), plain)
}

// write seals a letter and keeps it, once for each name.
func (b *Box) write(ctx context.Context, office string, name store.ID8, plain []byte) error {
	list := listOf(office)
	body, err := b.Seal.SealRecord(list, plain)
	if err != nil {
		return fmt.Errorf("seal dead letter: %w", err)
	}
	if _, _, err := b.Records.Append(ctx, list, name, body); err != nil {
		return fmt.Errorf("keep dead letter: %w", err)
	}
	return b.prune(ctx, office)
}

func kindOf(out envelope.Out) string {
	if out.Message == nil {
		return "task"
	}
	switch out.Message.Kind {
	case message.Image:
		return "image"
	case message.File:
		return "file"
	}
	return "words"
}

// pruned is how many old letters one new one takes away at most.
const pruned = 8

// prune drops letters whose time is over; they are the first of their list.
func (b *Box) prune(ctx context.Context, office string) error {
	letters, err := b.page(ctx, office, "", pruned)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if !b.over(l) {
			return nil
		}
		if _, err := b.Records.Erase(ctx, listOf(office), l.ID); err != nil {
			return fmt.Errorf("drop old dead letter: %w", err)
		}
	}
	return nil
}

func (b *Box) over(l Letter) bool { return b.Now().Sub(time.UnixMilli(l.GivenUp)) >= Life }

// batch is how many letters are read at once.
const batch = 100

// List returns the letters of an office that are not too old, oldest first.
func (b *Box) List(ctx context.Context, office string) ([]Letter, error) {
	var all []Letter
	for after := ""; ; {
		page, err := b.page(ctx, office, after, batch)
		if err != nil {
			return nil, err
		}
		for _, l := range page {
			after = l.ID
			if !b.over(l) {
				all = append(all, l)
			}
		}
		if len(page) < batch {
			return all, nil
		}
	}
}

func (b *Box) page(ctx context.Context, office, after string, n int) ([]Letter, error) {
	list := listOf(office)
	records, err := b.Records.List(ctx, list, after, n)
	if err != nil {
		return nil, fmt.Errorf("list dead letters: %w", err)
	}
	letters := make([]Letter, 0, len(records))
	for _, r := range records {
		var l Letter
		plain, err := b.Seal.OpenRecord(list, r.Body)
		if err == nil {
			err = json.Unmarshal(plain, &l)
		}
		if err != nil {
			return nil, fmt.Errorf("open dead letter %s of office %s: %w", r.ID, office, err)
		}
		l.ID = r.ID
		letters = append(letters, l)
	}
	return letters, nil
}

// Drop takes one letter away; false when there was none.
func (b *Box) Drop(ctx context.Context, office, id string) (bool, error) {
	gone, err := b.Records.Erase(ctx, listOf(office), id)
	if err != nil {
		return false, fmt.Errorf("drop dead letter: %w", err)
	}
	return gone, nil
}
