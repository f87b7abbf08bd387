package actor

import (
	"context"
	"errors"
	"fmt"

	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/library"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/tracing"
)

// live is the session between two steps of one Run, decoded.
type live struct {
	sess    session.Session
	edition *library.Edition
	rev     uint64
}

// stepped is everything one step leads to, before it is sealed.
type stepped struct {
	in     envelope.In
	office *office.Office
	result engine.Result
	waited session.Wait // before the step
	secret bool         // the words of the event must not reach the journal
	span   tracing.Span // of the step, then of its commit
}

// step takes the head of the mailbox through the engine and commits the outcome; idle is true when nothing is left to do.
func (r *run) step(ctx context.Context) (idle bool, err error) {
	item := r.work.Head
	in, err := r.read(item)
	if err != nil {
		return r.skip(ctx, item.ID, "mailbox_unreadable", err)
	}
	if in.Task != nil {
		if err := r.keepEvent(ctx, item.ID, in); err != nil {
			return false, err
		}
		return r.errand(ctx, item.ID, in)
	}
	if err := r.load(ctx); err != nil {
		return false, err
	}
	if in.Person == "" { // a timer: whose it is stands in the session
		in.Address = envelope.Address{Office: r.live.sess.Office, Person: r.live.sess.Person}
	}
	if in.Person == "" {
		return r.skip(ctx, item.ID, "timer_orphaned", errOrphaned)
	}
	of := r.a.cfg.Offices(in.Office) // after the program: see library.Exchange
	if of == nil {
		return r.skip(ctx, item.ID, "office_gone", fmt.Errorf("office %s is not configured", in.Office))
	}
	if err := r.keepEvent(ctx, item.ID, in); err != nil {
		return false, err
	}
	r.waited("mailbox", in.Event.At)
	start := r.a.cfg.Now()
	span := r.a.cfg.Spans.Start(tracing.Step, in.Link)
	st := r.advance(in, of)
	st.traced(span)
	r.a.cfg.Metrics.Observe("step_seconds", r.a.cfg.Now().Sub(start))
	return r.commit(ctx, item.ID, st)
}

// errOrphaned says that the session is gone that a timer was for.
var errOrphaned = errors.New("the session of a timer has ended")

// read opens an entry. That of a timer set without a body has no address yet.
func (r *run) read(item *store.Item) (envelope.In, error) {
	if t, ok := store.ReadTimerMark(item.Body); ok {
		return envelope.In{Event: timerEventOf(t.Name, t.Gen, t.At.UnixMilli())}, nil
	}
	plain, err := r.a.cfg.Seal.Open(nil, seal.Mailbox, r.key, item.Body)
	if err != nil {
		return envelope.In{}, fmt.Errorf("open mailbox entry: %w", err)
	}
	return envelope.DecodeIn(plain)
}

// advance steps the engine. A fault of the engine (an error, a panic, an event that ends the process) must cost the person neither silence nor a stack
// trace: the session starts anew and the person gets an apology with the office's phone.
func (r *run) advance(in envelope.In, of *office.Office) stepped {
	s := &r.live.sess
	st := stepped{in: in, office: of, waited: s.Wait, secret: in.Event.Kind == event.Withheld || r.confidential()}
	var err error
	st.result, err = r.guarded(of, &st.in.Event)
	if err != nil {
		st.result = engine.Apology(of)
		st.result.Fault = err.Error()
		r.live.sess = session.Session{Turn: s.Turn, Seen: s.Seen, Newest: s.Newest, Timer: s.Timer + 1, Wait: s.Wait}
		r.live.edition = r.a.cfg.Library.Current()
	}
	r.notice(st.result)
	r.tally(&st.result)
	return st
}

// guarded steps the engine and turns a panic of it into an error.
func (r *run) guarded(of *office.Office, ev *event.Event) (res engine.Result, err error) {
	if r.condemned {
		return res, errPoison
	}
	defer func() {
		if p := recover(); p != nil {
			r.panicked("engine_panic", p)
			err = fmt.Errorf("%w of the engine: %s", errPanic, described(p))
		}
	}()
	return r.live.edition.Engine(of).Step(&r.live.sess, ev)
}

// notice counts and logs what the office must know of a step.
func (r *run) notice(res engine.Result) {
	if res.Fault != "" {
		r.a.cfg.Metrics.Inc("engine_fault")
		r.a.cfg.Log.Error("engine fault; the session starts anew", "key", string(r.key), "error", res.Fault)
	}
	if res.Handover != "" {
		r.a.cfg.Metrics.Inc("handover")
	}
	r.noticeUnanswered(res.Unanswered)
	if res.LateSuccess != "" {
		r.a.cfg.Metrics.Inc("late_success")
		r.a.cfg.Log.Warn("a task succeeded after the person was told that it failed", "key", string(r.key), "task", res.LateSuccess)
	}
}

// confidential reports whether words of this moment must stay out of the journal: a flow under way asks for a `bảo mật` slot
// anywhere, or is `ẩn danh`. Not only the answers count: people write what is secret at any step of such a flow.
func (r *run) confidential() bool {
	p := r.live.edition.Program
	for _, run := range r.live.sess.Runs {
		if isPrivate(p.Flows[run.Flow]) {
			return true
		}
	}
	return false
}

// load decodes the session once per Run. One that cannot be read (another key, a program nobody has) starts anew and is
// counted: the person is answered, the officer sees the alarm.
func (r *run) load(ctx context.Context) error {
	if err := r.decoded(ctx); err != nil {
		return err
	}
	if r.live.sess.Status == session.Idle {
		r.live.edition = r.a.cfg.Library.Current()
	}
	return nil
}

func (r *run) decoded(ctx context.Context) error {
	if r.live != nil {
		return nil
	}
	fresh := &live{edition: r.a.cfg.Library.Current()}
	if fresh.edition == nil {
		return ErrNoProgram
	}
	snap := r.work.Session
	if snap == nil {
		r.live = fresh
		return nil
	}
	fresh.rev = snap.Rev
	if len(snap.Body) == 0 {
		r.live = fresh
		return nil
	}
	edition, sess, err := r.decode(ctx, snap.Body)
	switch {
	case err == nil:
		r.live = &live{edition: edition, sess: sess, rev: snap.Rev}
		return nil
	case errors.Is(err, store.ErrUnavailable):
		return err // the session is whole, only its program cannot be read now
	}
	r.live = fresh
	r.a.cfg.Metrics.Inc("session_unreadable")
	r.a.cfg.Log.Error("session cannot be read and starts anew", "key", string(r.key), "error", err)
	return nil
}

func (r *run) decode(ctx context.Context, body []byte) (*library.Edition, session.Session, error) {
	var s session.Session
	plain, err := r.a.cfg.Seal.Open(nil, seal.Session, r.key, body)
	if err != nil {
		return nil, s, fmt.Errorf("open session: %w", err)
	}
	hash, err := session.ProgramOf(plain)
	if err != nil {
		return nil, s, fmt.Errorf("read session: %w", err)
	}
	edition := r.a.cfg.Library.Current()
	if hash != "" {
		if edition, err = r.a.cfg.Library.Edition(ctx, hash); err != nil {
			return nil, s, err
		}
	}
	if err := session.Decode(plain, edition.Program, &s); err != nil {
		return nil, s, fmt.Errorf("decode session: %w", err)
	}
	edition = r.freshened(edition, &s)
	return edition, s, nil
}

// freshened moves a session to the current program where that differs only in words, facts and attachments: a corrected
// sentence or fee reaches waiting people at once, while routes and slots stay pinned (design/language.md, Meaning 19).
func (r *run) freshened(pinned *library.Edition, s *session.Session) *library.Edition {
	current := r.a.cfg.Library.Current()
	if s.Program == "" || current == pinned || current.Shape != pinned.Shape {
		return pinned
	}
	s.Program = current.Program.Hash
	return current
}
