package waiting_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/waiting"
)

const person = store.Key("nguoi_so_mot")

// room is a list with its watch; sessions says what the sessions say.
type room struct {
	*testing.T
	clock    *storetest.Clock
	book     *waiting.Book
	watch    *waiting.Watch
	sessions map[store.Key]session.Wait
	rev      uint64
	fails    error
	log      *testbed.Log
	count    testbed.Counters
}

func newRoom(t *testing.T) *room {
	t.Helper()
	clock := storetest.NewClock()
	r := &room{T: t, clock: clock, sessions: map[store.Key]session.Wait{}, log: &testbed.Log{}, count: testbed.NewCounters()}
	r.book = &waiting.Book{Records: model.New(store.Config{}, clock.Now), Seal: testbed.Sealer(t, 1)}
	r.watch = &waiting.Watch{
		Book: r.book, People: r, Offices: func() []string { return []string{testbed.OfficeID} }, Now: clock.Now, Log: r.log.Logger(), Metrics: r.count.Set,
	}
	return r
}

// Waits is what the sessions say.
func (r *room) Waits(_ context.Context, key store.Key) (session.Wait, uint64, error) {
	return r.sessions[key], r.rev, r.fails
}

func (r *room) wait(gen uint32) session.Wait {
	return session.Wait{Desk: "cu_tru", Since: r.clock.Now().UnixMilli(), Gen: gen}
}

func (r *room) open(w session.Wait) waiting.Entry {
	r.Helper()
	e := waiting.Of(testbed.OfficeID, person, w, r.rev)
	if err := r.book.Open(r.Context(), e); err != nil {
		r.Fatal(err)
	}
	return e
}

func (r *room) list() []waiting.Entry {
	r.Helper()
	out, err := r.book.List(r.Context(), testbed.OfficeID)
	if err != nil {
		r.Fatal(err)
	}
	for i := range out {
		out[i].ID = ""
	}
	return out
}

func (r *room) sweep() {
	r.Helper()
	if err := r.watch.Sweep(r.Context()); err != nil {
		r.Fatal(err)
	}
}

// What is written or struck out again by a repeated step changes nothing.
func TestOnceEach(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	e := r.open(r.wait(7))
	r.open(r.wait(7))
	if d := cmp.Diff([]waiting.Entry{e}, r.list()); d != "" {
		t.Errorf("the list (-want +got):\n%s", d)
	}
	for range 2 {
		if err := r.book.Close(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if r.open(r.wait(7)); len(r.list()) != 0 {
		t.Errorf("a repeated step brings it back: %+v", r.list())
	}
	if r.open(r.wait(8)); len(r.list()) != 1 {
		t.Error("who waits again is not listed")
	}
}

// Who was never written is struck out all the same, and stays out.
func TestCloseBeforeOpen(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	if err := r.book.Close(t.Context(), waiting.Of(testbed.OfficeID, person, r.wait(7), 0)); err != nil {
		t.Fatal(err)
	}
	if r.open(r.wait(7)); len(r.list()) != 0 {
		t.Errorf("listed: %+v", r.list())
	}
}

func TestManyAreAllListed(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	for i := range 250 {
		if err := r.book.Open(t.Context(), waiting.Of(testbed.OfficeID, store.Key(fmt.Sprint("nguoi_", i)), r.wait(1), 0)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.list()); n != 250 {
		t.Errorf("%d people are listed", n)
	}
}

// A sealed entry shows nobody whose desk it is.
func TestEntriesAreSealed(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.open(r.wait(7))
	records, err := r.book.Records.List(t.Context(), "cho:"+testbed.OfficeID, "", 9)
	if err != nil || len(records) != 1 {
		t.Fatal(records, err)
	}
	if body := string(records[0].Body); strings.Contains(body, "cu_tru") || strings.Contains(body, string(person)) {
		t.Errorf("the entry shows %q", body)
	}
}

// The watch goes by the session alone.
func TestWatch(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*room, session.Wait)
		after  time.Duration
		left   int
	}{
		"still waits":            {func(r *room, w session.Wait) { r.sessions[person], r.rev = w, 9 }, 48 * time.Hour, 1},
		"still waits and told":   {func(r *room, w session.Wait) { w.Told = true; r.sessions[person], r.rev = w, 9 }, time.Hour, 1},
		"answered":               {func(r *room, _ session.Wait) { r.rev = 9 }, time.Hour, 0},
		"answered a moment ago":  {func(r *room, _ session.Wait) { r.rev = 9 }, time.Minute, 1},
		"waits for another desk": {func(r *room, w session.Wait) { w.Gen++; r.sessions[person], r.rev = w, 9 }, time.Hour, 0},
		"not yet committed":      {func(*room, session.Wait) {}, time.Hour, 1},
		"never committed":        {func(*room, session.Wait) {}, 25 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			w := r.wait(7)
			r.open(w)
			c.change(r, w)
			r.clock.Advance(c.after)
			r.sweep()
			if got := len(r.list()); got != c.left || r.count.Count(t, "waiting_struck_out") != 1-c.left {
				t.Errorf("%d are left; counted %v", got, r.count.All(t))
			}
		})
	}
}

func TestAWatchOutlivesAStoreThatFails(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.open(r.wait(7))
	r.clock.Advance(time.Hour)
	r.fails = errors.New("kho hỏng")
	ctx, cancel := context.WithCancel(t.Context())
	tick, done := make(chan time.Time), make(chan struct{})
	go func() { defer close(done); r.watch.Run(ctx, tick) }()
	tick <- time.Time{}
	tick <- time.Time{}
	cancel()
	<-done
	if n := r.count.Count(t, "waiting_sweep_failed"); n < 2 || len(r.list()) != 1 {
		t.Errorf("counted %d failures, %d are left", n, len(r.list()))
	}
}

// A book without a store keeps nothing and says nothing.
func TestNoBook(t *testing.T) {
	t.Parallel()
	var none *waiting.Book
	for _, b := range []*waiting.Book{none, {}} {
		if err := errors.Join(b.Open(t.Context(), waiting.Entry{}), b.Close(t.Context(), waiting.Entry{})); err != nil {
			t.Error(err)
		}
	}
}

// TestEveryCallThatFails: whichever call of Open and Close fails, and whether it had done its work, who repeats both has an empty
// list, and an entry that was struck out does not come back.
func TestEveryCallThatFails(t *testing.T) {
	t.Parallel()
	for _, kind := range []testbed.Fault{testbed.Before, testbed.After} {
		for at := 1; ; at++ {
			r := newRoom(t)
			whole := r.book.Records
			faulty := testbed.NewFaulty(whole.(testbed.Whole), at, kind)
			r.book.Records = faulty
			e := waiting.Of(testbed.OfficeID, person, r.wait(1), 0)
			err := errors.Join(r.book.Open(t.Context(), e), r.book.Close(t.Context(), e))
			if faulty.Failed() == "" {
				if at == 1 || err != nil {
					t.Fatalf("nothing failed at call %d, %v", at, err)
				}
				break
			}
			if !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("%s failed, and nobody is told: %v", faulty.Failed(), err)
			}
			r.book.Records = whole
			if err := errors.Join(r.book.Open(t.Context(), e), r.book.Close(t.Context(), e), r.book.Open(t.Context(), e)); err != nil {
				t.Errorf("after %s failed: %v", faulty.Failed(), err)
			}
			if left := r.list(); len(left) != 0 {
				t.Errorf("after %s failed there waits %+v", faulty.Failed(), left)
			}
		}
	}
	down := &waiting.Book{Records: testbed.Unlisted{Records: newRoom(t).book.Records}, Seal: testbed.Sealer(t, 1)}
	if all, err := down.List(t.Context(), testbed.OfficeID); len(all) != 0 || !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("List = %v, %v", all, err)
	}
}

// TestADamagedEntryIsNamed: an entry of other keys or of other bytes is an error that says which one and of whose list, and shows
// nothing of it.
func TestADamagedEntryIsNamed(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.open(r.wait(1))
	other := &waiting.Book{Records: r.book.Records, Seal: testbed.Sealer(t, 9)}
	if _, err := other.List(t.Context(), testbed.OfficeID); err == nil || !strings.Contains(err.Error(), "cho:"+testbed.OfficeID) {
		t.Errorf("with other keys: %v", err)
	}
	body, err := r.book.Seal.SealRecord("cho:77", []byte(`"CANARY"`))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.book.Records.Append(t.Context(), "cho:77", store.ID8{1}, body); err != nil {
		t.Fatal(err)
	}
	if all, err := r.book.List(t.Context(), "77"); err == nil || !strings.Contains(err.Error(), "cho:77") || strings.Contains(err.Error(), "CANARY") {
		t.Errorf("of other bytes: %v, %v", all, err)
	}
	if left := r.list(); len(left) != 1 {
		t.Errorf("another office's list has %d entries", len(left))
	}
}
