package actor

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/tracing"
)

// send does the head of the outbox. idle is true when the person was put off.
func (r *run) send(ctx context.Context) (idle bool, err error) {
	item := r.work.Out
	out, err := r.open(item)
	if err != nil {
		r.a.cfg.Metrics.Inc("outbox_unreadable")
		r.a.cfg.Log.Error("outbox entry cannot be read and is dropped", "key", string(r.key), "error", err)
		return r.done(ctx, store.Finish{Out: item.ID})
	}
	if out.Message != nil && !out.Last && r.forgotten() {
		r.a.cfg.Metrics.Inc("send_withdrawn")
		return r.done(ctx, store.Finish{Out: item.ID})
	}
	if out, err = r.instead(ctx, out); err != nil {
		return false, err
	}
	d := r.perform(ctx, item.ID, r.hurried(out))
	untried := d.Untried && !r.recovered
	r.recovered = false
	if d.Done {
		start, err := r.started(out)
		if err != nil {
			return false, err
		}
		return r.done(ctx, store.Finish{Out: item.ID, Start: start, Taken: d.Taken})
	}
	r.a.cfg.Metrics.Inc("send_deferred")
	r.a.cfg.Log.Info("send put off", "key", string(r.key), "after", d.After.String(), "reason", d.Why)
	return true, r.putOff(ctx, d.After, untried)
}

// hurried gives a message that nobody waited for the urgency of an answer once the person has written again: what answers them
// waits behind it, and may be about their life.
func (r *run) hurried(out envelope.Out) envelope.Out {
	if out.Class != envelope.Reminder && out.Class != envelope.Notice || r.work.Head == nil {
		return out
	}
	if in, err := r.read(r.work.Head); err == nil && in.Task == nil && byPerson(in.Event.Kind) {
		out.Class = envelope.Interactive
	}
	return out
}

// byPerson reports whether an event is something the person did.
func byPerson(k event.Kind) bool {
	switch k {
	case event.Timer, event.TaskResult, event.Officer:
		return false
	}
	return true
}

func (r *run) open(item *store.Item) (envelope.Out, error) {
	plain, err := r.a.cfg.Seal.Open(nil, seal.Outbox, r.key, item.Body)
	if err != nil {
		return envelope.Out{}, fmt.Errorf("open outbox entry: %w", err)
	}
	return envelope.DecodeOut(plain)
}

// perform does what the entry asks for: a message is sent, keeping the person meanwhile; a task and its answer go on to another
// mailbox.
func (r *run) perform(ctx context.Context, id store.ID8, out envelope.Out) Delivery {
	switch {
	case out.Task != nil:
		return r.moveTask(ctx, id, out)
	case out.Answer != nil:
		return r.report(ctx, out)
	case out.Message == nil:
		return Delivery{Done: true} // it was given up
	}
	defer r.hold(ctx)()
	start := r.a.cfg.Now()
	if !r.recovered {
		r.waited("outbox", out.At)
	}
	span := r.a.cfg.Spans.Start(tracing.Send, out.Link)
	d := r.deliver(ctx, out)
	d.traced(span, out.Class)
	r.a.cfg.Metrics.Observe("send_seconds", r.a.cfg.Now().Sub(start))
	return d
}

// A message whose sending panics is tried again after poisonPause, and given up when it is older than poisonAge.
const (
	poisonPause = time.Minute
	poisonAge   = time.Hour
)

// deliver sends a message. A fault of ours must not take the other people of this process along, nor hold up the person for
// ever.
func (r *run) deliver(ctx context.Context, out envelope.Out) (d Delivery) {
	defer func() {
		if p := recover(); p != nil {
			r.panicked("send_panic", p)
			d = Delivery{After: poisonPause, Why: "panic"}
			d.Done = r.a.cfg.Now().Sub(time.UnixMilli(out.At)) > poisonAge
		}
	}()
	return r.a.cfg.Deliver.Deliver(ctx, out, r.recovered)
}

func (r *run) done(ctx context.Context, f store.Finish) (bool, error) {
	asked := r.a.cfg.Now()
	d, err := r.a.cfg.Store.Finish(ctx, r.key, f)
	if err != nil {
		return false, err
	}
	if d.Gone {
		return false, errLost
	}
	r.noted = false
	r.renewed(asked)
	r.work.Out, r.work.Head = d.Out, d.Next
	return d.Free, nil
}
