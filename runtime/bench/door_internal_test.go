package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hoithoai/runtime/zalo"
)

// Every request of a round is signed as Zalo signs, is about its person's next words, and has an id of its own.
func TestHooks(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	c := w.newCrowd(3)
	ids := map[string]bool{}
	for i, raw := range w.hooks(c, 2*3) {
		req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(req.Body)
		if err != nil || req.Method != http.MethodPost || req.URL.Path != webhook {
			t.Fatalf("%s %s, %v", req.Method, req.URL, err)
		}
		in, err := zalo.Decode(body)
		if err != nil || in.Office != w.of.ID || in.Person != c.people[i%3].id {
			t.Fatalf("%+v, %v", in, err)
		}
		if v := (zalo.Verifier{AppID: appID, Secrets: []string{secret}}).Verify(body, req.Header, in); !v.OK || v.Why != "" {
			t.Errorf("request %d is not signed: %+v", i, v)
		}
		ev, ok := in.Event(time.Now().UnixMilli())
		if !ok || ev.Text != talk[i/3] || ids[ev.ID] {
			t.Errorf("request %d is the event %+v", i, ev)
		}
		ids[ev.ID] = true
	}
}

// A round of webhooks goes through the door to the end: each is answered, stepped and sent.
func TestDoorRound(t *testing.T) {
	t.Parallel()
	bothWorlds(t, func(t *testing.T, w *world) {
		w.cfg.Connections, w.cfg.Round = 2, 50*time.Millisecond
		before := w.store.tally()
		rate, err := w.doorRound(t.Context(), w.newCrowd(4), 400)
		if err != nil || rate.Events != 20 || rate.P50 <= 0 || rate.Max < rate.P99 {
			t.Fatalf("%+v, %v", rate, err)
		}
		if got := w.store.tally().minus(before); got.accepted != 20 || !got.idle() || got.finished < 20 {
			t.Errorf("20 webhooks lead to %+v", got)
		}
		if rate, err := w.doorRound(t.Context(), w.newCrowd(1), 0); err != nil || rate.Events != 1 {
			t.Errorf("a rate of nothing: %+v, %v; want one webhook", rate, err)
		}
	})
}

// stub is a server that reads requests and answers each as told, until the test ends.
func stub(t *testing.T, answer func(n int) string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serveStub(c, answer)
		}
	}()
	return l.Addr().String()
}

func serveStub(c net.Conn, answer func(n int) string) {
	defer c.Close()
	in := bufio.NewReader(c)
	for n := 0; ; n++ {
		if _, err := http.ReadRequest(in); err != nil {
			return
		}
		text := answer(n)
		if text == "" {
			return
		}
		if _, err := io.WriteString(c, text); err != nil {
			return
		}
	}
}

const (
	answered200 = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
	answered503 = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
	someRequest = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
)

// What keeps a webhook from its 200 spoils the round.
func TestSendFails(t *testing.T) {
	t.Parallel()
	requests := [][]byte{[]byte(someRequest), []byte(someRequest)}
	for name, answer := range map[string]string{"503": answered503, "no answer": "", "no HTTP": "hello\r\n\r\n"} {
		addr := stub(t, func(n int) string {
			if n == 0 {
				return answered200
			}
			return answer
		})
		w := &world{cfg: Config{Now: time.Now, Connections: 1}, addr: addr}
		if _, err := w.send(t.Context(), requests, 0); err == nil {
			t.Errorf("%s passes for an answer", name)
		}
	}
	w := &world{cfg: Config{Now: time.Now, Connections: 1}, addr: stub(t, func(int) string { return answered200 })}
	if took, err := w.send(t.Context(), requests, 0); err != nil || len(took) != 2 {
		t.Errorf("two answers of 200: %v, %v", took, err)
	}
}

func TestSendToNobody(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	w := &world{cfg: Config{Now: time.Now, Connections: 2}, addr: addr}
	if _, err := w.send(t.Context(), [][]byte{[]byte(someRequest)}, 0); err == nil || !strings.Contains(err.Error(), "connect to the door") {
		t.Errorf("where nobody listens: %v", err)
	}
}

// The time that a request waits for a connection counts: by a clock that goes on with each answer, the third of three that were
// due at once took as long as all three.
func TestWaitingCounts(t *testing.T) {
	t.Parallel()
	var asked, now atomic.Int64
	all := make(chan struct{}) // closed when all requests were given out: pace asks for the time once, and twice for each
	addr := stub(t, func(int) string {
		<-all
		now.Add(int64(time.Second))
		return answered200
	})
	w := &world{cfg: Config{Connections: 1, Now: func() time.Time {
		if asked.Add(1) == 1+2*3 {
			defer close(all)
		}
		return time.Unix(0, now.Load())
	}}, addr: addr}
	took, err := w.send(t.Context(), [][]byte{[]byte(someRequest), []byte(someRequest), []byte(someRequest)}, 0)
	if want := []time.Duration{time.Second, 2 * time.Second, 3 * time.Second}; err != nil || !slices.Equal(took, want) {
		t.Errorf("three requests at once over one connection took %v, %v, want %v", took, err, want)
	}
}

// Whoever waits for the next request to be due goes when the context ends.
func TestPaceEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &world{cfg: Config{Now: time.Now}}
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		queue := make(chan due, 10)
		w.pace(ctx, make([][]byte, 10), time.Second, queue)
		if len(queue) != 3 {
			t.Errorf("%d requests were given out within 2.5 s at one a second, want 3", len(queue))
		}
	})
}

// What is never done is not waited for for ever, and is a loss.
func TestDrainGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &world{store: &counted{}}
		w.store.accepted.Add(2)
		w.store.committed.Add(1)
		start := time.Now()
		if err := w.drain(t.Context(), tally{}, 2); !errors.Is(err, errLoss) || time.Since(start) != drainWait {
			t.Errorf("an event that is never committed: %v after %s", err, time.Since(start))
		}
		w.store.committed.Add(1)
		if err := w.drain(t.Context(), tally{}, 2); err != nil {
			t.Errorf("all is done: %v", err)
		}
		if err := w.drain(t.Context(), tally{}, 3); !errors.Is(err, errLoss) {
			t.Errorf("an event that was never accepted: %v", err)
		}
	})
}

// One connection serves one request after the other.
func TestWire(t *testing.T) {
	t.Parallel()
	addr := stub(t, func(n int) string { return []string{answered200, answered503, answered200, ""}[n] })
	c, err := dial(t.Context(), addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	for i, want := range []int{200, 503, 200} {
		if status, err := c.post([]byte(someRequest)); err != nil || status != want {
			t.Errorf("answer %d is %d, %v, want %d", i, status, err, want)
		}
	}
	if _, err := c.post([]byte(someRequest)); err == nil {
		t.Error("a connection that was cut answers")
	}
	c.close()
	if _, err := c.post([]byte(someRequest)); err == nil || !strings.Contains(err.Error(), "send a webhook") {
		t.Errorf("over a closed connection: %v", err)
	}
}
