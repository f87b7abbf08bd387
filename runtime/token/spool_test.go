package token_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/token"
	"hoithoai/runtime/zalo/fake"
)

// TestCrash kills a process at every boundary of a refresh; the next one must come to a good token, or say at once that a
// human must act, and never spend a token twice.
func TestCrash(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		at     point
		grants int // made by the first process
		spool  int // answers it left
		dead   bool
	}{
		{beforeIntent, 1, 0, false},
		{afterIntent, 1, 0, false},
		{beforeCall, 1, 0, false},
		{afterCall, 2, 0, true}, // the one window that nobody can close
		{afterSpool, 2, 1, false},
		{afterStore, 2, 1, false},
	} {
		t.Run(string(tc.at), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.given()
			w.clock.Advance(14 * time.Hour)
			w.dies(tc.at)
			w.grants(tc.grants)
			w.spooled(tc.spool)
			refusals := len(w.zalo.Refusals())
			next := w.started(nil)
			w.spooled(0)
			tended(w, next, 6, 10*time.Second)
			if tc.dead {
				w.trouble(next, token.ErrReauthorise)
				w.alarmed("/v4/oa/permission?app_id=" + testbed.App)
				if n := len(w.zalo.Refusals()) - refusals; n != 1 {
					t.Errorf("the spent token was tried %d times, want once", n)
				}
				return
			}
			w.good(next)
			w.grants(2)
			w.trouble(next, nil)
			if n := len(w.zalo.Refusals()) - refusals; n != 0 {
				t.Errorf("Zalo refused: %v", w.zalo.Refusals())
			}
		})
	}
}

// The spool is published before anything else: the next process needs no call for it.
func TestSpoolIsPublishedFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(afterSpool)
	w.zalo.ScriptOAuth(fake.Down) // a call would be noticed
	next := w.started(nil)
	w.good(next)
	w.grants(2)
	if s := w.trouble(next, nil); s.Generation != 2 || s.Refreshed.After(w.clock.Now()) {
		t.Errorf("Inspect = %+v", s)
	}
	w.spooled(0)
}

// A process that died with an answer on its disk comes back after another one has found the token spent.
func TestLateSpoolRevivesTheOffice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(afterSpool)
	other := w.started(func(c *token.Config) { c.Spool = filepath.Join(w.t.TempDir(), "khác") })
	tended(w, other, 6, 10*time.Second)
	w.trouble(other, token.ErrReauthorise)
	old, err := other.Token(t.Context(), testbed.OfficeID)
	if err != nil {
		t.Fatal(err)
	}
	w.started(nil)
	w.trouble(other, nil)
	if _, err := other.Renew(t.Context(), testbed.OfficeID, old); err != nil {
		t.Errorf("Renew: %v", err)
	}
	w.good(other)
}

func TestSpoolOfOtherKeysStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(afterSpool)
	w.started(func(c *token.Config) { c.Seal = testbed.Sealer(t, 9) })
	w.alarmed("start with the right keys")
	w.spooled(1)
	w.good(w.started(nil))
}

// What is on the disk stays there until the store takes it.
func TestSpoolWaitsForTheStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(afterSpool)
	cfg := w.config()
	cfg.Records = down{w.records}
	k := token.New(cfg)
	if err := k.Start(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Start: %v", err)
	}
	k.Tend(t.Context())
	w.alarmed("waits on the disk")
	w.spooled(1)
	w.good(w.started(nil))
	w.spooled(0)
}

// down is a store that takes nothing.
type down struct{ store.Records }

func (down) Append(context.Context, string, store.ID8, []byte) (string, bool, error) {
	return "", false, store.ErrUnavailable
}

// No room on the disk: the token is not spent.
func TestNoRoomNoCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.given()
	w.clock.Advance(14 * time.Hour)
	if err := os.RemoveAll(w.spool); err != nil {
		t.Fatal(err)
	}
	k.Tend(t.Context())
	w.grants(1)
	w.alarmed("no room on disk")
	w.good(k) // the old token works on
	if err := os.Mkdir(w.spool, 0o700); err != nil {
		t.Fatal(err)
	}
	k.Tend(t.Context())
	w.grants(2)
	w.good(k)
}
