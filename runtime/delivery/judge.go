package delivery

import (
	"context"
	"errors"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/library"
	"hoithoai/runtime/zalo"
)

// judge turns the outcome of a try into what the actor does next.
func (s *Sender) judge(ctx context.Context, out envelope.Out, recovered bool, err error) actor.Delivery {
	if err == nil {
		return actor.Delivery{Done: true}
	}
	if closed, ok := errors.AsType[*gate.ClosedError](err); ok && s.age(out) <= s.cfg.Keep {
		s.cfg.Metrics.Inc("send_held")
		return actor.Delivery{After: closed.After + s.jitter(closed.After/2), Why: closed.Error()}
	}
	s.warn(err)
	switch {
	case unreachable(err):
		return s.drop(out, err)
	case s.age(out) > s.keep(err) || final(err):
		return s.giveUp(ctx, out, recovered, err)
	}
	s.cfg.Metrics.Inc("send_failed")
	return actor.Delivery{After: s.wait(out, err), Why: err.Error()}
}

// unreachable reports that Zalo lets nothing through to this person now: the window is over, or the person does not want it.
// No human of ours can change that, so it leaves no dead letter.
func unreachable(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	return errors.Is(err, errWindow) || ok && !e.Unknown && e.Action == zalo.Drop
}

// final reports whether trying again can never help.
func final(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	if !ok {
		return errors.Is(err, zalo.ErrEmpty) || errors.Is(err, library.ErrUnknown)
	}
	return !e.Unknown && (e.Action == zalo.Drop || e.Action == zalo.Fix || e.Code == codePolicy)
}

// codePolicy is that of a message against Zalo's rules: a human must know, and the same words will be refused again.
const codePolicy = -248

// keep is how long a message is tried against this failure.
func (s *Sender) keep(err error) time.Duration {
	if e, ok := errors.AsType[*zalo.Error](err); ok && e.Action == zalo.UnknownAction {
		return s.cfg.KeepUnexplained
	}
	return s.cfg.Keep
}

// warn raises an alarm where a human of the office, or of ours, must act.
func (s *Sender) warn(err error) {
	e, ok := errors.AsType[*zalo.Error](err)
	if !ok {
		return
	}
	switch e.Action {
	case zalo.Alert, zalo.Refresh, zalo.Fix, zalo.UnknownAction:
		s.cfg.Alarms.Raise("zalo_"+e.Action.String(), "Zalo refuses to send: "+e.Error())
	}
}

// retryLetter is how long a message waits whose letter could not be kept: it must not vanish without a trace.
const retryLetter = time.Minute

// giveUp leaves a dead letter of a message that will not be tried again.
func (s *Sender) giveUp(ctx context.Context, out envelope.Out, recovered bool, err error) actor.Delivery {
	if s.cfg.Letters != nil {
		if kept := s.cfg.Letters.Keep(ctx, out, recovered, err); kept != nil {
			return actor.Delivery{After: retryLetter, Why: kept.Error()}
		}
		s.cfg.Metrics.Inc("dead_letter")
	}
	return s.drop(out, err)
}

// drop notes a message that will not be tried again.
func (s *Sender) drop(out envelope.Out, err error) actor.Delivery {
	s.cfg.Metrics.Inc("message_dropped")
	s.cfg.Log.Error("a message is given up", "office", out.Office, "error", err, "age", s.age(out).String())
	return actor.Delivery{Done: true, Why: err.Error()}
}

func (s *Sender) age(out envelope.Out) time.Duration {
	return s.cfg.Now().Sub(time.UnixMilli(out.At))
}
