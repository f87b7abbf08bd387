package actor

import (
	"context"

	"hoithoai/runtime/session"
	"hoithoai/runtime/waiting"
)

// beginsWait writes who begins to wait into the office's list, before the commit that begins it: a process killed in between
// leaves an entry too many, never one too few.
func (r *run) beginsWait(ctx context.Context, st stepped) error {
	w := r.live.sess.Wait
	if w.Since == 0 || sameWait(w, st.waited) {
		return nil
	}
	return r.a.cfg.Waits.Open(ctx, waiting.Of(st.in.Office, r.key, w, r.live.rev))
}

// endsWait strikes out whose wait the commit has ended. Where that fails, the watch over the list does it later.
func (r *run) endsWait(ctx context.Context, st stepped, now session.Wait) {
	if st.waited.Since == 0 || sameWait(st.waited, now) {
		return
	}
	if err := r.a.cfg.Waits.Close(ctx, waiting.Of(st.in.Office, r.key, st.waited, 0)); err != nil {
		r.a.cfg.Log.Warn("a person waits no more, but stands in the list; the entry is struck out later", "key", string(r.key), "error", err)
	}
}

func sameWait(a, b session.Wait) bool { return a.Since == b.Since && a.Gen == b.Gen }

// noticeUnanswered tells the office that somebody waits longer than a desk may take.
func (r *run) noticeUnanswered(desk string) {
	if desk == "" {
		return
	}
	r.a.cfg.Metrics.Inc("handover_unanswered")
	r.a.cfg.Alarms.Raise("handover_unanswered", "somebody waits too long for the desk "+desk+" and was given the telephone number; see: hoithoai waiting")
}
