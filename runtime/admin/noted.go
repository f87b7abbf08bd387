package admin

import (
	"context"
	"io"
	"log/slog"

	"hoithoai/runtime/audit"
)

// Noted is the store itself, with every change noted in the audit file: before it is done and after.
type Noted struct {
	*Direct
	File    *audit.File
	Log     *slog.Logger // has a line of every change too, with the mark of the one in the file; nil: nobody logs
	Account string       // who does it
	For     string       // on whose behalf, as that account says; "" where nobody is named
}

// Note does one thing and notes it; changed is false where there was nothing to change.
func (n Noted) Note(ctx context.Context, action, office, item string, do func() (changed bool, err error)) error {
	var changed bool
	mark, err := n.File.Do(ctx, audit.Change{Action: action, Office: office, Item: item, Account: n.Account, For: n.For}, func() (_ bool, err error) {
		changed, err = do()
		return changed, err
	})
	if n.Log != nil {
		outcome := audit.Done
		if err != nil {
			outcome = audit.Failed
		}
		n.Log.Info("operator", "action", action, "office", office, "outcome", outcome, "account", n.Account, "line", mark.String(), "changed", changed)
	}
	return err
}

// Drop is Direct.Drop.
func (n Noted) Drop(ctx context.Context, office, id string) (gone bool, err error) {
	err = n.Note(ctx, "drop_dead_letter", office, id, func() (bool, error) {
		gone, err = n.Direct.Drop(ctx, office, id)
		return gone, err
	})
	return gone, err
}

// DropMiss is Direct.DropMiss.
func (n Noted) DropMiss(ctx context.Context, office, id string) (gone bool, err error) {
	err = n.Note(ctx, "drop_miss", office, id, func() (bool, error) {
		gone, err = n.Direct.DropMiss(ctx, office, id)
		return gone, err
	})
	return gone, err
}

// Give is Direct.Give.
func (n Noted) Give(ctx context.Context, office string, g Grant) error {
	return n.Note(ctx, "set_token", office, "", func() (bool, error) { return true, n.Direct.Give(ctx, office, g) })
}

// Archive is Direct.Archive: everything that is kept leaves the store.
func (n Noted) Archive(ctx context.Context, to io.Writer) error { return n.archive(ctx, to, false) }

func (n Noted) archive(ctx context.Context, to io.Writer, served bool) error {
	return n.Note(ctx, "archive", "", "", func() (bool, error) { return true, n.Direct.archive(ctx, to, served) })
}
