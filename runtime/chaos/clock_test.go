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
func clocksWrong(t *testing.T, size float64) scenario {
	t.Helper()
	return scenario{
		name: "F11 clocks wrong", store: everysec(), people: int(500 * size), lines: 10, duplicates: 0.1, gather: time.Second, silence: true,
		bins: []string{program(t), wrongClock(t, -time.Hour), wrongClock(t, time.Hour)}, faults: []fault{killing(2 * time.Second)},
	}
}

func TestClocksWrong(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, clocksWrong(t, 0.1)).mustHold(t)
}
