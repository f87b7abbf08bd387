// Package catchup takes in what people wrote while nobody was there to hear it. A heartbeat in the store says since when no
// process of the deployment served; after a longer silence the recent conversations of every office are read (facts
// zalo-api.md §1.2: lost events are recovered so, seen in one product), and each message of a person goes to the door as if its
// webhook had come. Its id is that of the webhook, so that Zalo's own repeats, before or after, change nothing; whether it still
// answers a question is judged by package engine, by the time it was sent.
//
// It calls Zalo at the lowest urgency. What the lists do not hold (follow, withdraw, forms) it cannot find; taking an event in is
// the work of package server.
package catchup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/zalo"
)

// The figures, ours.
const (
	Beat  = 10 * time.Second // how often we note that we are there
	Long  = 30 * time.Second // a silence from which on we look for what was missed
	Again = time.Minute      // after this a second look follows: the lists may be late

	margin   = 2 * time.Minute // the clocks of Zalo and the store may differ by so much
	oldest   = zalo.EventAge   // what is older is dropped at the door
	mostTalk = 20              // pages of one conversation
	mostList = 500             // pages of the list
	tries    = 5               // of one call that may succeed later
	retry    = 5 * time.Second // between them
	lead     = Long            // how long one process has the look to itself; two of them only ask twice
)

// pulse names the heartbeat.
const pulse = "serving"

// KindFailed is the kind of the alarm that messages may have been missed.
const KindFailed = "catch_up_failed"

// Reader reads recent conversations (zalo.Client).
type Reader interface {
	Recent(ctx context.Context, office string, offset int) ([]zalo.Said, error)
	Talk(ctx context.Context, office, person string, offset int) ([]zalo.Said, error)
}

// Config is what a Watch needs; every field but Only is required.
type Config struct {
	Pulse   store.Pulse
	Zalo    Reader
	Gate    func(ctx context.Context, office string, call func() error) error // lets a call through that nobody waits for
	Take    func(ctx context.Context, in zalo.Inbound) (fresh bool, err error)
	Offices func() []string
	// Only gives the look to one of several processes for a while; nil: there is only this one.
	Only    func(ctx context.Context, what string, d time.Duration) (time.Duration, error)
	Pause   func(ctx context.Context, d time.Duration) error
	Log     *slog.Logger
	Metrics *metrics.Set
	Alarms  *alarm.Set
}

// Watch looks after the heartbeat of a deployment.
type Watch struct {
	cfg   Config
	again time.Time // since when a second look reads; zero: none is due
}

// New returns a watch.
func New(cfg Config) *Watch { return &Watch{cfg: cfg} }

// Run beats with every tick until ctx ends; where nobody has for long, it looks for what was missed first. A look that was broken
// off is made again by whoever comes next: nothing is beaten before it is done.
func (w *Watch) Run(ctx context.Context, ticks <-chan time.Time) {
	for {
		w.Turn(ctx)
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}

// Turn is one turn of Run.
func (w *Watch) Turn(ctx context.Context) {
	last, now, err := w.cfg.Pulse.LastBeat(ctx, pulse)
	if err != nil {
		return // the store is told of by others; the silence grows meanwhile
	}
	switch silent := now.Sub(last); {
	case !last.IsZero() && silent > Long:
		if !w.look(ctx, pulse, last.Add(-margin), now) {
			return
		}
		w.again = now
	case !w.again.IsZero() && now.Sub(w.again) >= Again:
		since := w.again.Add(-margin)
		w.again = time.Time{}
		w.look(ctx, pulse+"/again", since, now)
	}
	if err := w.cfg.Pulse.Beat(ctx, pulse); err != nil {
		w.cfg.Log.Warn("the heartbeat cannot be noted", "error", err)
	}
}

// look reads every office from a moment on; done is false when another process does it, or ctx ended.
func (w *Watch) look(ctx context.Context, what string, since, now time.Time) (done bool) {
	if w.cfg.Only != nil {
		if left, err := w.cfg.Only(ctx, what, lead); err != nil || left > 0 {
			return false
		}
	}
	since = latest(since, now.Add(-oldest))
	w.cfg.Metrics.Inc("catch_up")
	for _, office := range w.cfg.Offices() {
		fresh, err := w.office(ctx, office, since)
		if ctx.Err() != nil {
			return false
		}
		w.cfg.Log.Info("messages written while nobody served were looked for", "office", office, "count", fresh, "after", now.Sub(since).String())
		if err != nil {
			w.cfg.Metrics.Inc("catch_up_failed")
			w.cfg.Alarms.Raise(KindFailed, "messages that people wrote while nobody served may be missing at office "+office+
				"; look into the page's chat. Cause: "+err.Error())
		}
	}
	return true
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// office takes in what people wrote to an office since a moment, and returns how many messages nobody knew. One person who cannot
// be read does not keep the others from it.
func (w *Watch) office(ctx context.Context, office string, since time.Time) (fresh int, err error) {
	people, err := w.people(ctx, office, since)
	errs := []error{err}
	for _, person := range people {
		n, err := w.person(ctx, office, person, since)
		fresh += n
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return fresh, errors.Join(errs...)
}

// errLong says that a list did not end where it should.
var errLong = errors.New("the list is longer than we read")

// people names who has had a word with an office since a moment. The list moves while it is read: who writes comes to its front.
// So it is read again until a reading finds nobody new.
func (w *Watch) people(ctx context.Context, office string, since time.Time) (people []string, err error) {
	for {
		before := len(people)
		err = w.pages(ctx, office, mostList, func(offset int) ([]zalo.Said, error) { return w.cfg.Zalo.Recent(ctx, office, offset) }, func(s zalo.Said) bool {
			if s.Time.Before(since) {
				return false
			}
			if s.Person != "" && s.Person != office && !slices.Contains(people, s.Person) {
				people = append(people, s.Person)
			}
			return true
		})
		if err != nil || len(people) == before {
			return people, err
		}
	}
}

// person takes in what one person wrote since a moment, in the order it was written.
func (w *Watch) person(ctx context.Context, office, person string, since time.Time) (fresh int, err error) {
	var said []zalo.Said
	err = w.pages(ctx, office, mostTalk, func(offset int) ([]zalo.Said, error) { return w.cfg.Zalo.Talk(ctx, office, person, offset) }, func(s zalo.Said) bool {
		if s.Time.Before(since) {
			return false
		}
		said = append(said, s)
		return true
	})
	slices.SortStableFunc(said, func(a, b zalo.Said) int { return a.Time.Compare(b.Time) })
	errs := []error{err}
	for _, s := range said {
		in, ok := s.Inbound()
		if !ok || in.Person != person {
			continue
		}
		isFresh, err := w.take(ctx, in)
		if errs = append(errs, err); isFresh {
			fresh++
		}
	}
	return fresh, errors.Join(errs...)
}

// take gives a message to the door, again for a while where the store does not answer.
func (w *Watch) take(ctx context.Context, in zalo.Inbound) (fresh bool, err error) {
	for range tries {
		if fresh, err = w.cfg.Take(ctx, in); err == nil {
			if fresh {
				w.cfg.Metrics.Inc("catch_up_taken")
			}
			return fresh, nil
		}
		if err := w.cfg.Pause(ctx, retry); err != nil {
			return false, err
		}
	}
	return false, err
}

// pages reads a list from its newest entry on until one is not wanted any more, or the list ends.
func (w *Watch) pages(ctx context.Context, office string, most int, read func(offset int) ([]zalo.Said, error), want func(zalo.Said) bool) error {
	for offset := range most {
		page, err := w.page(ctx, office, func() ([]zalo.Said, error) { return read(offset * zalo.ConversationCount) })
		if err != nil {
			return err
		}
		if ends(page, want) {
			return nil
		}
	}
	return errLong
}

// ends hands a page over and reports whether nothing wanted can follow: nothing on it was, or it is in order and its last was not.
// That the newest stand first is what products rely on; no page of Zalo says so.
func ends(page []zalo.Said, want func(zalo.Said) bool) bool {
	wanted, last := 0, false
	for _, s := range page {
		if last = want(s); last {
			wanted++
		}
	}
	ordered := slices.IsSortedFunc(page, func(a, b zalo.Said) int { return b.Time.Compare(a.Time) })
	return wanted == 0 || ordered && !last
}

// page makes one call, again where that may help: it waits as long as the gate says, and gives Zalo some tries.
func (w *Watch) page(ctx context.Context, office string, read func() ([]zalo.Said, error)) (page []zalo.Said, err error) {
	for failed := 0; failed < tries; {
		err = w.cfg.Gate(ctx, office, func() (err error) {
			page, err = read()
			return err
		})
		if err == nil {
			return page, nil
		}
		wait := retry
		if closed, ok := errors.AsType[*gate.ClosedError](err); ok {
			wait = max(closed.After, time.Millisecond)
		} else if failed++; !passing(err) {
			break
		}
		if err := w.cfg.Pause(ctx, wait); err != nil {
			return nil, fmt.Errorf("wait for a call: %w", err)
		}
	}
	return nil, err
}

// passing reports whether another try may help: a refusal of Zalo's that says otherwise is final.
func passing(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	return !ok || e.Action == zalo.Backoff || e.Action == zalo.Refresh
}
