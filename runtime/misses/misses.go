// Package misses keeps, for each office, first words that led into no flow surely, so that staff can teach the page new
// sentences. An entry is the masked words and the day, without the person under any name: nothing here can be found again for
// somebody, and nothing needs to be when somebody asks to be forgotten. Entries are sealed, few, and dropped after Life.
//
// What counts as not understood is the engine's decision; which flow a sentence is added to, staff's.
package misses

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"hoithoai/runtime/redact"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Life is how long an entry is kept.
const Life = 30 * 24 * time.Hour

// maxRunes is how much of a message is kept: what matters of a request stands in it.
const maxRunes = 300

// Miss is words that were not understood.
type Miss struct {
	ID   string `json:"-"` // of the entry
	Text string // masked
	Near string // the likeliest flow that was offered, "" for none
	Day  int64  // Unix ms, cut to the day: the minute would tell who it was
}

// Book is the misses of all offices. Nil, and its zero value, keep nothing.
type Book struct {
	Records store.Records
	Seal    *seal.Sealer
	Now     func() time.Time
}

func listOf(office string) string { return "chua_hieu:" + office }

// Keep writes text, masked. by is the event it came with, so that a step computed twice writes one entry.
func (b *Book) Keep(ctx context.Context, office string, by store.ID8, text, near string) error {
	masked := Masked(text)
	if b == nil || b.Records == nil || masked == "" {
		return nil
	}
	plain, err := json.Marshal(Miss{Text: masked, Near: near, Day: b.Now().Truncate(24 * time.Hour).UnixMilli()})
	if err != nil {
		return fmt.Errorf("encode miss: %w", err)
	}
	list := listOf(office)
	body, err := b.Seal.SealRecord(list, plain)
	if err != nil {
		return fmt.Errorf("seal miss: %w", err)
	}
	if _, _, err := b.Records.Append(ctx, list, b.Seal.ID(store.Key(office), "miss:"+string(by[:])), body); err != nil {
		return fmt.Errorf("keep miss: %w", err)
	}
	return b.prune(ctx, office)
}

var (
	address = regexp.MustCompile(`\S+@\S+|https?://\S+|\S+\.(?:com|vn|net|org)\S*`)
	number  = regexp.MustCompile(`\d(?:[ .\-/]?\d){3,}`)
)

// Masked returns text without numbers of four digits and more, addresses of mail and web, and whatever package redact finds,
// in one line, cut to 300 runes.
func Masked(text string) string {
	text = redact.Text(strings.Join(strings.Fields(text), " "))
	text = number.ReplaceAllString(address.ReplaceAllString(text, redact.Mask), redact.Mask)
	if r := []rune(text); len(r) > maxRunes {
		text = string(r[:maxRunes])
	}
	return strings.TrimSpace(text)
}

// pruned is how many old entries one new one takes away at most.
const pruned = 8

func (b *Book) prune(ctx context.Context, office string) error {
	old, err := b.page(ctx, office, "", pruned)
	if err != nil {
		return err
	}
	for _, m := range old {
		if !b.over(m) {
			return nil
		}
		if _, err := b.Drop(ctx, office, m.ID); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) over(m Miss) bool { return b.Now().Sub(time.UnixMilli(m.Day)) >= Life+24*time.Hour }

// batch is how many entries are read at once.
const batch = 100

// List returns the misses of an office that are not too old, oldest first.
func (b *Book) List(ctx context.Context, office string) ([]Miss, error) {
	var all []Miss
	for after := ""; ; {
		page, err := b.page(ctx, office, after, batch)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			after = m.ID
			if !b.over(m) {
				all = append(all, m)
			}
		}
		if len(page) < batch {
			return all, nil
		}
	}
}

func (b *Book) page(ctx context.Context, office, after string, n int) ([]Miss, error) {
	list := listOf(office)
	records, err := b.Records.List(ctx, list, after, n)
	if err != nil {
		return nil, fmt.Errorf("list misses: %w", err)
	}
	out := make([]Miss, 0, len(records))
	for _, r := range records {
		var m Miss
		plain, err := b.Seal.OpenRecord(list, r.Body)
		if err == nil {
			err = json.Unmarshal(plain, &m)
		}
		if err != nil {
			return nil, fmt.Errorf("open miss %s of office %s: %w", r.ID, office, err)
		}
		m.ID = r.ID
		out = append(out, m)
	}
	return out, nil
}

// Drop takes one entry away; false when there was none.
func (b *Book) Drop(ctx context.Context, office, id string) (bool, error) {
	gone, err := b.Records.Erase(ctx, listOf(office), id)
	if err != nil {
		return false, fmt.Errorf("drop miss: %w", err)
	}
	return gone, nil
}
