// Package deployment puts the parts of a running program together: door, actor, clockwork, library and sender over one store,
// for one office or many, configured or in the sandbox. It opens nothing itself: stores, keys, listeners, clock and
// randomness come in, so a test runs the very program that serves residents.
package deployment

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"filippo.io/age"
	"golang.org/x/sync/errgroup"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/echo"
	"hoithoai/runtime/health"
	"hoithoai/runtime/library"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/roster"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
	"hoithoai/runtime/tips"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/understand"
	"hoithoai/runtime/zalo"
)

// Store is everything the program asks of a store; each part of it is told only what it needs.
type Store interface {
	store.Mailbox
	store.Actor
	store.Deferrer
	store.Finisher
	store.Attempts
	store.Echoes
	store.Scheduler
	store.Bundles
	store.Records
}

// Config is the parts. Every field is required except TipKeys, Proof, HumanFor, Ready, Checks and those after Metrics. What
// Settings holds too is only what is begun with: see Exchange.
type Config struct {
	Store      Store
	Partitions int
	Seal       *seal.Sealer
	Offices    map[string]*office.Office
	TipKeys    map[string][]age.Recipient
	Verifier   zalo.Verifier
	Deliver    actor.Deliverer
	Fetch      tips.Fetcher
	Webhook    string       // path
	Proof      http.Handler // domain proof
	HumanFor   time.Duration
	OfficerFor time.Duration // see engine.Config; 0: its default
	AnswerIn   time.Duration // see engine.Config; 0: its default
	Gather     time.Duration // the pause that ends a burst of messages; 0: none is waited for

	FullJournal bool // see engine.Config

	Ready    func(ctx context.Context) error // whether the store can take events, beyond a write of our own; nil: it can
	Checks   []health.Check                  // what else must be well; see Deployment.Checks
	Now      func() time.Time
	Tick     func(d time.Duration) (<-chan time.Time, func())
	Log      *slog.Logger
	Metrics  *metrics.Set
	Poll     time.Duration // see actor.ClockworkConfig
	Hands    int           // see actor.ClockworkConfig
	Queue    int           // see actor.ClockworkConfig
	Lease    time.Duration // of the store, see actor.Config
	Patience time.Duration // see server.Config

	Held  func(ctx context.Context) error // whether the store keeps the level that is configured; nil: nobody asks
	Met   <-chan struct{}                 // receives when Held should be asked at once: the store may have started anew; nil: never
	Gauge store.Gauge                     // measures how much waits; nil: nobody does
	Spans *tracing.Set                    // nil: nobody traces

	CatchUp *CatchUp // nil: nobody looks for what was written while no process served
}

// Deployment is a program ready to run.
type Deployment struct {
	cfg       Config
	settings  atomic.Pointer[Settings]
	watched   *watched
	library   *library.Library
	tasks     task.Table
	actor     *actor.Actor
	clockwork *actor.Clockwork
	slow      *slow
	alarms    *alarm.Set
	dates     dates
	checks    *health.Set
	hearing   hearing
}

// New puts the parts together; the first bundle comes with Publish.
func New(cfg Config) *Deployment {
	d := &Deployment{cfg: cfg, watched: watch(cfg.Store), alarms: alarm.New(cfg.Log, cfg.Now)}
	d.settings.Store(cfg.settings())
	d.library = library.New(sealedBundles{cfg.Store, cfg.Seal}, cfg.settings().engines())
	d.library.Settle(cfg.Offices)
	d.tasks = task.Table{tips.TaskName: d.handleTip}
	d.slow = newSlow(cfg.Deliver, cfg.Now)
	d.actor = actor.New(actor.Config{
		Store: d.watched, Seal: cfg.Seal, Library: d.library, Offices: d.Office, Deliver: cfg.Deliver,
		Tasks: d.tasks, Erasures: d.book(), Waits: d.waits(), Misses: d.misses(), Letters: &deadletter.Box{Records: cfg.Store, Seal: cfg.Seal, Now: cfg.Now}, Alarms: d.alarms, Now: cfg.Now, Tick: cfg.Tick, Log: cfg.Log, Metrics: cfg.Metrics, Lease: cfg.Lease, Spans: cfg.Spans,
		Start: func(ctx context.Context, j actor.Job) { d.clockwork.Start(ctx, j) },
	})
	d.clockwork = actor.NewClockwork(actor.ClockworkConfig{
		Store: d.watched, Defer: d.watched, Partitions: cfg.Partitions, Seal: cfg.Seal, Actor: d.actor, Now: cfg.Now, Tick: cfg.Tick,
		Log: cfg.Log, Metrics: cfg.Metrics, Alarms: d.alarms, Poll: cfg.Poll, Hands: cfg.Hands, Queue: cfg.Queue, Offices: d.count,
	})
	d.checks, d.hearing.last = d.newChecks(), cfg.Now()
	return d
}

// handleTip seals a tip to the keys of the moment.
func (d *Deployment) handleTip(ctx context.Context, req task.Request) (task.Answer, error) {
	desk := &tips.Desk{
		Keys: d.settings.Load().TipKeys, Records: d.cfg.Store, Fetch: d.cfg.Fetch, Seal: d.cfg.Seal,
		Code: tips.Codes(d.cfg.Seal.Derive("tip-code")), Now: d.cfg.Now,
	}
	return desk.Handle(ctx, req)
}

// Office returns an office by id, nil when it is not ours.
func (d *Deployment) Office(id string) *office.Office { return d.library.Office(id) }

// count is how many offices are served.
func (d *Deployment) count() int { return len(d.library.Offices()) }

// offices returns the ids of the offices that are served, sorted.
func (d *Deployment) offices() []string { return slices.Sorted(maps.Keys(d.library.Offices())) }

func (d *Deployment) roster() *roster.Book {
	return &roster.Book{Records: d.cfg.Store, Seal: d.cfg.Seal}
}

// everServed returns the ids of the offices that are served, and of those that were: what is owed to their people stays owed.
func (d *Deployment) everServed(ctx context.Context) []string {
	now := d.offices()
	gone, err := d.roster().Gone(ctx, now)
	if err != nil {
		return now // the store is asked again with the next look
	}
	return append(now, gone...)
}

// Library returns the programs of this deployment.
func (d *Deployment) Library() *library.Library { return d.library }

// Publish makes a bundle the current one after it was held against this deployment (tasks, attachments, every office's fields
// and desks) and the store against our keys. On an error the last good bundle stays.
func (d *Deployment) Publish(ctx context.Context, loaded dsl.Result) error {
	if loaded.Program == nil {
		return fmt.Errorf("publish bundle: %w", ErrErrors)
	}
	if err := d.fits(loaded, d.library.Offices()); err != nil {
		return fmt.Errorf("publish bundle: %w", err)
	}
	if err := claimKeys(ctx, d.cfg.Store, d.cfg.Seal); err != nil {
		return err
	}
	if err := d.roster().Note(ctx, d.offices()); err != nil {
		return err
	}
	if err := d.library.Publish(ctx, loaded); err != nil {
		return err
	}
	d.lookAtDates()
	return nil
}

// Handler returns the public listener's handler. Work accepted there runs until ctx ends.
func (d *Deployment) Handler(ctx context.Context) http.Handler {
	door := &doors{settings: &d.settings, open: func(v zalo.Verifier) *server.Door { return d.open(ctx, v) }}
	return server.Handler(server.Routes{Webhook: d.cfg.Webhook, Door: door, Proof: http.HandlerFunc(d.proof), Ready: d.ready})
}

func (d *Deployment) open(ctx context.Context, v zalo.Verifier) *server.Door {
	return server.NewDoor(server.Config{
		Shared:   func() bool { return d.count() > 1 },
		Verifier: v, Known: func(id string) bool { return d.Office(id) != nil }, Unkept: d.unkept, Emergency: d.emergency,
		Seal: d.cfg.Seal, Store: d.watched, Now: d.cfg.Now, Heard: d.hearing.heard, Flooded: d.slow.tell, Patience: d.cfg.Patience,
		Echo:  (&echo.Book{Store: d.watched, Seal: d.cfg.Seal}).Hear,
		Start: func(w store.Work, since time.Time) { d.clockwork.Start(ctx, actor.Job{Work: w, Since: since}) },
		Log:   d.cfg.Log, Metrics: d.cfg.Metrics, Alarms: d.alarms, Spans: d.cfg.Spans,
	})
}

func (d *Deployment) unkept(text string) string {
	return d.recognised(text, (*understand.Understander).Unkept)
}

func (d *Deployment) emergency(text string) string {
	return d.recognised(text, (*understand.Understander).Emergency)
}

// recognised names the flow of the current program that look finds in text, or "".
func (d *Deployment) recognised(text string, look func(*understand.Understander, string) int) string {
	e := d.library.Current()
	if e == nil {
		return ""
	}
	if i := look(e.Understand, text); i != program.None {
		return e.Program.Flows[i].Name
	}
	return ""
}

// Run serves on l and does the work of the store until ctx ends; it then stops accepting, finishes requests and work under
// way, puts back the people it has, and returns. Being killed instead loses nothing. A Deployment runs once.
func (d *Deployment) Run(ctx context.Context, l net.Listener) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx)) // ends after the last request, which may still bring work
	defer stop()
	var g errgroup.Group
	g.Go(func() error {
		defer stop()
		return server.Serve(ctx, l, d.Handler(work))
	})
	g.Go(func() error {
		d.clockwork.Run(work)
		return nil
	})
	g.Go(func() error {
		d.watchErasures(work)
		return nil
	})
	g.Go(func() error {
		d.watchWaits(work)
		return nil
	})
	g.Go(func() error {
		d.watchDates(work)
		return nil
	})
	g.Go(func() error {
		d.operate(work)
		return nil
	})
	err := g.Wait()
	d.slow.wait()
	return err
}
