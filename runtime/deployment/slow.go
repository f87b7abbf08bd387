package deployment

import (
	"context"
	"sync"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/message"
)

// saySlow is what a person reads whose messages come faster than they can be answered.
const saySlow = "Anh/chị nhắn nhanh quá nên có tin tôi chưa nhận được. Anh/chị chờ một phút rồi nhắn lại giúp."

// The bounds of telling.
const (
	slowEvery = time.Minute // to one person
	slowHands = 8           // sends at once; who finds none free is told at the next message
	slowKnown = 10_000      // people remembered
)

// slow tells people that some of what they wrote was not taken, once a minute, past their mailbox and outbox, which are full.
type slow struct {
	deliver actor.Deliverer
	now     func() time.Time
	hands   chan struct{}
	wg      sync.WaitGroup
	mu      sync.Mutex
	told    map[envelope.Address]time.Time
}

func newSlow(d actor.Deliverer, now func() time.Time) *slow {
	return &slow{deliver: d, now: now, hands: make(chan struct{}, slowHands), told: map[envelope.Address]time.Time{}}
}

// tell sends the sentence unless the person had it within the last minute. It does not block.
func (s *slow) tell(to envelope.Address) {
	select {
	case s.hands <- struct{}{}:
	default:
		return
	}
	if !s.due(to) {
		<-s.hands
		return
	}
	s.wg.Go(func() {
		defer func() { <-s.hands }()
		now := s.now().UnixMilli()
		s.deliver.Deliver(context.Background(), envelope.Out{
			Address: to, At: now, Class: envelope.Notice, Seen: now, Message: &message.Message{Kind: message.Words, Text: saySlow},
		}, false) // a courtesy: it is not repeated
	})
}

// due notes that a person is told now. A full memory is emptied: at worst somebody is told twice in a minute.
func (s *slow) due(to envelope.Address) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if last, ok := s.told[to]; ok && now.Sub(last) < slowEvery {
		return false
	}
	if len(s.told) >= slowKnown {
		clear(s.told)
	}
	s.told[to] = now
	return true
}

// wait returns when everything under way is sent.
func (s *slow) wait() { s.wg.Wait() }
