package fake

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"hoithoai/runtime/zalo"
)

// Webhook is one webhook: the exact bytes, and the headers that sign them.
type Webhook struct {
	Event  string
	Body   []byte
	Header http.Header

	who     address // the person, for window and conversation; empty for others
	said    entry   // what the person said
	touches bool    // it is an interaction of the person
	follows int     // +1 follow, -1 unfollow
}

// Deliver takes a webhook to the engine and returns the HTTP status of the answer, 0 where there was none.
type Deliver func(ctx context.Context, w Webhook) int

// Post returns a Deliver that posts to an address and gives up after Zalo's 2 seconds.
func Post(client *http.Client, address string) Deliver {
	return func(ctx context.Context, w Webhook) int {
		ctx, cancel := context.WithTimeout(ctx, zalo.WebhookDeadline)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(w.Body))
		if err != nil {
			return 0
		}
		req.Header = w.Header.Clone()
		res, err := client.Do(req)
		if err != nil {
			return 0
		}
		if err := res.Body.Close(); err != nil {
			return 0
		}
		return res.StatusCode
	}
}

// Stats counts what became of webhooks.
type Stats struct {
	Delivered  int // answered 200
	Failed     int // answered otherwise or not at all, every try counted
	Repeated   int // tries with num_retry
	Duplicated int // sent twice by chance
	Held       int // sent after a younger one by chance
	Unsent     int // never sent: the app was unsubscribed
}

// Stats returns the counts.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// repeat is a webhook to send again.
type repeat struct {
	hook  Webhook
	tries int // so far
	due   time.Time
}

// Push sends a webhook as Zalo would and returns the status of the answer: 0 where there was none, or where the webhook is held
// back to come out of order. What the person does counts from now on, whether the engine answers or not.
func (s *Server) Push(ctx context.Context, w Webhook) int {
	s.note(w)
	if s.chance(s.cfg.Rates.Reorder) {
		s.mu.Lock()
		s.held, s.stats.Held = append(s.held, w), s.stats.Held+1
		s.mu.Unlock()
		return 0
	}
	status := s.first(ctx, w)
	s.release(ctx)
	return status
}

// release sends what was held back.
func (s *Server) release(ctx context.Context) {
	s.mu.Lock()
	held := s.held
	s.held = nil
	s.mu.Unlock()
	for _, w := range held {
		s.first(ctx, w)
	}
}

// first makes the first try of a webhook, and the second one of a duplicate.
func (s *Server) first(ctx context.Context, w Webhook) int {
	if s.chance(s.cfg.Rates.Delay) {
		s.failed(repeat{hook: w})
		return 0
	}
	status := s.try(ctx, repeat{hook: w})
	if s.chance(s.cfg.Rates.Duplicate) {
		s.mu.Lock()
		s.stats.Duplicated++
		s.mu.Unlock()
		s.try(ctx, repeat{hook: w, tries: maxTries})
	}
	return status
}

// maxTries is how often a webhook is sent in all: once, and five repeats (facts §1.2 [DIG2]).
const maxTries = 6

// try delivers once; a failure is repeated later, the last failure ends the subscription.
func (s *Server) try(ctx context.Context, r repeat) int {
	if s.Unsubscribed() {
		s.mu.Lock()
		s.stats.Unsent++
		s.mu.Unlock()
		return 0
	}
	w := r.hook
	if r.tries > 0 && r.tries < maxTries {
		w.Header = w.Header.Clone()
		w.Header[zalo.HeaderRetry] = []string{strconv.Itoa(r.tries)}
	}
	status := s.cfg.Deliver(ctx, w)
	if status != http.StatusOK {
		s.failed(r)
		return status
	}
	s.mu.Lock()
	s.stats.Delivered++
	s.mu.Unlock()
	return status
}

// failed plans the next try.
func (s *Server) failed(r repeat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Failed++
	pauses := zalo.Repeats()
	switch {
	case r.tries < len(pauses):
		s.repeats = append(s.repeats, repeat{r.hook, r.tries + 1, s.cfg.Now().Add(pauses[r.tries])})
	case r.tries < maxTries:
		s.stopped = true
	}
}

// Tick sends what was held back and the repeats that are due by the clock, oldest first.
func (s *Server) Tick(ctx context.Context) {
	s.release(ctx)
	for _, r := range s.due() {
		if r.tries > 0 {
			s.mu.Lock()
			s.stats.Repeated++
			s.mu.Unlock()
		}
		s.try(ctx, r)
	}
}

func (s *Server) due() []repeat {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due, later []repeat
	for _, r := range s.repeats {
		if r.due.After(s.cfg.Now()) {
			later = append(later, r)
		} else {
			due = append(due, r)
		}
	}
	s.repeats = later
	return due
}

// Pending returns how many webhooks wait for a repeat or are held back.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.repeats) + len(s.held)
}

// Unsubscribed reports whether Zalo has given up on the webhook: five repeats of one event failed (facts §1.2 [DIG2]).
func (s *Server) Unsubscribed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// Resubscribe is the human in the console who switches the webhook on again.
func (s *Server) Resubscribe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = false
}

// note remembers what a person did: it opens the window and stands in the conversation.
func (s *Server) note(w Webhook) {
	if w.who.person == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.person(w.who)
	if w.touches {
		p.lastSeen = s.cfg.Now()
	}
	if w.follows != 0 {
		p.follows = w.follows > 0
	}
	if w.said.kind != "" {
		w.said.at = s.cfg.Now()
		p.talk = append(p.talk, w.said)
	}
}

// hook signs a body.
func (s *Server) hook(event, timestamp string, body any) Webhook {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil { // bodies are structs of texts and always encode
		return Webhook{Event: event}
	}
	raw := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return Webhook{Event: event, Body: raw, Header: zalo.Sign(s.cfg.AppID, s.cfg.Secret, timestamp, raw)}
}

// Probe returns what pressing "Save" in the console sends: an unsigned {}.
func (s *Server) Probe() Webhook {
	return Webhook{Event: "", Body: []byte("{}"), Header: http.Header{"Content-Type": {"application/json"}}}
}
