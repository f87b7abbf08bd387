// Package roster remembers in the store which offices were ever served from it, so that what is kept about one that is not served
// any more can still be found: messages given up, erasures that are due, people who wait. It knows nothing of how an office
// is configured (package config), nor whether it is served now (package deployment).
package roster

import (
	"context"
	"fmt"
	"slices"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// list is the store's list of offices.
const list = "co_quan"

// most bounds what is read; the city has 168 offices.
const most = 10_000

// Book is the list of a store.
type Book struct {
	Records store.Records
	Seal    *seal.Sealer
}

// Note adds offices; who is there already is not added again.
func (b *Book) Note(ctx context.Context, offices []string) error {
	known, err := b.All(ctx)
	if err != nil {
		return err
	}
	for _, id := range offices {
		if slices.Contains(known, id) {
			continue
		}
		body, err := b.Seal.SealRecord(list, []byte(id))
		if err != nil {
			return fmt.Errorf("seal office: %w", err)
		}
		if _, _, err := b.Records.Append(ctx, list, b.Seal.ID(store.Key(list), id), body); err != nil {
			return fmt.Errorf("note office: %w", err)
		}
	}
	return nil
}

// All returns every office that was ever noted, sorted.
func (b *Book) All(ctx context.Context) ([]string, error) {
	records, err := b.Records.List(ctx, list, "", most)
	if err != nil {
		return nil, fmt.Errorf("read offices: %w", err)
	}
	var ids []string
	for _, r := range records {
		id, err := b.Seal.OpenRecord(list, r.Body)
		if err != nil {
			return nil, fmt.Errorf("open office %s: %w", r.ID, err)
		}
		ids = append(ids, string(id))
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Gone returns those that are not among the ones served now.
func (b *Book) Gone(ctx context.Context, served []string) ([]string, error) {
	all, err := b.All(ctx)
	return slices.DeleteFunc(all, func(id string) bool { return slices.Contains(served, id) }), err
}
