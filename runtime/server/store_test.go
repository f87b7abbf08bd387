package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// An unknown event older than those that fell out of memory may be a copy from long ago, unless Zalo may still be repeating it.
func TestOldEvents(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		age   time.Duration
		retry bool
		want  string
	}{
		{"three hours old", 3 * time.Hour, false, "event_stale"},
		{"three hours old, and a repeat", 3 * time.Hour, true, "event_accepted"},
		{"an hour old: its first delivery may have been late", time.Hour, false, "event_accepted"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPorch(t, func(p *porch, cfg *server.Config) { p.store = model.New(store.Config{Ring: 1}, p.clock.Now) })
			old := p.person().Text("cũ")
			p.clock.Advance(tc.age)
			for range 3 {
				p.clock.Advance(time.Second)
				p.hook(p.person().Text("mới"))
			}
			before := p.counters.Count(t, tc.want)
			header := old.Header.Clone()
			if tc.retry {
				header[zalo.HeaderRetry] = []string{"3"}
			}
			if status := p.post(old.Body, header); status != http.StatusOK || p.counters.Count(t, tc.want) != before+1 {
				t.Errorf("status %d, counted %v", status, p.counters.All(t))
			}
		})
	}
}

func TestEventFromTheFuture(t *testing.T) {
	t.Parallel()
	p := newPorch(t, nil)
	p.clock.Advance(time.Hour)
	w := p.person().Text("từ ngày mai")
	p.clock.Advance(-time.Hour)
	p.hook(w)
	p.counted(map[string]int{"webhook_from_future": 1, "event_accepted": 1})
	if mail := p.mail(); len(mail) != 1 || mail[0].Sent != 0 {
		t.Errorf("the mailbox holds %+v", mail)
	}
}

func TestFlood(t *testing.T) {
	t.Parallel()
	p := newPorch(t, func(p *porch, cfg *server.Config) { p.store = model.New(store.Config{MaxMail: 2}, p.clock.Now) })
	for range 3 {
		if status := p.hook(p.person().Text("x")); status != http.StatusOK {
			t.Errorf("status %d: anything but 200 makes Zalo send more", status)
		}
	}
	p.counted(map[string]int{"event_accepted": 2, "event_flooded": 1})
	if want := []envelope.Address{{Office: testbed.OfficeID, Person: testbed.Person}}; !slices.Equal(p.flooded, want) {
		t.Errorf("told %v", p.flooded)
	}
}

// The words that a không giữ flow recognises are taken out before anything is written anywhere.
func TestWithheld(t *testing.T) {
	t.Parallel()
	const canary = "CANARY công an phường nhận hối lộ"
	clock := storetest.NewClock()
	disk, path := testbed.Embedded(t, store.Config{}, clock.Now)
	p := newPorch(t, func(p *porch, cfg *server.Config) { p.store, p.clock, cfg.Now = disk, clock, clock.Now })
	p.hook(p.person().Text(canary))
	p.hook(p.person().Image(canary, "https://example.invalid/a.jpg"))
	p.hook(p.person().Link("https://example.invalid/", "x"))
	p.counted(map[string]int{"event_accepted": 3, "webhook_withheld": 2})
	mail := p.mail()
	for _, e := range mail[:2] {
		want := event.Event{Kind: event.Withheld, ID: e.ID, At: e.At, Sent: e.Sent, Name: "khong_giu"}
		if diff := cmp.Diff(want, e); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if mail[2].Kind != event.Text {
		t.Errorf("a link without such words is %v", mail[2].Kind)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{"store": string(file), "log": p.log.String(), "mailbox": fmt.Sprintf("%+v", mail)} {
		if strings.Contains(text, "CANARY") {
			t.Errorf("the words are in the %s", what)
		}
	}
}

// stuck is a store that answers when it is told to.
type stuck struct {
	testbed.Whole
	release chan struct{}
	asked   chan struct{}
}

func newStuck(t *testing.T, s testbed.Whole) *stuck {
	k := &stuck{Whole: s, release: make(chan struct{}), asked: make(chan struct{}, 100)}
	t.Cleanup(k.open)
	return k
}

func (s *stuck) open() {
	select {
	case <-s.release:
	default:
		close(s.release)
	}
}

func (s *stuck) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	s.asked <- struct{}{}
	<-s.release // it does not even heed ctx
	return s.Whole.Accept(context.WithoutCancel(ctx), in)
}

// TestStoreThatHangs runs on a clock of its own: the door's patience ends when everybody waits, however slow the machine is.
func TestStoreThatHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, storeThatHangs)
}

func storeThatHangs(t *testing.T) {
	var s *stuck
	p := newDoor(t, func(p *porch, cfg *server.Config) {
		s = newStuck(t, p.store)
		cfg.Store, cfg.InFlight = s, 3
	})
	w := p.person().Text("x")
	for range 3 {
		if status := p.knock(w); status != http.StatusServiceUnavailable {
			t.Errorf("status %d", status)
		}
	}
	if status := p.knock(w); status != http.StatusServiceUnavailable || len(s.asked) != 3 {
		t.Errorf("status %d; %d events wait in a store that does not answer, 3 are allowed", status, len(s.asked))
	}
	p.counted(map[string]int{"webhook_unavailable": 4})
	if strings.Count(p.log.String(), `"kind":"store_unavailable"`) != 1 {
		t.Errorf("the log says %s", p.log)
	}
	s.open()
	synctest.Wait()
	if started := p.starts(); len(started) != 1 {
		t.Errorf("what became durable late is worked on %d times", len(started))
	}
	if status := p.knock(w); status != http.StatusOK || p.counters.Count(t, "event_duplicate") != 1 {
		t.Errorf("Zalo comes again: status %d, counted %v", status, p.counters.All(t))
	}
}

// A connection on which the door gave up reading is not offered for the next webhook, which would find it cut.
func TestAfterAHangTheNextWebhookGetsThrough(t *testing.T) {
	t.Parallel()
	var s *stuck
	p := newPorch(t, func(p *porch, cfg *server.Config) {
		s = newStuck(t, p.store)
		cfg.Store, cfg.Patience = s, 50*time.Millisecond
	})
	for range 20 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url, io.NopCloser(strings.NewReader("{}")))
		if err != nil {
			t.Fatal(err)
		}
		w := p.person().Text("x")
		req.Body, req.Header = io.NopCloser(bytes.NewReader(w.Body)), w.Header // a body that cannot be sent a second time by itself
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatalf("a webhook finds the connection cut: %v", err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusServiceUnavailable || !res.Close {
			t.Errorf("status %d, the connection is closed: %v", res.StatusCode, res.Close)
		}
	}
}

// refusing is a store that has an error for everything.
type refusing struct{ err error }

func (r refusing) Accept(context.Context, store.Accept) (store.AcceptResult, error) {
	return store.AcceptResult{}, r.err
}

func TestStoreThatFails(t *testing.T) {
	t.Parallel()
	for err, kind := range map[error]string{store.ErrUnavailable: "store_unavailable", store.ErrFull: "store_full"} {
		p := newPorch(t, func(_ *porch, cfg *server.Config) { cfg.Store = refusing{fmt.Errorf("accept: %w", err)} })
		if status := p.hook(p.person().Text("x")); status != http.StatusServiceUnavailable {
			t.Errorf("%v: status %d", err, status)
		}
		if !strings.Contains(p.log.String(), kind) {
			t.Errorf("%v: the log says %s", err, p.log)
		}
	}
}

// A body that does not come must not hold the door: Zalo gives up after two seconds anyway, and comes again.
func TestSlowBody(t *testing.T) {
	t.Parallel()
	p := newPorch(t, func(_ *porch, cfg *server.Config) { cfg.Patience = 30 * time.Millisecond })
	address := strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), webhook)
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"a\":", webhook)
	if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 503 ") {
		t.Errorf("the answer is %q, %v", answer, err)
	}
	p.counted(map[string]int{"webhook_unreadable": 1})
}

// FuzzDoor: whatever comes, the answer is 200 or, from a store in order, nothing else.
func FuzzDoor(f *testing.F) {
	files, err := filepath.Glob("../../testdata/zalo/webhook/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, "mac=00", true)
		f.Add(bytes.TrimSpace(body), "", false)
	}
	clock := storetest.NewClock()
	counters := testbed.NewCounters()
	f.Fuzz(func(t *testing.T, body []byte, mac string, lenient bool) {
		verifier := zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}
		if lenient {
			verifier.Mode = zalo.Log
		}
		started := 0
		door := server.NewDoor(server.Config{
			Verifier: verifier, Known: func(string) bool { return true }, Unkept: func(string) string { return "" },
			Seal: testbed.Sealer(t, 1), Store: model.New(store.Config{}, clock.Now), Now: clock.Now, Log: (&testbed.Log{}).Logger(),
			Metrics: counters.Set, Start: func(store.Work, time.Time) { started++ },
		})
		r := httptest.NewRequest(http.MethodPost, webhook, bytes.NewReader(body))
		r.Header.Set(zalo.HeaderSignature, mac)
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("status %d", w.Code)
		}
		if started > 0 && !lenient {
			t.Error("an unsigned event was taken")
		}
	})
}

// BenchmarkDoor is one signed webhook up to the store.
func BenchmarkDoor(b *testing.B) {
	z := fake.New(fake.Config{AppID: testbed.App, Secret: testbed.Secret, Now: time.Now})
	door := server.NewDoor(server.Config{
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}, Known: func(string) bool { return true },
		Unkept: func(string) string { return "" }, Seal: testbed.Sealer(b, 1), Store: refusing{}, Now: time.Now,
		Log: (&testbed.Log{}).Logger(), Start: func(store.Work, time.Time) {},
	})
	hook := z.Person(testbed.OfficeID, testbed.Person).Text("đăng ký tạm trú")
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, webhook, bytes.NewReader(hook.Body))
		r.Header = hook.Header
		door.ServeHTTP(httptest.NewRecorder(), r)
	}
}
