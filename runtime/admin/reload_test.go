package admin_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/admin"
	"hoithoai/runtime/server"
)

// reloader says what it is told to say.
type reloader struct {
	next, last admin.Reload
	ctx        context.Context
}

func (r *reloader) Reload(ctx context.Context) admin.Reload {
	r.last, r.ctx = r.next, ctx
	return r.next
}

func (r *reloader) LastReload() admin.Reload { return r.last }

// TestReloadOverTheListener: what the process says of a reload reaches whoever asks, good or bad, and leaves a line.
func TestReloadOverTheListener(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	by := &reloader{}
	door, err := admin.Listen(t.Context(), s.place, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	handler := admin.Handler(admin.Config{Direct: s.direct, Token: door.Token, Log: s.log.Logger(), Audit: s.book, Account: "may", Reloader: by})
	go func() { ended <- errors.Join(server.Serve(ctx, door, handler), door.Leave()) }()
	c, err := admin.Dial(t.Context(), s.place)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.LastReload(t.Context()); err != nil || got != (admin.Reload{}) {
		t.Errorf("before any: %+v, %v", got, err)
	}
	for _, want := range []admin.Reload{
		{At: 7, Loaded: true, Says: diag.Sentence{VI: "Đã nạp.", EN: "Loaded."}},
		{At: 8, Says: diag.Sentence{VI: "sai\ndòng 3", EN: "wrong\nline 3"}},
	} {
		by.next = want
		got, err := c.Reload(t.Context())
		last, lastErr := c.LastReload(t.Context())
		if err != nil || lastErr != nil || cmp.Diff(want, got) != "" || cmp.Diff(want, last) != "" {
			t.Errorf("Reload = %+v, %v; LastReload = %+v, %v; want %+v", got, err, last, lastErr, want)
		}
	}
	if by.ctx.Done() != nil {
		t.Error("a reload ends with whoever asked for it")
	}
	if log := s.log.String(); strings.Count(log, `"action":"reload"`) != 2 || !strings.Contains(log, `"outcome":"failed"`) {
		t.Errorf("the log says\n%s", log)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestReloadOfWhatCannot(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	c, stop := s.open()
	defer stop()
	if _, err := c.Reload(t.Context()); err == nil {
		t.Error("a process without anything to read says that it has")
	}
	if _, err := c.LastReload(t.Context()); err == nil {
		t.Error("a process without anything to read says that it has")
	}
}
