package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
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
		Files:   files, Now: clock.Now, Log: p.log.Logger(), Metrics: p.counters.Set,
	}
	return p
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
	if d := p.deliver(p.out(m), false); d != (actor.Delivery{Done: true}) {
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
	soon := [2]time.Duration{200 * time.Millisecond, 500 * time.Millisecond}
	for _, tc := range []struct {
		name  string
		fault fake.Fault
		done  bool
		wait  [2]time.Duration
		alarm string
	}{
		{"nothing happens", fake.Hang, false, soon, ""},
		{"processed, no answer", fake.HangAfter, false, soon, ""},
		{"processed, the connection is cut", fake.Lost, false, soon, ""},
		{"502", fake.Down, false, soon, ""},
		{"502, processed", fake.DownAfter, false, soon, ""},
		{"the rate limit", fake.Limited, false, soon, ""},
		{"the token", fake.BadToken, false, soon, "zalo_refresh"},
		{"the window is closed", fake.Closed, true, [2]time.Duration{}, ""},
		{"failed", fake.Failed, false, soon, ""},
		{"no JSON, processed", fake.Garbage, false, soon, ""},
		{"an answer without end, processed", fake.Huge, false, soon, ""},
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
			final := c.Action == zalo.Drop || c.Action == zalo.Fix
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

func TestPausesGrow(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Client = coded(t, -200, nil)
	out := p.out(words("x"))
	tries := 0
	var last time.Duration
	for end := p.clock.Now().Add(23 * time.Hour); p.clock.Now().Before(end); tries++ {
		d := p.deliver(out, false)
		if d.Done || d.After <= 0 || d.After > 5*time.Minute || d.After < last/2 {
			t.Fatalf("try %d gives %+v after %v", tries, d, last)
		}
		last = d.After
		p.clock.Advance(d.After)
	}
	if tries < 250 || tries > 600 { // about every five minutes, in the end
		t.Errorf("%d tries in a day", tries)
	}
}

func TestPeopleAreSpread(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Client = coded(t, -200, nil)
	seen := map[time.Duration]bool{}
	for i := range 20 {
		out := p.out(words("x"))
		out.Person = fmt.Sprint(7700000 + i)
		seen[p.deliver(out, false).After] = true
	}
	if len(seen) < 15 {
		t.Errorf("20 people are tried again at %d moments", len(seen))
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

// long is a text that must be split into three.
func long() string {
	return strings.TrimSpace(strings.Repeat("một dòng chữ dài vừa phải, để phải chia tin.\n", 110))
}

func TestSplitMessageIsNotRepeated(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	out := p.out(words(long()))
	p.zalo.Script(fake.None, fake.Failed) // the first piece arrives, the second is refused
	if d := p.deliver(out, false); d.Done {
		t.Fatalf("Deliver gives %+v", d)
	}
	p.clock.Advance(time.Second)
	if d := p.deliver(out, true); !d.Done {
		t.Fatalf("Deliver gives %+v", d)
	}
	texts := p.zalo.Texts(testbed.Person)
	if got := strings.Join(texts, "\n"); len(texts) < 3 || strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(long()), " ") {
		t.Errorf("%d pieces arrived, %d characters of %d", len(texts), len(got), len(long()))
	}
	p.counted("arrival_found", 1)
}

func TestLookUp(t *testing.T) {
	t.Parallel()
	file := message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu", Program: "p"}
	other := message.Message{Kind: message.File, Path: "hai.pdf", Text: "Hai", Program: "p"}
	for _, tc := range []struct {
		name   string
		before []message.Message // arrived in the same step
		m      message.Message
		same   int
		twice  bool // m itself has arrived
		found  int
	}{
		{"nothing arrived", nil, words("a"), 0, false, 0},
		{"it arrived", nil, words("a"), 0, true, 1},
		{"only another one arrived", []message.Message{words("b")}, words("a"), 0, false, 0},
		{"the same words arrived, but were another message", []message.Message{words("a")}, words("a"), 1, false, 0},
		{"both arrived", []message.Message{words("a")}, words("a"), 1, true, 1},
		{"a file arrived", nil, file, 0, true, 1},
		{"another file arrived", []message.Message{other}, file, 1, false, 0},
		{"words are no file", []message.Message{words("a")}, file, 0, false, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.deliver(p.out(tc.m), false) // of an older step: it must not count
			p.clock.Advance(time.Minute)
			for _, m := range tc.before {
				p.deliver(p.out(m), false)
			}
			out := p.out(tc.m)
			out.Same = tc.same
			if tc.twice {
				p.deliver(out, false)
			}
			before := len(p.zalo.Since(0))
			p.clock.Advance(20 * time.Second)
			if d := p.deliver(out, true); !d.Done {
				t.Errorf("Deliver gives %+v", d)
			}
			if sent := len(p.zalo.Since(before)); sent != 1-tc.found {
				t.Errorf("%d messages were sent again", sent)
			}
			p.counted("arrival_found", tc.found)
		})
	}
}

// What a resident wrote is no sign that ours arrived.
func TestLookUpIgnoresThePerson(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	out := p.out(words("chào"))
	p.clock.Advance(time.Second)
	p.zalo.Push(t.Context(), p.zalo.Person(testbed.OfficeID, testbed.Person).Text("chào"))
	p.deliver(out, true)
	p.read("chào")
	p.counted("arrival_found", 0)
}

// noConversation is a Zalo that tells no conversation.
func noConversation(t *testing.T, z *testbed.Zalo, code int) *zalo.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == zalo.EndpointConversation {
			fmt.Fprintf(w, `{"error":%d,"message":"x"}`, code)
			return
		}
		z.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
}

// A second copy is better than silence: a conversation that cannot be read holds a message up for a minute at most.
func TestLookUpThatFails(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Client = noConversation(t, p.zalo, -200)
	out := p.out(words("x"))
	if d := p.deliver(out, true); d.Done {
		t.Errorf("at once: %+v", d)
	}
	p.read()
	p.clock.Advance(time.Minute)
	if d := p.deliver(out, true); !d.Done {
		t.Errorf("after a minute: %+v", d)
	}
	p.read("x")
	q := newPost(t)
	q.cfg.Client = noConversation(t, q.zalo, -212) // the app may not ask: waiting does not help
	if d := q.deliver(q.out(words("x")), true); !d.Done {
		t.Errorf("forbidden: %+v", d)
	}
	q.read("x")
	q.counted("arrival_unchecked", 1)
}

func TestUploadsOnce(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	file := message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu: tờ/khai", Program: "p"}
	for range 3 {
		if d := p.deliver(p.out(file), false); !d.Done {
			t.Fatalf("Deliver gives %+v", d)
		}
	}
	p.read("(file)", "(file)", "(file)")
	p.counted("attachment_uploaded", 1)
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	asset, ok := p.zalo.Asset(sent.File)
	if !ok || asset.Name != "Mẫu- tờ-khai.pdf" || string(asset.Data) != "%PDF-1.4 p" {
		t.Errorf("uploaded %q: %q", asset.Name, asset.Data)
	}
	p.clock.Advance(8 * 24 * time.Hour) // uploads live for seven days
	p.deliver(p.out(file), false)
	p.counted("attachment_uploaded", 2)
}

func TestPictures(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	if d := p.deliver(p.out(message.Message{Kind: message.Image, Path: "anh.png", Text: "Sơ đồ", Program: "p"}), false); !d.Done {
		t.Fatalf("Deliver gives %+v: %s", d, p.log)
	}
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	if sent.Kind != "image" || sent.Picture.AttachmentID == "" || sent.Text != "Sơ đồ" {
		t.Errorf("sent %+v", sent)
	}
}

// Zalo forgets uploads now and then: the attachment is uploaded again.
func TestUploadsAgainWhenZaloForgot(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	forgot := true
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == zalo.EndpointConsult && forgot {
			forgot = false
			fmt.Fprint(w, `{"error":-100,"message":"attachment expired"}`)
			return
		}
		p.zalo.ServeHTTP(w, r)
	}))
	defer s.Close()
	p.cfg.Client = zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
	out := p.out(message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu", Program: "p"})
	if d := p.deliver(out, false); d.Done {
		t.Errorf("the first try gives %+v", d)
	}
	if d := p.deliver(out, false); !d.Done {
		t.Errorf("the second try gives %+v", d)
	}
	p.read("(file)")
	p.counted("attachment_uploaded", 2)
}

func TestWhatCanNeverBeSent(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]message.Message{
		"nothing":                    words("  "),
		"a file nobody has":          {Kind: message.File, Path: "mat.pdf", Program: "p"},
		"a picture that is none":     {Kind: message.Image, Path: "mau.pdf", Program: "p"},
		"a file of a forbidden kind": {Kind: message.File, Path: "anh.png", Program: "p"},
	} {
		p := newPost(t)
		if d := p.deliver(p.out(m), false); !d.Done || d.Why == "" {
			t.Errorf("%s gives %+v", name, d)
		}
		p.counted("message_dropped", 1)
		p.read()
	}
	p := newPost(t)
	out := p.out(words("x"))
	out.Office = "999"
	if d := p.deliver(out, false); !d.Done {
		t.Errorf("an office without an outlet gives %+v", d)
	}
	if d := p.deliver(p.out(message.Message{Kind: message.File, Path: "khong-doc-duoc.pdf", Program: "p"}), false); d.Done {
		t.Errorf("a file that cannot be read now gives %+v", d)
	}
}

func TestFileWithoutAName(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.deliver(p.out(message.Message{Kind: message.File, Path: "mau.pdf", Program: "p"}), false)
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	if a, _ := p.zalo.Asset(sent.File); a.Name != "mau.pdf" {
		t.Errorf("uploaded as %q", a.Name)
	}
}

// BenchmarkDeliver is one message to a Zalo on the same machine.
func BenchmarkDeliver(b *testing.B) {
	z := testbed.NewZalo(b, time.Now, nil)
	s := delivery.New(delivery.Config{
		Client:  z.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: z.Assets}},
		Files:   files, Now: time.Now, Log: (&testbed.Log{}).Logger(),
	})
	m := words("Anh/chị cần giấy này.")
	out := envelope.Out{Address: envelope.Address{Office: testbed.OfficeID, Person: testbed.Person}, At: time.Now().UnixMilli(), Message: &m}
	b.ReportAllocs()
	for b.Loop() {
		if d := s.Deliver(b.Context(), out, false); !d.Done {
			b.Fatal(d)
		}
	}
}
