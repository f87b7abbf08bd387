package fake

import (
	"context"
	"io"
	"net/http"
	"time"
)

// sendWindow is how long after a person's last interaction a message is taken (facts §3 [DIG2, LIVE J]).
const sendWindow = 7 * 24 * time.Hour

// send is POST v3.0/oa/message/cs.
func (s *Server) send(w http.ResponseWriter, r *http.Request, office string) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		s.refuse(w, r, -201, "body cannot be read")
		return
	}
	fault := s.nextFault()
	if !fault.processed() {
		misbehave(w, r, fault)
		return
	}
	if fault == Overdue {
		hang(r)
	}
	message, refusal := s.check(office, raw)
	if refusal == nil && r.Header.Get("Content-Type") != "application/json" {
		refusal = invalid("Content-Type is %q", r.Header.Get("Content-Type"))
	}
	if refusal == nil {
		refusal = s.window(address{office, message.To})
	}
	if refusal != nil {
		s.refuse(w, r, refusal.code, refusal.reason)
		return
	}
	s.accept(w, r, s.record(message), fault)
}

// window refuses people who have been silent for too long.
func (s *Server) window(a address) *refusalError {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.people[a]
	if s.cfg.NoWindow || (p != nil && !p.lastSeen.IsZero() && s.cfg.Now().Sub(p.lastSeen) < sendWindow) {
		return nil
	}
	return &refusalError{-230, "user has not interacted with the OA in the past 7 days"}
}

// echoBack sends the echo of a message when and as often as the fake is told to.
func (s *Server) echoBack(ctx context.Context, m Sent, answered <-chan struct{}) {
	if s.cfg.Echo == EchoNever || s.chance(s.cfg.Rates.NoEcho) {
		return
	}
	times := 1
	if s.chance(s.cfg.Rates.TwoEchoes) {
		times = 2
	}
	for echo := s.echo(m); times > 0; times-- {
		switch s.cfg.Echo {
		case EchoBefore:
			s.Push(ctx, echo)
		case EchoLate:
			s.mu.Lock()
			s.repeats = append(s.repeats, repeat{hook: echo, due: s.cfg.Now().Add(s.cfg.EchoDelay)})
			s.mu.Unlock()
		default:
			s.aside(func() {
				<-answered
				s.Push(ctx, echo)
			})
		}
	}
}

// accept answers a message that has arrived, and echoes it.
func (s *Server) accept(w http.ResponseWriter, r *http.Request, m Sent, fault Fault) {
	answered := make(chan struct{})
	defer close(answered)
	s.echoBack(context.WithoutCancel(r.Context()), m, answered)
	if misbehave(w, r, fault) {
		return
	}
	succeed(w, map[string]any{
		"message_id": m.MessageID, "user_id": m.To,
		"quota": map[string]any{"quota_type": "reply", "remain": "8", "total": "8"}, // strings [OFF D]; 8 of 8 since 2026 [DIG B,S]
	})
}
