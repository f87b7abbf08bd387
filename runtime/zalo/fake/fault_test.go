package fake_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// TestFaults: what the client makes of every fault, and whether the person has the message.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		fault   fake.Fault
		arrived bool
		unknown bool
		code    int
		action  zalo.Action
	}{
		{"hang", fake.Hang, false, true, 0, zalo.Backoff},
		{"hang after", fake.HangAfter, true, true, 0, zalo.Backoff},
		{"lost answer", fake.Lost, true, true, 0, zalo.Backoff},
		{"down", fake.Down, false, true, 0, zalo.Backoff},
		{"down after", fake.DownAfter, true, true, 0, zalo.Backoff},
		{"limited", fake.Limited, false, false, -32, zalo.Backoff},
		{"bad token", fake.BadToken, false, false, -216, zalo.Refresh},
		{"window closed", fake.Closed, false, false, -230, zalo.Drop},
		{"failed", fake.Failed, false, false, -200, zalo.Backoff},
		{"garbage", fake.Garbage, true, true, 0, zalo.Backoff},
		{"huge", fake.Huge, true, true, 0, zalo.Backoff},
		{"slow", fake.Slow, true, true, 0, zalo.Backoff},
		{"refused", fake.Refused(-218), false, false, -218, zalo.Drop},
		{"refused by mistake", fake.Refused(7), false, false, -1, zalo.UnknownAction},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
			w.client = zalo.NewClient(zalo.ClientConfig{BaseURL: w.url, Tokens: zalo.StaticTokens{office: token}, Timeout: time.Minute, Transport: w.wire})
			w.Script(tt.fault)
			e := asError(t, w.say(t, text("x")))
			if e.Unknown != tt.unknown || e.Code != tt.code || e.Action != tt.action {
				t.Errorf("unknown %v code %d action %v, want %v %d %v (%v)", e.Unknown, e.Code, e.Action, tt.unknown, tt.code, tt.action, e)
			}
			if _, arrived := w.Last(office, person); arrived != tt.arrived {
				t.Errorf("arrived %v, want %v", arrived, tt.arrived)
			}
			if len(w.Refusals()) != 0 {
				t.Errorf("a fault counts as a broken rule: %+v", w.Refusals())
			}
			if err := w.say(t, text("y")); err != nil {
				t.Errorf("the next send fails too: %v", err)
			}
		})
	}
}

// What is overdue reaches the person only when the caller has given up, and its echo comes.
func TestOverdue(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	w.client = zalo.NewClient(zalo.ClientConfig{BaseURL: w.url, Tokens: zalo.StaticTokens{office: token}, Timeout: time.Minute, Transport: w.wire})
	w.Script(fake.Overdue)
	if e := asError(t, w.say(t, text("x"))); !e.Unknown {
		t.Fatalf("%v", e)
	}
	testbed.Until(t, "the message and its echo", func() bool { return len(w.Since(0)) == 1 && len(w.box.events()) == 1 })
	w.Wait()
}

func TestRateHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	var got []zalo.Rate
	w.client = zalo.NewClient(zalo.ClientConfig{
		BaseURL: w.url, Tokens: zalo.StaticTokens{office: token}, OnRate: func(_ string, r zalo.Rate) { got = append(got, r) },
	})
	w.Script(fake.Limited)
	if err := w.say(t, text("x")); err == nil {
		t.Error("a limited send succeeds")
	}
	if err := w.say(t, text("x")); err != nil {
		t.Error(err)
	}
	if !slices.Equal(got, []zalo.Rate{{Limit: 4000, Remain: 0}}) {
		t.Errorf("rates %v", got)
	}
}

// TestChanceRepeats: the same seed gives the same faults, another seed others.
func TestChanceRepeats(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) []int {
		w := newWorld(t, func(c *fake.Config) {
			c.NoWindow, c.Seed, c.Echo = true, seed, fake.EchoNever
			c.Rates.Faults = map[fake.Fault]float64{fake.Limited: 0.2, fake.Down: 0.2}
		})
		var codes []int
		for range 60 {
			status := 0
			if err := w.say(t, text("x")); err != nil {
				e := asError(t, err)
				status = e.HTTPStatus + e.Code
			}
			codes = append(codes, status)
		}
		return codes
	}
	a, b, c := run(7), run(7), run(8)
	if !slices.Equal(a, b) || slices.Equal(a, c) {
		t.Errorf("seed 7 gave %v and %v, seed 8 %v", a, b, c)
	}
	for _, want := range []int{0, http.StatusOK - 32, http.StatusBadGateway} {
		if !slices.Contains(a, want) {
			t.Errorf("in 60 sends %d never came: %v", want, a)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	if e := asError(t, w.say(t, text("x"))); e.Code != -230 {
		t.Errorf("to a stranger: %v", e)
	}
	w.Push(t.Context(), p.Follow())
	w.clock.Move(7*24*time.Hour - time.Millisecond)
	if err := w.say(t, text("x")); err != nil {
		t.Errorf("at the end of the window: %v", err)
	}
	w.Push(t.Context(), p.Withdraw())
	w.Push(t.Context(), p.Received("m"))
	w.clock.Move(time.Millisecond)
	if e := asError(t, w.say(t, text("x"))); e.Code != -230 {
		t.Errorf("after the window: %v", e)
	}
	w.Push(t.Context(), p.Text("còn đây"))
	if err := w.say(t, text("x")); err != nil {
		t.Errorf("after a new text: %v", err)
	}
}

func TestUploads(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	png := []byte("\x89PNG\r\n\x1a\nrest")
	image, err := w.client.UploadImage(t.Context(), office, "anh.png", png)
	if err != nil {
		t.Fatal(err)
	}
	file, err := w.client.UploadFile(t.Context(), office, "Giấy cần chuẩn bị.pdf", []byte("%PDF-1.7 rest"))
	if err != nil {
		t.Fatal(err)
	}
	if a, ok := w.Asset(file); !ok || a.Name != "Giấy cần chuẩn bị.pdf" || a.Kind != "file" || string(a.Data) != "%PDF-1.7 rest" {
		t.Errorf("asset %+v", a)
	}
	send := func(b string) int {
		code, _ := w.post(t, consult, b)
		return code
	}
	withImage := element("media", `"media_type":"image","attachment_id":"`+image+`"`)
	withFile := body(`"attachment":{"type":"file","payload":{"token":"` + file + `"}}`)
	wrongKind := body(`"attachment":{"type":"file","payload":{"token":"` + image + `"}}`)
	w.clock.Move(7*24*time.Hour - time.Millisecond)
	if a, b, c := send(withImage), send(withFile), send(wrongKind); a != 0 || b != 0 || c != -201 {
		t.Errorf("image %d, file %d, image as a file %d", a, b, c)
	}
	w.clock.Move(time.Millisecond)
	if a, b := send(withImage), send(withFile); a != -100 || b != -100 {
		t.Errorf("after 7 days: image %d, file %d, want -100", a, b)
	}
	if code, _ := w.post(t, zalo.EndpointUploadFile, "no form"); code != -201 {
		t.Errorf("upload of no form: %d", code)
	}
}

func TestQueries(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	if _, err := w.client.Profile(t.Context(), office, person); asError(t, err).Code != -213 {
		t.Errorf("profile of a stranger: %v", err)
	}
	p.SetName("Khoa Pham")
	w.Push(t.Context(), p.Text("chào"))
	w.clock.Move(time.Second)
	for _, s := range []string{"một", "hai", "ba"} {
		if err := w.say(t, text(s)); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := w.client.Talk(t.Context(), office, person, 0)
	if err != nil || len(lines) != 4 || lines[3].FromOffice || lines[3].Text != "chào" || lines[0].Text != "ba" || !lines[0].FromOffice || !lines[0].Time.Equal(w.clock.Now()) {
		t.Errorf("conversation %+v, %v", lines, err)
	}
	if last, _ := w.Last(office, person); lines[0].MessageID != last.MessageID {
		t.Errorf("conversation names %s, ledger %s", lines[0].MessageID, last.MessageID)
	}
	if rest, err := w.client.Talk(t.Context(), office, person, 3); err != nil || len(rest) != 1 || rest[0].Text != "chào" {
		t.Errorf("from the fourth on %+v, %v", rest, err)
	}
	window, err := w.client.Window(t.Context(), office, person)
	if err != nil || !window.LastInteraction.Equal(w.clock.Now().Add(-time.Second)) || window.Total != 8 {
		t.Errorf("window %+v, %v", window, err)
	}
	profile, err := w.client.Profile(t.Context(), office, person)
	if err != nil || profile.Name != "Khoa Pham" || profile.Follows {
		t.Errorf("profile %+v, %v", profile, err)
	}
	if none, err := w.client.Talk(t.Context(), office, "1", 0); err != nil || len(none) != 0 {
		t.Errorf("conversation of a stranger %+v, %v", none, err)
	}
}
