package actor_test

import (
	"context"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
)

// closed is a channel that takes nothing until it is open.
type closed struct {
	actor.Deliverer
	open bool
}

func (c *closed) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	if !c.open {
		return actor.Delivery{After: time.Minute, Why: "closed"}
	}
	return c.Deliverer.Deliver(ctx, out, recovered)
}

// The reminder of a question that could not be sent for hours comes as long after it as of any other.
func TestReminderCountsFromTheSentQuestion(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	channel := &closed{Deliverer: sc.sender()}
	sc.cfg.Deliver = channel
	sc.say("hỏi thăm")
	for range 95 {
		sc.clock.Advance(time.Minute)
		sc.sweep()
	}
	sc.heard()
	channel.open = true
	sc.clock.Advance(time.Minute)
	sc.sweep()
	sc.heard(askColour)
	sc.clock.Advance(20 * time.Minute)
	sc.sweep()
	sc.heard(askColour) // armed when the timer found it unsent, 6 minutes before it was sent
	sc.clock.Advance(10 * time.Minute)
	sc.sweep()
	sc.heard(askColour, "Anh/chị còn đó không?")
	sc.clock.Advance(2 * time.Hour)
	sc.sweep()
	sc.heard(askColour, "Anh/chị còn đó không?")
}
