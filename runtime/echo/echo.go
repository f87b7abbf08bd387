// Package echo remembers what Zalo shows of our own messages (webhooks oa_send_* without an admin_id, facts/zalo-api.md §7): a
// cheap proof that a message arrived whose answer got lost, and a proof that serves for one message only.
//
// What is kept says who, which message and how it looks, each as a keyed hash, and when; no word, no id of Zalo's. It is not
// responsible for deciding what to do without a proof (package delivery), nor for what a human of the office writes: that is
// an event of the dialog.
package echo

import (
	"context"
	"fmt"
	"strings"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
)

// Book keeps echoes in a store. It is safe for concurrent use.
type Book struct {
	Store store.Echoes
	Seal  *seal.Sealer
}

// Hear keeps the echo of a webhook. One that names no message proves nothing and is left out.
func (b *Book) Hear(ctx context.Context, in zalo.Inbound) error {
	if in.Family != zalo.Echo || in.Office == "" || in.Person == "" || in.MessageID == "" {
		return nil
	}
	key := b.Seal.Person(in.Office, in.Person)
	e := store.Echo{ID: b.ID(key, in.MessageID), Look: b.Look(key, in.Text), Sent: in.Timestamp}
	if err := b.Store.NoteEcho(ctx, key, e); err != nil {
		return fmt.Errorf("keep echo: %w", err)
	}
	return nil
}

// Shown returns the echoes of a person as they came; one that is used up has its ID alone.
func (b *Book) Shown(ctx context.Context, key store.Key) ([]store.Echo, error) {
	all, err := b.Store.Echoes(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("look for echoes: %w", err)
	}
	return all, nil
}

// Person names a person as the store does.
func (b *Book) Person(office, person string) store.Key { return b.Seal.Person(office, person) }

// ID names a message by Zalo's id of it: the answer to a send and its echo carry the same one.
func (b *Book) ID(key store.Key, messageID string) store.ID8 {
	return b.Seal.ID(key, "echo:"+messageID)
}

// Look names how a message looks: its words with white space folded; all attachments without words look alike.
func (b *Book) Look(key store.Key, text string) store.ID8 {
	return b.Seal.ID(key, "look:"+Folded(text))
}

// Folded is a text with white space folded, as far as a channel may change it on its way.
func Folded(text string) string { return strings.Join(strings.Fields(text), " ") }
