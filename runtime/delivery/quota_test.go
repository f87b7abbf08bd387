package delivery_test

import (
	"testing"
	"time"

	"hoithoai/runtime/delivery"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// Once Zalo says that the office has no quota left, what nobody waits for stays here for a while; answers and emergencies are
// still tried, and so is another office.
func TestOutOfQuota(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Outlets["2"] = p.cfg.Outlets[testbed.OfficeID]
	refusing := p.cfg
	refusing.Client = coded(t, -211, nil)
	s := delivery.New(refusing)
	out := func(office string, c envelope.Class) envelope.Out {
		o := p.out(words("x"))
		o.Office, o.Class, o.Seen = office, c, p.clock.Now().UnixMilli()
		return o
	}
	tried := func(office string, c envelope.Class) bool {
		before := p.counters.Count(t, "send_failed")
		if d := s.Deliver(t.Context(), out(office, c), false); d.Done || !d.Untried || d.After <= 0 {
			t.Errorf("Deliver gives %+v", d)
		}
		return p.counters.Count(t, "send_failed") > before
	}
	if !tried(testbed.OfficeID, envelope.Reminder) {
		t.Error("a reminder is not tried before anybody knows")
	}
	for c, want := range map[envelope.Class]bool{envelope.Reminder: false, envelope.Notice: false, envelope.Interactive: true, envelope.Urgent: true} {
		if got := tried(testbed.OfficeID, c); got != want {
			t.Errorf("%v is tried: %v, want %v", c, got, want)
		}
	}
	p.counted("send_held", 2)
	if !tried("2", envelope.Notice) {
		t.Error("another office waits too")
	}
	p.clock.Advance(10*time.Minute + time.Millisecond)
	if !tried(testbed.OfficeID, envelope.Notice) {
		t.Error("nobody finds out whether there is quota again")
	}
	old := out(testbed.OfficeID, envelope.Notice)
	old.At = p.clock.Now().Add(-25 * time.Hour).UnixMilli()
	if d := s.Deliver(t.Context(), old, false); !d.Done {
		t.Errorf("what waited for a day is kept: %+v", d)
	}
}

// The window is over at its margin, to the millisecond.
func TestWindowToTheMillisecond(t *testing.T) {
	t.Parallel()
	const end = zalo.SendWindow - 10*time.Minute
	for silent, want := range map[time.Duration]int{end - time.Millisecond: 1, end: 0} {
		p := newPost(t)
		out := p.out(words("nhắc"))
		out.Class, out.Seen = envelope.Reminder, p.clock.Now().Add(-silent).UnixMilli()
		if d := p.deliver(out, false); !d.Done || len(p.zalo.Texts(testbed.Person)) != want {
			t.Errorf("after %v: %+v, sent %q", silent, d, p.zalo.Texts(testbed.Person))
		}
	}
}
