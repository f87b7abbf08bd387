package actor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/task"
)

// retryTask is how long a task waits whose outcome nobody knows.
const retryTask = 5 * time.Second

// told is the answer of a task that could not be handed over yet.
type told struct {
	id     store.ID8
	answer task.Answer
}

// errMailFull says that the mailbox has no room for a task's answer.
var errMailFull = errors.New("mailbox is full")

// task runs a declared task and puts its answer into the person's own mailbox; the id of that event is made from the asking
// item, so a repeat after a crash is a duplicate and changes nothing. A task whose outcome stays unknown beyond its deadline
// has failed: the person must not wait for ever, and what was said since waits behind it.
func (r *run) task(ctx context.Context, id store.ID8, out envelope.Out) (d Delivery, full bool) {
	answer, err := r.answer(ctx, id, out)
	if err != nil {
		r.a.cfg.Metrics.Inc("task_failed")
		if !r.overdue(out.Task) {
			return Delivery{After: retryTask, Why: "task " + out.Task.Name + " has no outcome"}, false
		}
		answer = task.Answer{Failed: true}
	}
	r.told = &told{id, answer}
	err = r.report(ctx, out, answer)
	if errors.Is(err, errMailFull) {
		return Delivery{}, true
	}
	if err != nil {
		return Delivery{After: retryTask, Why: "answer of task " + out.Task.Name + " is not stored: " + err.Error()}, false
	}
	return Delivery{Done: true}, false
}

func (r *run) overdue(c *envelope.Call) bool {
	return c.Deadline > 0 && r.a.cfg.Now().UnixMilli() >= c.Deadline
}

// answer asks the handler, unless it has answered already. A task nobody here can do has failed.
func (r *run) answer(ctx context.Context, id store.ID8, out envelope.Out) (a task.Answer, err error) {
	if r.told != nil && r.told.id == id {
		return r.told.answer, nil
	}
	handler, of := r.a.cfg.Tasks[out.Task.Name], r.a.cfg.Offices(out.Office)
	if handler == nil || of == nil {
		return task.Answer{Failed: true}, nil
	}
	defer func() {
		if p := recover(); p != nil {
			r.panicked("task_panic", p)
			err = errPanic
		}
	}()
	a, err = handler(ctx, task.Request{ID: id, Office: of, Name: out.Task.Name, Args: out.Task.Args})
	if err != nil {
		r.a.cfg.Log.Warn("task has no outcome", "key", string(r.key), "task", out.Task.Name, "error", err)
	}
	return a, err
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
	res, err := r.a.cfg.Store.Accept(ctx, in)
	if err == nil && res.Status == store.Flooded {
		return errMailFull
	}
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
