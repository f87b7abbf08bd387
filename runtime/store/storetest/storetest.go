// Package storetest holds every engine to the contract of package store: Run goes through the rules one by one, Model lets
// random operations run against an engine and the plain Go of package model side by side, Bench measures a full event.
//
// It is for tests only. What belongs to one engine alone (files, servers, kills) is tested beside that engine.
package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/store"
)

// Engine is everything an engine offers.
type Engine interface {
	Owner
	Clockwork
	Register
	Portable
	store.Gauge
	store.Pulse
	// Partitions is how many partitions Claim has to be asked for, from 0.
	Partitions() int
}

// Owner is what moves a person.
type Owner interface {
	store.Mailbox
	store.Actor
	store.Deferrer
	store.Finisher
	store.Echoes
	store.Attempts
}

// Clockwork is what finds work, and reads what was written.
type Clockwork interface {
	store.Scheduler
	store.Journal
	store.Bundles
}

// Register is an office's own data.
type Register interface {
	store.Records
	store.Places
}

// Portable is what moves to another engine.
type Portable interface {
	store.Dumper
	store.Loader
	store.Cleaner
}

// Open makes a new, empty engine that takes the time from clock, and lets it go at the end of the test.
type Open func(t testing.TB, cfg store.Config, clock *Clock) Engine

// Clock is the time of an engine under test; it moves only when told to. It is safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	expire func(d time.Duration)
}

// NewClock returns a clock that stands at a fixed moment.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)} }

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the time forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// ExpireBy says that the engine lets a server expire what has lived long enough, by the server's own clock, which no test can
// move: shift then shortens by d what everything has left to live. An engine's Open calls it.
func (c *Clock) ExpireBy(shift func(d time.Duration)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire = shift
}

// Lapse lets d pass, also for everything that expires. Lives of tests are hours apart, so that what a test itself takes never
// decides.
func (c *Clock) Lapse(d time.Duration) {
	c.Advance(d)
	c.mu.Lock()
	shift := c.expire
	c.mu.Unlock()
	if shift != nil {
		shift(d)
	}
}

// Run goes through the contract.
func Run(t *testing.T, open Open) {
	groups := []struct {
		name  string
		tests []test
	}{
		{"accept", acceptTests()},
		{"memory", memoryTests()},
		{"commit", commitTests()},
		{"owner", ownerTests()},
		{"claim", claimTests()},
		{"attempt", attemptTests()},
		{"timer", timerTests()},
		{"gauge", gaugeTests()},
		{"pulse", pulseTests()},
		{"finish", finishTests()},
		{"echo", echoTests()},
		{"journal", journalTests()},
		{"expiry", expiryTests()},
		{"payload", payloadTests()},
		{"refusal", refusalTests()},
		{"bundle", bundleTests()},
		{"record", recordTests()},
		{"place", placeTests()},
		{"crowd", crowdTests()},
		{"dump", dumpTests()},
	}
	for _, g := range groups {
		for _, test := range g.tests {
			t.Run(g.name+"/"+test.name, func(t *testing.T) {
				t.Parallel()
				test.run(setup(t, open, test.cfg))
			})
		}
	}
}

// test is one rule of the contract.
type test struct {
	name string
	cfg  store.Config
	run  func(b *bed)
}

// bed is one test's engine with its clock.
type bed struct {
	*testing.T
	ctx    context.Context
	cfg    store.Config
	clock  *Clock
	engine Engine
	fresh  func() Engine // opens another, empty engine
	beat   time.Time     // of live
}

func setup(t *testing.T, open Open, cfg store.Config) *bed {
	clock := NewClock()
	return &bed{
		T: t, ctx: t.Context(), cfg: cfg.WithDefaults(), clock: clock, engine: open(t, cfg, clock),
		fresh: func() Engine { return open(t, cfg, clock) },
	}
}
