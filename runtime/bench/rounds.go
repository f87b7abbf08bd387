package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
)

// errLoss says that not everything that went in came out: what was measured is not what it is called.
var errLoss = errors.New("the counts do not agree")

// errRefused says that the store did otherwise than it does for somebody whom nobody else works on.
var errRefused = errors.New("the store refused")

// refused is why an operation did not do what the measurement needs.
func refused(what string, status any, err error) error {
	if err == nil {
		err = fmt.Errorf("%w, status %v", errRefused, status)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// closed has every hand do one event after the other for a round.
func (w *world) closed(ctx context.Context, do func(ctx context.Context, hand, turn int) error) (Rate, error) {
	took := make([][]time.Duration, w.cfg.Connections)
	fails := make([]error, w.cfg.Connections)
	start := w.cfg.Now()
	end := start.Add(w.cfg.Round)
	var wg sync.WaitGroup
	for hand := range w.cfg.Connections {
		wg.Go(func() { took[hand], fails[hand] = w.hand(ctx, end, hand, do) })
	}
	wg.Wait()
	if err := errors.Join(fails...); err != nil {
		return Rate{}, err
	}
	return rateOf(slices.Concat(took...), w.cfg.Now().Sub(start)), ctx.Err()
}

// hand does events until the end of the round, at least one.
func (w *world) hand(ctx context.Context, end time.Time, hand int, do func(ctx context.Context, hand, turn int) error) (took []time.Duration, err error) {
	before := w.cfg.Now()
	for turn := 0; (turn == 0 || before.Before(end)) && ctx.Err() == nil; turn++ {
		if err := do(ctx, hand, turn); err != nil {
			return nil, err
		}
		now := w.cfg.Now()
		took, before = append(took, now.Sub(before)), now
	}
	return took, nil
}

// wholeRound measures whole events: accepted, stepped, committed, sent into the sink, done.
func (w *world) wholeRound(ctx context.Context, c *crowd) (Rate, error) {
	before, sent := w.store.tally(), w.sink.messages.Load()
	rate, err := w.closed(ctx, func(ctx context.Context, hand, turn int) error {
		return w.event(ctx, &c.people[share(len(c.people), w.cfg.Connections, hand, turn)])
	})
	if err != nil {
		return rate, err
	}
	return rate, w.agree(before, sent, rate.Events)
}

// agree holds what came out against what went in.
func (w *world) agree(before tally, sent int64, events int) error {
	got := w.store.tally().minus(before)
	if messages := w.sink.messages.Load() - sent; got.accepted != int64(events) || !got.idle() || got.finished != messages {
		return fmt.Errorf("%w: %d events, %+v, %d messages", errLoss, events, got, messages)
	}
	return nil
}

// event is one whole event of a person.
func (w *world) event(ctx context.Context, p *person) error {
	now := w.cfg.Now()
	in := envelope.In{Address: envelope.Address{Office: w.of.ID, Person: p.id}, Event: event.Event{
		Kind: event.Text, ID: fmt.Sprintf("b%015d", w.events.next()), At: now.UnixMilli(), Sent: now.UnixMilli(), Text: p.says(),
	}}
	entry, err := actor.Entry(w.seal, w.seal.Person(in.Office, in.Person), in)
	if err != nil {
		return err
	}
	entry.Retry = true // as the door says of what is young
	res, err := w.store.Accept(ctx, entry)
	if err != nil || res.Status != store.Accepted {
		return refused("accept", res.Status, err)
	}
	w.actor.Run(ctx, actor.Job{Work: res.Work, Since: now})
	return nil
}
