package chaos

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// F9: Redis is away for long. Zalo is told to come again, nobody dies, and memory does not grow.
func redisDown(size float64, pause time.Duration) scenario {
	return scenario{
		name: "F9 Redis down", store: always(), people: int(500 * size), lines: 20, duplicates: 0.1, ahead: 2,
		faults: []fault{func(ctx context.Context, w *world) {
			s := w.store.(*single)
			until(ctx, w.crowd.opened)
			before := w.memory()
			over := w.line.add(outage, -1, ": down")
			s.server.Kill()
			sleep(w.t.Context(), pause)
			w.held(before, "Redis was down")
			s.server.Restart()
			over()
			back, spoken := time.Now(), w.crowd.count()
			until(ctx, func() bool { return w.crowd.count() > spoken })
			w.t.Logf("%v after Redis was back the next webhook was answered 200", time.Since(back).Round(time.Millisecond))
		}},
	}
}

// roomy is how much a process may grow over an outage: its buffers and what waits, whatever the size of the crowd.
const roomy = 64 << 20

// held fails the run when a replica uses far more memory than before.
func (w *world) held(before []int, when string) {
	for i, now := range w.memory() {
		if now-before[i] > roomy {
			w.t.Errorf("replica %d grew from %d to %d MB while %s", i, before[i]>>20, now>>20, when)
		}
	}
}

// memory is what every replica occupies now, in bytes.
func (w *world) memory() []int {
	out := make([]int, len(w.replicas))
	for i, r := range w.replicas {
		out[i] = r.memory()
	}
	return out
}

func (r *replica) memory() int {
	r.mu.Lock()
	pid := 0
	if r.cmd != nil && r.cmd.Process != nil {
		pid = r.cmd.Process.Pid
	}
	r.mu.Unlock()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.Atoi(fields[0])
	return kb << 10
}

func TestRedisDown(t *testing.T) {
	t.Parallel()
	o := run(t, redisDown(0.1, 6*time.Second))
	o.mustHold(t)
	if o.refusals == 0 {
		t.Error("no webhook was refused while Redis was down")
	}
}

// F10: Redis is full. What comes then is refused as a whole, and goes on when there is room again.
func redisFull(size float64) scenario {
	return scenario{
		name: "F10 Redis full", store: everysec(), people: int(500 * size), lines: 20, duplicates: 0.1, ahead: 2,
		faults: []fault{func(ctx context.Context, w *world) {
			until(ctx, w.crowd.opened)
			over := w.line.add(outage, -1, ": full")
			w.limitMemory(w.usedMemory() / 2) // not a little above: what connections take comes and goes
			full := until(ctx, func() bool { return w.refused() > 20 })
			w.limitMemory(0)
			over()
			if !full {
				w.t.Error("Redis was never full")
			}
		}},
	}
}

func (w *world) refused() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.refusals
}

func (w *world) limitMemory(bytes int) {
	c := redis.NewClient(&redis.Options{Addr: w.store.(*single).server.Addr, Protocol: 2, DisableIdentity: true})
	defer c.Close()
	if err := c.ConfigSet(w.t.Context(), "maxmemory", strconv.Itoa(bytes)).Err(); err != nil {
		w.t.Error(err)
	}
}

func (w *world) usedMemory() int {
	c := redis.NewClient(&redis.Options{Addr: w.store.(*single).server.Addr, Protocol: 2, DisableIdentity: true})
	defer c.Close()
	text, err := c.Info(w.t.Context(), "memory").Result()
	if err != nil {
		w.t.Error(err)
		return 0
	}
	_, rest, _ := strings.Cut(text, "used_memory:")
	n, _ := strconv.Atoi(rest[:strings.IndexByte(rest, '\r')])
	return n
}

func TestRedisFull(t *testing.T) {
	t.Parallel()
	o := run(t, redisFull(0.1))
	o.mustHold(t)
	alarmed := false
	for _, text := range o.logs {
		alarmed = alarmed || strings.Contains(text, "store_full")
	}
	if !alarmed {
		t.Error("no replica complained that the store is full")
	}
}
