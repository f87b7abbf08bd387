// Package simulation runs the whole runtime (door, store, actor, clockwork, engine, delivery, a fake Zalo) in one process on a
// clock that testing/synctest moves: hours of many conversations in some milliseconds, with faults at every call of the store
// and of Zalo, processes that are killed at any of them, frozen and started again, webhooks that come twice, late and out of
// order. What happens follows from the seed alone, so a seed that fails fails again.
//
// What must hold is stated by those who see the truth: the witness sits on the store, the ledger is Zalo's. They are compared
// in check.go: nothing lost, nothing twice, everything in order, everything sent, every timer once and never early, never half
// a person, nothing left over.
//
// It is for tests only. It proves nothing about what several machines do, about disks, or about Redis: package chaos does.
package simulation

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"filippo.io/age"
	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/dsl"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo/fake"
)

//go:embed flows
var flows embed.FS

// Config says what is run.
type Config struct {
	Seed     uint64
	Writers  int           // people who send numbered messages; default 3
	Tellers  int           // people who send in tips, which are tasks; default 1
	Doomed   int           // people one of whose messages ends the process that steps it; default: none
	Messages int           // of each writer; a teller sends a third as many tips; default 9
	Replicas int           // processes at once; default 2
	Poll     time.Duration // how often a clockwork looks; default 10 s, since looking is most of what a run costs
	Gather   time.Duration // the pause that ends a burst; default: none is waited for
	Store    store.Config  // small limits reach what is rare
	Faults   Faults
	// Break replaces the store by one that breaks a rule, and BreakSend the sender, to see whether that is noticed; default: the
	// model, and the runtime's own.
	Break     func(s *model.Store) deployment.Store
	BreakSend func(d actor.Deliverer) actor.Deliverer
	Log       io.Writer // default: nowhere
}

func (c Config) withDefaults() Config {
	set := func(n *int, to int) {
		if *n == 0 {
			*n = to
		}
	}
	set(&c.Writers, 3)
	set(&c.Tellers, 1)
	set(&c.Messages, 9)
	set(&c.Replicas, 2)
	if c.Poll == 0 {
		c.Poll = 10 * time.Second
	}
	c.Store = c.Store.WithDefaults()
	if c.Break == nil {
		c.Break = func(s *model.Store) deployment.Store { return s }
	}
	if c.BreakSend == nil {
		c.BreakSend = func(d actor.Deliverer) actor.Deliverer { return d }
	}
	if c.Log == nil {
		c.Log = io.Discard
	}
	return c
}

// Kit is what costs much to make and is the same in every run.
type Kit struct {
	loaded dsl.Result
	seal   *seal.Sealer
	key    *age.HybridIdentity
}

// NewKit compiles the flows of the simulation.
func NewKit(t testing.TB) *Kit {
	t.Helper()
	sub, err := fs.Sub(flows, "flows")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := dsl.Load(sub, dsl.Options{Accepted: true})
	if err != nil || loaded.Program == nil {
		t.Fatalf("load flows: %v %v", err, loaded.Diagnostics)
	}
	key, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return &Kit{loaded: loaded, seal: testbed.Sealer(t, 1), key: key}
}

// Outcome is what a run led to.
type Outcome struct {
	Seed   uint64
	Broken []string // what must hold and does not, in a few words each
	// Ledger is everything that people read, with its time: the same for the same seed.
	Ledger string
	Stats  Stats
}

// Stats counts what happened in a run.
type Stats struct {
	Events, Steps, Messages, Timers, Tips int
	Killed, Frozen, StoreFaults           int
	WireFaults, Repeats, Late, Duplicates int
}

// String returns the counts in one line.
func (s Stats) String() string {
	return fmt.Sprintf("%d events, %d steps, %d messages (%d twice), %d timers, %d tips; %d kills, %d freezes, %d faults of the store, %d of Zalo, %d webhooks again, %d late",
		s.Events, s.Steps, s.Messages, s.Duplicates, s.Timers, s.Tips, s.Killed, s.Frozen, s.StoreFaults, s.WireFaults, s.Repeats, s.Late)
}

// Run runs one seed and looks at what it led to.
func Run(t *testing.T, kit *Kit, cfg Config) (out Outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(kit, cfg.withDefaults())
		w.live()
		out = w.outcome()
	})
	return out
}

// world is everything of one run.
type world struct {
	kit     *Kit
	cfg     Config
	chances *chances
	witness *witness
	zalo    *fake.Server
	metrics *metrics.Set
	gather  prometheus.Gatherer
	log     *slog.Logger

	mu        sync.Mutex
	calm      bool // no more faults
	processes []*process
	started   int
	under     int               // webhooks under way, and processes that come back
	answered  map[string]string // person by id of an event that got a 200
	troubles  []trouble
	stats     Stats
}

// beginning is when every run begins: a Tuesday morning in Vietnam.
var beginning = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

func newWorld(kit *Kit, cfg Config) *world {
	time.Sleep(time.Until(beginning))
	reg := prometheus.NewRegistry()
	w := &world{
		kit: kit, cfg: cfg, chances: newChances(cfg.Seed), metrics: metrics.New(reg), gather: reg, answered: map[string]string{},
		log: slog.New(slog.NewTextHandler(cfg.Log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if cfg.Log == io.Discard {
		w.log = slog.New(slog.DiscardHandler)
	}
	truth := model.New(cfg.Store, time.Now)
	w.witness = newWitness(cfg.Break(truth), truth)
	w.zalo = fake.New(fake.Config{
		AppID: testbed.App, Secret: testbed.Secret, Offices: map[string]string{testbed.OfficeID: testbed.Token}, Now: time.Now,
		Seed: cfg.Seed, Echo: fake.EchoBefore, Deliver: w.carry,
	})
	return w
}

// live lets the people talk while everything goes wrong, then lets what is left come to its end without faults.
func (w *world) live() {
	for range w.cfg.Replicas {
		w.start()
	}
	var people sync.WaitGroup
	for i := range w.cfg.Writers {
		people.Go(func() { w.write(personID(i), w.cfg.Messages) })
	}
	for i := range w.cfg.Tellers {
		people.Go(func() { w.tell(personID(100+i), max(w.cfg.Messages/3, 1)) })
	}
	for i := range w.cfg.Doomed {
		people.Go(func() { w.doom(doomedID(i)) })
	}
	stop := make(chan struct{})
	var misfortune sync.WaitGroup
	misfortune.Go(func() { w.haunt(stop) })
	people.Wait()
	w.idle()
	close(stop)
	misfortune.Wait()
	w.settle()
}

// rest is how long the end is waited for: every reminder has come by then.
const rest = 40 * time.Minute

func (w *world) settle() {
	w.mu.Lock()
	w.calm = true
	w.mu.Unlock()
	w.idle()
	w.chances.of("settle").pause(context.Background(), rest, nil)
	w.idle() // echoes
	for _, p := range w.alive() {
		p.end()
	}
	w.chances.of("settle").pause(context.Background(), time.Minute, nil) // calls that were given up are still on their way
}

func personID(i int) string { return fmt.Sprintf("77%014d", i) }

// carry is how Zalo's webhooks leave: each goes its own way, see hook.go.
func (w *world) carry(_ context.Context, h fake.Webhook) int {
	w.goes(func() { w.bring(h) })
	return http.StatusOK
}

// goes does something beside everything else; idle waits for it.
func (w *world) goes(do func()) {
	w.mu.Lock()
	w.under++
	w.mu.Unlock()
	go func() {
		do()
		w.mu.Lock()
		w.under--
		w.mu.Unlock()
	}()
}

// idle waits until nothing is under way.
func (w *world) idle() {
	s := w.chances.of("idle")
	for busy := true; busy; {
		s.pause(context.Background(), time.Second, nil)
		w.mu.Lock()
		busy = w.under > 0
		w.mu.Unlock()
	}
}

func (w *world) count(change func(*Stats)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.stats)
}

// ledger writes down everything people read.
func (w *world) ledger() string {
	var b strings.Builder
	for _, m := range w.zalo.Since(0) {
		fmt.Fprintf(&b, "%s %s %s\n", m.At.UTC().Format("15:04:05.000000000"), m.To, m.Text)
	}
	return b.String()
}
