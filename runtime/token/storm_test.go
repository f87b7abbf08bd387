package token_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/token"
)

// runs is how often each point is died at. A long run is: go test ./runtime/token -run TestStorm -runs 100 -timeout 1h.
var runs = flag.Int("runs", 1, "how often TestStorm dies at each point")

const refreshers = 50

// TestStorm lets fifty processes see the same refused token together, of which some are killed at a step of the refresh, others
// anywhere. However it ends: no refresh token is spent twice, no token is used that is not in the store, and an office that has
// lost its chain says so with the address where a human mends it, which happens at one point only.
func TestStorm(t *testing.T) {
	t.Parallel()
	points := []point{"", beforeIntent, afterIntent, beforeCall, afterCall, afterSpool, afterStore}
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(storetest.Seed(t), 7))
			url := ""
			if engine == "redis" {
				url = redistest.Start(t).URL()
			}
			for run := range *runs {
				for _, at := range points {
					storms(t, url, fmt.Sprintf("run%d%x", run, string(at)), &storm{rnd: rnd, at: at})
					if t.Failed() {
						t.Fatalf("run %d, killed %q", run, at)
					}
				}
			}
		})
	}
}

// storms lets a storm blow over the world's own store, or over several connections to a server, which each take what comes.
func storms(t *testing.T, url, prefix string, s *storm) {
	s.world = newWorld(t)
	if url != "" {
		all := &several{}
		for range 4 {
			one, err := redis.Open(t.Context(), redis.Config{URL: url, Prefix: prefix, Patience: time.Minute, Timeout: time.Minute})
			if err != nil {
				t.Fatal(err)
			}
			defer one.Close()
			all.stores = append(all.stores, one)
		}
		s.records = all
	}
	s.blow()
}

// several are connections that take turns.
type several struct {
	stores []store.Records
	next   atomic.Int64
}

func (s *several) one() store.Records { return s.stores[int(s.next.Add(1))%len(s.stores)] }

func (s *several) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	return s.one().Append(ctx, list, by, body)
}

func (s *several) List(ctx context.Context, list, after string, n int) ([]store.Record, error) {
	return s.one().List(ctx, list, after, n)
}

func (s *several) Erase(ctx context.Context, list, id string) (bool, error) {
	return s.one().Erase(ctx, list, id)
}

// storm is one run.
type storm struct {
	*world
	rnd    *rand.Rand
	at     point // where the processes die that do
	burned atomic.Bool
}

// errOver is the end of a process's patience.
var errOver = errors.New("patience is over")

func (s *storm) blow() {
	s.given()
	old := s.zalo.AccessToken(testbed.OfficeID)
	s.clock.Advance(2 * time.Minute) // what is younger is not refreshed because it is refused
	refusals := len(s.zalo.Refusals())
	var wg sync.WaitGroup
	for i := range refreshers {
		k := token.New(s.process(i))
		wg.Go(func() { // its whole life: it may die while it brings to the store what another one left on the disk
			if err := k.Start(context.Background()); err != nil {
				s.t.Errorf("Start: %v", err)
			}
			fresh, err := k.Renew(context.Background(), testbed.OfficeID, old)
			if err == nil {
				s.stored(fresh)
			}
		})
	}
	wg.Wait()
	s.clock.Advance(31 * time.Second) // whoever died holds nothing any more
	back := s.started(nil)            // and is started again, which brings what lies on the disk to the store first
	for range 6 {
		_, _ = back.Renew(context.Background(), testbed.OfficeID, old) // the messages that wait ask for it; judge sees how it ends
		s.clock.Advance(10 * time.Second)
	}
	s.judge(back, len(s.zalo.Refusals())-refusals)
}

// process is one of many; every second one dies where the storm kills, if it comes there.
func (s *storm) process(i int) token.Config {
	looks, c := 0, s.config()
	c.Replica = name(i)
	c.Pause = func(context.Context, time.Duration) error {
		runtime.Gosched()
		if looks++; looks > 200 {
			return errOver // whom it waits for is dead
		}
		return nil
	}
	if s.at != "" && s.rnd.IntN(2) == 0 {
		d := &dying{Records: c.Records, Authority: burning{c.Authority, &s.burned, s.at}, at: s.at}
		c.Records, c.Authority = d, d
	}
	return c
}

// burning notes that a call was made whose answer its process will not live to read.
type burning struct {
	token.Authority
	burned *atomic.Bool
	at     point
}

func (b burning) Refresh(ctx context.Context, refresh string) ([]byte, error) {
	if b.at == afterCall {
		b.burned.Store(true)
	}
	return b.Authority.Refresh(ctx, refresh)
}

// stored checks that a token somebody is about to use is in the store: a process that knows nothing else and may ask nobody
// gives the same.
func (s *storm) stored(fresh string) {
	k := s.started(func(c *token.Config) { c.Replica, c.Authority = "người xem", silent{c.Authority} })
	got, err := k.Token(context.Background(), testbed.OfficeID)
	if err != nil || got != fresh {
		s.t.Errorf("a token is used that the store has not: %v", err)
	}
}

// silent is an authority that nobody may ask.
type silent struct{ token.Authority }

func (silent) Refresh(context.Context, string) ([]byte, error) {
	return nil, errors.New("somebody who only reads asked for tokens")
}

// judge looks at how it ended.
func (s *storm) judge(back *token.Keeper, refusals int) {
	s.grants(2) // one before, and one for this generation, whoever lived to see it
	s.spooled(0)
	if s.burned.Load() {
		s.trouble(back, token.ErrReauthorise)
		s.alarmed("/v4/oa/permission?app_id=" + testbed.App)
		if refusals != 1 {
			s.t.Errorf("the spent token was tried %d times, want once", refusals)
		}
		return
	}
	s.trouble(back, nil)
	s.good(back)
	if refusals != 0 {
		s.t.Errorf("a refresh token was spent twice: %v", s.zalo.Refusals())
	}
}
