package library_test

import (
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/library"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
)

// speaking is the small bundle, said in an office's own name: every program of it reads one field.
func speaking(t *testing.T, field string) dsl.Result {
	t.Helper()
	files := testbed.Files(t, false)
	files["hoi.flow"] = "luồng hoi \"Hỏi thăm\"\n  căn cứ \"Bộ thử\"   hiệu lực 01/01/2026   rà soát 01/01/2028\n  từ khóa \"hỏi thăm\"\n" +
		"  khi quan tâm\n  bắt đầu noi\n\nbước noi\n  | Đây là {don_vi." + field + "}.\n  kết thúc đạt\n"
	return testbed.Load(t, files)
}

func officeWith(fields map[string]string) *office.Office {
	of := testbed.Office()
	for _, name := range []string{"email", "trang_web", "ban_do"} {
		delete(of.Fields, name)
	}
	maps.Copy(of.Fields, fields)
	return of
}

func exchange(t *testing.T, l *library.Library, loaded dsl.Result, of *office.Office, cfg engine.Config) {
	t.Helper()
	if err := l.Exchange(t.Context(), loaded, map[string]*office.Office{of.ID: of}, cfg, func() {}); err != nil {
		t.Fatal(err)
	}
}

// said is what an edition answers somebody at the office of the moment.
func said(t *testing.T, l *library.Library, e *library.Edition) string {
	t.Helper()
	var s session.Session
	res, err := e.Engine(l.Office(testbed.OfficeID)).Step(&s, &event.Event{Kind: event.Text, Text: "hỏi thăm", At: time.Now().UnixMilli()})
	if err != nil || res.Fault != "" || len(res.Messages) == 0 {
		t.Fatalf("the engine does not answer: %v %+v", err, res)
	}
	return res.Messages[0].Text
}

// TestExchange: program and offices change together, and a program of before goes on reading what the office gave up since,
// however often; the current one does not.
func TestExchange(t *testing.T) {
	t.Parallel()
	l := library.New(newShelf(), engine.Config{})
	l.Settle(map[string]*office.Office{testbed.OfficeID: officeWith(map[string]string{"email": "a@b.c"})})
	publish(t, l, speaking(t, "email"))
	first := l.Current()
	if got := said(t, l, first); got != "Đây là a@b.c." {
		t.Fatalf("it says %q", got)
	}
	exchange(t, l, speaking(t, "trang_web"), officeWith(map[string]string{"trang_web": "https://a.example"}), engine.Config{})
	second := l.Current()
	if second == first || said(t, l, second) != "Đây là https://a.example." {
		t.Errorf("the new program says %q", said(t, l, second))
	}
	if got := said(t, l, first); got != "Đây là a@b.c." {
		t.Errorf("the program of before says %q", got)
	}
	if _, ok := l.Office(testbed.OfficeID).Field("email"); ok {
		t.Error("the office still has what it gave up")
	}
	exchange(t, l, speaking(t, "ban_do"), officeWith(map[string]string{"ban_do": "https://b.example", "email": "new@b.c"}), engine.Config{})
	if got, want := said(t, l, second), "Đây là https://a.example."; got != want {
		t.Errorf("the second program says %q, want %q", got, want)
	}
	if got, want := said(t, l, first), "Đây là new@b.c."; got != want {
		t.Errorf("the first program says %q, want %q: what an office has now goes first", got, want)
	}
}

// TestExchangeOfTimes: engines of every program take the times that are configured now.
func TestExchangeOfTimes(t *testing.T) {
	t.Parallel()
	l := library.New(newShelf(), engine.Config{})
	of := testbed.Office()
	l.Settle(map[string]*office.Office{of.ID: of})
	publish(t, l, version(t, 1))
	e := l.Current()
	before := e.Engine(of)
	if e.Engine(of) != before {
		t.Error("an office has two engines")
	}
	exchange(t, l, version(t, 1), of, engine.Config{Gather: time.Second})
	if l.Current() != e {
		t.Error("the same bundle gives another edition")
	}
	if e.Engine(of) == before {
		t.Error("an engine of before is used with other times")
	}
	var s session.Session
	res, err := e.Engine(of).Step(&s, &event.Event{Kind: event.Text, Text: "chuyện gì đó", At: time.Now().UnixMilli()})
	if err != nil || res.Kind != engine.Gathering {
		t.Errorf("it does not wait for the end of a burst: %v %v", res.Kind, err)
	}
}

// TestExchangeThatFails changes nothing, and calls nobody.
func TestExchangeThatFails(t *testing.T) {
	t.Parallel()
	s := newShelf()
	l := library.New(s, engine.Config{})
	of := testbed.Office()
	l.Settle(map[string]*office.Office{of.ID: of})
	publish(t, l, version(t, 1))
	good := l.Current()
	s.failing = store.ErrFull
	called := func() { t.Error("something is exchanged although the bundle is not stored") }
	if err := l.Exchange(t.Context(), version(t, 2), nil, engine.Config{}, called); !errors.Is(err, store.ErrFull) {
		t.Errorf("Exchange gives %v", err)
	}
	if err := l.Exchange(t.Context(), dsl.Result{}, nil, engine.Config{}, called); err == nil {
		t.Error("a bundle with errors is taken")
	}
	if l.Current() != good || l.Office(of.ID) != of {
		t.Error("something has changed")
	}
}

// TestExchangeIsOneStep: whoever reads the program first and then the office never finds a program whose office lacks what it
// reads, while both are exchanged all the time.
func TestExchangeIsOneStep(t *testing.T) {
	t.Parallel()
	l := library.New(newShelf(), engine.Config{})
	fields := []string{"email", "trang_web", "ban_do"}
	loaded := make([]dsl.Result, len(fields))
	offices := make([]*office.Office, len(fields))
	for i, f := range fields {
		loaded[i], offices[i] = speaking(t, f), officeWith(map[string]string{f: "https://" + f + ".example"})
	}
	exchange(t, l, loaded[0], offices[0], engine.Config{})
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					said(t, l, l.Current())
				}
			}
		})
	}
	for i := range 60 {
		exchange(t, l, loaded[(i+1)%3], offices[(i+1)%3], engine.Config{})
	}
	close(stop)
	wg.Wait()
}
