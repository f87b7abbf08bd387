package chaos

import (
	"context"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
)

// behindProxies is a Redis that every replica reaches over a network of its own.
func behindProxies(replicas int) func(t *testing.T) backend {
	return func(t *testing.T) backend {
		s := &single{server: redistest.Start(t)}
		for range replicas {
			s.proxies = append(s.proxies, newProxy(t, s.server.Addr))
		}
		return s
	}
}

// slowing makes the network to Redis slow by 50 ms, then by 500 ms, then cuts all connections; then again.
func slowing(each time.Duration) fault {
	return func(ctx context.Context, w *world) {
		proxies := w.store.(*single).proxies
		all := func(do func(p *proxy)) {
			for _, p := range proxies {
				do(p)
			}
		}
		before := w.memory()
		defer func() { w.held(before, "Redis was slow") }()
		defer all(func(p *proxy) { p.setDelay(0) })
		for i := 0; sleep(ctx, each); i++ {
			over := w.line.add(outage, -1, [...]string{": 50 ms slow", ": 500 ms slow", ": connections cut"}[i%3])
			switch i % 3 {
			case 0:
				all(func(p *proxy) { p.setDelay(50 * time.Millisecond) })
			case 1:
				all(func(p *proxy) { p.setDelay(500 * time.Millisecond) })
			default:
				all(func(p *proxy) { p.setDelay(0); p.reset() })
			}
			sleep(ctx, each)
			over()
		}
	}
}

// straying holds back for longer than a lease what one replica sends to Redis: the replica gives up, others take its people
// over, and then all it had sent arrives after all. Half-open connections look the same from inside.
func straying(every time.Duration) fault {
	return func(ctx context.Context, w *world) {
		rng, proxies := w.ownRand(13), w.store.(*single).proxies
		for sleep(ctx, every) {
			p := proxies[rng.IntN(len(proxies))]
			over := w.line.add(outage, -1, ": what was sent arrived after the lease")
			p.setDelay(w.scenario.lease * 3 / 2)
			sleep(ctx, 300*time.Millisecond)
			p.setDelay(0)
			sleep(ctx, w.scenario.lease*5/4)
			over()
		}
	}
}

// F8: a slow and unreliable network to Redis.
func redisSlow(size float64) scenario {
	return scenario{
		name: "F8 Redis slow", store: behindProxies(3), people: int(500 * size), lines: 20, duplicates: 0.1,
		faults: []fault{slowing(700 * time.Millisecond)},
	}
}

// F8: what was sent arrives when its sender has lost the people it was about.
func packetsStray(size float64) scenario {
	return scenario{
		name: "F8 packets stray", store: behindProxies(3), people: int(800 * size), lines: 30, duplicates: 0.1, ahead: 3,
		latency: 400 * time.Millisecond, // so that the run lasts for some strays
		faults:  []fault{straying(200 * time.Millisecond)},
	}
}

// F8: what Redis answers one of the replicas comes when the lease is over that it was an answer about: somebody else may have said
// already what that replica is about to say.
func answersLate(size float64) scenario {
	return scenario{
		name: "F8 answers late", store: behindProxies(3), people: int(1000 * size), lines: 6, duplicates: 0.1, lease: 600 * time.Millisecond,
		allowed: 0.05, // calls to Zalo get 200 ms, which a busy machine cannot always give them; each second copy must have its cause
		faults:  []fault{func(_ context.Context, w *world) { w.store.(*single).proxies[0].setBack(750 * time.Millisecond) }},
	}
}

func TestAnswersLate(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, answersLate(0.1)).mustHold(t)
}

func TestRedisSlow(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, redisSlow(0.1)).mustHold(t)
}

func TestPacketsStray(t *testing.T) {
	small(t)
	t.Parallel()
	run(t, packetsStray(0.1)).mustHold(t)
}
