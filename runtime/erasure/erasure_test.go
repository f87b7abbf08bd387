package erasure_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/office"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

const person = store.Key("nguoi_so_mot")

type desk struct {
	*testing.T
	clock *storetest.Clock
	store *model.Store
	book  *erasure.Book
	log   *testbed.Log
	count testbed.Counters
	watch *erasure.Watch
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	clock := storetest.NewClock()
	s := model.New(store.Config{}, clock.Now)
	d := &desk{T: t, clock: clock, store: s, log: &testbed.Log{}, count: testbed.NewCounters()}
	d.book = &erasure.Book{Records: s, Seal: testbed.Sealer(t, 1)}
	d.watch = &erasure.Watch{
		Book: d.book, Store: s, Offices: func() []string { return []string{testbed.OfficeID} }, Now: clock.Now, Log: d.log.Logger(), Metrics: d.count.Set,
		Alarms: alarm.New(d.log.Logger(), clock.Now),
	}
	return d
}

// request is one of the person, of now.
func (d *desk) request(rev uint64) erasure.Request {
	at := d.clock.Now().UnixMilli()
	return erasure.Request{
		Office: testbed.OfficeID, Key: person, Kind: erasure.Withdrawn, Asked: at, Due: erasure.DueAfter(office.Demo(), at), Rev: rev,
	}
}

func (d *desk) open(by byte, r erasure.Request) erasure.Request {
	d.Helper()
	r, err := d.book.Open(d.Context(), store.ID8{by}, r)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

func (d *desk) requests() []erasure.Request {
	d.Helper()
	out, err := d.book.Requests(d.Context(), testbed.OfficeID)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) receipts() []erasure.Receipt {
	d.Helper()
	out, err := d.book.Receipts(d.Context(), testbed.OfficeID)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) sweep() {
	d.Helper()
	if err := d.watch.Sweep(d.Context()); err != nil {
		d.Fatal(err)
	}
}

// write makes a session of the person, step by step.
func (d *desk) write(steps int) {
	d.Helper()
	for i := range steps {
		id := store.ID8{9, byte(i)}
		if _, err := d.store.Accept(d.Context(), store.Accept{Key: person, ID: id, Body: []byte("x"), Sent: d.clock.Now().UnixMilli()}); err != nil {
			d.Fatal(err)
		}
		w, err := d.store.Load(d.Context(), person)
		if err != nil {
			d.Fatal(err)
		}
		c := store.Commit{Key: person, Event: id, Session: []byte("phiên")}
		if w.Session != nil {
			c.Rev = w.Session.Rev
		}
		if res, err := d.store.Commit(d.Context(), c); err != nil || res.Status != store.Released {
			d.Fatalf("%+v %v", res, err)
		}
	}
}

func TestARequestStepTwiceIsOneEntry(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := d.open(1, d.request(4))
	if again := d.open(1, d.request(4)); again.ID != want.ID {
		t.Errorf("the second time it is %s, not %s", again.ID, want.ID)
	}
	if diff := cmp.Diff([]erasure.Request{want}, d.requests()); diff != "" {
		t.Errorf("the book (-want +got):\n%s", diff)
	}
}

func TestClosedLeavesAReceiptWithoutThePerson(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.open(1, d.request(4))
	for range 2 { // closed by the step, and once more by a watch that read the book before
		if err := d.book.Close(t.Context(), r, d.clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if left := d.requests(); len(left) > 0 {
		t.Errorf("still open: %+v", left)
	}
	want := []erasure.Receipt{{Kind: erasure.Withdrawn, Asked: r.Asked, Due: r.Due, Done: d.clock.Now().UnixMilli()}}
	if diff := cmp.Diff(want, d.receipts()); diff != "" {
		t.Errorf("receipts (-want +got):\n%s", diff)
	}
	if again := d.open(1, d.request(4)); again.ID == "" || len(d.requests()) > 0 {
		t.Errorf("a repeated step opens it again: %+v", d.requests())
	}
}

func TestManyRequestsAreAllListed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range 250 {
		r := d.request(0)
		r.Key = store.Key(fmt.Sprintf("nguoi_%d", i))
		d.open(byte(i), r)
	}
	if n := len(d.requests()); n != 250 {
		t.Errorf("%d requests are listed", n)
	}
}

// Due is the end of the second working day: weekends and the office's own days off do not count.
func TestDue(t *testing.T) {
	t.Parallel()
	vn := time.FixedZone("UTC+7", 7*3600)
	for asked, want := range map[string]string{
		"2026-12-07 08:00": "2026-12-09", // Monday → Wednesday
		"2026-12-10 23:59": "2026-12-14", // Thursday → Monday
		"2026-12-11 00:00": "2026-12-15", // Friday → Tuesday
		"2026-12-12 12:00": "2026-12-15", // Saturday → Tuesday
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", asked, vn)
		if err != nil {
			t.Fatal(err)
		}
		of := office.Demo()
		got := time.UnixMilli(erasure.DueAfter(of, at.UnixMilli())).In(vn)
		if got.Format("2006-01-02 15:04") != want+" 23:59" {
			t.Errorf("asked %s is due %s, want the end of %s", asked, got, want)
		}
	}
}

// The watch closes what a killed process left open once nothing is left, and not before.
func TestWatchClosesWhatIsDone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(2)
	w, err := d.store.Load(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	d.open(1, d.request(w.Session.Rev))
	d.sweep()
	if len(d.requests()) != 1 || d.count.Count(t, "erasure_overdue") != 0 {
		t.Fatalf("open: %+v, counted %v", d.requests(), d.count.All(t))
	}
	id := store.ID8{8}
	if _, err := d.store.Accept(t.Context(), store.Accept{Key: person, ID: id, Body: []byte("x"), Sent: d.clock.Now().UnixMilli()}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.Commit(t.Context(), store.Commit{Key: person, Rev: w.Session.Rev, Event: id}); err != nil {
		t.Fatal(err)
	}
	d.sweep()
	if len(d.requests()) != 0 || len(d.receipts()) != 1 {
		t.Errorf("open %+v, receipts %+v", d.requests(), d.receipts())
	}
}

func TestWatchClosesUnderANewConversation(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(1)
	w, err := d.store.Load(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	d.open(1, d.request(w.Session.Rev-1)) // asked before the session that is there now
	d.sweep()
	if len(d.requests()) != 0 {
		t.Errorf("still open: %+v", d.requests())
	}
}

func TestLateRequestsRaiseAnAlarm(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(1)
	r := d.open(1, d.request(1))
	d.clock.Advance(time.UnixMilli(r.Due).Sub(d.clock.Now()) + time.Millisecond)
	d.sweep()
	if d.count.Count(t, "erasure_overdue") != 1 {
		t.Errorf("counted %v", d.count.All(t))
	}
	if text := d.log.String(); !strings.Contains(text, "erasure_overdue") || strings.Contains(text, string(person)) {
		t.Errorf("the log says %s", text)
	}
}

// broken is a store that cannot be read.
type broken struct{ error }

func (b broken) Load(context.Context, store.Key) (store.Work, error) { return store.Work{}, b.error }

func TestAWatchOutlivesAStoreThatFails(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.open(1, d.request(1))
	d.watch.Store = broken{errors.New("kho hỏng")}
	ctx, cancel := context.WithCancel(t.Context())
	tick, done := make(chan time.Time), make(chan struct{})
	go func() { defer close(done); d.watch.Run(ctx, tick) }()
	tick <- time.Time{} // the first look is over
	tick <- time.Time{}
	cancel()
	<-done
	if n := d.count.Count(t, "erasure_sweep_failed"); n < 2 {
		t.Errorf("counted %d failures", n)
	}
	if len(d.requests()) != 1 {
		t.Error("the request is gone")
	}
}

func TestNoBook(t *testing.T) {
	t.Parallel()
	var none *erasure.Book
	r, err := none.Open(t.Context(), store.ID8{1}, erasure.Request{})
	if err != nil || r.ID != "" {
		t.Errorf("%+v %v", r, err)
	}
	if err := none.Close(t.Context(), r, time.Time{}); err != nil {
		t.Error(err)
	}
}
