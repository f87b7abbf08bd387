package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo/fake"
)

// keeping is a store that keeps the events of some people until it is let go.
type keeping struct {
	store.Mailbox
	of     map[store.Key]bool
	inside chan struct{} // one for each that is kept
	letGo  chan struct{}
}

func (s *keeping) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	if s.of[in.Key] {
		s.inside <- struct{}{}
		<-s.letGo
	}
	return s.Mailbox.Accept(ctx, in)
}

const otherOffice = "3000000000000000002"

// TestOneOfficeDoesNotFillTheDoor: while the events of one office wait for the store, as many as it may have, those of another
// come in; and the first one may have no more.
func TestOneOfficeDoesNotFillTheDoor(t *testing.T) {
	t.Parallel()
	held := &keeping{of: map[store.Key]bool{}, inside: make(chan struct{}, 64), letGo: make(chan struct{})}
	p := newDoor(t, func(p *porch, cfg *server.Config) {
		held.Mailbox = p.store
		cfg.Store, cfg.InFlight, cfg.Shared = held, 20, func() bool { return true }
		cfg.Known = func(string) bool { return true }
	})
	post := func(hook fake.Webhook) int {
		r := httptest.NewRequest(http.MethodPost, webhook, strings.NewReader(string(hook.Body)))
		r.Header = hook.Header
		w := httptest.NewRecorder()
		p.handler.ServeHTTP(w, r)
		return w.Code
	}
	const may = 16 // four fifths of 20
	var wg sync.WaitGroup
	for i := range may {
		id := "77000000000000" + string(rune('a'+i))
		held.of[p.seal.Person(testbed.OfficeID, id)] = true
		hook := p.zalo.Person(testbed.OfficeID, id).Text("hỏi thăm")
		wg.Go(func() {
			if got := post(hook); got != http.StatusOK && got != http.StatusServiceUnavailable {
				t.Errorf("an event that waits for the store is answered %d", got)
			}
		})
		<-held.inside
	}
	if got := post(p.zalo.Person(testbed.OfficeID, "78").Text("hỏi thăm")); got != http.StatusServiceUnavailable {
		t.Errorf("an office that has its share of the door gets in: %d", got)
	}
	for _, id := range []string{"1", "2", "3"} {
		if got := post(p.zalo.Person(otherOffice, id).Text("hỏi thăm")); got != http.StatusOK {
			t.Errorf("another office is answered %d", got)
		}
	}
	close(held.letGo)
	wg.Wait()
	if got := post(p.zalo.Person(testbed.OfficeID, "78").Text("hỏi thăm")); got != http.StatusOK {
		t.Errorf("places are not given back: %d", got)
	}
}
