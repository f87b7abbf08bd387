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
