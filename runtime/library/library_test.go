package library_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/library"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
)

// shelf is a store of bundles that counts, waits and fails on demand.
type shelf struct {
	store.Bundles
	reads   atomic.Int32
	hold    chan struct{} // nil: no waiting
	failing error
}

func newShelf() *shelf { return &shelf{Bundles: model.New(store.Config{}, time.Now)} }

func (s *shelf) SaveBundle(ctx context.Context, hash string, body []byte) error {
	if s.failing != nil {
		return s.failing
	}
	return s.Bundles.SaveBundle(ctx, hash, body)
}

func (s *shelf) Bundle(ctx context.Context, hash string) ([]byte, error) {
	s.reads.Add(1)
	if s.hold != nil {
		<-s.hold
	}
	if s.failing != nil {
		return nil, s.failing
	}
	return s.Bundles.Bundle(ctx, hash)
}

// version is the small bundle with another sentence.
func version(t *testing.T, n int) dsl.Result {
	t.Helper()
	files := testbed.Files(t, false)
	files["hoi.flow"] = strings.ReplaceAll(files["hoi.flow"], "Hẹn gặp lại.", fmt.Sprintf("Hẹn gặp lại lần %d.", n))
	return testbed.Load(t, files)
}

func publish(t *testing.T, l *library.Library, loaded dsl.Result) {
	t.Helper()
	if err := l.Publish(t.Context(), loaded); err != nil {
		t.Fatal(err)
	}
}

func TestPublish(t *testing.T) {
	t.Parallel()
	l := library.New(newShelf(), engine.Config{})
	if l.Current() != nil {
		t.Error("an empty library has a current edition")
	}
	first := version(t, 1)
	publish(t, l, first)
	one := l.Current()
	publish(t, l, version(t, 2))
	if one.Program.Hash != first.Program.Hash || l.Current() == one {
		t.Error("Publish did not change the current edition")
	}
	publish(t, l, first)
	if l.Current() != one {
		t.Error("the same bundle gives another edition")
	}
}

func TestPublishThatFails(t *testing.T) {
	t.Parallel()
	s := newShelf()
	l := library.New(s, engine.Config{})
	publish(t, l, version(t, 1))
	good := l.Current()
	s.failing = store.ErrFull
	if err := l.Publish(t.Context(), version(t, 2)); !errors.Is(err, store.ErrFull) {
		t.Errorf("Publish gives %v", err)
	}
	if err := l.Publish(t.Context(), dsl.Result{}); err == nil {
		t.Error("a bundle with errors is published")
	}
	if l.Current() != good {
		t.Error("the last good edition is gone")
	}
}

func TestEdition(t *testing.T) {
	t.Parallel()
	s := newShelf()
	writer := library.New(s, engine.Config{})
	old := version(t, 1)
	publish(t, writer, old)
	reader := library.New(s, engine.Config{}) // another process
	publish(t, reader, version(t, 2))
	e, err := reader.Edition(t.Context(), old.Program.Hash)
	if err != nil || e.Program.Hash != old.Program.Hash || len(e.Program.Files) != len(old.Program.Files) {
		t.Fatalf("Edition gives %+v, %v", e, err)
	}
	if again, err := reader.Edition(t.Context(), old.Program.Hash); err != nil || again != e || s.reads.Load() != 1 {
		t.Errorf("the second time gives another edition, or reads again (%d reads, %v)", s.reads.Load(), err)
	}
	if current, err := reader.Edition(t.Context(), reader.Current().Program.Hash); err != nil || current != reader.Current() {
		t.Errorf("the current one is another edition (%v)", err)
	}
}

func TestEditionThatCannotBeHad(t *testing.T) {
	t.Parallel()
	s := newShelf()
	l := library.New(s, engine.Config{})
	if _, err := l.Edition(t.Context(), "khong-co"); !errors.Is(err, library.ErrUnknown) {
		t.Errorf("an unknown hash gives %v", err)
	}
	for hash, body := range map[string][]byte{"rac": []byte("rác"), "khac": dsl.Pack(version(t, 1).Sources), "rong": dsl.Pack(nil)} {
		if err := s.SaveBundle(t.Context(), hash, body); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Edition(t.Context(), hash); !errors.Is(err, library.ErrUnknown) {
			t.Errorf("%s gives %v", hash, err)
		}
	}
	s.failing = store.ErrUnavailable
	if _, err := l.Edition(t.Context(), "khac"); errors.Is(err, library.ErrUnknown) || !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a silent store gives %v: the caller would give a session up that is whole", err)
	}
}

// Many people pinned to one old program come at once after a restart: it is compiled once.
func TestCompiledOnce(t *testing.T) {
	t.Parallel()
	s := newShelf()
	old := version(t, 1)
	publish(t, library.New(s, engine.Config{}), old)
	s.hold = make(chan struct{})
	l := library.New(s, engine.Config{})
	var wg sync.WaitGroup
	got := make([]*library.Edition, 20)
	for i := range got {
		wg.Go(func() { got[i], _ = l.Edition(context.Background(), old.Program.Hash) })
	}
	testbed.Until(t, "somebody reads", func() bool { return s.reads.Load() == 1 })
	close(s.hold)
	wg.Wait()
	for _, e := range got {
		if e == nil || e != got[0] {
			t.Fatalf("the editions are %v", got)
		}
	}
}

// Reloading at every save must not keep every version in memory; the current one always stays.
func TestOldEditionsGo(t *testing.T) {
	t.Parallel()
	s := newShelf()
	l := library.New(s, engine.Config{})
	first := version(t, 0)
	publish(t, l, first)
	for n := 1; n <= 20; n++ {
		if _, err := l.Edition(t.Context(), version(t, 1).Program.Hash); n > 1 && err != nil { // in use all the time
			t.Fatal(err)
		}
		publish(t, l, version(t, n))
	}
	if s.reads.Load() != 1 { // the first question came before that version was published
		t.Fatalf("%d reads: what is in use was dropped", s.reads.Load())
	}
	e, err := l.Edition(t.Context(), first.Program.Hash)
	if err != nil || e.Program.Hash != first.Program.Hash || s.reads.Load() != 2 {
		t.Errorf("an old version gives %v after %d reads", err, s.reads.Load())
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	l := library.New(newShelf(), engine.Config{})
	loaded := version(t, 1)
	publish(t, l, loaded)
	if b, err := l.File(t.Context(), loaded.Program.Hash, "mau.pdf"); err != nil || !strings.HasPrefix(string(b), "%PDF") {
		t.Errorf("File gives %q, %v", b, err)
	}
	for _, ask := range [][2]string{{loaded.Program.Hash, "khac.pdf"}, {"khac", "mau.pdf"}} {
		if _, err := l.File(t.Context(), ask[0], ask[1]); !errors.Is(err, library.ErrUnknown) {
			t.Errorf("%v gives %v", ask, err)
		}
	}
}

func TestEngineOfAnOffice(t *testing.T) {
	t.Parallel()
	l := library.New(newShelf(), engine.Config{})
	publish(t, l, version(t, 1))
	a, b := &office.Office{ID: "1"}, &office.Office{ID: "2"}
	e := l.Current()
	if e.Engine(a) != e.Engine(a) || e.Engine(a) == e.Engine(b) || e.Engine(a).Program() != e.Program {
		t.Error("an office has several engines, or shares one")
	}
}
