package server

import (
	"context"
	"errors"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/zalo"
)

// errMailboxFull says that a person's mailbox takes no more now.
var errMailboxFull = errors.New("the mailbox of the person is full")

// Recover takes in an event whose webhook may never have come, as Zalo itself lists it. fresh is true when nobody knew it. An event
// that came, is of nobody of ours, or is too old is no error.
func (d *Door) Recover(ctx context.Context, in zalo.Inbound) (fresh bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, d.cfg.Patience)
	defer cancel()
	now := d.cfg.Now()
	ev, ok := in.Event(now.UnixMilli())
	if !ok || !d.cfg.Known(in.Office) || tooOld(in, now) {
		return false, nil
	}
	if ev.Sent > ev.At {
		ev.Sent = ev.At // the clock of Zalo is ahead: it came now at the latest
	}
	d.withhold(&ev)
	status, err := d.keep(ctx, envelope.In{Address: envelope.Address{Office: in.Office, Person: in.Person}, Event: ev}, true)
	switch {
	case err != nil:
		return false, err
	case status == store.Flooded:
		return false, errMailboxFull
	}
	return status == store.Accepted || status == store.Queued, nil
}
