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

// A task must not hold back what the person writes meanwhile, so it is not done from the person's outbox. It moves into a
// mailbox of its own, the lane, under a key beside the person's:
//
//	the person's outbox head is a task → Accept it into the lane (idempotent by the item's id) → Done
//	the lane's mailbox head is a call  → the handler, under hold → Commit: its answer into the lane's outbox
//	the lane's outbox head is an answer → Accept it into the person's mailbox (idempotent by the call) → Done
//
// Each arrow is one atomic operation of the store, so a process killed anywhere leaves the task in exactly one of the three
// places. Only a death between the handler's return and the Commit makes the handler run again, under the same id; once its
// answer is committed it never does. The lane keeps no session: its commits write none.

// LaneKey names the lane of a person's tasks.
func LaneKey(s *seal.Sealer, a envelope.Address) store.Key {
	return s.Person(a.Office, "task\x00"+a.Person)
}

// retryTask is how long a task waits whose outcome nobody knows, and an answer that could not be handed over.
const retryTask = 5 * time.Second

// moveTask puts the task at the head of the person's outbox into the lane. What nobody works on yet is started.
func (r *run) moveTask(ctx context.Context, id store.ID8, out envelope.Out) Delivery {
	asked := r.a.cfg.Now()
	in, err := r.laneEntry(id, out)
	if err != nil {
		return Delivery{After: retryTask, Why: "task " + out.Task.Name + " cannot be sealed: " + err.Error()}
	}
	res, err := r.a.cfg.Store.Accept(ctx, in)
	switch {
	case err != nil:
		return Delivery{After: retryTask, Why: "task " + out.Task.Name + " is not stored: " + err.Error()}
	case res.Status == store.Flooded:
		return Delivery{After: retryTask, Why: "too many tasks of one person wait"}
	case res.Status == store.Accepted:
		r.pass(ctx, Job{Work: res.Work, Since: asked})
	}
	return Delivery{Done: true}
}

func (r *run) laneEntry(id store.ID8, out envelope.Out) (store.Accept, error) {
	key := LaneKey(r.a.cfg.Seal, out.Address)
	plain, err := envelope.EncodeIn(envelope.In{
		Address: out.Address, Event: event.Event{At: out.At}, Task: &envelope.Errand{Item: id, Call: *out.Task},
	})
	if err != nil {
		return store.Accept{}, err
	}
	body, err := r.a.cfg.Seal.Seal(nil, seal.Mailbox, key, plain)
	if err != nil {
		return store.Accept{}, fmt.Errorf("seal task: %w", err)
	}
	return store.Accept{Key: key, ID: id, Body: body, Sent: r.a.cfg.Now().UnixMilli(), Retry: true}, nil
}

// pass gives work that this Run brought about under another key to a free hand; without one the clockwork claims it at its
// next look.
func (r *run) pass(ctx context.Context, job Job) {
	if r.start != nil {
		r.start(job)
		return
	}
	if err := r.a.cfg.Store.Defer(ctx, job.Work.Key, r.a.cfg.Now()); err != nil {
		r.a.cfg.Log.Warn("work waits for the end of a lease", "key", string(job.Work.Key), "error", err)
	}
}

// errand does the call at the head of the lane's mailbox and commits its answer. A task whose outcome stays unknown beyond its
// deadline has failed. idle is true when it is to be tried again later.
func (r *run) errand(ctx context.Context, id store.ID8, in envelope.In) (idle bool, err error) {
	e := in.Task
	answer, unknown := r.call(ctx, in)
	if unknown != nil {
		r.a.cfg.Metrics.Inc("task_failed")
		if !r.overdue(&e.Call) {
			r.a.cfg.Log.Info("task put off", "key", string(r.key), "task", e.Call.Name, "after", retryTask.String())
			return true, r.a.cfg.Store.Defer(ctx, r.key, r.a.cfg.Now().Add(retryTask))
		}
		answer = task.Answer{Failed: true}
	}
	item, err := r.answerItem(e, in, answer)
	if err != nil {
		return false, err
	}
	c := store.Commit{Key: r.key, Event: id, TTL: laneTTL, Out: []store.Item{item}}
	if s := r.work.Session; s != nil {
		c.Rev = s.Rev
	}
	return r.apply(ctx, c)
}

// laneTTL is how long the revision of an idle lane is remembered: longer than any owner can be frozen and wake up again.
const laneTTL = 72 * time.Hour

func (r *run) overdue(c *envelope.Call) bool {
	return c.Deadline > 0 && r.a.cfg.Now().UnixMilli() >= c.Deadline
}

// call asks the handler, keeping the lane meanwhile. A task nobody here can do has failed, and so has one that ends the process.
func (r *run) call(ctx context.Context, in envelope.In) (a task.Answer, err error) {
	e := in.Task
	handler, of := r.a.cfg.Tasks[e.Call.Name], r.a.cfg.Offices(in.Office)
	if handler == nil || of == nil || r.condemned {
		return task.Answer{Failed: true}, nil
	}
	defer r.hold(ctx)()
	defer func() {
		if p := recover(); p != nil {
			r.panicked("task_panic", p)
			err = errPanic
		}
	}()
	start := r.a.cfg.Now()
	a, err = handler(ctx, task.Request{ID: e.Item, Office: of, Name: e.Call.Name, Args: e.Call.Args})
	r.a.cfg.Metrics.Observe("task_seconds", r.a.cfg.Now().Sub(start))
	if err != nil {
		r.a.cfg.Log.Warn("task has no outcome", "key", string(r.key), "task", e.Call.Name, "error", err)
	}
	return a, err
}

// answerItem is the answer as an entry of the lane's outbox. The id of the event follows from the call, so that a repeat is a
// duplicate at the person's mailbox and changes nothing.
func (r *run) answerItem(e *envelope.Errand, in envelope.In, a task.Answer) (store.Item, error) {
	now := r.a.cfg.Now().UnixMilli()
	plain, err := envelope.EncodeOut(envelope.Out{Address: in.Address, At: now, Answer: &event.Event{
		Kind: event.TaskResult, ID: "task:" + e.Call.ID + ":" + fmt.Sprint(in.Event.At), At: now,
		Task: &event.Result{Call: e.Call.ID, Task: e.Call.Name, Failed: a.Failed, Code: a.Code, Values: a.Results},
	}})
	if err != nil {
		return store.Item{}, err
	}
	body, err := r.sealed(seal.Outbox, plain)
	return store.Item{ID: r.a.cfg.Seal.ID(r.key, "answer:"+string(e.Item[:])), Body: body}, err
}

// report hands the answer at the head of the lane's outbox over to the person. A full mailbox is worked off meanwhile by
// whoever owns the person.
func (r *run) report(ctx context.Context, out envelope.Out) Delivery {
	ev, asked := *out.Answer, r.a.cfg.Now()
	ev.At = asked.UnixMilli()
	in, err := Entry(r.a.cfg.Seal, r.a.cfg.Seal.Person(out.Office, out.Person), envelope.In{Address: out.Address, Event: ev})
	if err != nil {
		return Delivery{After: retryTask, Why: "answer of task " + ev.Task.Task + " cannot be sealed: " + err.Error()}
	}
	in.Sent, in.Retry = ev.At, true // an answer must never fall to the watermark
	res, err := r.a.cfg.Store.Accept(ctx, in)
	switch {
	case err != nil:
		return Delivery{After: retryTask, Why: "answer of task " + ev.Task.Task + " is not stored: " + err.Error()}
	case res.Status == store.Flooded:
		return Delivery{After: time.Second, Why: "answer of task " + ev.Task.Task + " finds the mailbox full"}
	case res.Status == store.Accepted:
		r.pass(ctx, Job{Work: res.Work, Since: asked})
	}
	return Delivery{Done: true}
}
