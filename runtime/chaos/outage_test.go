package chaos

import (
	"context"
	"testing"
	"time"
)

// crashing ends Redis as kill -9 does, every so often, and starts it again on its files.
func crashing(every time.Duration) fault {
	return func(ctx context.Context, w *world) {
		s := w.store.(*single)
		for sleep(ctx, every) {
			over := w.line.add(outage, -1, ": killed")
			s.server.Restart()
			over()
		}
	}
}

// F2: F1, and Redis is killed too. With always nothing may be lost. With everysec Redis answers before it writes while a flush
// is under way, which on a slow disk takes up to two seconds: what is lost then is counted.
func redisKilled(size float64, level string) scenario {
	s := replicasKilled(size, 200*time.Millisecond)
	s.name, s.store, s.forgetful = "F2 Redis killed, "+level, onRedis("--appendfsync", level), level != "always"
	s.faults = append(s.faults, crashing(2*time.Second))
	return s
}

func TestRedisKilled(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"always", "everysec"} {
		t.Run(level, func(t *testing.T) {
			if level != "always" {
				small(t)
			}
			t.Parallel()
			run(t, redisKilled(0.1, level)).mustHold(t)
		})
	}
}
