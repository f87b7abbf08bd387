package health_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/health"
	"hoithoai/runtime/store/storetest"
)

// probe is a check that fails as told and counts how often it was asked.
type probe struct {
	mu    sync.Mutex
	err   error
	asked int
}

func (p *probe) ask(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	return p.err
}

func (p *probe) set(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

func TestReport(t *testing.T) {
	t.Parallel()
	clock, store, letters := storetest.NewClock(), &probe{err: errors.New("the disk is full")}, &probe{err: errors.New("some")}
	fine := &probe{}
	s := health.New(clock.Now,
		health.Check{Name: "store", Needed: true, Ask: store.ask},
		health.Check{Name: "program", Needed: true, Ask: fine.ask},
		health.Check{Name: "letters", Ask: letters.ask},
	)
	got := s.Report(t.Context())
	want := health.Report{At: clock.Now().UnixMilli(), Parts: []health.Part{
		{Name: "store", Needed: true, Why: "the disk is full"}, {Name: "program", Needed: true}, {Name: "letters", Why: "some"},
	}}
	if diff := cmp.Diff(want, got); diff != "" || got.Ready() || got.Unready() != "store" {
		t.Errorf("unready %q (-want +got):\n%s", got.Unready(), diff)
	}
	fine.set(errors.New("none"))
	if got := s.Report(t.Context()); got.Unready() != "store, program" {
		t.Errorf("a bad report is kept: %q", got.Unready())
	}
	fine.set(nil)
	store.set(nil)
	if !s.Report(t.Context()).Ready() {
		t.Error("what is not needed makes it unready")
	}
}

func TestGoodReportServesASecond(t *testing.T) {
	t.Parallel()
	clock, p := storetest.NewClock(), &probe{}
	s := health.New(clock.Now, health.Check{Name: "store", Needed: true, Ask: p.ask})
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { s.Report(t.Context()) })
	}
	wg.Wait()
	if p.asked != 1 {
		t.Errorf("fifty probes asked the store %d times", p.asked)
	}
	p.set(errors.New("gone"))
	if !s.Report(t.Context()).Ready() {
		t.Error("within the second it is asked again")
	}
	clock.Advance(health.Fresh)
	if s.Report(t.Context()).Ready() {
		t.Error("after the second it is not")
	}
}

// TestWhoGoesAwayHarmsNobody: the first to ask gives up; the check is not told.
func TestWhoGoesAwayHarmsNobody(t *testing.T) {
	t.Parallel()
	s := health.New(time.Now, health.Check{Name: "store", Needed: true, Ask: func(ctx context.Context) error { return ctx.Err() }})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := s.Report(ctx); !r.Ready() {
		t.Errorf("a probe that went away made it %q", r.Unready())
	}
}

// TestHangingCheck: one probe waits for the store; the others answer unready when their own time is over.
func TestHangingCheck(t *testing.T) {
	t.Parallel()
	in, out := make(chan struct{}), make(chan struct{})
	s := health.New(time.Now, health.Check{Name: "store", Needed: true, Ask: func(context.Context) error {
		close(in)
		<-out
		return nil
	}})
	first := make(chan health.Report)
	go func() { first <- s.Report(t.Context()) }()
	<-in
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := s.Report(ctx); r.Unready() != "store" {
		t.Errorf("behind a hanging check: %+v", r)
	}
	close(out)
	if r := <-first; !r.Ready() {
		t.Errorf("the first: %+v", r)
	}
}

func TestNoChecks(t *testing.T) {
	t.Parallel()
	var s *health.Set
	if r := s.Report(t.Context()); !r.Ready() || len(r.Parts) > 0 {
		t.Errorf("nil set: %+v", r)
	}
}
