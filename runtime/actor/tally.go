package actor

import (
	"slices"
	"time"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// isPrivate reports whether a flow asks for something bảo mật or is ẩn danh.
func isPrivate(f *program.Flow) bool {
	return f.Anonymous || slices.ContainsFunc(f.Slots, func(s program.Slot) bool { return s.Secret })
}

// tally counts what a step led to. Private flows are left out: in an office with few residents the minute in which somebody
// enters one says who it was (design/security.md §2).
func (r *run) tally(res *engine.Result) {
	m, p := r.a.cfg.Metrics, r.live.edition.Program
	m.Inc("step_" + res.Kind.String())
	if res.Late {
		m.Inc("event_late")
	}
	for _, s := range res.Entered {
		if isCounted(p, s.Flow) {
			m.Entered(s.Flow, s.Step)
		}
	}
	for _, e := range res.Ended {
		if isCounted(p, e.Flow) {
			m.Ended(e.Flow, ends[e.Success])
		}
	}
}

var ends = map[bool]string{true: "done", false: "dropped"}

func isCounted(p *program.Program, flow string) bool {
	i := slices.IndexFunc(p.Flows, func(f *program.Flow) bool { return f.Name == flow })
	return i >= 0 && !isPrivate(p.Flows[i])
}

// waited records how long an entry written at a moment (Unix ms) has waited in a queue.
func (r *run) waited(queue string, since int64) {
	r.a.cfg.Metrics.Age(queue, r.a.cfg.Now().Sub(time.UnixMilli(since)))
}
