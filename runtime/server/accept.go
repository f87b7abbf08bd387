package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/zalo"
)

// errBusy says that as many events as we allow are on their way into a store that does not answer.
var errBusy = errors.New("too many events are waiting for the store")

// accept makes an event durable and hands the person on.
func (d *Door) accept(ctx context.Context, in envelope.In, repeat bool) int {
	span := d.cfg.Spans.Start(tracing.Accept, "")
	in.Link = span.Link()
	status, err := d.keep(ctx, in, repeat)
	span.Say("office", in.Office)
	span.Say("status", counters[status])
	span.End(err)
	if err != nil {
		return d.unavailable(err)
	}
	if status == store.Flooded {
		d.cfg.Flooded(in.Address)
	}
	d.cfg.Metrics.Inc(counters[status])
	return http.StatusOK
}

// keep puts an event into the store.
func (d *Door) keep(ctx context.Context, in envelope.In, repeat bool) (store.AcceptStatus, error) {
	entry, err := actor.Entry(d.cfg.Seal, d.cfg.Seal.Person(in.Office, in.Person), in)
	if err != nil {
		return 0, fmt.Errorf("seal event: %w", err)
	}
	if entry.Sent == 0 {
		entry.Sent = in.Event.At
	}
	// What may still be repeated by Zalo may have come late the first time: it must not fall to the watermark.
	entry.Retry = repeat || in.Event.At-entry.Sent < zalo.RepeatWindow.Milliseconds()
	return d.durable(ctx, in.Office, entry)
}

// counters names what became of an event.
var counters = [...]string{
	0: "event_unknown", store.Accepted: "event_accepted", store.Queued: "event_accepted", store.Duplicate: "event_duplicate",
	store.Stale: "event_stale", store.Flooded: "event_flooded",
}

// durable makes an event durable in time. One that becomes durable later is worked on all the same, and Zalo's repeat of it is
// a duplicate.
func (d *Door) durable(ctx context.Context, office string, entry store.Accept) (status store.AcceptStatus, err error) {
	got := make(chan store.AcceptStatus, 1)
	err = d.inTime(ctx, office, func() error {
		status, err := d.store(ctx, entry)
		got <- status
		return err
	})
	if err != nil {
		return 0, err
	}
	return <-got, nil
}

// inTime waits for the store no longer than ctx, whatever the store does: the answer must never hang. How many calls wait so is
// bounded, for all and for each office.
func (d *Door) inTime(ctx context.Context, office string, call func() error) error {
	if !d.flight.Take(office) {
		return errBusy
	}
	done := make(chan error, 1)
	go func() {
		defer d.flight.Give(office)
		done <- call()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("accept event: %w", context.Cause(ctx))
	}
}

// store puts the event into the mailbox. Whoever becomes the owner by that is started here, also when nobody waits for the
// answer any more.
func (d *Door) store(ctx context.Context, entry store.Accept) (store.AcceptStatus, error) {
	since := d.cfg.Now()
	res, err := d.cfg.Store.Accept(ctx, entry)
	if err != nil {
		return 0, fmt.Errorf("accept event: %w", err)
	}
	if res.Status == store.Accepted {
		d.cfg.Start(res.Work, since)
	}
	return res.Status, nil
}
