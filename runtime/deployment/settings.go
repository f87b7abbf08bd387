package deployment

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"filippo.io/age"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/server"
	"hoithoai/runtime/zalo"
)

// Settings are what of a deployment may be exchanged while it runs. They and what they hold are not changed after they were given.
type Settings struct {
	Offices    map[string]*office.Office
	TipKeys    map[string][]age.Recipient // by office; an office without keys takes no tips
	Verifier   zalo.Verifier
	Proof      http.Handler  // domain proof; nil: none
	HumanFor   time.Duration // see engine.Config; 0: its default
	OfficerFor time.Duration // the same
	AnswerIn   time.Duration // the same
	Gather     time.Duration // the pause that ends a burst of messages; 0: none is waited for

	FullJournal bool // see engine.Config
}

func (s Settings) engines() engine.Config {
	return engine.Config{HumanFor: s.HumanFor, OfficerFor: s.OfficerFor, AnswerIn: s.AnswerIn, Gather: s.Gather, FullJournal: s.FullJournal}
}

// settings are what a Config begins with.
func (c Config) settings() *Settings {
	return &Settings{
		Offices: c.Offices, TipKeys: c.TipKeys, Verifier: c.Verifier, Proof: c.Proof, HumanFor: c.HumanFor, OfficerFor: c.OfficerFor,
		AnswerIn: c.AnswerIn, Gather: c.Gather, FullJournal: c.FullJournal,
	}
}

// Exchange puts other settings and a bundle in the place of those that are served, in one step, after the bundle was held against
// the new offices as Publish does. before is called when nothing can fail any more, ahead of the step: whoever sends must know
// an office by then. What is under way goes on: sessions stay with their program, and an office that is not served any more
// gets the words that wait for it dropped and counted. On an error nothing has changed.
func (d *Deployment) Exchange(ctx context.Context, s Settings, loaded dsl.Result, before func()) error {
	if loaded.Program == nil {
		return fmt.Errorf("exchange bundle: %w", ErrErrors)
	}
	if err := d.fits(loaded, s.Offices); err != nil {
		return fmt.Errorf("exchange bundle: %w", err)
	}
	if err := d.roster().Note(ctx, slices.Sorted(maps.Keys(s.Offices))); err != nil {
		return err
	}
	err := d.library.Exchange(ctx, loaded, s.Offices, s.engines(), func() {
		before()
		d.settings.Store(&s)
	})
	if err != nil {
		return err
	}
	d.lookAtDates()
	return nil
}

// doors is the webhook handler: a door for the settings of the moment. A request stays in the door it came through.
type doors struct {
	settings *atomic.Pointer[Settings]
	open     func(zalo.Verifier) *server.Door
	mu       sync.Mutex
	of       *Settings
	door     *server.Door
}

// ServeHTTP answers one webhook.
func (d *doors) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.now().ServeHTTP(w, r) }

func (d *doors) now() *server.Door {
	s := d.settings.Load()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of != s {
		d.of, d.door = s, d.open(s.Verifier)
	}
	return d.door
}

// proof answers questions about the domain as the settings of the moment say.
func (d *Deployment) proof(w http.ResponseWriter, r *http.Request) {
	if p := d.settings.Load().Proof; p != nil {
		p.ServeHTTP(w, r)
		return
	}
	http.NotFound(w, r)
}
