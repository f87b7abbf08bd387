package actor

import (
	"context"

	"hoithoai/runtime/erasure"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
)

// leaving reports whether the next event is that the person leaves or takes back what was shared: it is stepped before
// anything more is sent to them.
func (r *run) leaving() bool {
	if r.work.Head == nil {
		return false
	}
	in, err := r.read(r.work.Head)
	return err == nil && (in.Event.Kind == event.Unfollow || in.Event.Kind == event.Withdraw)
}

// forgotten reports whether the person was erased and has not written since.
func (r *run) forgotten() bool { return r.work.Session != nil && len(r.work.Session.Body) == 0 }

// keepsErased reports whether a step leaves nothing behind: it forgets the person, or it only takes note, after that, of what a
// machine still had to say.
func (r *run) keepsErased(st stepped) bool {
	if st.result.Erase {
		return true
	}
	k := st.in.Event.Kind
	return r.forgotten() && (k == event.TaskResult || k == event.Timer)
}

// opened writes the erasure into the office's book before the commit that does it. A step computed twice writes it once.
func (r *run) opened(ctx context.Context, id store.ID8, st stepped) (erasure.Request, error) {
	if !st.result.Erase {
		return erasure.Request{}, nil
	}
	asked := r.a.cfg.Now().UnixMilli()
	if st.in.Event.At > 0 {
		asked = st.in.Event.At
	}
	return r.a.cfg.Erasures.Open(ctx, id, erasure.Request{
		Office: st.in.Office, Key: r.key, Kind: erasureKind(st.in.Event.Kind), Asked: asked,
		Due: erasure.DueAfter(st.office, asked), Rev: r.live.rev,
	})
}

func erasureKind(k event.Kind) erasure.Kind {
	switch k {
	case event.Unfollow:
		return erasure.Left
	case event.Withdraw:
		return erasure.Withdrawn
	}
	return erasure.Asked
}

// closed strikes the erasure out, now that the store has confirmed it. Where that fails, the watch over the book does it later.
func (r *run) closed(ctx context.Context, req erasure.Request) {
	if req.ID == "" {
		return
	}
	r.a.cfg.Metrics.Inc("erased")
	if err := r.a.cfg.Erasures.Close(ctx, req, r.a.cfg.Now()); err != nil {
		r.a.cfg.Log.Warn("a person is forgotten, but the entry in the book stands open; it is closed later", "key", string(r.key), "error", err)
	}
}
