package deployment

import (
	"context"

	"hoithoai/runtime/erasure"
)

// book is the list of people to be forgotten, in the store.
func (d *Deployment) book() *erasure.Book {
	return &erasure.Book{Records: d.cfg.Store, Seal: d.cfg.Seal}
}

// watchErasures closes what is done and raises an alarm for what is late, until ctx ends.
func (d *Deployment) watchErasures(ctx context.Context) {
	ticks, stop := d.cfg.Tick(erasure.Every)
	defer stop()
	w := &erasure.Watch{
		Book: d.book(), Store: d.cfg.Store, Offices: func() []string { return d.everServed(ctx) }, Now: d.cfg.Now,
		Log: d.cfg.Log, Metrics: d.cfg.Metrics, Alarms: d.alarms,
	}
	w.Run(ctx, ticks)
}
