// Package server is the HTTP side of the program: the webhook door, the domain proof, health. The door answers 200 only when
// an event is durable or is one that must be dropped, 503 when it could not be made durable in time, and never waits for a
// step, a send or a task (facts/zalo-api.md §1.2: 200 within 2 s, or Zalo unsubscribes the app; a 401 counts as a failure).
// What an event means is not its work (package engine), nor how bodies are read (package zalo).
package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/share"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/zalo"
)

// Config is what the door needs; every field is required except Heard, Flooded, Echo, Alarms, Patience and InFlight.
type Config struct {
	Verifier zalo.Verifier
	Known    func(office string) bool
	Unkept   func(text string) string // name of the không giữ flow that recognises text, or ""
	// Emergency names the khẩn cấp flow that text calls for, or ""; nil: none. It is asked of words that will be withheld, since
	// an emergency goes first and nobody can recognise it afterwards.
	Emergency func(text string) string
	Seal      *seal.Sealer
	Store     store.Mailbox
	Start     func(work store.Work, since time.Time) // must not block; since: see actor.Job
	Heard     func(at time.Time)                     // a genuine event of an office of ours came; must not block
	Flooded   func(to envelope.Address)              // a person writes faster than we work; must not block
	// Echo keeps what Zalo shows of our own messages (echo.Book.Hear); nil: it is only counted.
	Echo     func(ctx context.Context, in zalo.Inbound) error
	Now      func() time.Time
	Log      *slog.Logger
	Metrics  *metrics.Set
	Alarms   *alarm.Set
	Patience time.Duration // to be durable in, from the first byte on; default 1.5 s: Zalo waits 2 s
	InFlight int           // events on their way into the store at once; default 1024
	Shared   func() bool   // whether there are several offices, of which each gets a share of InFlight; default: one, that has all
	Spans    *tracing.Set  // nil: nobody traces
}

// Door takes webhooks. It is safe for concurrent use.
type Door struct {
	cfg    Config
	flight *share.Pool // one place for each event on its way into the store
}

// NewDoor returns the webhook handler.
func NewDoor(cfg Config) *Door {
	if cfg.Patience == 0 {
		cfg.Patience = patience
	}
	if cfg.InFlight == 0 {
		cfg.InFlight = 1024
	}
	if cfg.Shared == nil {
		cfg.Shared = func() bool { return false }
	}
	if cfg.Heard == nil {
		cfg.Heard = func(time.Time) {}
	}
	if cfg.Flooded == nil {
		cfg.Flooded = func(envelope.Address) {}
	}
	return &Door{cfg: cfg, flight: share.NewPool(cfg.InFlight, cfg.Shared)}
}

// patience is the default of Config.Patience.
const patience = 1500 * time.Millisecond

// ServeHTTP answers one webhook.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := d.cfg.Now()
	ctx, cancel := context.WithTimeout(r.Context(), d.cfg.Patience)
	defer cancel()
	calm := d.hurry(ctx, w)
	status := d.take(ctx, r)
	if !calm() {
		w.Header().Set("Connection", "close") // nothing more can be read from it: who would use it again would find it cut
	}
	d.cfg.Metrics.Observe("accept_seconds", d.cfg.Now().Sub(start))
	w.WriteHeader(status)
}

// hurry ends the reading of a slow body when ctx ends, and returns what calls that off and reports whether it did so in time.
// A recorder of tests cannot be hurried, and need not.
func (d *Door) hurry(ctx context.Context, w http.ResponseWriter) (calm func() bool) {
	past := time.Unix(1, 0)
	return context.AfterFunc(ctx, func() { _ = http.NewResponseController(w).SetReadDeadline(past) })
}

// take returns the status of the answer.
func (d *Door) take(ctx context.Context, r *http.Request) int {
	body, err := io.ReadAll(io.LimitReader(r.Body, zalo.MaxBody+1))
	if err != nil { // cut or slow: what did not come is not for us to drop
		d.cfg.Metrics.Inc("webhook_unreadable")
		return http.StatusServiceUnavailable
	}
	if len(body) > zalo.MaxBody {
		return d.drop("webhook_too_large")
	}
	in, err := zalo.Decode(body)
	if err != nil {
		return d.drop("webhook_malformed")
	}
	if in.Family == zalo.Probe {
		return d.drop("webhook_probe")
	}
	if !d.authentic(body, r.Header, in) {
		return d.drop("webhook_forged")
	}
	return d.admit(ctx, r.Header, in)
}

// drop counts an event that goes no further. It is answered 200 all the same: anything else counts as a failed webhook.
func (d *Door) drop(reason string) int {
	d.cfg.Metrics.Inc(reason)
	return http.StatusOK
}

func (d *Door) authentic(body []byte, header http.Header, in zalo.Inbound) bool {
	v := d.cfg.Verifier.Verify(body, header, in)
	if v.Why == "" {
		return true
	}
	d.cfg.Metrics.Inc("webhook_bad_signature")
	d.cfg.Alarms.Raise("webhook_bad_signature", "a webhook was not signed by this app ("+v.Why+"); compare app.id and app.oa_secrets with the webhook page of the Zalo console")
	return v.OK // in the mode log a mismatch is only reported
}

// admit turns what was signed into a mailbox entry.
func (d *Door) admit(ctx context.Context, header http.Header, in zalo.Inbound) int {
	now := d.cfg.Now()
	if in.Office == "" || !d.cfg.Known(in.Office) {
		return d.foreign(in)
	}
	d.cfg.Heard(now)
	if tooOld(in, now) {
		d.cfg.Alarms.Raise("webhook_too_old", "a webhook is older than a day by its own clock and was dropped; look at the clock of this machine, and whether somebody replays old webhooks")
		return d.drop("webhook_too_old")
	}
	ev, ok := in.Event(now.UnixMilli())
	if !ok {
		d.echoed(ctx, in)
		return d.drop("webhook_" + in.Family.String())
	}
	if ev.Sent > now.Add(zalo.EventAhead).UnixMilli() {
		d.cfg.Metrics.Inc("webhook_from_future")
		ev.Sent = 0 // no time at all: it counts as sent now
	}
	d.withhold(&ev)
	return d.accept(ctx, envelope.In{Address: envelope.Address{Office: in.Office, Person: in.Person}, Event: ev}, header.Get(zalo.HeaderRetry) != "")
}

// echoed keeps an echo where somebody wants it. It is a help and not an event: where it cannot be kept in time, the conversation
// is read instead, and Zalo need not come again.
func (d *Door) echoed(ctx context.Context, in zalo.Inbound) {
	if in.Family != zalo.Echo || d.cfg.Echo == nil {
		return
	}
	if err := d.inTime(ctx, in.Office, func() error { return d.cfg.Echo(ctx, in) }); err != nil {
		d.cfg.Metrics.Inc("echo_unkept")
	}
}

// foreign is an event of an office that is not configured. Events that name no office at all are only counted.
func (d *Door) foreign(in zalo.Inbound) int {
	if in.Family == zalo.Unknown {
		return d.drop("webhook_unknown_event")
	}
	if in.Office == "" {
		return d.drop("webhook_without_office")
	}
	d.cfg.Alarms.Raise("webhook_unknown_office", "a webhook came for an Official Account that has no [[office]] in the configuration")
	return d.drop("webhook_unknown_office")
}

// tooOld reports whether the event is older than a day by its own clock. One without a usable time is taken as new.
func tooOld(in zalo.Inbound, now time.Time) bool {
	return in.Timestamp > 0 && now.Sub(time.UnixMilli(in.Timestamp)) > zalo.EventAge
}

// withhold takes the words out of what a không giữ flow recognises, before anything is written anywhere.
func (d *Door) withhold(ev *event.Event) {
	if ev.Text == "" || ev.Kind == event.Officer {
		return
	}
	flow := d.cfg.Unkept(ev.Text)
	if flow == "" {
		return
	}
	d.cfg.Metrics.Inc("webhook_withheld")
	out := event.Event{Kind: event.Withheld, ID: ev.ID, At: ev.At, Sent: ev.Sent, Name: flow}
	if d.cfg.Emergency != nil {
		if alarm := d.cfg.Emergency(ev.Text); alarm != "" {
			out.Fields = map[string]string{event.FieldEmergency: alarm}
		}
	}
	*ev = out
}

// unavailable asks Zalo to come again: nothing was accepted, or nobody knows, and a repeat is harmless.
func (d *Door) unavailable(err error) int {
	d.cfg.Metrics.Inc("webhook_unavailable")
	kind := "store_unavailable"
	if errors.Is(err, store.ErrFull) {
		kind = "store_full"
	}
	d.cfg.Alarms.Raise(kind, "events cannot be made durable; Zalo is told to come again. Cause: "+err.Error())
	return http.StatusServiceUnavailable
}
