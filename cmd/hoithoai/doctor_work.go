package main

import (
	"context"
	"time"

	"hoithoai/runtime/depth"
)

// How old what waits may be before somebody must look: an event is stepped within a second, and a message leaves within minutes
// unless Zalo is out of reach; after a day it is given up.
const (
	oldMail = 5 * time.Minute
	oldOut  = time.Hour
)

type depthDesk interface {
	Depth(ctx context.Context) (depth.Depth, error)
}

// waits says how much waits in the store.
func (w *ward) waits(ctx context.Context, at depthDesk) error {
	d, err := at.Depth(ctx)
	if err != nil {
		return err
	}
	say := w.well
	if d.Mailbox.Oldest > oldMail || d.Outbox.Oldest > oldOut {
		say = w.mend
		if !w.served {
			say = w.look // nobody serves: of course it waits
		}
	}
	about := ""
	if !d.Whole {
		about = w.say("khoảng ", "about ")
	}
	say("%d người có việc đang chờ: %s%.0f tin đến (cũ nhất %s), %s%.0f lời chưa gửi (cũ nhất %s).",
		"%d people have work that waits: %s%.0f events (the oldest %s), %s%.0f unsent messages (the oldest %s).",
		d.People, about, d.Mailbox.Entries, seconds(d.Mailbox.Oldest), about, d.Outbox.Entries, seconds(d.Outbox.Oldest))
	return nil
}

func seconds(d time.Duration) time.Duration { return d.Round(time.Second) }
