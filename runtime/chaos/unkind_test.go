package chaos

import (
	"testing"
	"time"
)

// F6: Zalo's unkind sides.
func zaloUnkind(size float64) scenario {
	return scenario{
		name: "F6 Zalo unkind", store: everysec(), people: max(30, int(500*size)), lines: 20, duplicates: 0.1, echo: true,
		unkind:   unkind{down: 0.04, busy: 0.02, limited: 0.02, lost: 0.02, token: 0.01, hang: 0.01, garbage: 0.01, failed: 0.01},
		patience: 3 * time.Minute,
	}
}

func TestZaloUnkind(t *testing.T) {
	t.Parallel()
	s := zaloUnkind(0)
	s.lines = 8
	o := run(t, s)
	o.mustHold(t)
	if rate := float64(o.requests) / float64(o.answers); rate > 1.5 {
		t.Errorf("%.2f sends a message: a storm of repeats", rate)
	}
	for _, kind := range []string{"down", "busy", "limited", "lost", "token", "hang", "garbage", "failed"} {
		if o.faults[kind] == 0 {
			t.Errorf("no fault of the kind %s happened: %v", kind, o.faults)
		}
	}
}
