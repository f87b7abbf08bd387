package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// trail is what went over the line to the fake Zalo, so that the cause of a copy can be told: what was sent and what was looked up,
// when by a clock that never steps, and which process served then. The zero value with inner and now set is ready.
type trail struct {
	inner http.Handler
	now   func() time.Time
	mu    sync.Mutex
	calls map[string][]call // by person
	lives []life
}

// call is one call of the program about a person.
type call struct {
	what         string
	began, ended time.Time
	wall         time.Time // of the machine when it began, without the monotonic reading
	process      int
	answer       string // of a look-up
}

// heard keeps what is answered.
type heard struct {
	http.ResponseWriter
	body strings.Builder
}

// Write passes on what is answered.
func (h *heard) Write(b []byte) (int, error) {
	h.body.Write(b)
	return h.ResponseWriter.Write(b)
}

// life is one process, from its start to when it was killed.
type life struct{ began, ended time.Time }

// ServeHTTP passes a call on and notes it.
func (r *trail) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	c := call{what: q.Method + " " + q.URL.Path, began: r.now(), wall: time.Now().Round(0), process: r.lived()}
	person := ""
	switch q.URL.Path {
	case zalo.EndpointConversation:
		person, c.what = userOf(q.URL.Query().Get("data")), "look-up"
		told := &heard{ResponseWriter: w}
		w = told
	case zalo.EndpointConsult:
		body, _ := io.ReadAll(q.Body)
		q.Body = io.NopCloser(strings.NewReader(string(body)))
		person, c.what = recipientOf(body), "send"
	}
	defer func() {
		c.ended = r.now()
		if h, ok := w.(*heard); ok {
			c.answer = h.body.String()
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.calls == nil {
			r.calls = map[string][]call{}
		}
		r.calls[person] = append(r.calls[person], c)
	}()
	r.inner.ServeHTTP(w, q)
}

func userOf(data string) string {
	var q struct {
		UserID string `json:"user_id"`
	}
	_ = json.Unmarshal([]byte(data), &q) // the fake refuses what cannot be read
	return q.UserID
}

func recipientOf(body []byte) string {
	var m struct {
		Recipient struct {
			UserID string `json:"user_id"`
		} `json:"recipient"`
	}
	_ = json.Unmarshal(body, &m)
	return m.Recipient.UserID
}

// born notes that a process begins.
func (r *trail) born() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lives = append(r.lives, life{began: r.now()})
}

// died notes that it has ended.
func (r *trail) died() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lives[len(r.lives)-1].ended = r.now()
}

// lived is the number of the process that serves, or served last; 1 for the first.
func (r *trail) lived() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.lives)
}

// explain prints everything that is known of a person to whom something came twice.
func (r *trail) explain(t *testing.T, p *part, got []fake.Sent, hooks []time.Time) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	from := r.lives[0].began
	at := func(t time.Time) string {
		if t.IsZero() {
			return "never"
		}
		return fmt.Sprintf("%.4f", t.Sub(from).Seconds())
	}
	var b strings.Builder
	for i, h := range hooks {
		fmt.Fprintf(&b, "wrote    %s %q\n", at(h), p.says[i])
	}
	for _, m := range got {
		fmt.Fprintf(&b, "arrived  %s %s %.40q\n", at(m.At), m.MessageID, m.Text)
	}
	for _, c := range r.calls[p.id] {
		fmt.Fprintf(&b, "%-8s %s to %s, process %d, wall clock %+.4f\n", c.what, at(c.began), at(c.ended), c.process, c.wall.Sub(from.Round(0)).Seconds())
		if c.answer != "" {
			fmt.Fprintf(&b, "         %s\n", c.answer)
		}
	}
	for i, l := range r.lives {
		fmt.Fprintf(&b, "process  %d from %s to %s\n", i+1, at(l.began), at(l.ended))
	}
	t.Logf("person %s:\n%s", p.id, b.String())
}
