package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/config"
	"hoithoai/runtime/logs"
)

// auditFile is where verbs that open the store themselves write what they change, one line of JSON each, in the data folder: a
// terminal forgets, and no serving process is there whose log would have the line. Nobody but the account reads it.
const auditFile = "quan-tri.log"

// audited is the store itself, opened by a verb; every change leaves a line.
type audited struct {
	*admin.Direct
	note func(action, office string, err error, more ...any) error
}

// audited lets changes of a deployment that no process serves leave their line.
func (a *app) audited(d config.Deployment, direct *admin.Direct) audited {
	return audited{direct, func(action, office string, err error, more ...any) error {
		return a.note(d, action, office, err, more...)
	}}
}

// Drop is admin.Direct.Drop.
func (t audited) Drop(ctx context.Context, office, id string) (bool, error) {
	gone, err := t.Direct.Drop(ctx, office, id)
	return gone, t.note("drop_dead_letter", office, err, "letter", id, "changed", gone)
}

// DropMiss is admin.Direct.DropMiss.
func (t audited) DropMiss(ctx context.Context, office, id string) (bool, error) {
	gone, err := t.Direct.DropMiss(ctx, office, id)
	return gone, t.note("drop_miss", office, err, "miss", id, "changed", gone)
}

// Give is admin.Direct.Give.
func (t audited) Give(ctx context.Context, office string, g admin.Grant) error {
	return t.note("set_token", office, t.Direct.Give(ctx, office, g))
}

// Archive is admin.Direct.Archive: everything that is kept leaves the store.
func (t audited) Archive(ctx context.Context, to io.Writer) error {
	return t.note("archive", "", t.Direct.Archive(ctx, to))
}

// note writes the line of a change with what became of it and who made it, and returns that error, or its own: a change without
// its line must not pass for one that is well.
func (a *app) note(d config.Deployment, action, office string, done error, more ...any) error {
	f, err := os.OpenFile(filepath.Join(d.Data, auditFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return errors.Join(done, fmt.Errorf("open audit file: %w", err))
	}
	outcome := "done"
	if done != nil {
		outcome = "failed"
	}
	line := append([]any{"action", action, "office", office, "outcome", outcome, "account", account()}, more...)
	slog.New(logs.New(slog.NewJSONHandler(f, nil))).Info("operator", line...)
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return errors.Join(done, fmt.Errorf("write audit file: %w", err))
	}
	return done
}

// account is who runs the verb, as the system names the account.
func account() string {
	u, err := user.Current()
	if err != nil {
		return fmt.Sprintf("uid %d", os.Getuid())
	}
	return u.Username
}
