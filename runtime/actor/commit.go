package actor

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/journal"
	"hoithoai/runtime/message"
	"hoithoai/runtime/redact"
	"hoithoai/runtime/session"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/tracing"
)

// commit seals what the step led to and applies it in one atomic operation.
func (r *run) commit(ctx context.Context, id store.ID8, st stepped) (idle bool, err error) {
	st.span = r.a.cfg.Spans.Start(tracing.Commit, st.span.Link())
	defer func() { st.span.End(err) }()
	c := store.Commit{Key: r.key, Rev: r.live.rev, Event: id, TTL: r.a.cfg.Session}
	kept := !r.keepsErased(st)
	if kept {
		if c.Session, err = r.sealed(seal.Session, r.encodeSession(st.in.Address)); err != nil {
			return false, err
		}
	}
	if c.Out, err = r.outbox(id, st); err != nil {
		return false, err
	}
	if c.Timers, err = r.timers(st, kept); err != nil {
		return false, err
	}
	if kept {
		if c.Journal, err = r.entry(st); err != nil {
			return false, err
		}
	}
	req, err := r.opened(ctx, id, st)
	if err != nil {
		return false, err
	}
	if err := r.beginsWait(ctx, st); err != nil {
		return false, err
	}
	waits := r.live.sess.Wait
	if idle, err = r.apply(ctx, c); err == nil {
		r.closed(ctx, req)
		r.endsWait(ctx, st, waits)
		r.keepMissed(ctx, id, st)
	}
	return idle, err
}

func (r *run) encodeSession(of envelope.Address) []byte {
	s := &r.live.sess
	s.Office, s.Person = of.Office, of.Person
	if s.Status != session.Idle || len(s.Runs) > 0 {
		s.Program = r.live.edition.Program.Hash
	}
	return session.Append(nil, s, r.live.edition.Program)
}

func (r *run) sealed(kind seal.Kind, plain []byte) ([]byte, error) {
	body, err := r.a.cfg.Seal.Seal(nil, kind, r.key, plain)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return body, nil
}

// outbox makes the items in the order they must be sent: bubbles, then tasks. Their ids follow from the event and the
// position, so a step computed twice asks for the very same items.
func (r *run) outbox(id store.ID8, st stepped) ([]store.Item, error) {
	outs := r.outs(st)
	items := make([]store.Item, 0, len(outs))
	for i := range outs {
		plain, err := envelope.EncodeOut(outs[i])
		if err != nil {
			return nil, err
		}
		body, err := r.sealed(seal.Outbox, plain)
		if err != nil {
			return nil, err
		}
		items = append(items, store.Item{ID: r.itemID(id, i), Body: body})
	}
	return items, nil
}

func (r *run) outs(st stepped) []envelope.Out {
	at, class, link := r.a.cfg.Now().UnixMilli(), st.class(), st.span.Link()
	out := make([]envelope.Out, 0, len(st.result.Messages)+len(st.result.Tasks))
	for i := range st.result.Messages {
		m := &st.result.Messages[i]
		out = append(out, envelope.Out{
			Address: st.in.Address, At: at, Class: class, Seen: lastDone(&r.live.sess), Message: m,
			Since: st.in.Event.Sent, Same: alike(st.result.Messages[:i], m), Last: st.result.Erase, Link: link,
		})
	}
	if n := len(out); n > 0 {
		out[n-1].Starts = st.starts()
	}
	for _, t := range st.result.Tasks {
		out = append(out, envelope.Out{Address: st.in.Address, At: at, Task: &envelope.Call{
			ID: t.Call, Name: t.Name, Args: t.Args, Program: r.live.edition.Program.Hash, Deadline: t.Deadline,
		}})
	}
	return out
}

// lastDone is when the person last did something, by the channel's clock where it said so, which may be hours before we came to
// hear of it: the channel counts its window from there.
func lastDone(s *session.Session) int64 {
	if s.Newest > 0 {
		return min(s.Seen, s.Newest)
	}
	return s.Seen
}

// class is how urgent what a step says is.
func (st *stepped) class() envelope.Class {
	switch {
	case st.result.Kind == engine.Emergency, st.result.Kind == engine.TaskDone && st.secret:
		return envelope.Urgent
	case st.result.Kind == engine.Reminded, st.result.Kind == engine.TimedOut,
		st.result.Kind == engine.Unanswered, st.result.Kind == engine.Returned:
		return envelope.Reminder
	}
	return envelope.Interactive
}

// alike counts the messages before m that a conversation shows as it shows m: with the same words, or, where m shows no
// words, as any attachment.
func alike(before []message.Message, m *message.Message) int {
	n := 0
	for i := range before {
		b := &before[i]
		attached := b.Kind == message.File || b.Kind == message.Image
		if wordless(m) && attached || !wordless(m) && !wordless(b) && b.Text == m.Text {
			n++
		}
	}
	return n
}

// wordless reports whether a conversation shows no words of m: the name of a file is none.
func wordless(m *message.Message) bool {
	return m.Kind == message.File || m.Kind == message.Image && m.Text == ""
}

func (r *run) itemID(ev store.ID8, n int) store.ID8 {
	return r.a.cfg.Seal.ID(r.key, "out:"+string(ev[:])+string(binary.BigEndian.AppendUint32(nil, uint32(n))))
}

// timers are set without a body, since the session says whose they are; where none is kept, the body does.
func (r *run) timers(st stepped, kept bool) ([]store.Timer, error) {
	out := make([]store.Timer, 0, len(st.result.Timers))
	for _, t := range st.result.Timers {
		timer := store.Timer{Name: t.Name, Gen: t.Gen}
		if t.At > 0 {
			timer.At = time.UnixMilli(t.At)
			if t.Heard {
				timer.At = timer.At.Add(heldFor)
			}
			if !kept {
				body, err := r.timerBody(st.in.Address, t)
				if err != nil {
					return nil, err
				}
				timer.Body = body
			}
		}
		out = append(out, timer)
	}
	return out, nil
}

// timerEvent is the channel id of the event of a timer: the same however often it is armed and fired.
func timerEvent(name string, gen uint32) string { return fmt.Sprintf("timer:%s:%d", name, gen) }

func timerID(s *seal.Sealer, t store.Due) store.ID8 { return s.ID(t.Key, timerEvent(t.Name, t.Gen)) }

func timerEventOf(name string, gen uint32, at int64) event.Event {
	return event.Event{Kind: event.Timer, ID: timerEvent(name, gen), At: at, Name: name, Gen: gen}
}

func (r *run) timerBody(to envelope.Address, t engine.Timer) ([]byte, error) {
	plain, err := envelope.EncodeIn(envelope.In{Address: to, Event: timerEventOf(t.Name, t.Gen, t.At)})
	if err != nil {
		return nil, err
	}
	return r.sealed(seal.Mailbox, plain)
}

// prefix is how much of a program's hash the journal keeps.
const prefix = 12

// entry is what the journal keeps of a step; nil for nothing. Unless the office keeps everything, only what somebody may have to
// prove or to mend is kept, without words.
func (r *run) entry(st stepped) ([]byte, error) {
	full := r.live.edition.Engine(st.office).FullJournal()
	if !full && !proves(&st.result) {
		return nil, nil
	}
	hash := r.live.edition.Program.Hash
	e := journal.Entry{
		At: st.in.Event.At, Kind: st.in.Event.Kind.String(), Outcome: st.result.Kind.String(),
		Program: hash[:min(prefix, len(hash))], Messages: len(st.result.Messages), Fault: st.result.Fault,
		Handover: st.result.Handover, LateSuccess: st.result.LateSuccess,
	}
	if full && !st.secret && !r.confidential() {
		e.Text = redact.Text(words(st))
	}
	for _, d := range st.result.Decisions {
		e.Consents = append(e.Consents, journal.Consent{
			Name: d.Consent.Name, Version: d.Consent.Version, Text: d.Consent.Text, Answer: d.Answer.String(),
		})
	}
	for _, s := range st.result.Entered {
		e.Entered = append(e.Entered, s.Flow+"/"+s.Step)
	}
	plain, err := journal.Encode(e)
	if err != nil {
		return nil, err
	}
	return r.sealed(seal.Journal, plain)
}

// proves reports whether a step is one that a short journal keeps.
func proves(res *engine.Result) bool {
	return len(res.Decisions) > 0 || res.Fault != "" || res.Handover != "" || res.LateSuccess != ""
}

// words is what the person wrote, as far as this step is about it. What is gathered stands in the entry of the step that takes
// it: only then is it known which flow it leads to, and whether it may be kept at all.
func words(st stepped) string {
	text := st.in.Event.Text
	switch {
	case st.result.Kind == engine.Gathering || st.result.Kind == engine.Withheld:
		return ""
	case st.result.Words == "":
		return text
	case text == "":
		return st.result.Words
	}
	return st.result.Words + "\n" + text
}

// skip commits an event that leads to nothing, leaving the session as it was, so that one bad entry never blocks a person.
func (r *run) skip(ctx context.Context, id store.ID8, counter string, cause error) (idle bool, err error) {
	r.a.cfg.Metrics.Inc(counter)
	r.a.cfg.Log.Error("mailbox entry is dropped", "key", string(r.key), "reason", counter, "error", cause)
	c := store.Commit{Key: r.key, Event: id, TTL: r.a.cfg.Session}
	if s := r.work.Session; s != nil {
		c.Rev, c.Session = s.Rev, s.Body
	}
	return r.apply(ctx, c)
}

func (r *run) apply(ctx context.Context, c store.Commit) (idle bool, err error) {
	asked := r.a.cfg.Now()
	res, err := r.a.cfg.Store.Commit(ctx, c)
	if err != nil {
		return false, fmt.Errorf("commit step: %w", err)
	}
	r.noted = false
	r.a.cfg.Metrics.Observe("commit_seconds", r.a.cfg.Now().Sub(asked))
	switch res.Status {
	case store.Released:
		return true, nil
	case store.Committed:
		r.renewed(asked)
		r.carry(c, res)
		return false, nil
	case store.Already: // the first answer was lost: read again what comes next
		r.work, r.live, r.recovered = store.Work{Key: r.key}, nil, true
		return false, nil
	default:
		r.a.cfg.Metrics.Inc("commit_lost")
		return false, errLost
	}
}

// carry takes what the commit returned as the state of the next step.
func (r *run) carry(c store.Commit, res store.CommitResult) {
	if r.work.Out == nil {
		r.recovered = false // what is in the outbox now was put there by us
	}
	r.work.Head, r.work.Out = res.Next, res.Out
	r.work.Session = &store.Snapshot{Rev: res.Rev, Last: c.Event, Body: c.Session}
	if r.live != nil {
		r.live.rev = res.Rev
	}
}
