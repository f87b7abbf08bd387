package delivery

import (
	"context"
	"errors"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/zalo"
)

// errWindow says that Zalo would refuse a message with -230.
var errWindow = errors.New("the person has done nothing for 7 days: Zalo takes no message")

// windowMargin is how long before its end the window counts as over: a message may wait here, and clocks differ. Ours.
const windowMargin = 10 * time.Minute

// reachable checks the window before a message leaves that is not an answer: by what we saw of the person, and where that is
// too long ago, by what Zalo says, which also knows of calls and presses that bring no webhook (facts/zalo-api.md §2.7, §3).
// Answers need no check: what they answer has just opened the window. billed says that the message costs the office money: the
// person was silent for longer than is free (facts §3).
func (s *Sender) reachable(ctx context.Context, out envelope.Out) (billed bool, err error) {
	last := time.UnixMilli(out.Seen)
	if out.Class != envelope.Reminder && out.Class != envelope.Notice {
		return false, nil
	}
	if s.within(last) {
		return s.beyondFree(last), nil
	}
	var w zalo.Window
	err = s.call(ctx, out, func() (err error) {
		w, err = s.cfg.Client.Window(ctx, out.Office, out.Person)
		return err
	})
	switch {
	case err != nil:
		return false, err
	case s.within(w.LastInteraction):
		return s.beyondFree(w.LastInteraction), nil
	}
	s.cfg.Metrics.Inc("window_over")
	return false, errWindow
}

func (s *Sender) beyondFree(last time.Time) bool { return s.cfg.Now().Sub(last) >= zalo.FreeWindow }

func (s *Sender) within(last time.Time) bool {
	return s.cfg.Now().Sub(last) < zalo.SendWindow-windowMargin
}
