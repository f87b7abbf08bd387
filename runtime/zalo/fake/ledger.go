package fake

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"hoithoai/runtime/zalo"
)

// Sent is one message that reached a person. Seq counts from 1 over the whole server.
type Sent struct {
	Seq       int
	At        time.Time
	Office    string
	To        string
	MessageID string
	Kind      string // text, image, gif, sticker, file, request_user_info, list
	Text      string
	Buttons   []Button
	Picture   zalo.Picture // image, gif, sticker
	File      string       // token
	Title     string       // request_user_info
	Subtitle  string       // request_user_info
	Raw       json.RawMessage
}

// Button is a button as it arrived; which of the last four fields is set depends on Type.
type Button struct {
	Title   string
	Type    string
	Payload string
	URL     string
	Phone   string
	Words   string // of oa.open.sms
}

// Button returns the button with a title.
func (m Sent) Button(title string) (Button, bool) {
	i := slices.IndexFunc(m.Buttons, func(b Button) bool { return b.Title == title })
	if i < 0 {
		return Button{}, false
	}
	return m.Buttons[i], true
}

// Refusal is a call the fake did not take because it broke a rule: never by a fault that was asked for.
type Refusal struct {
	Endpoint string
	Code     int
	Reason   string
}

// Ledger returns what reached one person of one office, in order.
func (s *Server) Ledger(office, person string) []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Sent
	for _, m := range s.ledger {
		if m.Office == office && m.To == person {
			out = append(out, m)
		}
	}
	return out
}

// Since returns every message with a Seq above seq, in order.
func (s *Server) Since(seq int) []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ledger[min(max(seq, 0), len(s.ledger)):])
}

// Last returns the newest message of a person.
func (s *Server) Last(office, person string) (Sent, bool) {
	all := s.Ledger(office, person)
	if len(all) == 0 {
		return Sent{}, false
	}
	return all[len(all)-1], true
}

// Refusals returns every broken rule, in order: a test that wants none looks here.
func (s *Server) Refusals() []Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refused)
}

// Subscribe returns a channel of the messages to come, and the end of the subscription, which closes it. A watcher whose buffer
// is full misses messages: it can catch up with Since.
func (s *Server) Subscribe(buffer int) (<-chan Sent, func()) {
	ch := make(chan Sent, max(buffer, 1))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers[ch] = true
	return ch, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.watchers[ch] {
			delete(s.watchers, ch)
			close(ch)
		}
	}
}

// record puts a message into the ledger and the conversation, and tells the watchers.
func (s *Server) record(m Sent) Sent {
	m.MessageID = s.id()
	s.mu.Lock()
	defer s.mu.Unlock()
	m.Seq, m.At = len(s.ledger)+1, s.cfg.Now()
	s.ledger = append(s.ledger, m)
	p := s.person(address{m.Office, m.To})
	p.talk = append(p.talk, entry{fromOffice: true, at: m.At, kind: conversationType(m.Kind), text: m.Text, id: m.MessageID})
	for ch := range s.watchers {
		select {
		case ch <- m:
		default:
		}
	}
	return m
}

// conversationType maps kinds to the types of v2.0/oa/conversation (facts §6 [OFF D]: text, voice, photo, GIF, link, links,
// sticker, location); what templates look like there is not known, so they are text.
func conversationType(kind string) string {
	switch kind {
	case "image":
		return "photo"
	case "gif":
		return "GIF"
	case "sticker":
		return "sticker"
	case "list":
		return "links"
	}
	return "text"
}

// refuse answers an error of the API and remembers it as a broken rule.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, code int, reason string) {
	s.mu.Lock()
	s.refused = append(s.refused, Refusal{r.URL.Path, code, reason})
	s.mu.Unlock()
	fail(w, code, reason)
}

// fail answers an error as the API does: with status 200 (facts §2 [OFF D,E]).
func fail(w http.ResponseWriter, code int, reason string) {
	reply(w, map[string]any{"error": code, "message": reason})
}

// succeed answers data as the API does.
func succeed(w http.ResponseWriter, data any) {
	reply(w, map[string]any{"data": data, "error": 0, "message": "Success"})
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		return // the caller is gone
	}
}
