package sandbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/office"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/sandbox"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

func TestMain(m *testing.M) { testbed.Main(m) }

// phone is the page over a real deployment with the small bundle.
type phone struct {
	t    *testing.T
	zalo *testbed.Zalo
	page *sandbox.Page
	url  string
	hook http.Handler // what takes webhooks
}

func newPhone(t *testing.T) *phone {
	t.Helper()
	p := &phone{t: t}
	p.zalo = testbed.NewZalo(t, time.Now, func(cfg *fake.Config) { cfg.Deliver = p.deliver })
	log, counters := &testbed.Log{}, testbed.NewCounters()
	var dep *deployment.Deployment
	dep = deployment.New(deployment.Config{
		Store: model.New(store.Config{}, time.Now), Partitions: 1, Seal: testbed.Sealer(t, 1),
		Offices:  map[string]*office.Office{testbed.OfficeID: testbed.Office()},
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}, Webhook: "/hook",
		Deliver: delivery.New(delivery.Config{
			Client:  p.zalo.Client,
			Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: p.zalo.Assets}},
			Files: func(ctx context.Context, program, path string) ([]byte, error) {
				return dep.Library().File(ctx, program, path)
			},
			Now: time.Now, Log: log.Logger(), Metrics: counters.Set,
		}),
		Now: time.Now, Tick: testbed.Still, Log: log.Logger(), Metrics: counters.Set, Patience: time.Minute,
	})
	if err := dep.Publish(t.Context(), testbed.Small(t)); err != nil {
		t.Fatal(err)
	}
	p.hook = dep.Handler(context.WithoutCancel(t.Context()))
	p.page = sandbox.New(sandbox.Config{
		Zalo: p.zalo.Server, Office: testbed.OfficeID, Name: "Công an <b>phường</b>", Look: dep.Look,
		Picture: []byte("\x89PNG\r\n\x1a\n"), Document: []byte("%PDF-1.4\n"), Address: "http://127.0.0.1:1",
	})
	s := httptest.NewServer(p.page.Handler())
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	p.url = s.URL
	return p
}

func (p *phone) deliver(_ context.Context, w fake.Webhook) int {
	r := httptest.NewRequest(http.MethodPost, "/hook", strings.NewReader(string(w.Body)))
	r.Header = w.Header
	rec := httptest.NewRecorder()
	p.hook.ServeHTTP(rec, r)
	return rec.Code
}

// ask makes a request as the page does; change may spoil it.
func (p *phone) ask(method, path, body string, change func(*http.Request)) (int, string, http.Header) {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	if change != nil {
		change(req)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header
}

// send is what the page posts when somebody types or presses.
func (p *phone) send(person, kind, text string) int {
	p.t.Helper()
	body, err := json.Marshal(map[string]string{"person": person, "kind": kind, "text": text})
	if err != nil {
		p.t.Fatal(err)
	}
	status, _, _ := p.ask(http.MethodPost, "/api/send", string(body), nil)
	return status
}

// told is one event of the stream.
type told struct{ name, data string }

// stream reads events of one person until want of them (start, office, bundle and state not counted) have come.
func (p *phone) stream(person string, want int) []told {
	p.t.Helper()
	var out []told
	n := 0
	p.follow(person, func(e told) bool {
		out = append(out, e)
		if e.name == "me" || e.name == "bot" {
			n++
		}
		return n < want
	})
	return out
}

// follow gives every event of the stream to each until that says stop.
func (p *phone) follow(person string, each func(told) bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/api/stream?person="+person, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		p.t.Fatalf("the stream is %q, status %d", got, res.StatusCode)
	}
	in := bufio.NewScanner(res.Body)
	name := ""
	for in.Scan() {
		switch line := in.Text(); {
		case strings.HasPrefix(line, "event: "):
			name = line[len("event: "):]
		case strings.HasPrefix(line, "data: "):
			if !each(told{name, line[len("data: "):]}) {
				return
			}
		}
	}
	p.t.Fatalf("the stream ended: %v", in.Err())
}

// lines are the events that are lines of the conversation.
func lines(t *testing.T, events []told) []string {
	t.Helper()
	var out []string
	for _, e := range events {
		switch e.name {
		case "me":
			var text string
			if err := json.Unmarshal([]byte(e.data), &text); err != nil {
				t.Fatal(err)
			}
			out = append(out, "me: "+text)
		case "bot":
			var b struct{ Text, File, Alt string }
			if err := json.Unmarshal([]byte(e.data), &b); err != nil {
				t.Fatal(err)
			}
			out = append(out, "bot: "+b.Text+b.Alt)
		}
	}
	return out
}

func TestConversation(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	p.page.Tell(sandbox.Bundle{Text: "5 luồng"})
	for i, text := range []string{"hỏi thăm", "1", "Lan"} {
		if status := p.send("77", "text", text); status != http.StatusNoContent {
			t.Fatalf("%q is answered %d", text, status)
		}
		want := []int{1, 3, 6}[i]
		testbed.Until(t, "the answer", func() bool { return len(p.zalo.Since(0)) == want })
	}
	got := p.stream("77", 9)
	if first := got[:2]; first[0].name != "start" || first[1].name != "office" || strings.Contains(first[1].data, "<b>") {
		t.Errorf("the stream begins with %v", first)
	}
	want := []string{
		"me: hỏi thăm", "bot: Anh/chị chọn màu nào?\n1. Đỏ\n2. Xanh", "me: 1", "bot: Anh/chị chọn: Đỏ.\nĐã ghi màu Đỏ.", "bot: Anh/chị tên gì?",
		"me: Lan", "bot: Chào Lan.", "bot: Hẹn gặp lại.", "bot: Hẹn gặp lại.",
	}
	if diff := cmp.Diff(want, lines(t, got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := p.stream("77", 9); cmp.Diff(want, lines(t, again)) != "" {
		t.Errorf("a page that is opened again shows %q", lines(t, again))
	}
}

// An open page shows everything as it happens: what one says always before what answers it.
func TestLiveOrder(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	var got []string
	next := 0
	says := []string{"hỏi thăm", "1", "Lan", "hỏi thăm", "2", "Hà"}
	p.follow("77", func(e told) bool {
		got = append(got, lines(t, []told{e})...)
		if answered := len(got) == 0 || strings.HasSuffix(got[len(got)-1], "Xanh") || strings.HasSuffix(got[len(got)-1], "tên gì?") || len(got) == 9; answered && next < len(says) && (e.name == "bot" || e.name == "state" && next == 0) {
			if status := p.send("77", "text", says[next]); status != http.StatusNoContent {
				t.Errorf("%q is answered %d", says[next], status)
			}
			next++
		}
		return len(got) < 18
	})
	var said []string
	for i, l := range got {
		if strings.HasPrefix(l, "me: ") {
			said = append(said, l[len("me: "):])
			if i+1 == len(got) || !strings.HasPrefix(got[i+1], "bot: ") {
				t.Errorf("nothing answers %q: %q", l, got)
			}
		}
	}
	if !slices.Equal(said, says) || got[0] != "me: hỏi thăm" {
		t.Errorf("the page shows %q", got)
	}
}

func TestStateAndBundleOnlyWhenTheyChange(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	p.page.Tell(sandbox.Bundle{Text: "một"})
	var events []told
	p.follow("77", func(e told) bool {
		events = append(events, e)
		switch {
		case e.name == "state" && strings.Contains(e.data, "chưa có việc"):
			p.page.Tell(sandbox.Bundle{Text: "hai", Problems: "dòng 3: <sai>"})
			p.page.Tell(sandbox.Bundle{Text: "hai", Problems: "dòng 3: <sai>"})
		case e.name == "bundle" && strings.Contains(e.data, "hai"):
			p.send("77", "text", "hỏi thăm")
		case e.name == "state" && strings.Contains(e.data, `"step":"mau"`):
			return false
		}
		return true
	})
	var names []string
	for _, e := range events {
		names = append(names, e.name)
		if strings.Contains(e.data, "<sai>") {
			t.Errorf("markup in %v", e)
		}
	}
	count := func(name string) (n int) {
		for _, x := range names {
			if x == name {
				n++
			}
		}
		return n
	}
	if count("bundle") != 2 || count("state") > 3 { // nobody, perhaps the moment of the step, the question
		t.Errorf("the events are %q", names)
	}
}

// What residents and flows say is data: no line of the stream of its own, no markup.
func TestNoMarkup(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	evil := "</script><img src=x onerror=alert(1)>\n\nevent: bot\ndata: {\"text\":\"giả\"}"
	if status := p.send("77", "text", evil); status != http.StatusNoContent {
		t.Fatal(status)
	}
	for _, e := range p.stream("77", 1) {
		if strings.ContainsAny(e.data, "<>") || e.name == "bot" && strings.Contains(e.data, "giả") {
			t.Errorf("%s: %s", e.name, e.data)
		}
	}
}

func TestPeopleAreApart(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	p.send("77", "text", "hỏi thăm")
	p.send("88", "text", "xin tệp")
	testbed.Until(t, "all answers", func() bool { return len(p.zalo.Since(0)) == 4 })
	if got := lines(t, p.stream("88", 4)); got[0] != "me: xin tệp" || len(got) != 4 || strings.Contains(strings.Join(got, ""), "màu") {
		t.Errorf("the second person reads %q", got)
	}
}

func TestSendKinds(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind, text string
		status     int
		shown      string // what the person sees of it
	}{
		{"text", "xin chào", 204, "xin chào"},
		{"text", "", 400, ""},
		{"press", "ht1.8.1", 204, ""}, // Zalo shows nothing of a hidden press
		{"press", "", 400, ""},
		{"follow", "", 204, ""},
		{"image", "", 204, "(ảnh)"},
		{"file", "", 204, "(tệp tep.pdf)"},
		{"location", "", 204, "(vị trí: Cơm Coffee New Sky)"},
		{"sticker", "", 204, "(nhãn dán)"},
		{"unfollow", "", 400, ""},
		{"", "", 400, ""},
	} {
		t.Run(tc.kind+" "+tc.text, func(t *testing.T) {
			t.Parallel()
			p := newPhone(t)
			if status := p.send("77", tc.kind, tc.text); status != tc.status {
				t.Fatalf("status %d, want %d", status, tc.status)
			}
			if tc.status != 204 {
				return
			}
			testbed.Until(t, "an answer", func() bool { return len(p.zalo.Since(0)) > 0 })
			want := 1
			if tc.shown != "" {
				want = 2
			}
			got := lines(t, p.stream("77", want))
			if (tc.shown != "") != (got[0] == "me: "+tc.shown) {
				t.Errorf("the page shows %q", got)
			}
		})
	}
}

func TestSendRefuses(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	for _, body := range []string{
		``, `{`, `[]`, `{"kind":"text","text":"x"}`, `{"person":"","kind":"text","text":"x"}`, `{"person":"7 7","kind":"text","text":"x"}`,
		`{"person":"<b>","kind":"text","text":"x"}`, `{"person":"` + strings.Repeat("7", 21) + `","kind":"text","text":"x"}`,
		`{"person":"77","kind":"text","text":"` + strings.Repeat("x", 70<<10) + `"}`,
	} {
		if status, _, _ := p.ask(http.MethodPost, "/api/send", body, nil); status != http.StatusBadRequest {
			t.Errorf("%.60s is answered %d", body, status)
		}
	}
	p.hook = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	if status := p.send("77", "text", "x"); status != http.StatusBadGateway {
		t.Errorf("a webhook that fails is answered %d", status)
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	body := `{"person":"77","kind":"text","text":"x"}`
	host := func(h string) func(*http.Request) { return func(r *http.Request) { r.Host = h } }
	header := func(k, v string) func(*http.Request) { return func(r *http.Request) { r.Header.Set(k, v) } }
	for _, tc := range []struct {
		name, method, path string
		change             func(*http.Request)
		status             int
	}{
		{"the page", "GET", "/", nil, 200},
		{"by name", "GET", "/", host("localhost:8080"), 200},
		{"IPv6", "GET", "/", host("[::1]:8080"), 200},
		{"IPv6 without a port", "GET", "/", host("[::1]"), 200},
		{"another name of this machine", "GET", "/", host("evil.example:8080"), 403},
		{"a name that looks like ours", "GET", "/", host("localhost.evil.example"), 403},
		{"a public address", "GET", "/", host("203.0.113.5"), 403},
		{"no name", "GET", "/", host("0.0.0.0:80"), 403},
		{"a send of ours", "POST", "/api/send", nil, 204},
		{"with a charset", "POST", "/api/send", header("Content-Type", "application/json; charset=utf-8"), 204},
		{"a send from another page", "POST", "/api/send", header("Origin", "https://evil.example"), 403},
		{"a send from a file", "POST", "/api/send", header("Origin", "null"), 403},
		{"a send by a form", "POST", "/api/send", header("Content-Type", "text/plain"), 403},
		{"a send by a form of this name", "POST", "/api/send", func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", "http://"+r.URL.Host)
		}, 403},
		{"a stream for another page", "GET", "/api/stream?person=77", header("Origin", "https://evil.example"), 403},
		{"a stream of nobody", "GET", "/api/stream?person=x", nil, 400},
		{"a send by GET", "GET", "/api/send", nil, 404},
		{"another method", "DELETE", "/", nil, 405},
	} {
		status, text, h := p.ask(tc.method, tc.path, body, tc.change)
		if status != tc.status {
			t.Errorf("%s: %d %q, want %d", tc.name, status, text, tc.status)
		}
		if status == 200 && (!strings.Contains(h.Get("Content-Security-Policy"), "default-src 'self'") || h.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s: the headers are %v", tc.name, h)
		}
	}
}

func TestFilesOfThePage(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	p.send("77", "text", "xin tệp")
	testbed.Until(t, "the files", func() bool { return len(p.zalo.Since(0)) == 3 })
	var file struct{ File, Alt string }
	for _, e := range p.stream("77", 2) {
		if e.name == "bot" {
			if err := json.Unmarshal([]byte(e.data), &file); err != nil {
				t.Fatal(err)
			}
		}
	}
	status, body, h := p.ask(http.MethodGet, "/"+file.File, "", nil)
	if status != 200 || !strings.HasPrefix(body, "%PDF") || h.Get("Content-Type") != "application/pdf" || file.Alt != "Mẫu tờ khai.pdf" {
		t.Errorf("the file %+v is %d %q %v", file, status, body, h)
	}
	for path, kind := range map[string]string{"/sent/anh.png": "image/png", "/sent/tep.pdf": "application/pdf", "/page.js": "text/javascript; charset=utf-8"} {
		if status, body, h := p.ask(http.MethodGet, path, "", nil); status != 200 || body == "" || h.Get("Content-Type") != kind {
			t.Errorf("%s is %d %v", path, status, h)
		}
	}
	if status, _, _ := p.ask(http.MethodGet, "/asset/khong-co", "", nil); status != http.StatusNotFound {
		t.Errorf("an asset nobody uploaded is %d", status)
	}
}

// The script of the page never puts what it gets into the page as markup.
func TestScriptMakesNoMarkup(t *testing.T) {
	t.Parallel()
	p := newPhone(t)
	for _, path := range []string{"/page.js", "/"} {
		_, body, _ := p.ask(http.MethodGet, path, "", nil)
		for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "onclick=\"", "<script>", "http://", "https://"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
	}
}

func TestSessionThatCannotBeRead(t *testing.T) {
	t.Parallel()
	z := fake.New(fake.Config{Secret: "s", Now: time.Now})
	page := sandbox.New(sandbox.Config{Zalo: z, Office: "1", Look: func(context.Context, string, string) (deployment.Glance, error) {
		return deployment.Glance{}, fmt.Errorf("damaged")
	}})
	s := httptest.NewServer(page.Handler())
	defer s.Close()
	defer s.CloseClientConnections()
	p := &phone{t: t, url: s.URL}
	p.follow("77", func(e told) bool {
		if e.name == "state" && !strings.Contains(e.data, "không đọc được phiên") {
			t.Errorf("the state is %s", e.data)
		}
		return e.name != "state"
	})
}
