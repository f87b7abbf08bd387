package actor

import (
	"context"
	"fmt"
	"runtime/debug"

	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/library"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
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
	secret bool // the words of the event must not reach the journal
	fault  string
	erase  bool // the session ends with its keys
}

// step takes the head of the mailbox through the engine and commits the outcome; idle is true when nothing is left to do.
func (r *run) step(ctx context.Context) (idle bool, err error) {
	item := r.work.Head
	in, err := r.read(item)
	if err != nil {
		return r.skip(ctx, item.ID, "mailbox_unreadable", err)
	}
	of := r.a.cfg.Offices(in.Office)
	if of == nil {
		return r.skip(ctx, item.ID, "office_gone", fmt.Errorf("office %s is not configured", in.Office))
	}
	if err := r.load(ctx); err != nil {
		return false, err
	}
	start := r.a.cfg.Now()
	st := r.advance(in, of)
	r.a.cfg.Metrics.Observe("step_seconds", r.a.cfg.Now().Sub(start))
	return r.commit(ctx, item.ID, st)
}

func (r *run) read(item *store.Item) (envelope.In, error) {
	plain, err := r.a.cfg.Seal.Open(nil, seal.Mailbox, r.key, item.Body)
	if err != nil {
		return envelope.In{}, fmt.Errorf("open mailbox entry: %w", err)
	}
	return envelope.DecodeIn(plain)
}

// advance steps the engine. A fault of the engine (an error, a panic) must cost the person neither silence nor a stack
// trace: the session starts anew and the person gets an apology with the office's phone.
func (r *run) advance(in envelope.In, of *office.Office) stepped {
	st := stepped{in: in, office: of, secret: r.asksSecret() || in.Event.Name != ""}
	s := &r.live.sess
	markLate(s, &st.in)
	if s.Status == session.Idle {
		r.live.edition = r.a.cfg.Library.Current()
	}
	var err error
	st.result, err = guarded(r.live.edition.Engine(of), s, &st)
	if err != nil {
		st.fault = err.Error()
		r.a.cfg.Metrics.Inc("engine_fault")
		r.a.cfg.Log.Error("engine fault; the session starts anew", "key", string(r.key), "error", err)
		st.result = engine.Apology(of)
		r.live.sess = session.Session{Turn: s.Turn, Seen: s.Seen, Newest: s.Newest, Timer: s.Timer + 1}
		r.live.edition = r.a.cfg.Library.Current()
	}
	st.erase = st.result.Erase
	return st
}

func guarded(e *engine.Engine, s *session.Session, st *stepped) (res engine.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("engine panic: %v\n%s", p, debug.Stack())
		}
	}()
	return e.Step(s, &st.in.Event)
}

// late is how much older than the person's newest event one may be and still answer the question on screen.
const late = 2 * 60 * 1000

func markLate(s *session.Session, in *envelope.In) {
	sent := in.Event.Sent
	if sent == 0 {
		return
	}
	in.Event.Late = s.Newest-sent > late
	s.Newest = max(s.Newest, sent)
}

// asksSecret reports whether the question on screen is for a `bảo mật` slot.
func (r *run) asksSecret() bool {
	s := &r.live.sess
	if s.Status == session.Idle || len(s.Runs) == 0 {
		return false
	}
	top := s.Runs[len(s.Runs)-1]
	return r.live.edition.Program.AsksSecret(top.Flow, top.Step)
}

// load decodes the session once per Run. One that cannot be read (another key, a program nobody has) starts anew and is
// counted: the person is answered, the officer sees the alarm.
func (r *run) load(ctx context.Context) error {
	if r.live != nil {
		return nil
	}
	r.live = &live{edition: r.a.cfg.Library.Current()}
	snap := r.work.Session
	if snap == nil {
		return nil
	}
	r.live.rev = snap.Rev
	if len(snap.Body) == 0 {
		return nil
	}
	edition, sess, err := r.decode(ctx, snap.Body)
	if err == nil {
		r.live.edition, r.live.sess = edition, sess
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
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
	return edition, s, nil
}
