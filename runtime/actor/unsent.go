package actor

import (
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
)

// tooSoon reports whether the next event is a timer of im lặng although something is still to be sent: the silence about a
// question begins when the question was sent. It is stepped at once, which only arms it anew, so that the reminder never
// comes on the heels of a question that Zalo took hours late.
func (r *run) tooSoon() bool {
	if r.work.Head == nil {
		return false
	}
	in, err := r.read(r.work.Head)
	return err == nil && silence(in.Event)
}

func silence(ev event.Event) bool { return ev.Kind == event.Timer && ev.Name == engine.TimerSilence }
