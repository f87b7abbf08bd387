package delivery

import (
	"errors"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/zalo"
)

// The bounds of waiting between two tries.
const (
	soonest = 500 * time.Millisecond
	latest  = 5 * time.Minute
	morning = 6 // hour at which night ends (facts/zalo-api.md §3: -234)
)

// judge turns the outcome of a try into what the actor does next.
func (s *Sender) judge(out envelope.Out, err error) actor.Delivery {
	if err == nil {
		return actor.Delivery{Done: true}
	}
	if s.age(out) > s.cfg.Keep || final(err) {
		return s.giveUp(out, err)
	}
	s.cfg.Metrics.Inc("send_failed")
	return actor.Delivery{After: s.wait(out, err), Why: err.Error()}
}

// final reports whether trying again can never help.
func final(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	if !ok {
		return errors.Is(err, zalo.ErrEmpty)
	}
	return !e.Unknown && (e.Action == zalo.Drop || e.Action == zalo.Fix)
}

func (s *Sender) giveUp(out envelope.Out, err error) actor.Delivery {
	s.cfg.Metrics.Inc("message_dropped")
	s.cfg.Log.Error("a message is given up", "office", out.Office, "error", err, "age", s.age(out).String())
	return actor.Delivery{Done: true, Why: err.Error()}
}

func (s *Sender) age(out envelope.Out) time.Duration {
	return s.cfg.Now().Sub(time.UnixMilli(out.At))
}

// wait is how long to wait: as long as Zalo says, else half of what the message has waited already. The pauses so double
// without anything to remember, whichever process tries next.
func (s *Sender) wait(out envelope.Out, err error) time.Duration {
	e, ok := errors.AsType[*zalo.Error](err)
	switch {
	case ok && e.Action == zalo.Delay:
		return untilMorning(s.cfg.Now())
	case ok && e.Wait > 0:
		return min(e.Wait, latest)
	}
	return min(max(s.age(out)/2, soonest), latest)
}

// untilMorning is the time to six o'clock in Vietnam (UTC+7, never the machine's zone).
func untilMorning(now time.Time) time.Duration {
	local := now.In(time.FixedZone("UTC+7", 7*3600))
	at := time.Date(local.Year(), local.Month(), local.Day(), morning, 0, 0, 0, local.Location())
	if !at.After(local) {
		at = at.AddDate(0, 0, 1)
	}
	return at.Sub(local)
}
