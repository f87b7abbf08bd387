package chaos

import (
	"testing"
	"time"
)

// F3: many people, whose every answer is brought by a timer (the pause that ends a burst), while replicas and Redis are killed;
// at the end everybody is silent and is reminded once, by another timer.
func large(size float64) scenario {
	return scenario{
		name: "F3 large, with timers", store: always(), people: int(4000 * size), lines: 24, late: int(100 * size), duplicates: 0.1,
		gather: time.Second, silence: true, senders: 32, faults: []fault{killing(500 * time.Millisecond), crashing(2 * time.Second)},
		patience: 2 * time.Minute,
	}
}

func TestTimers(t *testing.T) {
	t.Parallel()
	s := large(0.02)
	s.lines, s.late, s.silence = 6, 0, *allFlag
	o := run(t, s)
	o.mustHold(t)
	if people := len(o.people); o.timers != o.answers-people+o.reminders || *allFlag && o.reminders < people {
		t.Errorf("%d timers brought %d answers and %d reminders to %d people", o.timers, o.answers, o.reminders, people)
	}
}
