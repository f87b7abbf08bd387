package gate_test

import (
	"testing"
	"time"

	"hoithoai/runtime/gate"
)

// passed counts the calls of an office that leave within a minute, one tried every 10 ms without waiting for a turn.
func (b *bed) passed(office string) int {
	n := 0
	for range 6000 {
		if b.call(office, gate.Reminder, nil) == nil {
			n++
		}
		b.clock.Advance(10 * time.Millisecond)
	}
	return n
}

// TestLimitsChange: the pace of app and offices changes from the next turn on, downwards and upwards.
func TestLimitsChange(t *testing.T) {
	t.Parallel()
	b := newBed(600, map[string]int{"1": 60})
	b.passed("1")
	if n := b.passed("1"); n < 50 || n > 60 {
		t.Fatalf("%d calls of an office that may make 60 a minute", n)
	}
	b.Limit(600, map[string]int{"1": 6, "2": 12})
	b.clock.Advance(time.Minute)
	if n := b.passed("1"); n > 6 {
		t.Errorf("%d calls of an office that may make 6 a minute now", n)
	}
	if n := b.passed("2"); n == 0 || n > 12 { // it is new
		t.Errorf("%d calls of an office that may make 12 a minute", n)
	}
	b.Limit(30, nil)
	b.clock.Advance(time.Minute)
	if n := b.passed("1"); n < 20 || n > 30 {
		t.Errorf("%d calls of an app that may make 30 a minute now", n)
	}
	b.Limit(0, nil) // Zalo's own
	b.clock.Advance(time.Minute)
	if n := b.passed("1"); n < 1000 {
		t.Errorf("only %d calls where none is limited", n)
	}
}

// TestPauseOutlivesAChange: whom Zalo told to wait waits, whatever is configured meanwhile.
func TestPauseOutlivesAChange(t *testing.T) {
	t.Parallel()
	b := newBed(600, nil)
	if err := b.call("1", gate.Reminder, tooFast); err == nil {
		t.Fatal("the refusal is swallowed")
	}
	b.Limit(1200, map[string]int{"1": 1200})
	if why := closed(b.call("1", gate.Reminder, nil)); why != "paused" {
		t.Errorf("it is closed for %q, want paused", why)
	}
}
