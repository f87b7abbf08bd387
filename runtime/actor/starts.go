package actor

import (
	"time"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
)

// heldFor is how much later a timer stands in the store whose time has not begun: the silence about a question begins when
// the question was sent, and a message is tried for a day before it is given up, which begins it too. A timer that nobody
// starts, because its message became unreadable, fires then all the same.
const heldFor = 26 * time.Hour

// starts are the timers of a step that the last of its messages starts.
func (st *stepped) starts() []envelope.Start {
	var out []envelope.Start
	for _, t := range st.result.Timers {
		if t.Heard {
			out = append(out, envelope.Start{Name: t.Name, Gen: t.Gen, Wait: max(t.At-st.in.Event.At, 0)})
		}
	}
	return out
}

// started are the timers that begin now that a message has left. The event of each says when it fires, so that the engine
// counts from there: what is played again later leads to the same.
func (r *run) started(out envelope.Out) ([]store.Timer, error) {
	now := r.a.cfg.Now()
	timers := make([]store.Timer, 0, len(out.Starts))
	for _, s := range out.Starts {
		at := now.UnixMilli() + s.Wait
		timer := store.Timer{Name: s.Name, Gen: s.Gen, At: time.UnixMilli(at)}
		if r.forgotten() {
			body, err := r.timerBody(out.Address, engine.Timer{Name: s.Name, Gen: s.Gen, At: at})
			if err != nil {
				return nil, err
			}
			timer.Body = body
		}
		timers = append(timers, timer)
	}
	return timers, nil
}
