package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/golden"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/understand"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

func TestMain(m *testing.M) { testbed.Main(m) }

const webhook = "/zalo/webhook"

// porch is a door behind a real HTTP server, with everything it touches.
type porch struct {
	t        *testing.T
	clock    *storetest.Clock
	store    testbed.Whole
	seal     *seal.Sealer
	log      *testbed.Log
	counters testbed.Counters
	zalo     *fake.Server
	handler  http.Handler
	url      string

	mu      sync.Mutex
	started []store.Work
	flooded []envelope.Address
}

// newPorch opens a door behind a real server; change may alter its configuration.
func newPorch(t *testing.T, change func(*porch, *server.Config)) *porch {
	t.Helper()
	p := newDoor(t, change)
	s := httptest.NewServer(p.handler)
	t.Cleanup(s.Close)
	p.url = s.URL + webhook
	return p
}

// newDoor opens a door without a network before it.
func newDoor(t *testing.T, change func(*porch, *server.Config)) *porch {
	t.Helper()
	clock := storetest.NewClock()
	p := &porch{
		t: t, clock: clock, store: model.New(store.Config{}, clock.Now), seal: testbed.Sealer(t, 1), log: &testbed.Log{},
		counters: testbed.NewCounters(),
	}
	u := understand.New(testbed.Small(t).Program)
	flows := testbed.Small(t).Program.Flows
	cfg := server.Config{
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}},
		Known:    func(id string) bool { return id == testbed.OfficeID },
		Unkept: func(text string) string {
			if i := u.Unkept(text); i >= 0 {
				return flows[i].Name
			}
			return ""
		},
		Seal: p.seal, Now: clock.Now, Log: p.log.Logger(), Metrics: p.counters.Set, Alarms: alarm.New(p.log.Logger(), clock.Now),
		Start: p.start, Flooded: p.flood, Patience: time.Minute, // a busy machine is not what these tests are about
	}
	if change != nil {
		change(p, &cfg)
	}
	if cfg.Store == nil {
		cfg.Store = p.store
	}
	p.handler = server.Handler(server.Routes{
		Webhook: webhook, Door: server.NewDoor(cfg), Ready: func(context.Context) error { return nil },
	})
	p.zalo = fake.New(fake.Config{
		AppID: testbed.App, Secret: testbed.Secret, Offices: map[string]string{testbed.OfficeID: testbed.Token}, Now: clock.Now,
	})
	return p
}

func (p *porch) start(w store.Work, _ time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.started = append(p.started, w)
}

func (p *porch) flood(to envelope.Address) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.flooded = append(p.flooded, to)
}

func (p *porch) starts() []store.Work {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.started)
}

// post sends a body and returns the status.
func (p *porch) post(body []byte, header http.Header) int {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header = header
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	if b, err := io.ReadAll(res.Body); err != nil || len(b) > 0 {
		p.t.Errorf("the answer holds %q, %v", b, err)
	}
	return res.StatusCode
}

// knock gives the door what the fake Zalo made, without a network, and returns the status.
func (p *porch) knock(w fake.Webhook) int {
	r := httptest.NewRequest(http.MethodPost, webhook, bytes.NewReader(w.Body))
	r.Header = w.Header
	rec := httptest.NewRecorder()
	p.handler.ServeHTTP(rec, r)
	return rec.Code
}

// hook sends what the fake Zalo made.
func (p *porch) hook(w fake.Webhook) int { p.t.Helper(); return p.post(w.Body, w.Header) }

func (p *porch) person() *fake.Person { return p.zalo.Person(testbed.OfficeID, testbed.Person) }

// counted compares all counters.
func (p *porch) counted(want map[string]int) {
	p.t.Helper()
	if diff := cmp.Diff(want, p.counters.All(p.t)); diff != "" {
		p.t.Errorf("counters (-want +got):\n%s", diff)
	}
}

// mail returns the events in the person's mailbox: it takes them out.
func (p *porch) mail() []event.Event {
	p.t.Helper()
	key := p.seal.Person(testbed.OfficeID, testbed.Person)
	var out []event.Event
	for {
		w, err := p.store.Load(p.t.Context(), key)
		if err != nil {
			p.t.Fatal(err)
		}
		if w.Head == nil {
			return out
		}
		out = append(out, p.open(key, w.Head.Body).Event)
		c := store.Commit{Key: key, Event: w.Head.ID, Session: []byte("x")}
		if w.Session != nil {
			c.Rev = w.Session.Rev
		}
		if _, err := p.store.Commit(p.t.Context(), c); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *porch) open(key store.Key, body []byte) envelope.In {
	p.t.Helper()
	plain, err := p.seal.Open(nil, seal.Mailbox, key, body)
	if err != nil {
		p.t.Fatal(err)
	}
	in, err := envelope.DecodeIn(plain)
	if err != nil {
		p.t.Fatal(err)
	}
	return in
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	p := newPorch(t, nil)
	if status := p.hook(p.person().Text("xin chào")); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	p.hook(p.person().Text("hai"))
	p.counted(map[string]int{"event_accepted": 2})
	if started := p.starts(); len(started) != 1 || started[0].Head == nil {
		t.Errorf("started %+v", started)
	}
	mail := p.mail()
	if len(mail) != 2 || mail[0].Text != "xin chào" || mail[1].Text != "hai" || mail[0].At != p.clock.Now().UnixMilli() {
		t.Errorf("the mailbox holds %+v", mail)
	}
	if strings.Contains(p.log.String(), "chào") {
		t.Errorf("the log holds words: %s", p.log)
	}
}

// TestSamples sends every sample of a webhook, signed, at the time it was made; each is answered 200 and counted as what it is.
func TestSamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/zalo/webhook/*.json")
	if err != nil || len(files) < 35 {
		t.Fatal(len(files), err)
	}
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s: %s\n", filepath.Base(f), sampled(t, f))
	}
	golden.Assert(t, "testdata/samples.golden", []byte(b.String()))
}

func sampled(t *testing.T, file string) string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	body = bytes.TrimSuffix(body, []byte("\n"))
	in, err := zalo.Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	p := newPorch(t, func(p *porch, cfg *server.Config) {
		cfg.Verifier.AppID = in.AppID
		cfg.Known = func(string) bool { return true }
		if in.Timestamp > 0 {
			p.clock.Advance(time.UnixMilli(in.Timestamp).Sub(p.clock.Now()))
		}
	})
	status := p.post(body, zalo.Sign(in.AppID, testbed.Secret, in.TimestampText, body))
	if status != http.StatusOK {
		t.Errorf("%s: status %d", file, status)
	}
	out := strings.Join(slices.Sorted(maps.Keys(p.counters.All(t))), " ")
	for _, w := range p.starts() {
		in := p.open(w.Key, w.Head.Body)
		out += fmt.Sprintf(" → %s of %s", in.Event.Kind, in.Person)
	}
	return out
}

func TestDropped(t *testing.T) {
	t.Parallel()
	text := func(p *porch) fake.Webhook { return p.person().Text("xin chào") }
	for _, tc := range []struct {
		name string
		hook func(p *porch) (body []byte, header http.Header)
		want []string // counters
	}{
		{"a probe without a signature", func(*porch) ([]byte, http.Header) { return []byte(" {} "), nil }, []string{"webhook_probe"}},
		{"nothing", func(*porch) ([]byte, http.Header) { return nil, nil }, []string{"webhook_malformed"}},
		{"no JSON", func(*porch) ([]byte, http.Header) { return []byte("<xml/>"), nil }, []string{"webhook_malformed"}},
		{"an array", func(*porch) ([]byte, http.Header) { return []byte("[]"), nil }, []string{"webhook_malformed"}},
		{"too deep", func(*porch) ([]byte, http.Header) { return []byte(`{"a":` + strings.Repeat("[", 40)), nil }, []string{"webhook_malformed"}},
		{"too large", func(*porch) ([]byte, http.Header) {
			return []byte(`{"a":"` + strings.Repeat("x", zalo.MaxBody) + `"}`), nil
		}, []string{"webhook_too_large"}},
		{"no signature", func(p *porch) ([]byte, http.Header) { return text(p).Body, nil }, []string{"webhook_bad_signature", "webhook_forged"}},
		{"another secret", func(p *porch) ([]byte, http.Header) {
			w := text(p)
			in, _ := zalo.Decode(w.Body)
			return w.Body, zalo.Sign(testbed.App, "khác", in.TimestampText, w.Body)
		}, []string{"webhook_bad_signature", "webhook_forged"}},
		{"a changed body", func(p *porch) ([]byte, http.Header) {
			w := text(p)
			return bytes.Replace(w.Body, []byte("xin"), []byte("xem"), 1), w.Header
		}, []string{"webhook_bad_signature", "webhook_forged"}},
		{"another app", func(p *porch) ([]byte, http.Header) {
			w := fake.New(fake.Config{AppID: "999", Secret: testbed.Secret, Now: p.clock.Now}).Person(testbed.OfficeID, "7").Text("x")
			return w.Body, w.Header
		}, []string{"webhook_bad_signature", "webhook_forged"}},
		{"another office", func(p *porch) ([]byte, http.Header) {
			w := p.zalo.Person("111", testbed.Person).Text("x")
			return w.Body, w.Header
		}, []string{"webhook_unknown_office"}},
		{"older than a day", func(p *porch) ([]byte, http.Header) {
			w := text(p)
			p.clock.Advance(24*time.Hour + time.Second)
			return w.Body, w.Header
		}, []string{"webhook_too_old"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPorch(t, nil)
			if status := p.post(tc.hook(p)); status != http.StatusOK {
				t.Errorf("status %d", status)
			}
			want := map[string]int{}
			for _, k := range tc.want {
				want[k] = 1
			}
			p.counted(want)
			if mail := p.mail(); len(mail) > 0 || len(p.starts()) > 0 {
				t.Errorf("the store holds %+v", mail)
			}
		})
	}
}

func TestAlarmOnceAMinute(t *testing.T) {
	t.Parallel()
	p := newPorch(t, nil)
	for range 4 {
		p.post(p.person().Text("x").Body, nil)
	}
	p.hook(p.zalo.Person("111", "7").Text("x")) // another kind has its own minute
	if n := strings.Count(p.log.String(), `"kind":"webhook_bad_signature"`); n != 1 {
		t.Errorf("%d alarms within a minute", n)
	}
	if n := strings.Count(p.log.String(), `"kind":"webhook_unknown_office"`); n != 1 {
		t.Errorf("%d alarms of the other kind", n)
	}
	p.clock.Advance(alarm.Every)
	p.post(p.person().Text("x").Body, nil)
	if !strings.Contains(p.log.String(), `"kind":"webhook_bad_signature","count":4`) {
		t.Errorf("the second alarm does not say how often it happened since the first: %s", p.log)
	}
}

func TestLogMode(t *testing.T) {
	t.Parallel()
	p := newPorch(t, func(_ *porch, cfg *server.Config) { cfg.Verifier.Mode = zalo.Log })
	if status := p.post(p.person().Text("x").Body, nil); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	p.counted(map[string]int{"webhook_bad_signature": 1, "event_accepted": 1})
	if len(p.mail()) != 1 || !strings.Contains(p.log.String(), "alarm") {
		t.Errorf("the event was not taken, or nobody was told: %s", p.log)
	}
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	p := newPorch(t, nil)
	w := p.person().Text("một lần")
	p.hook(w)
	p.hook(w)
	again := w.Header.Clone()
	again[zalo.HeaderRetry] = []string{"1"}
	p.post(w.Body, again)
	p.counted(map[string]int{"event_accepted": 1, "event_duplicate": 2})
	if mail := p.mail(); len(mail) != 1 {
		t.Errorf("the mailbox holds %+v", mail)
	}
}

// TestHeardIsWhatIsGenuine: only an event of an office of ours, signed by our app, says that Zalo still calls.
func TestHeardIsWhatIsGenuine(t *testing.T) {
	t.Parallel()
	var heard []time.Time
	p := newPorch(t, func(p *porch, cfg *server.Config) { cfg.Heard = func(at time.Time) { heard = append(heard, at) } })
	hook := p.zalo.Person(testbed.OfficeID, testbed.Person).Text("hỏi thăm")
	forged := hook.Header.Clone()
	forged.Set(zalo.HeaderSignature, "mac="+strings.Repeat("0", 64))
	p.post(hook.Body, forged)
	p.post([]byte("{}"), nil)
	p.post([]byte("x"), nil)
	if len(heard) > 0 {
		t.Errorf("noise is heard: %v", heard)
	}
	p.post(hook.Body, hook.Header)
	if len(heard) != 1 || !heard[0].Equal(p.clock.Now()) {
		t.Errorf("a webhook was heard at %v", heard)
	}
}
