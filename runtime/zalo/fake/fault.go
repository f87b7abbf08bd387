package fake

import (
	"net/http"
	"strconv"
)

// Fault is an unkind behaviour of one send. A negative one is Refused.
type Fault int

// The faults of a send. "Processed" ones leave the message in the ledger: the person has it.
const (
	None      Fault = iota // no fault
	Hang                   // nothing happens and nobody answers
	HangAfter              // processed, nobody answers
	Lost                   // processed, the connection is cut before the answer
	Down                   // status 502, not processed
	DownAfter              // status 502, processed
	Limited                // -32 with the headers of the rate limit
	BadToken               // -216 although the token is good
	Closed                 // -230 although the window is open
	Failed                 // -200
	Garbage                // processed, status 200 with something that is no JSON
	Huge                   // processed, an answer without end
	Slow                   // processed at once, answered well when the caller has given up
	Overdue                // processed, and answered well, only when the caller has given up
	Invalid                // -201 although the message is good: only by Script
)

// Refused makes a send fail with an error code of the API although the message is good: only by Script.
func Refused(code int) Fault { return Fault(min(code, -1)) }

// processed reports whether the message arrives.
func (f Fault) processed() bool {
	switch f {
	case None, HangAfter, Lost, DownAfter, Garbage, Huge, Slow, Overdue:
		return true
	}
	return false
}

// Rates are chances between 0 and 1.
type Rates struct {
	Faults    map[Fault]float64 // of a send; tried in the order of the constants
	Duplicate float64           // a webhook comes twice
	Reorder   float64           // a webhook waits for the next one
	Delay     float64           // the first delivery of a webhook fails on the way; Tick repeats it
	NoEcho    float64           // an echo never comes
	TwoEchoes float64           // an echo comes twice
}

// Script makes the next sends behave as told, one fault each, before chance has its say again.
func (s *Server) Script(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script, faults...)
}

// nextFault takes the next fault of the script, or draws one.
func (s *Server) nextFault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.script) > 0 {
		f := s.script[0]
		s.script = s.script[1:]
		return f
	}
	for f := Hang; f <= Overdue; f++ {
		if rate := s.cfg.Rates.Faults[f]; rate > 0 && s.rng.Float64() < rate {
			return f
		}
	}
	return None
}

// chance draws one of the rates.
func (s *Server) chance(rate float64) bool {
	if rate <= 0 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rng.Float64() < rate
}

// misbehave answers a send according to its fault; ok is false where there is none.
func misbehave(w http.ResponseWriter, r *http.Request, f Fault) (ok bool) {
	switch f {
	case None, Overdue:
		return false
	case Slow:
		hang(r)
		return false // nobody reads what comes now
	case Hang, HangAfter:
		hang(r)
	case Lost:
		panic(http.ErrAbortHandler) // net/http cuts the connection and says nothing
	case Down, DownAfter:
		http.Error(w, "<html>bad gateway</html>", http.StatusBadGateway)
	case Limited:
		w.Header().Set("X-RateLimit-Limit", strconv.Itoa(4000))
		w.Header().Set("X-RateLimit-Remain", "0")
		fail(w, -32, "rate limit")
	case BadToken:
		fail(w, -216, "access token is invalid")
	case Closed:
		fail(w, -230, "user has not interacted with the OA in the past 7 days")
	case Invalid:
		fail(w, -201, "invalid parameter")
	case Failed:
		fail(w, -200, "send message failed")
	default:
		if f < 0 {
			fail(w, int(f), "refused")
			break
		}
		ramble(w, f)
	}
	return true
}

// ramble answers what is no answer.
func ramble(w http.ResponseWriter, f Fault) {
	const sorry = "<html>Hệ thống đang bận, vui lòng thử lại sau</html>"
	times := 1
	if f == Huge {
		times = 4 << 10
	}
	for range times {
		if _, err := w.Write([]byte(sorry)); err != nil {
			return // the caller has had enough
		}
	}
}
