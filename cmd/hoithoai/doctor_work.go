package main

import (
	"context"
	"time"

	"hoithoai/runtime/admin"
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

// reloaded says what became of the last change of configuration or flows that was taken up, or was not.
func (w *ward) reloaded(ctx context.Context, c *admin.Client) {
	r, err := c.LastReload(ctx)
	switch {
	case err != nil:
		w.look("Không hỏi được lần nạp lại gần nhất: %v", "What became of the last reload cannot be asked: %v", err)
	case r.At == 0:
		w.well("Cấu hình và luồng đang chạy là bản lúc khởi động.", "Configuration and flows are those of the start.")
	case r.Loaded:
		w.well("Lần nạp lại gần nhất, %s: %s", "The last reload, %s: %s", shownTime(r.At), r.Says.In(w.lang()))
	default:
		w.mend("Lần nạp lại gần nhất, %s, bị từ chối, máy vẫn chạy bản cũ: %s", "The last reload, %s, was refused, and the old one is served: %s",
			shownTime(r.At), r.Says.In(w.lang()))
	}
}

func seconds(d time.Duration) time.Duration { return d.Round(time.Second) }
