package deployment

import (
	"context"
	"sync"
	"time"

	"hoithoai/runtime/depth"
)

// DepthEvery is how often mailboxes and outboxes are measured.
const DepthEvery = 30 * time.Second

// operate does what the operator's side needs beside the work, until ctx ends.
func (d *Deployment) operate(ctx context.Context) {
	var wg sync.WaitGroup
	for _, watch := range []func(context.Context){d.watchLevel, d.watchDepth, d.watchPulse} {
		wg.Go(func() { watch(ctx) })
	}
	wg.Wait()
}

// watchDepth measures until ctx ends. A store that does not answer is measured later.
func (d *Deployment) watchDepth(ctx context.Context) {
	if d.cfg.Gauge == nil {
		return
	}
	tick, stop := d.cfg.Tick(DepthEvery)
	defer stop()
	g := d.Gauge()
	for {
		if m, err := g.Measure(ctx); err == nil {
			d.cfg.Metrics.People(m.People)
			d.cfg.Metrics.Depth("mailbox", m.Mailbox.Entries, m.Mailbox.Oldest)
			d.cfg.Metrics.Depth("outbox", m.Outbox.Entries, m.Outbox.Oldest)
		}
		select {
		case <-tick:
		case <-ctx.Done():
			return
		}
	}
}

// Gauge measures how much waits in the store of this deployment; it takes Config.Gauge.
func (d *Deployment) Gauge() depth.Gauge {
	return depth.Gauge{Store: d.cfg.Gauge, Partitions: d.cfg.Partitions, Seal: d.cfg.Seal, Now: d.cfg.Now}
}
