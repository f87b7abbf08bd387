package deployment

import (
	"context"
	"errors"
	"time"

	"hoithoai/runtime/store"
)

// CheckLevel is the name of the check that the store still keeps the level that is configured. It is told, and leaves the
// process ready: where the level rests on replicas the store itself refuses what they do not have, and Zalo gets 503; a setting
// that somebody changed under us is an alarm, for whoever is refused an answer is lost for certain after two hours, while what
// is taken at a lower level is lost only if the host dies.
const CheckLevel = "level"

// KindLevel is the kind of the alarm that the store keeps less than what is configured.
const KindLevel = "store_below_level"

// HeldEvery is how often the store is asked whether it still keeps what is configured.
const HeldEvery = 15 * time.Second

// isHeld asks the store. One that does not answer is another alarm's matter.
func (d *Deployment) isHeld(ctx context.Context) error {
	if d.cfg.Held == nil {
		return nil
	}
	return d.cfg.Held(ctx)
}

// watchLevel asks the store now and then, and when it may have started anew, until ctx ends.
func (d *Deployment) watchLevel(ctx context.Context) {
	if d.cfg.Held == nil {
		return
	}
	tick, stop := d.cfg.Tick(HeldEvery)
	defer stop()
	for {
		d.lookAtLevel(ctx)
		select {
		case <-tick:
		case <-d.cfg.Met:
		case <-ctx.Done():
			return
		}
	}
}

func (d *Deployment) lookAtLevel(ctx context.Context) {
	limited, cancel := context.WithTimeout(ctx, HeldEvery)
	defer cancel()
	err := d.isHeld(limited)
	if errors.Is(err, store.ErrUnavailable) {
		return
	}
	d.cfg.Metrics.Held(err == nil)
	if err != nil {
		d.alarms.Raise(KindLevel, err.Error()+"; run hoithoai doctor")
	}
}
