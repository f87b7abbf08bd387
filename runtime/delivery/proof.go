package delivery

import (
	"context"
	"slices"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/zalo"
)

// progress is how far one delivery has come.
type progress struct {
	taken   []store.ID8 // the echoes that belong to the message: they prove no other
	arrived bool        // some of it reached the person
}

// prove notes that Zalo took (a piece of) a message, and which echo belongs to it, whether that has come or not.
func (s *Sender) prove(out envelope.Out, got *progress, messageID string) {
	got.arrived = true
	switch {
	case s.cfg.Echoes == nil:
	case messageID == "":
		s.nameless.Store(true)
		s.cfg.Metrics.Inc("sent_without_id")
	default:
		key := s.cfg.Echoes.Person(out.Office, out.Person)
		got.taken = append(got.taken, s.cfg.Echoes.ID(key, messageID))
	}
}

// The margins of earliest.
const (
	clockSkew  = 2 * time.Second // Zalo's clock may be so much behind ours
	serverSkew = time.Second     // Zalo's clocks may be so much behind each other
	// knownFor is for how long it is surely known which echoes are used up; it is less than they are kept (store.Config.EchoTTL).
	// Zalo's clock may be so much behind ours where a message answers something.
	knownFor = 5 * time.Minute
)

// earliest is when Zalo can have taken a message at the earliest, by Zalo's clock: no earlier than what it answers, which may
// have reached us hours later. Where that is not known, or where other messages of the same words would not be told apart by
// their ids, both clocks are taken as equal: a pilot must measure them (facts/zalo-api.md §10).
func (s *Sender) earliest(out envelope.Out) int64 {
	if out.Since > 0 && s.cfg.Echoes != nil && !s.nameless.Load() {
		return max(out.Since-serverSkew.Milliseconds(), out.At-knownFor.Milliseconds())
	}
	return out.At
}

// echoes returns what Zalo has shown of messages to the person; nothing where it cannot be trusted or read.
func (s *Sender) echoes(ctx context.Context, out envelope.Out) []store.Echo {
	if s.cfg.Echoes == nil || s.nameless.Load() {
		return nil
	}
	all, err := s.cfg.Echoes.Shown(ctx, s.cfg.Echoes.Person(out.Office, out.Person))
	if err != nil {
		s.cfg.Log.Warn("echoes cannot be read; the conversation is looked through instead", "office", out.Office, "error", err)
	}
	return all
}

// echoed says which calls Zalo has shown to the person, by echoes that prove nothing yet; one echo proves one call.
func (s *Sender) echoed(out envelope.Out, calls []zalo.Request, echoes []store.Echo, got *progress) []bool {
	shown := make([]bool, len(calls))
	if len(echoes) == 0 {
		return shown
	}
	key := s.cfg.Echoes.Person(out.Office, out.Person)
	echoes, from := slices.Clone(echoes), s.earliest(out)
	if out.Since == 0 {
		from -= clockSkew.Milliseconds() // an older message of the same words has used its echo up
	}
	for i, c := range calls {
		look := s.cfg.Echoes.Look(key, c.Text)
		at := slices.IndexFunc(echoes, func(e store.Echo) bool {
			return e.Look == look && e.Sent >= from
		})
		if at < 0 {
			continue
		}
		shown[i], got.taken = true, append(got.taken, echoes[at].ID)
		echoes = slices.Delete(echoes, at, at+1)
		s.cfg.Metrics.Inc("arrival_echoed")
	}
	return shown
}

// others splits a conversation into the lines that are known to be other messages, and the rest.
func (s *Sender) others(out envelope.Out, lines []zalo.Line, echoes []store.Echo) (known, rest []zalo.Line) {
	if len(echoes) == 0 {
		return nil, lines
	}
	key := s.cfg.Echoes.Person(out.Office, out.Person)
	for _, l := range lines {
		if l.MessageID != "" && slices.Contains(echoes, store.Echo{ID: s.cfg.Echoes.ID(key, l.MessageID)}) {
			known = append(known, l)
			continue
		}
		rest = append(rest, l)
	}
	return known, rest
}
