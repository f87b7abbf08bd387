package fake_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"

	"pgregory.net/rapid"
)

// drawMessage draws what an engine could say, sensible or not.
func drawMessage(t *rapid.T) message.Message {
	phrase := rapid.StringMatching(`[A-Za-zàảạâđêơư0-9 .,!?\n"<>&\\]{0,300}[a-z]`)
	m := message.Message{Kind: message.Words, Turn: rapid.Uint32().Draw(t, "turn")}
	m.Text = strings.Join(rapid.SliceOfN(phrase, 1, 12).Draw(t, "text"), rapid.SampledFrom([]string{" ", "\n", "\n\n", "👍"}).Draw(t, "between"))
	for i, label := range rapid.SliceOfN(phrase, 0, 10).Draw(t, "labels") {
		m.Choices = append(m.Choices, message.Choice{Label: label, N: i + 1})
	}
	for range rapid.IntRange(0, 4).Draw(t, "links") {
		m.Links = append(m.Links, rapid.SampledFrom([]message.Link{
			{Kind: message.OpenURL, Label: "Nộp trực tuyến", Address: "https://dichvucong.gov.vn/p/home?x=1&y=2"},
			{Kind: message.OpenURL, Label: "Hỏng", Address: "dichvucong"},
			{Kind: message.CallPhone, Label: "Gọi 113", Address: "113"},
			{Kind: message.CallPhone, Label: "Trực ban", Address: "(028) 3829 7643"},
			{Kind: message.CallPhone, Label: "Di động", Address: "+84 912 345 678"},
			{Kind: message.CallPhone, Label: "Hỏng", Address: "số trực ban"},
		}).Draw(t, "link"))
	}
	return m
}

// TestRenderPassesTheRules: whatever is rendered, with any capability, the strict fake takes it, and every choice can be pressed.
func TestRenderPassesTheRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow, c.List, c.Echo = true, true, fake.EchoNever })
	rapid.Check(t, func(rt *rapid.T) {
		m := drawMessage(rt)
		caps := zalo.DefaultCapabilities()
		caps.Buttons, caps.List, caps.ButtonsWithTemplateType = rapid.Bool().Draw(rt, "buttons"), rapid.Bool().Draw(rt, "list"), rapid.Bool().Draw(rt, "type")
		calls, err := zalo.Render(m, person, caps, nil)
		if err != nil {
			rt.Fatal(err)
		}
		before := len(w.Since(0))
		for _, c := range calls {
			if _, err := w.client.Send(t.Context(), office, c); err != nil {
				rt.Fatalf("%s: %v %+v", c.Body, err, w.Refusals())
			}
		}
		var pressed []string
		for _, s := range w.Since(before) {
			for _, b := range s.Buttons {
				pressed = append(pressed, b.Payload)
			}
		}
		for _, c := range m.Choices {
			if want := message.Payload(m.Turn, c.N); (caps.Buttons || caps.List) && !strings.Contains(fmt.Sprint(pressed), want) {
				rt.Fatalf("choice %d cannot be pressed: %v", c.N, pressed)
			}
		}
	})
}

// uploader is what a sender does about attachments: render, upload what is missing, and again when Zalo has forgotten it.
type uploader struct {
	w      *world
	assets *zalo.AssetCache
	data   []byte
	loads  int
}

func (u *uploader) say(t *testing.T, m message.Message) error {
	t.Helper()
	for range 3 {
		calls, err := zalo.Render(m, person, zalo.DefaultCapabilities(), u.assets)
		if errors.Is(err, zalo.ErrNotUploaded) {
			u.load(t, m)
			continue
		}
		if err != nil {
			return err
		}
		_, err = u.w.client.Send(t.Context(), office, calls[0])
		var failed *zalo.Error
		if errors.As(err, &failed) && failed.Action == zalo.Reupload {
			u.assets.Forget(m)
			continue
		}
		return err
	}
	return errors.New("three tries")
}

func (u *uploader) load(t *testing.T, m message.Message) {
	t.Helper()
	upload, name := u.w.client.UploadImage, m.Path
	if m.Kind == message.File {
		upload, name = u.w.client.UploadFile, m.Text+".pdf"
	}
	ref, err := upload(t.Context(), office, name, u.data)
	if err != nil {
		t.Fatal(err)
	}
	u.loads++
	u.assets.Keep(m, ref)
}

// TestAttachmentsLiveAWeek: one upload serves every message of a week, then there is another; a cache that outlives Zalo's
// memory is put right by -100.
func TestAttachmentsLiveAWeek(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	file := message.Message{Kind: message.File, Program: "p", Path: "mau/ct01.pdf", Text: "Tờ khai CT01"}
	u := &uploader{w: w, assets: zalo.NewAssetCache(w.clock.Now), data: []byte("%PDF-1.7")}
	for day := range 8 {
		if err := u.say(t, file); err != nil {
			t.Fatalf("day %d: %v", day, err)
		}
		if want := 1 + day/7; u.loads != want {
			t.Errorf("day %d: %d uploads, want %d", day, u.loads, want)
		}
		w.clock.Move(24 * time.Hour)
	}
	last, _ := w.Last(office, person)
	if a, ok := w.Asset(last.File); !ok || a.Name != "Tờ khai CT01.pdf" {
		t.Errorf("the person received %+v", a)
	}
	forgetful := &uploader{w: w, assets: zalo.NewAssetCache(time.Now), data: []byte("%PDF-1.7")} // a clock that stands still beside ours
	for range 2 {
		if err := forgetful.say(t, file); err != nil {
			t.Fatal(err)
		}
		w.clock.Move(8 * 24 * time.Hour)
	}
	if forgetful.loads != 2 {
		t.Errorf("%d uploads, want another after -100", forgetful.loads)
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	u := &uploader{w: w, assets: zalo.NewAssetCache(w.clock.Now), data: []byte("\x89PNG\r\n\x1a\n")}
	if err := u.say(t, message.Message{Kind: message.Image, Program: "p", Path: "so_do.png", Text: "Sơ đồ đường đến trụ sở"}); err != nil {
		t.Fatal(err)
	}
	last, _ := w.Last(office, person)
	a, ok := w.Asset(last.Picture.AttachmentID)
	if last.Kind != "image" || last.Text != "Sơ đồ đường đến trụ sở" || !ok || a.Kind != "image" || a.Name != "so_do.png" {
		t.Errorf("message %+v with %+v", last, a)
	}
}

// TestOfficesApart: tokens, windows, uploads and ledgers of two offices do not mix.
func TestOfficesApart(t *testing.T) {
	t.Parallel()
	const second = "999999999999999999"
	w := newWorld(t, func(c *fake.Config) { c.Offices[second] = "second-token" })
	client := zalo.NewClient(zalo.ClientConfig{BaseURL: w.url, Tokens: zalo.StaticTokens{office: token, second: "second-token"}})
	w.Push(t.Context(), w.Person(second, person).Text("chào"))
	calls, err := zalo.Render(text("x"), person, zalo.DefaultCapabilities(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Send(t.Context(), office, calls[0]); err == nil || asError(t, err).Code != -230 {
		t.Errorf("a window of the other office counts: %v", err)
	}
	if _, err := client.Send(t.Context(), second, calls[0]); err != nil {
		t.Error(err)
	}
	if a, b := len(w.Ledger(office, person)), len(w.Ledger(second, person)); a != 0 || b != 1 {
		t.Errorf("ledgers of %d and %d messages", a, b)
	}
	theirs, err := client.UploadFile(t.Context(), office, "a.pdf", []byte("%PDF-1.4"))
	if err != nil {
		t.Fatal(err)
	}
	stolen := zalo.Request{Endpoint: zalo.EndpointConsult, Body: []byte(body(`"attachment":{"type":"file","payload":{"token":"` + theirs + `"}}`))}
	if _, err := client.Send(t.Context(), second, stolen); err == nil || asError(t, err).Code != -201 {
		t.Errorf("an upload of the other office counts: %v", err)
	}
}

// TestForm: the form is asked for, filled in, and read.
func TestForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	w.Push(t.Context(), p.ChatNow())
	caps := zalo.DefaultCapabilities()
	caps.InfoImage = "https://phuong.example/bieu-tuong.png"
	calls, err := zalo.Render(message.Message{Kind: message.AskInfo, Text: "Xin số điện thoại\nĐể trực ban gọi lại"}, person, caps, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.client.Send(t.Context(), office, calls[0]); err != nil {
		t.Fatal(err)
	}
	if last, _ := w.Last(office, person); last.Kind != "request_user_info" || last.Title != "Xin số điện thoại" || last.Subtitle != "Để trực ban gọi lại" {
		t.Errorf("form %+v", last)
	}
	e, ok := verified(t, p.SubmitInfo(fake.Info{Name: "A", Phone: "84912345678"})).Event(1)
	if !ok || e.Fields["phone"] != "84912345678" {
		t.Errorf("answer %+v", e)
	}
}

// TestAnswerNamesTheEcho: the id in the answer is the id in the echo, even where the echo comes first.
func TestAnswerNamesTheEcho(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow, c.Echo = true, fake.EchoBefore })
	calls, err := zalo.Render(text("x"), person, zalo.DefaultCapabilities(), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.client.Send(t.Context(), office, calls[0])
	if err != nil {
		t.Fatal(err)
	}
	if in := verified(t, w.box.got[0]); in.MessageID != got.MessageID || got.Person != person || got.Quota.Type != "reply" {
		t.Errorf("answer %+v, echo %+v", got, in)
	}
}

// TestRatesOfOne: what is certain happens always.
func TestRatesOfOne(t *testing.T) {
	t.Parallel()
	silent := newWorld(t, func(c *fake.Config) { c.NoWindow, c.Rates.NoEcho = true, 1 })
	if err := silent.say(t, text("x")); err != nil {
		t.Fatal(err)
	}
	silent.Wait()
	if n := len(silent.box.events()); n != 0 {
		t.Errorf("%d echoes", n)
	}
	slow := newWorld(t, func(c *fake.Config) { c.Rates.Delay = 1 })
	if status := slow.Push(t.Context(), slow.Person(office, person).Text("x")); status != 0 || slow.Pending() != 1 {
		t.Errorf("status %d, %d pending", status, slow.Pending())
	}
	slow.clock.Move(30 * time.Second)
	slow.Tick(t.Context())
	if in := verified(t, slow.box.got[0]); in.Text != "x" || slow.box.got[0].Header[zalo.HeaderRetry][0] != "1" {
		t.Errorf("repeat %+v with %v", in, slow.box.got[0].Header)
	}
	twice := newWorld(t, func(c *fake.Config) { c.Rates.Duplicate = 1 })
	twice.Push(t.Context(), twice.Person(office, person).Text("x"))
	a, b := verified(t, twice.box.got[0]), verified(t, twice.box.got[1])
	if len(twice.box.got) != 2 || a.DedupeKey != b.DedupeKey || twice.box.got[1].Header[zalo.HeaderRetry] != nil {
		t.Errorf("%d webhooks, keys %q and %q", len(twice.box.got), a.DedupeKey, b.DedupeKey)
	}
	down := newWorld(t, func(c *fake.Config) {
		c.NoWindow, c.Rates.Faults = true, map[fake.Fault]float64{fake.Failed: 1}
	})
	down.Script(fake.None)
	if err := down.say(t, text("x")); err != nil {
		t.Errorf("the script comes before chance: %v", err)
	}
	if err := down.say(t, text("x")); err == nil {
		t.Error("a certain fault did not happen")
	}
}

// FuzzPerson: whatever a person types is what the engine reads, signed.
func FuzzPerson(f *testing.F) {
	for _, seed := range []string{"xin chào", "<b>&\"'\\", "\u2028\u0000", "👨\u200d👩\u200d👧", "ht1.3.2", "\xff"} {
		f.Add(seed)
	}
	s := fake.New(fake.Config{AppID: "360846524940903967", Secret: "oa-secret", Now: time.Now})
	f.Fuzz(func(t *testing.T, typed string) {
		in := verified(t, s.Person(office, person).Text(typed))
		if want := strings.ToValidUTF8(typed, "\uFFFD"); len([]rune(in.Text)) != len([]rune(typed)) || (want == typed && in.Text != typed) {
			t.Errorf("typed %q, read %q", typed, in.Text)
		}
	})
}

// TestTimeNeverStandsStill: two events without a message id are two events, even within one millisecond.
func TestTimeNeverStandsStill(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	first, second := verified(t, p.Follow()), verified(t, p.Follow())
	if first.DedupeKey == second.DedupeKey || second.Timestamp != first.Timestamp+1 {
		t.Errorf("keys %q and %q", first.DedupeKey, second.DedupeKey)
	}
	w.clock.Move(time.Minute)
	if third := verified(t, p.Follow()); third.Timestamp != w.clock.Now().UnixMilli() {
		t.Errorf("time %d, clock %d", third.Timestamp, w.clock.Now().UnixMilli())
	}
}

func TestUserIDByAppIsAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	a := generic(t, w.Person(office, person).Text("x").Body)
	raw := string(w.Person(office, person).Text("x").Body)
	if a["sender"].(map[string]any)["id"] != person || strings.Count(raw, person) != 1 || !strings.Contains(raw, `"user_id_by_app":"`) {
		t.Errorf("%s", raw)
	}
}
