package fake

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// pageQuery is the JSON in the parameter data of v2's GET calls.
type pageQuery struct {
	UserID string `json:"user_id"`
	Offset int    `json:"offset"`
	Count  int    `json:"count"`
}

// page reads the parameter data; it answers the refusal itself.
func (s *Server) page(w http.ResponseWriter, r *http.Request) (q pageQuery, ok bool) {
	if err := strict([]byte(r.URL.Query().Get("data")), &q); err != nil {
		s.refuse(w, r, -201, "parameter data: "+err.Error())
		return q, false
	}
	if q.Count > 10 || q.Count < 0 || q.Offset < 0 {
		s.refuse(w, r, -210, "count is at most 10")
		return q, false
	}
	return q, true
}

// item is a message in v2.0/oa/conversation and listrecentchat (facts §6 [OFF D]).
type item struct {
	Source    int    `json:"src"`
	Time      int64  `json:"time"`
	Type      string `json:"type"`
	Message   string `json:"message"`
	MessageID string `json:"message_id"`
	From      string `json:"from_id"`
	To        string `json:"to_id"`
	URL       string `json:"url,omitempty"`
	Location  string `json:"location,omitempty"` // JSON within a text: no page we hold shows its shape
}

func (e entry) item(a address) item {
	it := item{Source: 1, Time: e.at.UnixMilli(), Type: e.kind, Message: e.text, MessageID: e.id, From: a.person, To: a.office, URL: e.url, Location: e.place}
	if e.fromOffice {
		it.Source, it.From, it.To = 0, a.office, a.person
	}
	return it
}

// conversation is GET v2.0/oa/conversation: newest first.
func (s *Server) conversation(w http.ResponseWriter, r *http.Request, office string) {
	q, ok := s.page(w, r)
	if !ok {
		return
	}
	if q.UserID == "" {
		s.refuse(w, r, -201, "user_id is missing")
		return
	}
	succeed(w, s.talk(address{office, q.UserID}, q.Offset, q.Count))
}

func (s *Server) talk(a address, offset, count int) []item {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []item{}
	p := s.people[a]
	if p == nil {
		return out
	}
	shown := s.listed(p.talk)
	for i := len(shown) - 1 - offset; i >= 0 && len(out) < count; i-- {
		out = append(out, shown[i].item(a))
	}
	return out
}

// recent is GET v2.0/oa/listrecentchat: the newest message of every conversation, newest first.
func (s *Server) recent(w http.ResponseWriter, r *http.Request, office string) {
	q, ok := s.page(w, r)
	if !ok {
		return
	}
	all := s.newest(office)
	from := min(q.Offset, len(all))
	succeed(w, all[from:min(from+q.Count, len(all))])
}

// user is GET v3.0/oa/user/detail; people it does not know give -213 (facts §5).
func (s *Server) user(w http.ResponseWriter, r *http.Request, office string) {
	var q struct {
		UserID string `json:"user_id"`
	}
	if err := strict([]byte(r.URL.Query().Get("data")), &q); err != nil || q.UserID == "" {
		s.refuse(w, r, -201, "parameter data names no user_id")
		return
	}
	s.mu.Lock()
	p := s.people[address{office, q.UserID}]
	var name string
	follows := false
	if p != nil {
		name, follows = p.name, p.follows
	}
	s.mu.Unlock()
	if p == nil {
		fail(w, -213, "user is unknown")
		return
	}
	succeed(w, map[string]any{
		"user_id": q.UserID, "display_name": name, "user_alias": name, "is_sensitive": false, "user_is_follower": follows,
	})
}

// quota is POST v3.0/oa/quota/message.
func (s *Server) quota(w http.ResponseWriter, r *http.Request, office string) {
	var q struct {
		UserID string `json:"user_id"`
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4<<10))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil || q.UserID == "" {
		s.refuse(w, r, -201, "user_id is missing")
		return
	}
	s.mu.Lock()
	last := ""
	if p := s.people[address{office, q.UserID}]; p != nil && !p.lastSeen.IsZero() {
		last = strconv.FormatInt(p.lastSeen.UnixMilli(), 10)
	}
	s.mu.Unlock()
	succeed(w, map[string]any{"last_interaction": last, "cs_reply": map[string]int{"remain": 8, "total": 8}})
}
