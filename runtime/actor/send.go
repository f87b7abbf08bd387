package actor

import (
	"context"
	"fmt"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
)

// send does the head of the outbox. idle is true when the person was put off.
func (r *run) send(ctx context.Context) (idle bool, err error) {
	item := r.work.Out
	out, err := r.open(item)
	if err != nil {
		r.a.cfg.Metrics.Inc("outbox_unreadable")
		r.a.cfg.Log.Error("outbox entry cannot be read and is dropped", "key", string(r.key), "error", err)
		return r.done(ctx, item.ID)
	}
	d := r.perform(ctx, item.ID, out)
	r.recovered = false
	if d.Done {
		return r.done(ctx, item.ID)
	}
	r.a.cfg.Metrics.Inc("send_deferred")
	r.a.cfg.Log.Info("send put off", "key", string(r.key), "after", d.After.String(), "reason", d.Why)
	return true, r.a.cfg.Store.Defer(ctx, r.key, r.a.cfg.Now().Add(d.After))
}

func (r *run) open(item *store.Item) (envelope.Out, error) {
	plain, err := r.a.cfg.Seal.Open(nil, seal.Outbox, r.key, item.Body)
	if err != nil {
		return envelope.Out{}, fmt.Errorf("open outbox entry: %w", err)
	}
	return envelope.DecodeOut(plain)
}

func (r *run) perform(ctx context.Context, id store.ID8, out envelope.Out) Delivery {
	if out.Task != nil {
		return r.task(ctx, id, out)
	}
	start := r.a.cfg.Now()
	d := r.a.cfg.Deliver.Deliver(ctx, out, r.recovered)
	r.a.cfg.Metrics.Observe("send_seconds", r.a.cfg.Now().Sub(start))
	return d
}

func (r *run) done(ctx context.Context, id store.ID8) (bool, error) {
	d, err := r.a.cfg.Store.Done(ctx, r.key, id)
	if err != nil {
		return false, err
	}
	if d.Gone {
		return false, errLost
	}
	r.work.Out, r.work.Head = d.Out, d.Next
	return d.Free, nil
}

// retryTask is how long a task waits whose outcome nobody knows.
const retryTask = 5 * time.Second

// task runs a declared task and puts its answer into the person's own mailbox; the id of that event is made from the asking
// item, so a repeat after a crash is a duplicate and changes nothing.
func (r *run) task(ctx context.Context, id store.ID8, out envelope.Out) Delivery {
	answer, err := r.answer(ctx, id, out)
	if err == nil {
		err = r.report(ctx, out, answer)
	}
	if err != nil {
		r.a.cfg.Metrics.Inc("task_failed")
		return Delivery{After: retryTask, Why: "task " + out.Task.Name + ": " + err.Error()}
	}
	return Delivery{Done: true}
}

func (r *run) answer(ctx context.Context, id store.ID8, out envelope.Out) (task.Answer, error) {
	handler, of := r.a.cfg.Tasks[out.Task.Name], r.a.cfg.Offices(out.Office)
	if handler == nil || of == nil {
		return task.Answer{Failed: true}, nil
	}
	return handler(ctx, task.Request{ID: id, Office: of, Name: out.Task.Name, Args: out.Task.Args})
}

func (r *run) report(ctx context.Context, out envelope.Out, a task.Answer) error {
	now := r.a.cfg.Now().UnixMilli()
	ev := event.Event{
		Kind: event.TaskResult, ID: "task:" + out.Task.ID + ":" + fmt.Sprint(out.At), At: now,
		Task: &event.Result{Call: out.Task.ID, Task: out.Task.Name, Failed: a.Failed, Code: a.Code, Values: a.Results},
	}
	in, err := Entry(r.a.cfg.Seal, r.key, envelope.In{Address: out.Address, Event: ev})
	if err != nil {
		return err
	}
	in.Sent, in.Retry = now, true // an answer must never fall to the watermark
	_, err = r.a.cfg.Store.Accept(ctx, in)
	return err
}

// Entry seals an event for the mailbox; its id is a keyed hash of the event's own.
func Entry(s *seal.Sealer, key store.Key, in envelope.In) (store.Accept, error) {
	plain, err := envelope.EncodeIn(in)
	if err != nil {
		return store.Accept{}, err
	}
	body, err := s.Seal(nil, seal.Mailbox, key, plain)
	if err != nil {
		return store.Accept{}, fmt.Errorf("seal event: %w", err)
	}
	return store.Accept{Key: key, ID: s.ID(key, in.Event.ID), Body: body, Sent: in.Event.Sent}, nil
}
