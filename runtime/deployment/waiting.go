package deployment

import (
	"context"
	"errors"
	"fmt"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/waiting"
)

// waits is the list of people whom no officer has answered, in the store.
func (d *Deployment) waits() *waiting.Book {
	return &waiting.Book{Records: d.cfg.Store, Seal: d.cfg.Seal}
}

// watchWaits strikes out of the list who waits no more, until ctx ends.
func (d *Deployment) watchWaits(ctx context.Context) {
	ticks, stop := d.cfg.Tick(waiting.Every)
	defer stop()
	w := &waiting.Watch{
		Book: d.waits(), People: people{d.cfg.Store, d.actor}, Offices: func() []string { return d.everServed(ctx) }, Now: d.cfg.Now,
		Log: d.cfg.Log, Metrics: d.cfg.Metrics,
	}
	w.Run(ctx, ticks)
}

// people reads sessions.
type people struct {
	store store.Scheduler
	actor *actor.Actor
}

// Waits returns what the person's session says of waiting. A session that cannot be read starts anew with the next event: it
// waits for nobody.
func (p people) Waits(ctx context.Context, key store.Key) (session.Wait, uint64, error) {
	work, err := p.store.Load(ctx, key)
	if err != nil {
		return session.Wait{}, 0, fmt.Errorf("load session: %w", err)
	}
	if work.Session == nil {
		return session.Wait{}, 0, nil
	}
	s, _, _, err := p.actor.Peek(ctx, work.Session, key)
	switch {
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, actor.ErrNoProgram):
		return session.Wait{}, 0, err
	case err != nil:
		return session.Wait{}, work.Session.Rev, nil
	}
	return s.Wait, work.Session.Rev, nil
}
