package delivery_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// doors counts the calls that pass a gate, by class; while shut it lets none through.
type doors struct {
	mu    sync.Mutex
	seen  map[gate.Class]int
	shut  time.Duration
	first int // so many pass before it is shut
}

func (d *doors) Do(_ context.Context, _ string, c gate.Class, call func() error) error {
	d.mu.Lock()
	if d.shut > 0 && d.first == 0 {
		d.mu.Unlock()
		return &gate.ClosedError{After: d.shut, Why: "limit"}
	}
	d.first = max(d.first-1, 0)
	d.seen[c]++
	d.mu.Unlock()
	return call()
}

func gated(t *testing.T) (*post, *doors) {
	t.Helper()
	p, d := newPost(t), &doors{seen: map[gate.Class]int{}}
	p.cfg.Gate = d
	return p, d
}

// TestEveryCallPassesTheGate: sends, uploads, look-ups and questions about the window all count, with the message's urgency.
func TestEveryCallPassesTheGate(t *testing.T) {
	t.Parallel()
	p, d := gated(t)
	p.deliver(p.out(message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu", Program: "p"}), false) // upload, send
	p.deliver(p.out(words("x")), true)                                                                       // look-up, send
	urgent := p.out(words("gọi 113"))
	urgent.Class = envelope.Urgent
	p.deliver(urgent, false)
	late := p.out(words("nhắc"))
	late.Class = envelope.Reminder
	p.deliver(late, false) // window; refused there
	want := map[gate.Class]int{gate.Interactive: 4, gate.Emergency: 1, gate.Reminder: 1}
	if fmt.Sprint(d.seen) != fmt.Sprint(want) {
		t.Errorf("calls by class %v, want %v", d.seen, want)
	}
}

// What the gate holds is neither sent, lost, nor counted as a failure; it comes back when the gate says, a little spread.
func TestHeldAtTheGate(t *testing.T) {
	t.Parallel()
	p, d := gated(t)
	d.shut = 10 * time.Second
	out := p.out(words("x"))
	got := p.deliver(out, false)
	if got.Done || got.After < 10*time.Second || got.After > 15*time.Second {
		t.Errorf("Deliver gives %+v", got)
	}
	if got := p.deliver(out, true); got.Done {
		t.Errorf("a look-up that is held gives %+v", got)
	}
	p.read()
	p.counted("send_held", 2)
	p.counted("send_failed", 0)
	d.shut = 0
	if got := p.deliver(out, true); !got.Done {
		t.Errorf("later: %+v", got)
	}
	p.read("x")
	d.shut = time.Second
	p.clock.Advance(25 * time.Hour)
	if got := p.deliver(out, false); !got.Done || got.Why == "" {
		t.Errorf("held for a day: %+v", got)
	}
}

// A message in pieces that is held in the middle goes on where it was.
func TestHeldInTheMiddle(t *testing.T) {
	t.Parallel()
	p, d := gated(t)
	d.shut, d.first = time.Second, 1
	out := p.out(words(long()))
	if got := p.deliver(out, false); got.Done {
		t.Fatalf("Deliver gives %+v", got)
	}
	d.shut = 0
	p.clock.Advance(time.Second)
	p.deliver(out, true)
	got := strings.Join(p.zalo.Texts(testbed.Person), " ")
	if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(long()), " ") {
		t.Errorf("%d characters arrived of %d", len(got), len(long()))
	}
}

// TestWindow: a reminder leaves only while Zalo would take it; what we saw ourselves spares the question.
func TestWindow(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, tc := range []struct {
		name  string
		class envelope.Class
		seen  time.Duration // ago, by our own memory
		zalo  time.Duration // ago, by Zalo's; 0: it knows nothing
		sent  bool
		asked int
		costs int
	}{
		{"seen yesterday", envelope.Reminder, day, 0, true, 0, 0},
		{"seen almost 48 hours ago", envelope.Reminder, 2*day - time.Second, 0, true, 0, 0},
		{"seen 48 hours ago", envelope.Reminder, 2 * day, 0, true, 0, 1},
		{"seen almost 7 days ago", envelope.Notice, 7*day - 11*time.Minute, 0, true, 0, 1},
		{"too close to the end", envelope.Notice, 7*day - 9*time.Minute, 7*day - 9*time.Minute, false, 1, 0},
		{"seen 8 days ago", envelope.Reminder, 8 * day, 8 * day, false, 1, 0},
		{"called the office meanwhile", envelope.Reminder, 8 * day, 2 * day, true, 1, 1},
		{"called the office yesterday", envelope.Reminder, 8 * day, day, true, 1, 0},
		{"nobody knows", envelope.Notice, 400 * day, 0, false, 1, 0},
		{"an answer is not asked about", envelope.Interactive, 8 * day, 8 * day, true, 0, 0},
		{"nor an emergency", envelope.Urgent, 8 * day, 8 * day, true, 0, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			asked := 0
			if tc.zalo > 0 {
				p.zalo.Push(t.Context(), p.zalo.Person(testbed.OfficeID, testbed.Person).Text("chào"))
				p.clock.Advance(tc.zalo)
			}
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == zalo.EndpointQuota {
					asked++
				}
				p.zalo.ServeHTTP(w, r)
			}))
			defer s.Close()
			p.cfg.Client = zalo.NewClient(zalo.ClientConfig{
				BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
			})
			out := p.out(words("nhắc"))
			out.Class, out.Seen = tc.class, p.clock.Now().Add(-tc.seen).UnixMilli()
			if d := p.deliver(out, false); !d.Done {
				t.Errorf("Deliver gives %+v", d)
			}
			if sent := len(p.zalo.Texts(testbed.Person)) == 1; sent != tc.sent || asked != tc.asked {
				t.Errorf("sent %v, asked %d times", sent, asked)
			}
			p.counted("message_billed", tc.costs)
			if !tc.sent {
				p.counted("window_over", 1)
			}
		})
	}
}

// TestDeadLetters: what is given up leaves a letter, unless nobody of ours could do anything about it.
func TestDeadLetters(t *testing.T) {
	t.Parallel()
	for _, c := range append(zalo.Codes(), zalo.CodeInfo{Code: -98765, Action: zalo.UnknownAction}) {
		if c.Code == 0 {
			continue
		}
		t.Run(fmt.Sprint(c.Code), func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			box := p.box()
			p.cfg.Letters, p.cfg.Client = box, coded(t, c.Code, nil)
			out := p.out(words("lời kín"))
			p.deliver(out, false)
			p.clock.Advance(25 * time.Hour)
			if d := p.deliver(out, true); !d.Done {
				t.Errorf("after a day: %+v", d)
			}
			letters, err := box.List(t.Context(), testbed.OfficeID)
			want := 1
			if c.Action == zalo.Drop {
				want = 0
			}
			if err != nil || len(letters) != want {
				t.Fatalf("%v leaves %d letters, want %d; %v", c.Action, len(letters), want, err)
			}
			if want == 1 && (letters[0].Why == "" || letters[0].Said != out.At || strings.Contains(fmt.Sprint(letters), "kín")) {
				t.Errorf("the letter is %+v", letters[0])
			}
		})
	}
}

func (p *post) box() *deadletter.Box {
	return &deadletter.Box{Records: model.New(store.Config{}, p.clock.Now), Seal: testbed.Sealer(p.t, 1), Now: p.clock.Now}
}

// A message whose letter cannot be kept waits: it must not vanish without a trace.
func TestLetterThatCannotBeKept(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Letters, p.cfg.Client = full{}, coded(t, -201, nil)
	if d := p.deliver(p.out(words("x")), false); d.Done || d.After <= 0 {
		t.Errorf("Deliver gives %+v", d)
	}
}

type full struct{}

func (full) Keep(context.Context, envelope.Out, bool, error) error { return store.ErrFull }

// TestLedgerBehindTheRealGate sends many people's messages through faults of every kind, behind the real gate in virtual time:
// nothing is lost, nobody's order is changed, and nothing comes twice that was not in doubt.
func TestLedgerBehindTheRealGate(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	g := gate.New(gate.Config{
		PerMinute: 600, Now: p.clock.Now, Metrics: p.counters.Set,
		Pause: func(_ context.Context, d time.Duration) error { p.clock.Advance(d); return nil },
	})
	p.cfg.Gate = g
	sender := delivery.New(p.cfg)
	faults := []fake.Fault{
		fake.None, fake.Limited, fake.None, fake.Lost, fake.Down, fake.None, fake.DownAfter, fake.Failed, fake.Garbage, fake.None,
		fake.None, fake.Limited, fake.Limited, fake.None, fake.Huge, fake.None,
	}
	const people, each = 20, 8
	for i := range people * each {
		p.zalo.Script(faults[i%len(faults)])
	}
	tries := 0
	for n := range each {
		for who := range people {
			out := p.out(words(fmt.Sprintf("tin %d của %d", n, who)))
			out.Person = fmt.Sprint(7700 + who)
			for recovered := false; ; recovered = true {
				d := sender.Deliver(t.Context(), out, recovered)
				tries++
				if d.Done && d.Why == "" {
					break
				}
				if d.Done || tries > 50*people*each {
					t.Fatalf("after %d tries: %+v", tries, d)
				}
				p.clock.Advance(d.After)
			}
		}
	}
	for who := range people {
		got := p.zalo.Texts(fmt.Sprint(7700 + who))
		if len(got) != each {
			t.Errorf("person %d has %d messages, want %d: %v", who, len(got), each, got)
			continue
		}
		for n, text := range got {
			if text != fmt.Sprintf("tin %d của %d", n, who) {
				t.Errorf("person %d reads %v", who, got)
			}
		}
	}
	if p.counters.Count(t, "rate_limited") == 0 || p.counters.Count(t, "arrival_found") == 0 {
		t.Errorf("the faults did not come: %v", p.counters.All(t))
	}
	if float64(len(p.zalo.Since(0))) != people*each {
		t.Errorf("%d messages in the ledger", len(p.zalo.Since(0)))
	}
}
