package simulation_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/simulation"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
)

// mutant is a store, or a sender, that breaks one rule, and what must be noticed of it.
type mutant struct {
	name    string
	store   func(m *model.Store) deployment.Store
	send    func(d actor.Deliverer) actor.Deliverer
	weather simulation.Faults
	poll    time.Duration
	doomed  int
	noticed string // words of what is found, any of them, divided by |
}

// TestCheckerNotices breaks one rule after the other and demands that some seed shows it. A checker that finds nothing wrong
// says nothing unless it has been seen to find something.
func TestCheckerNotices(t *testing.T) {
	if raced {
		t.Skip("the mutants are shown by a run without the race detector, which has nothing to see in them")
	}
	t.Parallel()
	kit := simulation.NewKit(t)
	frozen := simulation.Faults{Stalled: .15, Freezes: .5}
	killed := simulation.Faults{Dead: .04, Kills: .1}
	for _, m := range []mutant{
		{name: "commit heeds no fence", store: noFence, weather: frozen, poll: 2 * time.Second, noticed: "out of turn|from revision"},
		{name: "commit leaves the last message out", store: dropsMessage, noticed: "UNSENT|another event or message"},
		{name: "commit keeps the session of before", store: keepsSession, noticed: "an owner gets the session|HALF"},
		{name: "commit forgets the journal", store: dropsJournal, noticed: "HALF: the journal"},
		{name: "commit clears no timers", store: clearsNothing, noticed: "fires and is not set"},
		{name: "timers are set too early", store: setsEarly, noticed: "early"},
		{name: "a timer fires twice", store: firesTwice, noticed: "out of turn|the event"},
		{name: "a timer never fires", store: firesNever, noticed: "overdue"},
		{name: "accept remembers no event", store: forgetsEvents, weather: simulation.Faults{Again: .5, Unheard: .3}, noticed: "taken a second time"},
		{name: "accept writes nothing", store: acceptsNothing, noticed: "LOST"},
		{name: "accept makes nobody due", store: neverClaims, weather: killed, noticed: "LOST|UNSENT"},
		{name: "claim robs the living", store: robs, poll: time.Second, weather: simulation.Faults{Sluggish: .7}, noticed: "TWICE"},
		{name: "attempts are forgotten", store: forgetsAttempts, doomed: 1, noticed: "POISON"},
		{name: "whoever was left silently was tried too often", store: accuses, weather: killed, noticed: "POISON"},
		{name: "done takes two", store: takesTwo, noticed: "out of turn|UNSENT|another event or message"},
		{name: "done does nothing", store: takesNone, noticed: "UNSENT|LEFT OVER|another event or message|TWICE"},
		{name: "a send is called done and was not made", send: func(d actor.Deliverer) actor.Deliverer { return &sender{d: d, n: map[string]int{}} }, noticed: "UNSENT|ORDER"},
		{name: "a send is made twice", send: func(d actor.Deliverer) actor.Deliverer { return twice{d} }, noticed: "TWICE"},
	} {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			m.mustShow(t, kit)
		})
	}
}

// mustShow runs seeds until what the mutant does is noticed.
func (m *mutant) mustShow(t *testing.T, kit *simulation.Kit) {
	const tries = 60
	for seed := range uint64(tries) {
		out := simulation.Run(t, kit, simulation.Config{
			Seed: seed, Writers: 2, Tellers: 1, Doomed: m.doomed, Messages: 6, Faults: m.weather, Poll: m.poll, Break: m.store, BreakSend: m.send,
		})
		found := strings.Join(out.Broken, "\n")
		for _, words := range strings.Split(m.noticed, "|") {
			if strings.Contains(found, words) {
				return
			}
		}
		if found != "" {
			t.Logf("seed %d notices something else:\n%s", seed, found)
		}
	}
	t.Errorf("in %d seeds nobody notices", tries)
}

// patched is a model with some operations replaced.
type patched struct {
	*model.Store
	accept func(context.Context, store.Accept) (store.AcceptResult, error)
	commit func(context.Context, store.Commit) (store.CommitResult, error)
	finish func(context.Context, store.Key, store.Finish) (store.Done, error)
	claim  func(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error)
	fire   func(context.Context, store.Due, store.ID8) (bool, *store.Work, error)
}

func patch(m *model.Store) *patched {
	return &patched{Store: m, accept: m.Accept, commit: m.Commit, finish: m.Finish, claim: m.Claim, fire: m.Fire}
}

func (p *patched) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	return p.accept(ctx, in)
}

func (p *patched) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	return p.commit(ctx, in)
}

func (p *patched) Finish(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
	return p.finish(ctx, key, in)
}

func (p *patched) Claim(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
	return p.claim(ctx, partition, n)
}

func (p *patched) Fire(ctx context.Context, t store.Due, id store.ID8) (bool, *store.Work, error) {
	return p.fire(ctx, t, id)
}

// commits is a store that changes every step before it takes it.
func commits(change func(ctx context.Context, m *model.Store, in *store.Commit)) func(*model.Store) deployment.Store {
	return func(m *model.Store) deployment.Store {
		p := patch(m)
		p.commit = func(ctx context.Context, in store.Commit) (store.CommitResult, error) {
			change(ctx, m, &in)
			return m.Commit(ctx, in)
		}
		return p
	}
}

func noFence(m *model.Store) deployment.Store {
	return commits(func(ctx context.Context, m *model.Store, in *store.Commit) {
		w, err := m.Load(ctx, in.Key)
		if err != nil || w.Head == nil {
			return
		}
		in.Event, in.Rev = w.Head.ID, 0
		if w.Session != nil {
			in.Rev = w.Session.Rev
		}
	})(m)
}

// forgetful notes no attempts.
type forgetful struct{ *model.Store }

func (forgetful) Attempt(context.Context, store.Key, store.Attempt) error { return nil }

func forgetsAttempts(m *model.Store) deployment.Store { return forgetful{m} }

// accuser says of everybody's first piece of work that it was begun five times.
type accuser struct{ *model.Store }

func (a accuser) Load(ctx context.Context, key store.Key) (store.Work, error) {
	w, err := a.Store.Load(ctx, key)
	switch {
	case !w.Silent:
	case w.Out != nil:
		w.Attempt = store.Attempt{Item: w.Out.ID, N: 5}
	case w.Head != nil:
		w.Attempt = store.Attempt{Item: w.Head.ID, N: 5}
	}
	return w, err
}

func accuses(m *model.Store) deployment.Store { return accuser{m} }

func dropsMessage(m *model.Store) deployment.Store {
	return commits(func(_ context.Context, _ *model.Store, in *store.Commit) { in.Out = in.Out[:max(0, len(in.Out)-1)] })(m)
}

func keepsSession(m *model.Store) deployment.Store {
	return commits(func(ctx context.Context, m *model.Store, in *store.Commit) {
		if w, err := m.Load(ctx, in.Key); err == nil && w.Session != nil {
			in.Session = w.Session.Body
		}
	})(m)
}

func dropsJournal(m *model.Store) deployment.Store {
	return commits(func(_ context.Context, _ *model.Store, in *store.Commit) { in.Journal = nil })(m)
}

func clearsNothing(m *model.Store) deployment.Store {
	return commits(func(_ context.Context, _ *model.Store, in *store.Commit) {
		var set []store.Timer
		for _, t := range in.Timers {
			if !t.At.IsZero() {
				set = append(set, t)
			}
		}
		in.Timers = set
	})(m)
}

func setsEarly(m *model.Store) deployment.Store {
	p := patch(m)
	p.finish = func(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
		var start []store.Timer
		for _, t := range in.Start {
			t.At = t.At.Add(-10 * time.Minute)
			start = append(start, t)
		}
		in.Start = start
		return m.Finish(ctx, key, in)
	}
	return p
}

func firesTwice(m *model.Store) deployment.Store {
	p := patch(m)
	p.fire = func(ctx context.Context, t store.Due, id store.ID8) (bool, *store.Work, error) {
		fired, work, err := m.Fire(ctx, t, id)
		if fired && work != nil {
			id[0] ^= 1
			if _, err := m.Accept(ctx, store.Accept{Key: t.Key, ID: id, Body: work.Head.Body}); err != nil {
				return false, nil, err
			}
		}
		return fired, work, err
	}
	return p
}

func firesNever(m *model.Store) deployment.Store {
	p := patch(m)
	p.claim = func(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
		keys, _, next, err := m.Claim(ctx, partition, n)
		return keys, nil, next, err
	}
	return p
}

func forgetsEvents(m *model.Store) deployment.Store {
	p := patch(m)
	n := byte(0)
	var mu sync.Mutex
	p.accept = func(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
		res, err := m.Accept(ctx, in)
		if err == nil && res.Status == store.Duplicate {
			mu.Lock()
			n++
			in.ID[7] ^= n
			mu.Unlock()
			return m.Accept(ctx, in)
		}
		return res, err
	}
	return p
}

func acceptsNothing(m *model.Store) deployment.Store {
	p := patch(m)
	n := 0
	var mu sync.Mutex
	p.accept = func(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
		mu.Lock()
		n++
		skip := n%10 == 0
		mu.Unlock()
		if skip {
			return store.AcceptResult{Status: store.Queued}, nil
		}
		return m.Accept(ctx, in)
	}
	return p
}

func neverClaims(m *model.Store) deployment.Store {
	p := patch(m)
	p.claim = func(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
		_, due, next, err := m.Claim(ctx, partition, n)
		return nil, due, next, err
	}
	return p
}

// robs gives away whoever came last, whose owner is at work.
func robs(m *model.Store) deployment.Store {
	p := patch(m)
	var mu sync.Mutex
	var last store.Key
	p.commit = func(ctx context.Context, in store.Commit) (store.CommitResult, error) {
		mu.Lock()
		last = in.Key
		mu.Unlock()
		return m.Commit(ctx, in)
	}
	p.claim = func(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
		mu.Lock()
		key := last
		mu.Unlock()
		if key != "" {
			if err := m.Defer(ctx, key, time.Now()); err != nil {
				return nil, nil, time.Time{}, err
			}
		}
		return m.Claim(ctx, partition, n)
	}
	return p
}

func takesTwo(m *model.Store) deployment.Store {
	p := patch(m)
	p.finish = func(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
		res, err := m.Finish(ctx, key, in)
		if err == nil && !res.Gone && res.Out != nil {
			return m.Done(ctx, key, res.Out.ID)
		}
		return res, err
	}
	return p
}

func takesNone(m *model.Store) deployment.Store {
	p := patch(m)
	n := 0
	var mu sync.Mutex
	p.finish = func(ctx context.Context, key store.Key, in store.Finish) (store.Done, error) {
		mu.Lock()
		n++
		skip := n%5 == 0
		mu.Unlock()
		if !skip {
			return m.Finish(ctx, key, in)
		}
		w, err := m.Release(ctx, key)
		return store.Done{Free: w.Out == nil && w.Head == nil, Out: w.Out, Next: w.Head, Lease: w.Lease}, err
	}
	return p
}

// sender leaves out every fifth message of a person, and says that it was sent.
type sender struct {
	d  actor.Deliverer
	mu sync.Mutex
	n  map[string]int
}

func (s *sender) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	s.mu.Lock()
	s.n[out.Person]++
	skip := s.n[out.Person]%5 == 0
	s.mu.Unlock()
	if skip {
		return actor.Delivery{Done: true}
	}
	return s.d.Deliver(ctx, out, recovered)
}

// twice sends everything twice.
type twice struct{ d actor.Deliverer }

func (s twice) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	s.d.Deliver(ctx, out, recovered)
	return s.d.Deliver(ctx, out, recovered)
}
