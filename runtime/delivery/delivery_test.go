package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/library"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

func TestMain(m *testing.M) { testbed.Main(m) }

// post is a sender before a fake Zalo.
type post struct {
	t        *testing.T
	clock    *storetest.Clock
	zalo     *testbed.Zalo
	log      *testbed.Log
	counters testbed.Counters
	cfg      delivery.Config
}

func newPost(t *testing.T) *post {
	t.Helper()
	clock := storetest.NewClock()
	p := &post{t: t, clock: clock, zalo: testbed.NewZalo(t, clock.Now, nil), log: &testbed.Log{}, counters: testbed.NewCounters()}
	p.cfg = delivery.Config{
		Client:  p.zalo.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: p.zalo.Assets}},
		Files:   files, Now: clock.Now, Log: p.log.Logger(), Metrics: p.counters.Set, Random: dice(1),
		Pause: func(_ context.Context, d time.Duration) error { clock.Advance(d); return nil },
	}
	return p
}

// dice are random numbers that are the same in every run.
func dice(seed uint64) func() float64 {
	var mu sync.Mutex
	r := rand.New(rand.NewPCG(seed, 0))
	return func() float64 {
		mu.Lock()
		defer mu.Unlock()
		return r.Float64()
	}
}

// files are the attachments of every program.
func files(_ context.Context, program, path string) ([]byte, error) {
	switch path {
	case "mau.pdf", "hai.pdf":
		return []byte("%PDF-1.4 " + program), nil
	case "anh.png":
		return []byte("\x89PNG\r\n\x1a\n" + program), nil
	case "khong-doc-duoc.pdf":
		return nil, errors.New("the disk is gone")
	}
	return nil, fmt.Errorf("attachment %s: %w", path, library.ErrUnknown)
}

func (p *post) out(m message.Message) envelope.Out {
	return envelope.Out{
		Address: envelope.Address{Office: testbed.OfficeID, Person: testbed.Person}, At: p.clock.Now().UnixMilli(), Message: &m,
	}
}

func words(text string) message.Message { return message.Message{Kind: message.Words, Text: text} }

func (p *post) deliver(out envelope.Out, recovered bool) actor.Delivery {
	p.t.Helper()
	return delivery.New(p.cfg).Deliver(p.t.Context(), out, recovered)
}

func (p *post) read(want ...string) {
	p.t.Helper()
	if diff := cmp.Diff(want, p.zalo.Texts(testbed.Person)); diff != "" {
		p.t.Errorf("the person has read (-want +got):\n%s", diff)
	}
}

func (p *post) counted(kind string, want int) {
	p.t.Helper()
	if got := p.counters.Count(p.t, kind); got != want {
		p.t.Errorf("%s was counted %d times, want %d", kind, got, want)
	}
}

func TestSent(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	m := words("Anh/chị chọn:")
	m.Turn, m.Choices = 8, []message.Choice{{Label: "Một", N: 1}, {Label: "Hai", N: 2}}
	if d := p.deliver(p.out(m), false); !d.Done || d.Why != "" {
		t.Errorf("Deliver gives %+v", d)
	}
	p.read("Anh/chị chọn:\n1. Một\n2. Hai")
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	if b, ok := sent.Button("Hai"); !ok || b.Payload != "ht1.8.2" {
		t.Errorf("the button is %+v", b)
	}
	p.counted("arrival_checked", 0)
}

// TestFaults is every fault of the fake: what the actor is told, and what the person has after the second try, which is
// made as the actor makes it: looking first.
func TestFaults(t *testing.T) {
	t.Parallel()
	soon, echo := [2]time.Duration{0, 500 * time.Millisecond}, [2]time.Duration{2500 * time.Millisecond, 3 * time.Second}
	for _, tc := range []struct {
		name  string
		fault fake.Fault
		done  bool
		wait  [2]time.Duration
		alarm string
	}{
		{"nothing happens", fake.Hang, false, echo, ""},
		{"processed, no answer", fake.HangAfter, false, echo, ""},
		{"processed, an answer after the time-out", fake.Slow, false, echo, ""},
		{"processed, the connection is cut", fake.Lost, false, echo, ""},
		{"502", fake.Down, false, echo, ""},
		{"502, processed", fake.DownAfter, false, echo, ""},
		{"the rate limit", fake.Limited, false, soon, ""},
		{"the token", fake.BadToken, false, soon, "zalo_refresh"},
		{"the window is closed", fake.Closed, true, [2]time.Duration{}, ""},
		{"the person has had enough", fake.Refused(-218), true, [2]time.Duration{}, ""},
		{"no follower", fake.Refused(-213), true, [2]time.Duration{}, ""},
		{"no money", fake.Refused(-321), false, soon, "zalo_alert"},
		{"no JSON, processed", fake.Garbage, false, echo, ""},
		{"an answer without end, processed", fake.Huge, false, echo, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.zalo.Script(tc.fault)
			out := p.out(words("lời của cơ quan"))
			d := p.deliver(out, false)
			if d.Done != tc.done || d.After < tc.wait[0] || d.After > tc.wait[1] {
				t.Errorf("the first try gives %+v", d)
			}
			if strings.Contains(p.log.String(), tc.alarm) != true || (tc.alarm == "") == strings.Contains(p.log.String(), `"alarm"`) {
				t.Errorf("the log says %s", p.log)
			}
			if tc.done {
				p.read()
				p.counted("message_dropped", 1)
				return
			}
			p.clock.Advance(d.After)
			if d := p.deliver(out, true); !d.Done {
				t.Errorf("the second try gives %+v", d)
			}
			p.read("lời của cơ quan")
			if strings.Contains(p.log.String()+d.Why, "lời của") || strings.Contains(p.log.String()+d.Why, testbed.Person) {
				t.Errorf("the log holds words or a person: %s %s", p.log, d.Why)
			}
		})
	}
}

// coded is a Zalo that answers every send with one error code.
func coded(t *testing.T, code int, header http.Header) *zalo.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for k, v := range header {
			w.Header()[k] = v
		}
		fmt.Fprintf(w, `{"error":%d,"message":"x"}`, code)
	}))
	t.Cleanup(s.Close)
	return zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
}

// TestCodes holds every code of the table to what its action asks for.
func TestCodes(t *testing.T) {
	t.Parallel()
	for _, c := range append(zalo.Codes(), zalo.CodeInfo{Code: -98765, Action: zalo.UnknownAction}) {
		if c.Code == 0 {
			continue
		}
		t.Run(fmt.Sprint(c.Code), func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.cfg.Client = coded(t, c.Code, nil)
			out := p.out(words("x"))
			d := p.deliver(out, false)
			final := c.Action == zalo.Drop || c.Action == zalo.Fix || c.Code == -248
			if d.Done != final {
				t.Errorf("%v gives %+v", c.Action, d)
			}
			human := c.Action == zalo.Alert || c.Action == zalo.Fix || c.Action == zalo.Refresh || c.Action == zalo.UnknownAction
			if strings.Contains(p.log.String(), `"msg":"alarm"`) != human {
				t.Errorf("%v: the log says %s", c.Action, p.log)
			}
			p.clock.Advance(61 * time.Minute)
			if d := p.deliver(out, false); d.Done != (final || c.Action == zalo.UnknownAction) {
				t.Errorf("%v after an hour gives %+v", c.Action, d)
			}
			p.clock.Advance(23 * time.Hour)
			if d := p.deliver(out, false); !d.Done || d.Why == "" {
				t.Errorf("%v after a day gives %+v", c.Action, d)
			}
		})
	}
}

func TestZaloSaysWhen(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "3600": 5 * time.Minute} {
		p := newPost(t)
		p.cfg.Client = coded(t, -32, http.Header{"Retry-After": {header}})
		if d := p.deliver(p.out(words("x")), false); d.After != want {
			t.Errorf("Retry-After %s gives %+v", header, d)
		}
	}
}

// What may have arrived waits for its echo, however soon Zalo wants the next call.
func TestZaloSaysWhenInDoubt(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer s.Close()
	p.cfg.Client = zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
	if d := p.deliver(p.out(words("x")), false); d.Done || d.Untried || d.After < 2500*time.Millisecond {
		t.Errorf("Deliver gives %+v", d)
	}
}

func TestNight(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ now, until string }{ // Vietnam's time
		{"2026-11-24T22:00:00+07:00", "2026-11-25T06:00:00+07:00"},
		{"2026-11-25T05:59:59+07:00", "2026-11-25T06:00:00+07:00"},
		{"2026-11-25T06:00:00+07:00", "2026-11-26T06:00:00+07:00"},
		{"2026-12-31T23:30:00+07:00", "2027-01-01T06:00:00+07:00"},
	} {
		p := newPost(t)
		p.cfg.Client = coded(t, -234, nil)
		now, until := moment(t, tc.now), moment(t, tc.until)
		p.clock.Advance(now.Sub(p.clock.Now()))
		if d := p.deliver(p.out(words("x")), false); !now.Add(d.After).Equal(until) {
			t.Errorf("at %s it waits until %v", tc.now, now.Add(d.After))
		}
	}
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
