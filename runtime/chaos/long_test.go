package chaos

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestLong runs every fault at its full size, one after the other, with a progress bar, and ends with a table of what came of
// them. It runs only with -long.
func TestLong(t *testing.T) {
	if !*longFlag {
		t.Skip("takes long: go test ./runtime/chaos -run 'TestLong$' -long -timeout 3h -v")
	}
	var rows []string
	for _, s := range everything(*scaleFlag) {
		t.Run(s.name, func(t *testing.T) {
			o := run(t, s)
			o.mustHold(t)
			rows = append(rows, o.row())
			if s.forgetful {
				t.Logf("%s: %d of %d acknowledged events were lost", s.name, o.lost, o.accepted)
			}
		})
	}
	fmt.Fprintf(os.Stderr, "\nseed %d, scale %v\n%s\n%s\n", *seedFlag, *scaleFlag, header, strings.Join(rows, "\n"))
}

// everything is every scenario, at a share of its full size.
func everything(size float64) []scenario {
	kill := 200 * time.Millisecond
	return []scenario{
		replicasKilled(size, kill), fileKilled(size), longMemory(), redisKilled(size, "always"), redisKilled(size, "everysec"), powerFails(size),
		large(size), mastersKilled(size, "D4"), mastersKilled(size, "D3"),
		linkCut(size, d4), linkCut(size, d4Fast), linkCut(size, d3), zaloUnkind(size), pauseHeeded(size), redisSlow(size), packetsStray(size), answersLate(size),
		redisDown(size, longPause(size)), redisFull(size), clocksWrong(size), replicasFrozen(size), poisoned(size), fatal(size), flooded(size), rush(size),
	}
}

// longPause is how long Redis is down in F9: five minutes at full size.
func longPause(size float64) time.Duration {
	return max(6*time.Second, time.Duration(float64(5*time.Minute)*size))
}

// small lets a test run that CI has no time for only when it was asked for.
func small(t *testing.T) {
	t.Helper()
	if !*allFlag {
		t.Skip("not among the faults of every run: go test ./runtime/chaos -all -timeout 20m")
	}
}
