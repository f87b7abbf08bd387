package token_test

import (
	"errors"
	"testing"
	"time"

	"hoithoai/runtime/testbed"
	"hoithoai/runtime/token"
)

// TestOfficesComeAndGo: an office that is added is looked after from then on, one that is taken away keeps its token for what
// waits but is not refreshed in advance any more.
func TestOfficesComeAndGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.started(func(cfg *token.Config) { cfg.Offices = nil })
	if _, err := k.Token(t.Context(), testbed.OfficeID); !errors.Is(err, token.ErrUnknown) {
		t.Fatalf("an office nobody serves: %v", err)
	}
	k.Serve([]string{testbed.OfficeID})
	if err := k.GiveRefresh(t.Context(), testbed.OfficeID, w.zalo.RefreshToken(testbed.OfficeID)); err != nil {
		t.Fatal(err)
	}
	w.good(k)
	k.Serve(nil)
	w.good(k)
	tended(w, k, 20, time.Hour)
	w.grants(1) // the first one: nobody refreshed it
	w.clock.Advance(6 * time.Hour)
	w.good(k) // its token is over: what waits asks for another
	w.grants(2)
	k.Serve([]string{testbed.OfficeID, "77"})
	w.good(k)
	if _, err := k.Token(t.Context(), "77"); !errors.Is(err, token.ErrMissing) {
		t.Errorf("an office without tokens: %v", err)
	}
	tended(w, k, 15, time.Hour)
	w.grants(3)
	if got := k.String(); got != "token.Keeper{2}" {
		t.Errorf("it is %s", got)
	}
}
