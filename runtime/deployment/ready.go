package deployment

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/health"
	"hoithoai/runtime/server"
)

// The names of the checks of every deployment.
const (
	CheckStore     = "store"     // a write of ours went in and was read back
	CheckProgram   = "program"   // a bundle is published
	CheckClockwork = "clockwork" // timers and the work of silent processes are looked after
)

// sweepLate is how old the last good sweep may be: forty times the usual pause between two.
const sweepLate = 10 * time.Second

func (d *Deployment) newChecks() *health.Set {
	return health.New(d.cfg.Now, append([]health.Check{
		{Name: CheckStore, Needed: true, Ask: d.storeWorks},
		{Name: CheckProgram, Needed: true, Ask: d.hasProgram},
		{Name: CheckClockwork, Needed: true, Ask: d.sweeps},
		{Name: CheckWebhook, Ask: d.isHeard},
		{Name: CheckLevel, Ask: d.isHeld},
	}, d.cfg.Checks...)...)
}

// Checks says what of the deployment is well.
func (d *Deployment) Checks() *health.Set { return d.checks }

// ready says which parts are not well.
func (d *Deployment) ready(ctx context.Context) error {
	if parts := d.checks.Report(ctx).Unready(); parts != "" {
		return server.Unready(parts)
	}
	return nil
}

// storeWorks writes the mark of our keys again, which changes nothing and takes a whole write, and reads it back.
func (d *Deployment) storeWorks(ctx context.Context) error {
	if err := claimKeys(ctx, d.cfg.Store, d.cfg.Seal); err != nil {
		return err
	}
	if d.cfg.Ready == nil {
		return nil
	}
	return d.cfg.Ready(ctx)
}

func (d *Deployment) hasProgram(context.Context) error {
	if d.library.Current() == nil {
		return errNoBundle
	}
	return nil
}

func (d *Deployment) sweeps(context.Context) error {
	if age := d.cfg.Now().Sub(d.clockwork.Swept()); age > sweepLate {
		return fmt.Errorf("the last sweep of the store that went well is %s old", age.Round(time.Second))
	}
	return nil
}
