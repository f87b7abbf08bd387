package actor

import (
	"context"

	"hoithoai/runtime/store"
)

// keepMissed keeps the words that led nowhere, once the step that heard them is committed: who reads them needs most of them,
// not every one. A step that forgets the person keeps nothing.
func (r *run) keepMissed(ctx context.Context, id store.ID8, st stepped) {
	if st.result.Missed == "" || st.result.Erase || st.secret {
		return
	}
	r.a.cfg.Metrics.Inc("not_understood")
	if r.nearPrivate(st.result.Near) {
		return
	}
	if err := r.a.cfg.Misses.Keep(ctx, st.in.Office, id, st.result.Missed, st.result.Near); err != nil {
		r.a.cfg.Log.Warn("words that were not understood could not be kept", "error", err)
	}
}

// nearPrivate reports whether the words may have been meant for a flow whose words stay out of every list.
func (r *run) nearPrivate(name string) bool {
	for _, f := range r.live.edition.Program.Flows {
		if f.Name == name {
			return isPrivate(f)
		}
	}
	return false
}
