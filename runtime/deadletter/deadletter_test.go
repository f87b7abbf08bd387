package deadletter_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

var errWhy = errors.New("zalo: error -201 (invalid parameter)")

func out(person, text string, at time.Time) envelope.Out {
	return envelope.Out{
		Address: envelope.Address{Office: testbed.OfficeID, Person: person}, At: at.UnixMilli(), Class: envelope.Urgent,
		Message: &message.Message{Kind: message.Words, Text: text},
	}
}

func TestLetters(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	b := &deadletter.Box{Records: model.New(store.Config{}, clock.Now), Seal: testbed.Sealer(t, 1), Now: clock.Now}
	said := clock.Now()
	clock.Advance(time.Hour)
	keep := func(o envelope.Out) {
		t.Helper()
		if err := b.Keep(t.Context(), o, true, errWhy); err != nil {
			t.Fatal(err)
		}
	}
	list := func() []deadletter.Letter {
		t.Helper()
		got, err := b.List(t.Context(), testbed.OfficeID)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	keep(out("1", "a", said))
	keep(out("1", "a", said)) // given up again after a crash
	keep(out("1", "b", said))
	got := list()
	if len(got) != 2 {
		t.Fatalf("letters %+v", got)
	}
	want := deadletter.Letter{
		ID: got[0].ID, Key: testbed.Sealer(t, 1).Person(testbed.OfficeID, "1"), Kind: "words", Class: envelope.Urgent,
		Said: said.UnixMilli(), GivenUp: clock.Now().UnixMilli(), Tried: true, Why: errWhy.Error(),
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
	for i, want := range []bool{true, false} {
		if gone, err := b.Drop(t.Context(), testbed.OfficeID, got[0].ID); err != nil || gone != want {
			t.Errorf("Drop %d: %v, %v", i, gone, err)
		}
	}
	if n := len(list()); n != 1 {
		t.Errorf("%d letters are left", n)
	}
	if other, err := b.List(t.Context(), "404"); err != nil || len(other) != 0 {
		t.Errorf("another office has %v, %v", other, err)
	}
}

// Letters end by themselves, many pages of them.
func TestLettersEnd(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s := model.New(store.Config{}, clock.Now)
	b := &deadletter.Box{Records: s, Seal: testbed.Sealer(t, 1), Now: clock.Now}
	for i := range 250 {
		if err := b.Keep(t.Context(), out(fmt.Sprint(i), "a", clock.Now()), false, errWhy); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := b.List(t.Context(), testbed.OfficeID); err != nil || len(got) != 250 {
		t.Fatalf("%d letters, %v", len(got), err)
	}
	clock.Advance(deadletter.Life)
	if got, err := b.List(t.Context(), testbed.OfficeID); err != nil || len(got) != 0 {
		t.Errorf("%d letters after their time, %v", len(got), err)
	}
	for i := range 40 {
		if err := b.Keep(t.Context(), out(fmt.Sprint(i), "b", clock.Now()), false, errWhy); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := s.List(t.Context(), "thu_hong:"+testbed.OfficeID, "", 1000)
	if err != nil || len(raw) != 40 {
		t.Errorf("%d records are left, %v", len(raw), err)
	}
}

// The file of the store holds no word and no person.
func TestSealed(t *testing.T) {
	t.Parallel()
	disk, path := testbed.Embedded(t, store.Config{}, time.Now)
	b := &deadletter.Box{Records: disk, Seal: testbed.Sealer(t, 1), Now: time.Now}
	if err := b.Keep(t.Context(), out("7700000000000099", "CANARY", time.Now()), false, errWhy); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"CANARY", "7700000000000099", "invalid parameter"} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%q is in the file", secret)
		}
	}
	other := &deadletter.Box{Records: disk, Seal: testbed.Sealer(t, 9), Now: time.Now}
	if _, err := other.List(t.Context(), testbed.OfficeID); err == nil {
		t.Error("other keys open it")
	}
}

// Every kind of what was given up is told by name, with its urgency and whether it was tried; of its content there is nothing.
func TestKinds(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	b := &deadletter.Box{Records: model.New(store.Config{}, clock.Now), Seal: testbed.Sealer(t, 1), Now: clock.Now}
	for i, tc := range []struct {
		change func(*envelope.Out)
		tried  bool
		want   deadletter.Letter
	}{
		{func(*envelope.Out) {}, false, deadletter.Letter{Kind: "words", Class: envelope.Urgent}},
		{func(o *envelope.Out) { o.Message.Kind = message.Image }, true, deadletter.Letter{Kind: "image", Class: envelope.Urgent, Tried: true}},
		{func(o *envelope.Out) { o.Message.Kind, o.Class = message.File, envelope.Reminder }, false, deadletter.Letter{Kind: "file", Class: envelope.Reminder}},
		{func(o *envelope.Out) { o.Message.Kind, o.Class = message.AskInfo, envelope.Notice }, false, deadletter.Letter{Kind: "words", Class: envelope.Notice}},
		{func(o *envelope.Out) { o.Message, o.Class = nil, envelope.Interactive }, true, deadletter.Letter{Kind: "task", Class: envelope.Interactive, Tried: true}},
	} {
		person := fmt.Sprint(i)
		o := out(person, "CANARY", clock.Now())
		tc.change(&o)
		if err := b.Keep(t.Context(), o, tc.tried, errWhy); err != nil {
			t.Fatal(err)
		}
		all, err := b.List(t.Context(), testbed.OfficeID)
		if err != nil || len(all) != i+1 {
			t.Fatalf("%d letters after %d, %v", len(all), i+1, err)
		}
		got := all[i]
		tc.want.ID, tc.want.Key, tc.want.Why = got.ID, b.Seal.Person(testbed.OfficeID, person), errWhy.Error()
		tc.want.Said, tc.want.GivenUp = o.At, clock.Now().UnixMilli()
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("letter %d (-want +got):\n%s", i, diff)
		}
	}
}

// An event that was given up leaves one letter, however often; another one of the same person, and a message of the same name,
// leave their own.
func TestEventsLeaveLetters(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	b := &deadletter.Box{Records: model.New(store.Config{}, clock.Now), Seal: testbed.Sealer(t, 1), Now: clock.Now}
	address := envelope.Address{Office: testbed.OfficeID, Person: "7700000000000099"}
	key := b.Seal.Person(address.Office, address.Person)
	came := clock.Now().UnixMilli()
	clock.Advance(time.Minute)
	in := envelope.In{Address: address, Event: event.Event{Kind: event.Text, ID: "m1", At: came, Text: "CANARY"}}
	task := envelope.In{Address: address, Event: event.Event{At: came}, Task: &envelope.Errand{Item: store.ID8{1}}}
	for _, give := range []struct {
		id store.ID8
		in envelope.In
	}{{store.ID8{1}, in}, {store.ID8{1}, in}, {store.ID8{2}, in}, {store.ID8{3}, task}, {store.ID8{3}, task}} {
		if err := b.KeepEvent(t.Context(), key, give.id, give.in, errWhy); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Keep(t.Context(), out(address.Person, "CANARY", time.UnixMilli(came)), false, errWhy); err != nil {
		t.Fatal(err)
	}
	got, err := b.List(t.Context(), testbed.OfficeID)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, l := range got {
		kinds = append(kinds, l.Kind)
		if l.Key != key || l.Said != came || l.GivenUp != clock.Now().UnixMilli() || l.Why != errWhy.Error() || l.Tried != (l.Kind != "words") {
			t.Errorf("letter %+v", l)
		}
	}
	if diff := cmp.Diff([]string{"event", "event", "task", "words"}, kinds); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	raw, err := b.Records.List(t.Context(), "thu_hong:"+testbed.OfficeID, "", 10)
	if err != nil || len(raw) != 4 {
		t.Fatalf("%d records, %v", len(raw), err)
	}
	for _, r := range raw {
		plain, err := b.Seal.OpenRecord("thu_hong:"+testbed.OfficeID, r.Body)
		if err != nil || bytes.Contains(plain, []byte("CANARY")) || bytes.Contains(plain, []byte(address.Person)) {
			t.Errorf("the record holds %s, %v", plain, err)
		}
	}
}

// One new letter takes away a few old ones, never all at once and never one that is not old.
func TestPruning(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s := model.New(store.Config{}, clock.Now)
	b := &deadletter.Box{Records: s, Seal: testbed.Sealer(t, 1), Now: clock.Now}
	keep := func(person string) {
		t.Helper()
		if err := b.Keep(t.Context(), out(person, "a", clock.Now()), false, errWhy); err != nil {
			t.Fatal(err)
		}
	}
	left := func(want int) {
		t.Helper()
		if raw, err := s.List(t.Context(), "thu_hong:"+testbed.OfficeID, "", 100); err != nil || len(raw) != want {
			t.Errorf("%d records are left, want %d; %v", len(raw), want, err)
		}
	}
	for i := range 10 {
		keep(fmt.Sprint("old ", i))
	}
	clock.Advance(deadletter.Life - time.Millisecond)
	keep("young")
	left(11)
	clock.Advance(time.Millisecond)
	keep("first new")
	left(12 - 8)
	keep("second new")
	left(5 - 2)
	if got, err := b.List(t.Context(), testbed.OfficeID); err != nil || len(got) != 3 {
		t.Errorf("%d letters, %v", len(got), err)
	}
}

// Whatever call to the store fails, and whether it had done its work: who repeats it has one letter.
func TestAStoreThatFails(t *testing.T) {
	t.Parallel()
	for _, kind := range []testbed.Fault{testbed.Before, testbed.After} {
		for at := 1; ; at++ {
			clock := storetest.NewClock()
			s := model.New(store.Config{}, clock.Now)
			faulty := testbed.NewFaulty(s, at, kind)
			b := &deadletter.Box{Records: faulty, Seal: testbed.Sealer(t, 1), Now: clock.Now}
			err := b.Keep(t.Context(), out("1", "a", clock.Now()), true, errWhy)
			if faulty.Failed() == "" {
				if at == 1 || err != nil {
					t.Fatalf("nothing failed at call %d, %v", at, err)
				}
				break
			}
			if !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("%s failed, and Keep gives %v", faulty.Failed(), err)
			}
			b.Records = s
			if err := b.Keep(t.Context(), out("1", "a", clock.Now()), true, errWhy); err != nil {
				t.Errorf("after %s failed: %v", faulty.Failed(), err)
			}
			if got, err := b.List(t.Context(), testbed.OfficeID); err != nil || len(got) != 1 {
				t.Errorf("after %s failed there are %d letters, %v", faulty.Failed(), len(got), err)
			}
		}
	}
	clock := storetest.NewClock()
	down := &deadletter.Box{Records: testbed.NewFaulty(model.New(store.Config{}, clock.Now), 1, testbed.Before), Seal: testbed.Sealer(t, 1), Now: clock.Now}
	if _, err := down.Drop(t.Context(), testbed.OfficeID, "x"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Drop gives %v", err)
	}
	down.Records = testbed.Unlisted{Records: model.New(store.Config{}, clock.Now)}
	if err := down.Keep(t.Context(), out("1", "a", clock.Now()), false, errWhy); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Keep gives %v", err)
	}
	if _, err := down.List(t.Context(), testbed.OfficeID); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("List gives %v", err)
	}
}
