package deployment

import (
	"context"
	"time"

	"hoithoai/runtime/catchup"
	"hoithoai/runtime/store"
	"hoithoai/runtime/zalo"
)

// CatchUp is what it takes to look for messages that people wrote while no process served; see package catchup. Every field but
// Only is required.
type CatchUp struct {
	Pulse store.Pulse
	Zalo  catchup.Reader
	Gate  func(ctx context.Context, office string, call func() error) error
	Only  func(ctx context.Context, what string, d time.Duration) (time.Duration, error)
}

// watchPulse beats, and looks for what was missed, until ctx ends. Work taken in runs on as that of webhooks does.
func (d *Deployment) watchPulse(ctx context.Context) {
	c := d.cfg.CatchUp
	if c == nil {
		return
	}
	tick, stop := d.cfg.Tick(catchup.Beat)
	defer stop()
	catchup.New(catchup.Config{
		Pulse: c.Pulse, Zalo: c.Zalo, Gate: c.Gate, Only: c.Only, Offices: d.offices, Pause: d.pause,
		Take: d.open(ctx, zalo.Verifier{}).Recover,
		Log:  d.cfg.Log, Metrics: d.cfg.Metrics, Alarms: d.alarms,
	}).Run(ctx, tick)
}

// pause waits for a duration by the ticker, or until ctx ends.
func (d *Deployment) pause(ctx context.Context, wait time.Duration) error {
	tick, stop := d.cfg.Tick(wait)
	defer stop()
	select {
	case <-tick:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
