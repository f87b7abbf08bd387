package fake_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"

	"github.com/google/go-cmp/cmp"
)

const (
	office = "388613280878808645"
	person = "246845883529197922"
	token  = "token-of-the-office"
)

// clock is a clock that moves when told to.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.UnixMilli(1751100041001)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// box is an engine that keeps the webhooks it gets and answers as told: 200 unless answers says otherwise.
type box struct {
	mu      sync.Mutex
	got     []fake.Webhook
	answers []int
}

func (b *box) deliver(_ context.Context, w fake.Webhook) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.got = append(b.got, w)
	if len(b.answers) > 0 {
		status := b.answers[0]
		b.answers = b.answers[1:]
		return status
	}
	return http.StatusOK
}

func (b *box) events() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	names := []string{}
	for _, w := range b.got {
		names = append(names, w.Event)
	}
	return names
}

// world is a fake, its clock, the box its webhooks go to, and a client of its API.
type world struct {
	*fake.Server
	clock  *clock
	box    *box
	url    string
	wire   *testbed.Impatient
	client *zalo.Client
}

func newWorld(t testing.TB, change func(*fake.Config)) *world {
	t.Helper()
	w := &world{clock: newClock(), box: &box{}}
	cfg := fake.Config{
		AppID: "360846524940903967", Secret: "oa-secret", Offices: map[string]string{office: token}, Now: w.clock.Now, Seed: 1,
		Deliver: w.box.deliver,
	}
	if change != nil {
		change(&cfg)
	}
	w.Server = fake.New(cfg)
	w.wire = testbed.NewImpatient(t, w.Server)
	w.url = w.wire.URL
	w.client = zalo.NewClient(zalo.ClientConfig{BaseURL: w.url, Tokens: zalo.StaticTokens{office: token}, AppSecret: cfg.AppSecret, Timeout: time.Minute})
	return w
}

// post sends a body to the API as it is, and returns error code and message.
func (w *world) post(t testing.TB, path, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header["access_token"] = []string{token}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var a struct {
		Error   int
		Message string
	}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a.Error, a.Message
}

// say renders a message and sends all its calls.
func (w *world) say(t testing.TB, m message.Message) error {
	t.Helper()
	calls, err := zalo.Render(m, person, zalo.DefaultCapabilities(), zalo.NewAssetCache(w.clock.Now))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range calls {
		if _, err := w.client.Send(t.Context(), office, c); err != nil {
			return err
		}
	}
	return nil
}

func text(s string) message.Message { return message.Message{Kind: message.Words, Text: s} }

func TestConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	w.Push(t.Context(), p.Follow())
	w.Push(t.Context(), p.Text("xin chào"))
	question := message.Message{
		Kind: message.Words, Text: "Anh/chị cần làm việc gì?", Turn: 3,
		Choices: []message.Choice{{Label: "Đăng ký mới", N: 1}, {Label: "Gia hạn", N: 2}},
		Links:   []message.Link{{Kind: message.CallPhone, Label: "Gọi trực ban", Address: "0912 345 678"}},
	}
	if err := w.say(t, question); err != nil {
		t.Fatal(err)
	}
	w.Wait()
	last, ok := w.Last(office, person)
	want := fake.Sent{
		Seq: 1, At: w.clock.Now(), Office: office, To: person, MessageID: last.MessageID, Kind: "text", Raw: last.Raw,
		Text: "Anh/chị cần làm việc gì?\n1. Đăng ký mới\n2. Gia hạn\nGọi trực ban: 0912 345 678",
		Buttons: []fake.Button{
			{Title: "Đăng ký mới", Type: "oa.query.hide", Payload: "ht1.3.1"}, {Title: "Gia hạn", Type: "oa.query.hide", Payload: "ht1.3.2"},
			{Title: "Gọi trực ban", Type: "oa.open.phone", Phone: "84912345678"},
		},
	}
	if diff := cmp.Diff(want, last); !ok || diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	renew, ok := last.Button("Gia hạn")
	press, sends := p.Press(renew)
	if !ok || !sends {
		t.Fatalf("button %+v sends nothing", renew)
	}
	w.Push(t.Context(), press)
	if call, _ := last.Button("Gọi trực ban"); call.Phone == "" {
		t.Errorf("no phone on %+v", call)
	} else if _, sends := p.Press(call); sends {
		t.Error("a call sends a webhook")
	}
	if diff := cmp.Diff([]string{"follow", "user_send_text", "oa_send_text", "user_send_text"}, w.box.events()); diff != "" {
		t.Errorf("webhooks (-want +got):\n%s", diff)
	}
	if len(w.Refusals()) != 0 {
		t.Errorf("refused: %+v", w.Refusals())
	}
}

// verified decodes a webhook of the fake and checks its signature as the engine would.
func verified(t testing.TB, w fake.Webhook) zalo.Inbound {
	t.Helper()
	in, err := zalo.Decode(w.Body)
	if err != nil {
		t.Fatalf("%s: %v", w.Body, err)
	}
	v := zalo.Verifier{AppID: "360846524940903967", Secrets: []string{"oa-secret"}}
	if verdict := v.Verify(w.Body, w.Header, in); !verdict.OK || verdict.Variant != zalo.ByBody {
		t.Errorf("signature of %s: %+v", w.Body, verdict)
	}
	return in
}

// generic reads JSON without the keys whose values differ by their nature.
func generic(t testing.TB, body []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	delete(m, "timestamp")
	delete(m, "user_id_by_app")
	if message, ok := m["message"].(map[string]any); ok {
		delete(message, "msg_id")
	}
	return m
}

// TestWebhookShapes compares every webhook a person makes with the sample of it.
func TestWebhookShapes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	follower := w.Person("388613280879808645", "24684588352919792")
	submitter := w.Person("388613280879880645", "246845883529697922")
	info := fake.Info{
		Name: "Name Example", Phone: "84912345678", Birth: "30/10/1999", Gender: "Nam",
		Address: fake.Address{City: "Thành phố Hồ Chí Minh", Ward: "Phường Tân Thuận", Street: "Đường số 13, KCX Tân Thuận Đông"},
	}
	tests := []struct {
		sample string
		hook   fake.Webhook
		differ []string // keys whose values the sample has its own way
	}{
		{"01-user_send_text.official.json", p.Text("message"), nil},
		{"02-follow.official.json", follower.Follow(), []string{"app_id"}},
		{"03-user_submit_info.2025.official.json", submitter.SubmitInfo(info), []string{"app_id"}},
		{"06-user_send_location.real.json", w.Person("1423847451268726170", "8309393969855402319").Location("Cơm Coffee New Sky", "10.7923119", "106.7820651"), []string{"app_id"}},
		{"21-user_send_gif.constructed.json", p.GIF("https://photo.example/o.gif"), []string{"message"}},
		{"22-user_send_link.constructed.json", p.Link("https://dichvucong.gov.vn", "Cổng dịch vụ công"), []string{"message"}},
		{"23-user_send_audio.constructed.json", p.Audio("https://voice.example/a.amr"), nil},
		{"26-user_send_file.constructed.json", p.File("don-xac-nhan-cu-tru.pdf", "https://file.example/f.pdf", 102400), nil},
		{"28-user_click_chatnow.constructed.json", p.ChatNow(), nil},
		{"29-unfollow.constructed.json", follower.Unfollow(), []string{"app_id"}},
		{"31-button-press-as-text.constructed.json", p.Text("FLOW:cutru;STEP:2;V=tamtru"), nil},
		{"33-user_reacted_message.constructed.json", p.React("96d3cdf3af150460909", "/-heart"), nil},
		{"37-user_withdraw.constructed.json", p.Withdraw(), nil},
	}
	for _, tt := range tests {
		t.Run(tt.sample, func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(filepath.Join("../../../testdata/zalo/webhook", tt.sample))
			if err != nil {
				t.Fatal(err)
			}
			want, got := generic(t, b), generic(t, tt.hook.Body)
			for _, k := range tt.differ {
				delete(want, k)
				delete(got, k)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-sample +fake):\n%s", diff)
			}
			verified(t, tt.hook)
		})
	}
}

// TestWebhooksRead: what the fake makes is what our decoder reads.
func TestWebhooksRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	seen := map[string]bool{}
	tests := []struct {
		hook   fake.Webhook
		family zalo.Family
		check  func(in zalo.Inbound) bool
	}{
		{p.Text("xin <chào> & 'bạn'"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Text == "xin <chào> & 'bạn'" }},
		{p.Quote("đúng", "m1"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Quote == "m1" }},
		{p.Image("đây", "https://a.example/1", "https://a.example/2"), zalo.UserMessage, func(in zalo.Inbound) bool {
			return len(in.Media) == 2 && in.Media[1].URL == "https://a.example/2" && in.Text == "đây"
		}},
		{p.GIF("https://a.example/1"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Media[0].Kind == "image" }},
		{p.Video("https://a.example/1"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Media[0].Kind == "video" }},
		{p.Audio("https://a.example/1"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Media[0].Kind == "audio" }},
		{p.Sticker("46000"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Sticker.ID == "46000" }},
		{p.Card("Nguyễn Văn A", "84912345678"), zalo.UserMessage, func(in zalo.Inbound) bool {
			return in.Card.Phone == "84912345678" && in.Card.Name == "Nguyễn Văn A"
		}},
		{p.File("a.pdf", "https://a.example/1", 7), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Media[0].Size == 7 }},
		{p.File("noextension", "https://a.example/1", 7), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Media[0].Name == "noextension" }},
		{p.Location("Nhà", "10.1", "106.2"), zalo.UserMessage, func(in zalo.Inbound) bool { return in.Media[0].Long == "106.2" }},
		{p.Follow(), zalo.Follow, func(in zalo.Inbound) bool { return in.Source == "oa_profile" }},
		{p.Received("m9"), zalo.Receipt, func(in zalo.Inbound) bool { return in.MessageID == "m9" }},
		{p.SubmitInfo(fake.Info{Name: "A", Address: fake.Address{Ward: "P"}}), zalo.SubmitInfo, func(in zalo.Inbound) bool { return in.Info["ward"] == "P" }},
	}
	for _, tt := range tests {
		in := verified(t, tt.hook)
		if in.Family != tt.family || in.Office != office || in.Person != person || in.Timestamp == 0 || !tt.check(in) {
			t.Errorf("%s reads as %+v", tt.hook.Body, in)
		}
		if seen[in.DedupeKey] {
			t.Errorf("two events share the key %q", in.DedupeKey)
		}
		seen[in.DedupeKey] = true
	}
	if in, err := zalo.Decode(w.Probe().Body); err != nil || in.Family != zalo.Probe || w.Probe().Header.Get(zalo.HeaderSignature) != "" {
		t.Errorf("probe reads as %+v, %v", in, err)
	}
}

func TestOfficer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	if status := w.Person(office, person).Officer(t.Context(), "5373", "Cán bộ trực xin chào"); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	in := verified(t, w.box.got[0])
	last, _ := w.Last(office, person)
	if in.AdminID != "5373" || in.MessageID != last.MessageID || last.Text != "Cán bộ trực xin chào" || in.Person != person {
		t.Errorf("webhook %+v of message %+v", in, last)
	}
}

func TestSubscribe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	watch, stop := w.Subscribe(1)
	for _, s := range []string{"một", "hai"} {
		if err := w.say(t, text(s)); err != nil {
			t.Fatal(err)
		}
	}
	if first := <-watch; first.Text != "một" || first.Seq != 1 {
		t.Errorf("first %+v", first)
	}
	if rest := w.Since(1); len(rest) != 1 || rest[0].Text != "hai" {
		t.Errorf("what a full buffer missed: %+v", rest)
	}
	stop()
	stop()
	if _, open := <-watch; open {
		t.Error("the channel is still open")
	}
	if all := w.Since(-5); len(all) != 2 {
		t.Errorf("%d messages since the beginning", len(all))
	}
	if none := w.Since(99); len(none) != 0 {
		t.Errorf("%d messages of the future", len(none))
	}
}

// asError returns the error of the client.
func asError(t testing.TB, err error) *zalo.Error {
	t.Helper()
	var e *zalo.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *zalo.Error", err)
	}
	return e
}
