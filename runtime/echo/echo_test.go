package echo_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/echo"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

const person = testbed.Person

func book(t *testing.T) *echo.Book {
	t.Helper()
	return &echo.Book{Store: model.New(store.Config{}, storetest.NewClock().Now), Seal: testbed.Sealer(t, 1)}
}

func heard(text, id string) zalo.Inbound {
	return zalo.Inbound{Family: zalo.Echo, Office: testbed.OfficeID, Person: person, MessageID: id, Text: text, Timestamp: 1795500000000}
}

func TestHear(t *testing.T) {
	t.Parallel()
	b := book(t)
	key := b.Person(testbed.OfficeID, person)
	for _, in := range []zalo.Inbound{
		heard("Chào  anh\nchị", "a1"), heard("Chào anh chị", "a1"), heard("", "a2"),
		heard("x", ""),
		{Family: zalo.UserMessage, Office: testbed.OfficeID, Person: person, MessageID: "a3", Text: "x"},
		{Family: zalo.Echo, Office: testbed.OfficeID, MessageID: "a4", Text: "x"},
		{Family: zalo.Echo, Person: person, MessageID: "a5", Text: "x"},
	} {
		if err := b.Hear(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	got, err := b.Shown(t.Context(), key)
	want := []store.Echo{
		{ID: b.ID(key, "a1"), Look: b.Look(key, "Chào anh chị"), Sent: 1795500000000},
		{ID: b.ID(key, "a2"), Look: b.Look(key, " \n"), Sent: 1795500000000},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// What two people are shown, and an id and a look of the same text, have nothing in common in the store.
func TestNames(t *testing.T) {
	t.Parallel()
	b := book(t)
	one, two := b.Person(testbed.OfficeID, "1"), b.Person(testbed.OfficeID, "2")
	seen := map[store.ID8]string{}
	for what, id := range map[string]store.ID8{
		"id of one": b.ID(one, "x"), "id of two": b.ID(two, "x"), "look of one": b.Look(one, "x"), "look of two": b.Look(two, "x"),
		"other look": b.Look(one, "y"), "no words": b.Look(one, ""),
	} {
		if other := seen[id]; other != "" {
			t.Errorf("%s is %s", what, other)
		}
		seen[id] = what
	}
}

// The file of a real store holds no word and no id of an echo.
func TestKeepsNoWord(t *testing.T) {
	t.Parallel()
	s, path := testbed.Embedded(t, store.Config{}, time.Now)
	b := &echo.Book{Store: s, Seal: testbed.Sealer(t, 1)}
	if err := b.Hear(t.Context(), heard("lời-kín-đáo", "deadbeefdeadbeef0001")); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"lời-kín-đáo", "deadbeefdeadbeef0001", person, testbed.OfficeID} {
		if bytes.Contains(file, []byte(secret)) {
			t.Errorf("%s holds %q", path, secret)
		}
	}
}

func TestStoreThatFails(t *testing.T) {
	t.Parallel()
	b := book(t)
	b.Store = testbed.NewFaulty(model.New(store.Config{}, time.Now), 1, testbed.Before)
	if err := b.Hear(t.Context(), heard("x", "a1")); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Hear: %v", err)
	}
	b.Store = testbed.NewFaulty(model.New(store.Config{}, time.Now), 1, testbed.Before)
	if _, err := b.Shown(t.Context(), "a"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Shown: %v", err)
	}
}

// The echo that Zalo makes of a send is found under the id that the answer of that send named.
func TestEchoOfASend(t *testing.T) {
	t.Parallel()
	b, clock := book(t), storetest.NewClock()
	z := testbed.NewZalo(t, clock.Now, func(c *fake.Config) { c.Echo = fake.EchoBefore; c.Deliver = deliver(t, b) })
	sent, err := z.Client.Send(t.Context(), testbed.OfficeID, request(t, "Chào anh/chị"))
	if err != nil {
		t.Fatal(err)
	}
	key := b.Person(testbed.OfficeID, person)
	got, err := b.Shown(t.Context(), key)
	if err != nil || len(got) != 1 || got[0].ID != b.ID(key, sent.MessageID) || got[0].Look != b.Look(key, "Chào anh/chị") {
		t.Errorf("%+v, %v", got, err)
	}
	if at := time.UnixMilli(got[0].Sent); at.Sub(clock.Now()).Abs() > time.Second {
		t.Errorf("shown at %v", at)
	}
	if fmt.Sprint(got[0].ID) == fmt.Sprint(store.ID8{}) {
		t.Error("the id is zero")
	}
}
