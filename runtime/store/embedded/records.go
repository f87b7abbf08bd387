package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"hoithoai/runtime/store"
)

// SaveBundle implements store.Bundles.
func (s *Store) SaveBundle(ctx context.Context, hash string, body []byte) error {
	if err := errors.Join(store.CheckName(hash), store.CheckBody(body)); err != nil {
		return fmt.Errorf("save bundle: %w", err)
	}
	return s.update(ctx, "save bundle", func(t *tx) error {
		if t.bundles.Get([]byte(hash)) != nil {
			return nil
		}
		return t.bundles.Put([]byte(hash), body)
	})
}

// Bundle implements store.Bundles.
func (s *Store) Bundle(ctx context.Context, hash string) (body []byte, err error) {
	err = s.view(ctx, "read bundle", func(t *tx) error {
		body = bytes.Clone(t.bundles.Get([]byte(hash)))
		return nil
	})
	return body, err
}

// recordKey is the entry of a record; byKey the one that keeps a repeated task from writing twice.
func recordKey(list, id string) []byte          { return slices.Concat([]byte(list), []byte{0}, []byte(id)) }
func byKey(list string, by store.ID8) []byte    { return slices.Concat([]byte(list), []byte{1}, by[:]) }
func listCount(list string) []byte              { return slices.Concat([]byte(list), []byte{2}) }
func placeKey(name string, by store.ID8) []byte { return slices.Concat([]byte(name), []byte{0}, by[:]) }
func placeCount(name string) []byte             { return slices.Concat([]byte(name), []byte{1}) }

// Append implements store.Records.
func (s *Store) Append(ctx context.Context, list string, by store.ID8, body []byte) (id string, appended bool, err error) {
	if err := errors.Join(store.CheckName(list), store.CheckBody(body)); err != nil {
		return "", false, fmt.Errorf("append record: %w", err)
	}
	err = s.update(ctx, "append record", func(t *tx) (err error) {
		id, appended, err = t.append(list, by, body)
		return err
	})
	return id, appended, err
}

func (t *tx) append(list string, by store.ID8, body []byte) (string, bool, error) {
	if known := t.records.Get(byKey(list, by)); known != nil {
		return string(known), false, nil
	}
	n, err := count(t.records.Get(listCount(list)))
	if err != nil {
		return "", false, err
	}
	id := store.RecordID(n+1, by)
	err = errors.Join(
		t.records.Put(listCount(list), binary.BigEndian.AppendUint64(nil, n+1)),
		t.records.Put(byKey(list, by), []byte(id)),
		t.records.Put(recordKey(list, id), body),
	)
	return id, true, err
}

// count reads a number; what is not there is 0.
func count(v []byte) (uint64, error) {
	switch len(v) {
	case 0:
		return 0, nil
	case 8:
		return binary.BigEndian.Uint64(v), nil
	}
	return 0, fmt.Errorf("count of %d bytes: %w", len(v), errDamaged)
}

// List implements store.Records.
func (s *Store) List(ctx context.Context, list, after string, n int) (found []store.Record, err error) {
	if err := store.CheckName(list); err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	err = s.view(ctx, "list records", func(t *tx) error {
		prefix, from := recordKey(list, ""), recordKey(list, after)
		c := t.records.Cursor()
		for k, v := c.Seek(from); bytes.HasPrefix(k, prefix) && len(found) < n; k, v = c.Next() {
			if id := string(k[len(prefix):]); id > after {
				found = append(found, store.Record{ID: id, Body: bytes.Clone(v)})
			}
		}
		return nil
	})
	return found, err
}

// Erase implements store.Records.
func (s *Store) Erase(ctx context.Context, list, id string) (erased bool, err error) {
	if err := store.CheckName(list); err != nil {
		return false, fmt.Errorf("erase record: %w", err)
	}
	err = s.update(ctx, "erase record", func(t *tx) error {
		k := recordKey(list, id)
		erased = t.records.Get(k) != nil
		return t.records.Delete(k)
	})
	return erased, err
}
