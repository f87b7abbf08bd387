package fake_test

import (
	"testing"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// TestRecentShowsWhatPeopleSent: the newest of each conversation first, with what the webhook carried, as far as the list shows it.
func TestRecentShowsWhatPeopleSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.Push(t.Context(), w.Person(office, "1").Text("một"))
	w.Push(t.Context(), w.Person(office, "2").Image("ảnh", "https://a/b.jpg"))
	w.Push(t.Context(), w.Person(office, "3").Location("Quán", "10.7", "106.7"))
	w.clock.Move(time.Second)
	hook := w.Person(office, "1").Text("hai")
	w.Push(t.Context(), hook)
	list, err := w.client.Recent(t.Context(), office, 0)
	if err != nil || len(list) != 3 || list[0].Person != "1" || list[0].Text != "hai" {
		t.Fatalf("the list is %+v, %v", list, err)
	}
	sent, err := zalo.Decode(hook.Body)
	if err != nil {
		t.Fatal(err)
	}
	if in, ok := list[0].Inbound(); !ok || in.DedupeKey != sent.DedupeKey {
		t.Errorf("the list has %q, the webhook %q", in.DedupeKey, sent.DedupeKey)
	}
	for _, s := range list[1:] {
		if in, ok := s.Inbound(); !ok || len(in.Media) != 1 {
			t.Errorf("%s is read as %+v", s.Type, in)
		}
	}
	if page, err := w.client.Recent(t.Context(), office, 2); err != nil || len(page) != 1 {
		t.Errorf("the last page is %+v, %v", page, err)
	}
}

// TestListsMayBeLate: what was just written stands in no list yet.
func TestListsMayBeLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.ListLag = time.Minute })
	w.Push(t.Context(), w.Person(office, "1").Text("một"))
	for range 2 {
		list, err := w.client.Recent(t.Context(), office, 0)
		talk, err2 := w.client.Talk(t.Context(), office, "1", 0)
		if err != nil || err2 != nil || len(list) != len(talk) {
			t.Fatalf("%+v, %v; %+v, %v", list, err, talk, err2)
		}
		if len(list) == 1 {
			return
		}
		w.clock.Move(2 * time.Minute)
	}
	t.Error("it never stands there")
}
