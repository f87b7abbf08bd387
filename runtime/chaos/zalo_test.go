package chaos

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// unkind are the shares, in whole hundredths, of sends that Zalo treats badly.
type unkind struct {
	down    float64 // 503, not processed
	busy    float64 // 429, not processed
	limited float64 // -32, not processed
	token   float64 // -216, not processed
	failed  float64 // -200, status 200, not processed
	lost    float64 // processed, the connection is cut before the answer
	garbage float64 // processed, an answer that is no JSON
	hang    float64 // nothing happens until the caller gives up
}

// arrival is one message that reached a person, with what its sender learnt of it.
type arrival struct {
	person  string
	text    string
	at      time.Time
	replica int
	answer  string // "" answered; else why the sender may not know that it arrived
}

// reply is what became of one arrival's answer.
const (
	pending = "not answered yet"
	gone    = "the sender was gone before the answer"
)

// front stands before the fake Zalo: it knows which replica calls, keeps the ledger of arrivals, and is unkind by chance. It
// is safe for concurrent use.
type front struct {
	inner   *fake.Server
	latency time.Duration // of one send, at most
	arrived func(a arrival)

	mu       sync.Mutex
	rng      *rand.Rand
	unkind   unkind
	ledger   []arrival
	requests int            // sends, refused ones too
	lookups  int            // questions after what arrived
	faults   map[string]int // by kind
	deck     []string       // what happens to the next sends
	calls    []call         // every send, refused or not
	limit    time.Duration  // the next send is refused with -32 and this time; 0: it is not
	limited  chan time.Time // told when that was answered
}

// setUnkind changes how Zalo behaves from now on.
func (f *front) setUnkind(u unkind) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unkind, f.deck = u, nil
}

// ServeHTTP answers a call of replica n, whose base address ends in /rn.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	prefix, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	n, err := strconv.Atoi(strings.TrimPrefix(prefix, "r"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	r.URL.Path = "/" + path
	if r.URL.Path != zalo.EndpointConsult {
		f.mu.Lock()
		f.lookups++
		f.mu.Unlock()
		f.inner.ServeHTTP(w, r)
		return
	}
	f.send(w, r, n)
}

// send takes one message.
func (f *front) send(w http.ResponseWriter, r *http.Request, replica int) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the replica was killed in the middle of its call
	}
	if f.limits(w, replica) {
		return
	}
	kind, wait := f.draw()
	pause(r, wait)
	if kind != "" && kind != "lost" && kind != "garbage" {
		f.refuse(w, r, kind)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	rec := httptest.NewRecorder()
	f.inner.ServeHTTP(rec, r)
	note := f.record(body, rec, replica)
	pause(r, wait)
	switch {
	case kind == "lost":
		note("the answer was lost")
		panic(http.ErrAbortHandler)
	case kind == "garbage":
		note("the answer was no JSON")
		_, _ = io.WriteString(w, "<html>Hệ thống đang bận</html>")
	case r.Context().Err() != nil:
		note(gone)
	default:
		_, err := w.Write(rec.Body.Bytes())
		if err == nil {
			err = http.NewResponseController(w).Flush()
		}
		if note(""); err != nil || r.Context().Err() != nil {
			note(gone)
		}
	}
}

// limits notes a send, and refuses it where that was asked for.
func (f *front) limits(w http.ResponseWriter, replica int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call{time.Now(), replica})
	if f.limit == 0 {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Retry-After", strconv.Itoa(int(f.limit.Seconds())))
	_, _ = io.WriteString(w, `{"error":-32,"message":"rate limit"}`)
	f.requests++
	f.faults["limited"]++
	f.limit = 0
	f.limited <- time.Now()
	return true
}

// pause is how long a call is on its way.
func pause(r *http.Request, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

// draw says what happens to a send, and how long each way takes.
func (f *front) draw() (kind string, wait time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests++
	if len(f.deck) == 0 {
		f.deck = f.unkind.deck()
		f.rng.Shuffle(len(f.deck), func(i, j int) { f.deck[i], f.deck[j] = f.deck[j], f.deck[i] })
	}
	kind, f.deck = f.deck[0], f.deck[1:]
	if kind != "" {
		f.faults[kind]++
	}
	if f.latency > 0 {
		wait = time.Duration(f.rng.Int64N(int64(f.latency) / 2))
	}
	return kind, wait
}

// deck is what happens to a hundred sends: so every kind happens in a short run too.
func (u unkind) deck() []string {
	cards := make([]string, 0, 100)
	for _, c := range []struct {
		kind string
		rate float64
	}{
		{"down", u.down}, {"busy", u.busy}, {"limited", u.limited}, {"token", u.token}, {"failed", u.failed}, {"lost", u.lost},
		{"garbage", u.garbage}, {"hang", u.hang},
	} {
		for range int(100*c.rate + 0.5) {
			cards = append(cards, c.kind)
		}
	}
	return append(cards, make([]string, 100-len(cards))...)
}

// refuse answers a send that did not happen.
func (f *front) refuse(w http.ResponseWriter, r *http.Request, kind string) {
	refusal := map[string]string{
		"limited": `{"error":-32,"message":"rate limit"}`, "token": `{"error":-216,"message":"access token is invalid"}`,
		"failed": `{"error":-200,"message":"send message failed"}`,
	}
	switch kind {
	case "down":
		http.Error(w, "<html>bad gateway</html>", http.StatusServiceUnavailable)
	case "busy":
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	case "hang":
		<-r.Context().Done()
	default:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, refusal[kind])
	}
}

// record notes what arrived; the returned function tells what became of the answer.
func (f *front) record(body []byte, rec *httptest.ResponseRecorder, replica int) (note func(string)) {
	var sent struct {
		Recipient struct {
			ID string `json:"user_id"`
		} `json:"recipient"`
		Message struct{ Text string } `json:"message"`
	}
	var answer struct{ Error int }
	if json.Unmarshal(body, &sent) != nil || json.Unmarshal(rec.Body.Bytes(), &answer) != nil || answer.Error != 0 {
		return func(string) {} // refused by the fake: its list of refusals says why
	}
	a := arrival{person: sent.Recipient.ID, text: sent.Message.Text, at: time.Now(), replica: replica, answer: pending}
	f.mu.Lock()
	n := len(f.ledger)
	f.ledger = append(f.ledger, a)
	f.mu.Unlock()
	f.arrived(a)
	return func(answer string) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.ledger[n].answer = answer
	}
}

// book returns what reached each person, in order.
func (f *front) book() map[string][]arrival {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[string][]arrival{}
	for _, a := range f.ledger {
		out[a.person] = append(out[a.person], a)
	}
	return out
}
