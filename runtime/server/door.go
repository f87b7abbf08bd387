// Package server is the HTTP side of the program: the webhook door, the domain proof, health. The door answers 200 only when
// an event is durable or is one that must be dropped, 503 when it could not be made durable in time, and never waits for a
// step, a send or a task (facts/zalo-api.md §1.2: 200 within 2 s, or Zalo unsubscribes the app; a 401 counts as a failure).
// What an event means is not its work (package engine), nor how bodies are read (package zalo).
package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
)

// The bounds of the door.
const (
	maxBody  = 256 << 10               // bytes of a webhook (design/security.md, threat 5)
	patience = 1500 * time.Millisecond // to be durable in: Zalo waits 2 s
	oldest   = 24 * time.Hour          // an older event is dropped (threat 2)
	newest   = 5 * time.Minute         // one further in the future has no usable time
)

// Config is what the door needs; every field is required.
type Config struct {
	Verifier zalo.Verifier
	Known    func(office string) bool
	Unkept   func(text string) string // name of the không giữ flow that recognises text, or ""
	Seal     *seal.Sealer
	Store    store.Mailbox
	Start    func(work store.Work) // must not block
	Now      func() time.Time
	Log      *slog.Logger
	Metrics  *metrics.Set
	Alarms   *Alarms
}

// Door takes webhooks.
type Door struct {
	cfg Config
}

// NewDoor returns the webhook handler.
func NewDoor(cfg Config) *Door { return &Door{cfg: cfg} }

// ServeHTTP answers one webhook.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := d.cfg.Now()
	status := d.take(r)
	d.cfg.Metrics.Observe("accept_seconds", d.cfg.Now().Sub(start))
	w.WriteHeader(status)
}

// take returns the status of the answer.
func (d *Door) take(r *http.Request) int {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return d.drop("webhook_unreadable")
	}
	if len(body) > maxBody {
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
	return d.admit(r.Context(), r.Header, in)
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
	if tooOld(in, now) {
		return d.drop("webhook_too_old")
	}
	ev, ok := in.Event(now.UnixMilli())
	if !ok {
		return d.drop("webhook_" + in.Family.String())
	}
	if ev.Sent > now.Add(newest).UnixMilli() {
		ev.Sent = 0
	}
	d.withhold(&ev)
	return d.accept(ctx, envelope.In{Address: envelope.Address{Office: in.Office, Person: in.Person}, Event: ev}, header.Get("num_retry") != "")
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
	return in.Timestamp > 0 && now.Sub(time.UnixMilli(in.Timestamp)) > oldest
}

// withhold takes the words out of what a không giữ flow recognises, before anything is written anywhere.
func (d *Door) withhold(ev *event.Event) {
	if ev.Kind != event.Text && ev.Kind != event.Media {
		return
	}
	flow := d.cfg.Unkept(ev.Text)
	if flow == "" {
		return
	}
	d.cfg.Metrics.Inc("webhook_withheld")
	*ev = event.Event{Kind: event.Withheld, ID: ev.ID, At: ev.At, Sent: ev.Sent, Name: flow}
}

func (d *Door) accept(ctx context.Context, in envelope.In, retry bool) int {
	key := d.cfg.Seal.Person(in.Office, in.Person)
	entry, err := actor.Entry(d.cfg.Seal, key, in)
	if err != nil {
		d.cfg.Log.Error("event cannot be sealed", "error", err)
		return http.StatusServiceUnavailable
	}
	if entry.Sent == 0 {
		entry.Sent = in.Event.At
	}
	entry.Retry = retry
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	res, err := d.durable(ctx, entry)
	if err != nil {
		return d.unavailable(err)
	}
	return d.accepted(res)
}

// durable waits for the store no longer than ctx, whatever the store does: the answer must never hang. An event that
// becomes durable after that is claimed like one whose owner died, and Zalo's repeat of it is a duplicate.
func (d *Door) durable(ctx context.Context, entry store.Accept) (store.AcceptResult, error) {
	type answer struct {
		res store.AcceptResult
		err error
	}
	done := make(chan answer, 1)
	go func() {
		res, err := d.cfg.Store.Accept(ctx, entry)
		done <- answer{res, err}
	}()
	select {
	case a := <-done:
		return a.res, a.err
	case <-ctx.Done():
		return store.AcceptResult{}, fmt.Errorf("accept event: %w", ctx.Err())
	}
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

func (d *Door) accepted(res store.AcceptResult) int {
	switch res.Status {
	case store.Accepted:
		d.cfg.Metrics.Inc("event_accepted")
		d.cfg.Start(res.Work)
	case store.Queued:
		d.cfg.Metrics.Inc("event_accepted")
	case store.Duplicate:
		d.cfg.Metrics.Inc("event_duplicate")
	case store.Stale:
		d.cfg.Metrics.Inc("event_stale")
	case store.Flooded:
		d.cfg.Metrics.Inc("event_flooded")
	}
	return http.StatusOK
}
