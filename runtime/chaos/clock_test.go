package chaos

import (
	"fmt"
	"testing"
	"time"
)

// wrongClock is the program with a clock that is off: the clock comes in as a value in one place of cmd.
func wrongClock(t *testing.T, off time.Duration) string {
	t.Helper()
	return mutant(t, mutation{
		"cmd/hoithoai/main.go", "getenv: os.LookupEnv, now: time.Now,",
		fmt.Sprintf("getenv: os.LookupEnv, now: func() time.Time { return time.Now().Add(%d) },", off),
	})
}

// F11: of three replicas one is an hour behind and one an hour ahead.
func clocksWrong(size float64) scenario {
	return scenario{
		name: "F11 clocks wrong", store: everysec(), people: int(500 * size), lines: 10, duplicates: 0.1, gather: time.Second, silence: true,
		build: func(t *testing.T) []string {
			return []string{program(t), wrongClock(t, -time.Hour), wrongClock(t, time.Hour)}
		},
		faults: []fault{killing(2 * time.Second)},
	}
}

func TestClocksWrong(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, clocksWrong(0.1)).mustHold(t)
}
