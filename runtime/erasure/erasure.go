// Package erasure keeps an office's book of people who are to be forgotten: who left the page, who took back what they shared
// with it, who asked to be erased. An entry is written before the step that forgets the person and struck out behind it, so
// that a process killed anywhere in between leaves it open, and Watch closes it once the store shows that nothing is left.
//
// It erases nothing itself: the step does (package actor), in one commit. It does not know the person either, only the keyed
// name under which the store keeps one.
package erasure

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Kind says why a person is to be forgotten. The words are stored.
type Kind string

// The kinds of request.
const (
	Left      Kind = "unfollow" // left the page
	Withdrawn Kind = "withdraw" // took back what Zalo passed on (user_withdraw)
	Asked     Kind = "asked"    // "xóa dữ liệu của tôi", confirmed
)

// Request is one entry of the book.
type Request struct {
	ID     string    `json:"-"` // of the entry
	Office string    // whose page
	Key    store.Key // who, as the store names the person
	Kind   Kind
	Asked  int64  // Unix ms
	Due    int64  // Unix ms: the end of the day by which the law wants an answer
	Rev    uint64 // of the session when it was asked: a later one is a new conversation
}

// Book is the open requests, and the receipts of those that are done. Its zero value keeps nothing.
type Book struct {
	Records store.Records
	Seal    *seal.Sealer
}

func openList(office string) string { return "xoa:" + office }
func doneList(office string) string { return "xoa_xong:" + office }

// workingDays is within how many working days a request must be answered (Nghị định 356/2025/NĐ-CP).
const workingDays = 2

// DueAfter returns when a request of that moment is due at an office: the end of the second working day after it.
func DueAfter(of *office.Office, asked int64) int64 {
	day, _ := value.DayOf(asked)
	return value.Moment(of.AddWorkingDays(day, workingDays)+1, 0) - 1
}

// Open writes a request into the book; by names the event that asked, so that a step computed twice writes one entry.
func (b *Book) Open(ctx context.Context, by store.ID8, r Request) (Request, error) {
	if b == nil || b.Records == nil {
		return r, nil
	}
	id, _, err := b.write(ctx, openList(r.Office), by, r)
	r.ID = id
	return r, err
}

// Close strikes out a request and leaves a receipt without the person: what was asked, when, and when it was done. Whoever
// closes a request, and however often, leaves one receipt.
func (b *Book) Close(ctx context.Context, r Request, at time.Time) error {
	if b == nil || b.Records == nil || r.ID == "" {
		return nil
	}
	by := b.Seal.ID(r.Key, openList(r.Office)+":"+r.ID)
	if _, _, err := b.write(ctx, doneList(r.Office), by, Receipt{Kind: r.Kind, Asked: r.Asked, Due: r.Due, Done: at.UnixMilli()}); err != nil {
		return err
	}
	if _, err := b.Records.Erase(ctx, openList(r.Office), r.ID); err != nil {
		return fmt.Errorf("strike out erasure: %w", err)
	}
	return nil
}

// Receipt is what remains of a request that is done.
type Receipt struct {
	Kind  Kind
	Asked int64 // Unix ms
	Due   int64 // Unix ms
	Done  int64 // Unix ms
}

func (b *Book) write(ctx context.Context, list string, by store.ID8, entry any) (id string, appended bool, err error) {
	plain, err := json.Marshal(entry)
	if err != nil {
		return "", false, fmt.Errorf("encode erasure: %w", err)
	}
	body, err := b.Seal.SealRecord(list, plain)
	if err != nil {
		return "", false, fmt.Errorf("seal erasure: %w", err)
	}
	id, appended, err = b.Records.Append(ctx, list, by, body)
	if err != nil {
		return "", false, fmt.Errorf("write erasure: %w", err)
	}
	return id, appended, nil
}

// Requests lists the open requests of an office, oldest first.
func (b *Book) Requests(ctx context.Context, office string) ([]Request, error) {
	var out []Request
	err := b.read(ctx, openList(office), func(id string, plain []byte) error {
		r := Request{}
		if err := json.Unmarshal(plain, &r); err != nil {
			return fmt.Errorf("read erasure %s: %w", id, err)
		}
		r.ID = id
		out = append(out, r)
		return nil
	})
	return out, err
}

// Receipts lists what an office has done, oldest first.
func (b *Book) Receipts(ctx context.Context, office string) ([]Receipt, error) {
	var out []Receipt
	err := b.read(ctx, doneList(office), func(id string, plain []byte) error {
		var r Receipt
		if err := json.Unmarshal(plain, &r); err != nil {
			return fmt.Errorf("read receipt %s: %w", id, err)
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

// batch is how many entries are read at once.
const batch = 100

func (b *Book) read(ctx context.Context, list string, each func(id string, plain []byte) error) error {
	for after := ""; ; {
		entries, err := b.Records.List(ctx, list, after, batch)
		if err != nil {
			return fmt.Errorf("list %s: %w", list, err)
		}
		for _, e := range entries {
			plain, err := b.Seal.OpenRecord(list, e.Body)
			if err != nil {
				return fmt.Errorf("open entry %s of %s: %w", e.ID, list, err)
			}
			if err := each(e.ID, plain); err != nil {
				return err
			}
			after = e.ID
		}
		if len(entries) < batch {
			return nil
		}
	}
}
