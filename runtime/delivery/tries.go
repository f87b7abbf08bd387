package delivery

import (
	"context"
	"errors"
	"time"

	"hoithoai/dsl/value"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/zalo"
)

// quickTries is how often a call is made in one delivery that certainly failed; the pauses before the second and third are up to
// quickPause and twice that. Ours.
const (
	quickTries = 3
	quickPause = 100 * time.Millisecond
)

// The bounds of waiting between two deliveries.
const (
	soonest = 500 * time.Millisecond
	latest  = 5 * time.Minute
	// echoWait is how long the echo of a message in doubt is waited for before anything is looked up or sent again
	// (facts/zalo-api.md §10.4: a pilot must measure its delay). The person waits in the store meanwhile, and nobody with them.
	echoWait = 2500 * time.Millisecond
)

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// jitter is full jitter: any pause up to the longest, each as likely as the other, so that what failed together is not tried
// together.
func (s *Sender) jitter(longest time.Duration) time.Duration {
	return time.Duration(float64(longest) * s.cfg.Random())
}

// quickly makes a call when it may leave, and again, soon, where it certainly failed and the failure may pass.
func (s *Sender) quickly(ctx context.Context, out envelope.Out, do func() error) error {
	for try := 1; ; try++ {
		err := s.call(ctx, out, do)
		if try == quickTries || !passes(err) {
			return err
		}
		if s.cfg.Pause(ctx, s.jitter(quickPause<<(try-1))) != nil {
			return err
		}
		s.cfg.Metrics.Inc("send_repeated")
	}
}

// passes reports a failure that did nothing and may be over in a moment. A limit is not: the gate knows how long it lasts.
func passes(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	return ok && e.Action == zalo.Backoff && !e.Unknown && e.Wait == 0 && !e.TooFast()
}

// inDoubt reports a failure after which the message may have arrived all the same.
func inDoubt(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	return ok && e.Unknown
}

// wait is how long to wait until the next delivery: as long as Zalo says; where the outcome is open until the echo must have
// come; else any time up to the age of the message. The pauses so grow without anything to remember, whichever process tries
// next.
func (s *Sender) wait(out envelope.Out, err error) time.Duration {
	e, ok := errors.AsType[*zalo.Error](err)
	switch {
	case ok && e.Action == zalo.Delay:
		return untilMorning(s.cfg.Now())
	case ok && e.Wait > 0 && inDoubt(err):
		return max(min(e.Wait, latest), echoWait)
	case ok && e.Wait > 0:
		return min(e.Wait, latest)
	}
	pause := s.jitter(min(max(s.age(out), soonest), latest))
	if inDoubt(err) {
		return echoWait + pause
	}
	return pause
}

// untilMorning is the time to six o'clock in Vietnam (UTC+7, never the machine's zone): when night ends (facts/zalo-api.md
// §3: -234).
func untilMorning(now time.Time) time.Duration {
	local := value.Clock(now)
	at := time.Date(local.Year(), local.Month(), local.Day(), zalo.NightTo, 0, 0, 0, local.Location())
	if !at.After(local) {
		at = at.AddDate(0, 0, 1)
	}
	return at.Sub(local)
}
