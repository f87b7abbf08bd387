package simulation

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// webhook is the path of the door.
const webhook = "/zalo/webhook"

// bring delivers one webhook as Zalo does: again after each of its pauses until it got a 200, and sometimes once more.
func (w *world) bring(h fake.Webhook) {
	in, err := zalo.Decode(h.Body)
	if err != nil {
		w.witness.broke("a webhook of the fake cannot be read: %v", err)
		return
	}
	s, f := w.chances.of("hook "+in.DedupeKey), w.faults()
	s.pause(context.Background(), s.between(5*time.Millisecond, 200*time.Millisecond), nil)
	tries := 0
	if s.happens(f.Late) {
		w.count(func(s *Stats) { s.Late++ })
		tries = 1 + s.below(len(zalo.Repeats()))
		for _, pause := range zalo.Repeats()[:tries] {
			s.pause(context.Background(), pause, nil)
		}
	}
	for !w.try(s, in, h, tries) && tries < len(zalo.Repeats()) {
		s.pause(context.Background(), zalo.Repeats()[tries], nil)
		tries++
	}
	for s.happens(f.Again) {
		s.pause(context.Background(), s.between(time.Second, 10*time.Minute), nil)
		w.try(s, in, h, 0)
	}
}

// try delivers a webhook once and reports whether Zalo heard a 200.
func (w *world) try(s *stream, in zalo.Inbound, h fake.Webhook, tries int) bool {
	alive := w.alive()
	if len(alive) == 0 {
		return false
	}
	header := h.Header.Clone()
	if tries > 0 {
		header[zalo.HeaderRetry] = []string{strconv.Itoa(tries)}
	}
	if tries > 0 || w.wasAnswered(in.DedupeKey) {
		w.count(func(s *Stats) { s.Repeats++ })
	}
	status := alive[s.below(len(alive))].post(h.Body, header)
	if status != http.StatusOK || s.happens(w.faults().Unheard) {
		return false
	}
	if !in.Echo {
		w.heard(in)
	}
	return true
}

func (w *world) wasAnswered(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, ok := w.answered[id]
	return ok
}

func (w *world) heard(in zalo.Inbound) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answered[in.DedupeKey] = in.Person
}

// post gives a webhook to a process and returns the status of its answer, 0 where Zalo gave up or the process died first.
func (p *process) post(body []byte, header http.Header) int {
	ctx, cancel := context.WithTimeout(context.Background(), zalo.WebhookDeadline)
	defer cancel()
	answer := make(chan int, 1)
	go func() {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, webhook, bytes.NewReader(body))
		r.Header = travelled(header)
		rec := httptest.NewRecorder()
		p.door.ServeHTTP(rec, r)
		answer <- rec.Code
	}()
	select {
	case status := <-answer:
		if p.frozenFor() > 0 {
			return 0
		}
		return status
	case <-ctx.Done():
	case <-p.killed:
	}
	return 0
}
