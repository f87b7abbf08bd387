package fake_test

import (
	"fmt"
	"testing"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

func TestClock(t *testing.T) {
	t.Parallel()
	before := time.Now()
	now := fake.Clock()
	one := now()
	if one.Before(before) || one.After(time.Now()) {
		t.Errorf("the clock begins at %v, the machine's says %v", one, before)
	}
	for range 1000 {
		two := now()
		if two.Before(one) {
			t.Fatalf("%v comes after %v", two, one)
		}
		one = two
	}
}

// TestTimesOfACrowd: what happens to thousands of people within a moment happens then, and not seconds later, as it would if their
// events were told apart by their times: a message could then seem older than what it answers. Those of one person are told apart.
func TestTimesOfACrowd(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	s := fake.New(fake.Config{Now: func() time.Time { return at }, Offices: map[string]string{"1": "token"}})
	told := func(w fake.Webhook) int64 {
		in, err := zalo.Decode(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return in.Timestamp
	}
	for i := range 3000 {
		p := s.Person("1", fmt.Sprint(i))
		for k, w := range []fake.Webhook{p.Text("a"), p.Follow(), p.ChatNow()} {
			if got, want := told(w), at.UnixMilli()+int64(k); got != want {
				t.Fatalf("event %d of person %d happens at %d, want %d", k, i, got, want)
			}
		}
	}
	if got := told(s.Person("2", "0").Text("a")); got != at.UnixMilli() {
		t.Errorf("an event at another office happens at %d, want %d", got, at.UnixMilli())
	}
}
