package deployment

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hoithoai/dsl/office"
)

// CheckWebhook is the name of the check that Zalo still calls. It is told, and leaves the process ready: nothing here is wrong.
const CheckWebhook = "webhook"

// KindSilent is the kind of the alarm that no webhook has come for SilentMinutes of office hours.
const KindSilent = "webhook_silent"

// SilentMinutes is how many minutes of its hours an office may hear nothing before somebody should look: Zalo switches a
// webhook off without a word when it was answered too late or with an error (facts §1.2, §9).
const SilentMinutes = 120

// hearing is when a genuine webhook came last, for any office.
type hearing struct {
	mu   sync.Mutex
	last time.Time // at first: when the process began to listen
	told time.Time // the last of which an alarm was raised
}

func (h *hearing) heard(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = at
}

func (h *hearing) lastHeard() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last
}

// isNews reports, once for each silence, that nobody was told of it yet.
func (h *hearing) isNews() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.told.Equal(h.last) {
		return false
	}
	h.told = h.last
	return true
}

// silence is how many minutes of office hours have passed since a webhook came, at the office that was open longest. An
// office whose hours nobody wrote down says nothing.
func (d *Deployment) silence() int {
	from, to, most := d.hearing.lastHeard().UnixMilli(), d.cfg.Now().UnixMilli(), 0
	for _, of := range d.library.Offices() {
		if hasHours(of) {
			most = max(most, of.OpenMinutes("", from, to))
		}
	}
	return most
}

func hasHours(of *office.Office) bool { return of != nil && len(of.Hours) > 0 }

func (d *Deployment) isHeard(context.Context) error {
	if m := d.silence(); m >= SilentMinutes {
		return fmt.Errorf("no webhook has come for %d minutes of office hours; the last one came at %s", m, d.hearing.lastHeard().UTC().Format(time.RFC3339))
	}
	return nil
}

// lookAtSilence raises one alarm for each silence.
func (d *Deployment) lookAtSilence() {
	if err := d.isHeard(context.Background()); err != nil && d.hearing.isNews() {
		d.alarms.Raise(KindSilent, err.Error()+"; look at the webhook page of the Zalo console (is it on, is the address right), and run hoithoai doctor")
	}
}
