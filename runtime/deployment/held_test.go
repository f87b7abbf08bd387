package deployment_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/runtime/deployment"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// guarded is a deployment whose store may fall below its level, and whose watches are driven by hand.
type guarded struct {
	*town
	clock *storetest.Clock
	level atomic.Pointer[error]
	met   chan struct{}
	reg   *prometheus.Registry
	ticks map[time.Duration]chan time.Time
}

func newGuarded(t *testing.T) *guarded {
	g := &guarded{town: newTown(t), clock: storetest.NewClock(), reg: prometheus.NewRegistry(), met: make(chan struct{}), ticks: map[time.Duration]chan time.Time{}}
	for _, d := range []time.Duration{deployment.HeldEvery, deployment.DepthEvery} {
		g.ticks[d] = make(chan time.Time)
	}
	cfg := g.config(nil)
	cfg.Now, cfg.Metrics, cfg.Gauge = g.clock.Now, metrics.New(g.reg), g.store.(store.Gauge)
	cfg.Held = func(context.Context) error {
		if err := g.level.Load(); err != nil {
			return *err
		}
		return nil
	}
	cfg.Met = g.met
	cfg.Tick = func(d time.Duration) (<-chan time.Time, func()) {
		if c, ok := g.ticks[d]; ok {
			return c, func() {}
		}
		return ticker(d)
	}
	g.dep = deployment.New(cfg)
	g.publish(testbed.Small(t))
	return g
}

// runs serves until the test ends.
func (g *guarded) runs() {
	g.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		g.t.Fatal(err)
	}
	g.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- g.dep.Run(ctx, l) }()
	g.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			g.t.Error(err)
		}
	})
}

// looks lets a watch look: the second tick is taken only when the look of the first is over.
func (g *guarded) looks(every time.Duration) {
	g.ticks[every] <- g.clock.Now()
	g.ticks[every] <- g.clock.Now()
}

// gauge reads a gauge; ok is false while nobody has set it.
func (g *guarded) gauge(name, queue string) (value float64, ok bool) {
	g.t.Helper()
	families, err := g.reg.Gather()
	if err != nil {
		g.t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == name && (queue == "" || m.GetLabel()[0].GetValue() == queue) {
				return m.GetGauge().GetValue(), true
			}
		}
	}
	return 0, false
}

func (g *guarded) falls(err error) { g.level.Store(&err) }

// TestFallenLevelIsToldAndServed: who changes a setting under us gets an alarm; residents are served.
func TestFallenLevelIsToldAndServed(t *testing.T) {
	t.Parallel()
	g := newGuarded(t)
	g.runs()
	g.looks(deployment.HeldEvery)
	if v, ok := g.gauge("hoithoai_level_held", ""); !ok || v != 1 {
		t.Errorf("at first the level is %v, %v", v, ok)
	}
	g.falls(fmt.Errorf("no answer: %w", store.ErrUnavailable)) // another alarm's matter
	g.looks(deployment.HeldEvery)
	if v, _ := g.gauge("hoithoai_level_held", ""); v != 1 || strings.Contains(g.log.String(), deployment.KindLevel) {
		t.Errorf("a store that does not answer counts as fallen: %v, %s", v, g.log)
	}
	g.falls(errors.New("appendfsync is no now"))
	g.looks(deployment.HeldEvery)
	if v, _ := g.gauge("hoithoai_level_held", ""); v != 0 {
		t.Errorf("the level is %v", v)
	}
	if log := g.log.String(); strings.Count(log, `"kind":"`+deployment.KindLevel+`"`) != 1 || !strings.Contains(log, "appendfsync is no now") {
		t.Errorf("it is not told once a minute: %s", log)
	}
	if got := status(t, g.url+"/readyz"); got != http.StatusOK {
		t.Errorf("readiness is %d", got)
	}
	for _, p := range g.dep.Checks().Report(t.Context()).Parts {
		if p.Name == deployment.CheckLevel && (p.Needed || p.Why == "") {
			t.Errorf("the check says %+v", p)
		}
	}
	if status := g.zalo.Push(t.Context(), g.person().Text("chào")); status != http.StatusOK {
		t.Errorf("a message is answered %d", status)
	}
	g.level.Store(nil)
	g.met <- struct{}{} // the store was reached anew
	g.met <- struct{}{} // taken when the look of the first is over
	if v, _ := g.gauge("hoithoai_level_held", ""); v != 1 {
		t.Errorf("when it is mended the level is %v", v)
	}
}

// TestDepthIsShown: what waits shows in the metrics, and no more when it is done.
func TestDepthIsShown(t *testing.T) {
	t.Parallel()
	g := newGuarded(t)
	key := g.seal.Person(testbed.OfficeID, testbed.Person)
	for _, id := range []string{"a", "b"} { // bodies nobody can open: they count, and have no age
		if _, err := g.store.Accept(t.Context(), store.Accept{Key: key, ID: store.ID8([]byte(id + "0000000")), Body: []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := g.gauge("hoithoai_people_with_work", ""); ok {
		t.Error("depth is shown before anybody looked")
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.dep.Operate(ctx)
	}()
	g.looks(deployment.DepthEvery)
	cancel()
	<-done
	for name, want := range map[string]float64{"hoithoai_people_with_work": 1, "hoithoai_depth": 2, "hoithoai_oldest_seconds": 0} {
		queue := "mailbox"
		if name == "hoithoai_people_with_work" {
			queue = ""
		}
		if v, ok := g.gauge(name, queue); !ok || v != want {
			t.Errorf("%s is %v, %v", name, v, ok)
		}
	}
}
