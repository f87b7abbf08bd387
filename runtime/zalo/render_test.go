package zalo_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/dsl/golden"
	"hoithoai/runtime/message"
	"hoithoai/runtime/zalo"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const person = "2468458835296117922"

// assets are uploads fixed by path.
type assets struct {
	pictures map[string]zalo.Picture
	files    map[string]string
}

func (a assets) Picture(m message.Message) (zalo.Picture, bool) {
	p, ok := a.pictures[m.Path]
	return p, ok
}

func (a assets) File(m message.Message) (string, bool) {
	token, ok := a.files[m.Path]
	return token, ok
}

func render(t testing.TB, m message.Message, caps zalo.Capabilities, a zalo.Assets) []zalo.Request {
	t.Helper()
	calls, err := zalo.Render(m, person, caps, a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range calls {
		if c.Endpoint != zalo.EndpointConsult {
			t.Errorf("endpoint %s", c.Endpoint)
		}
	}
	return calls
}

// parsed is a body as any JSON.
func parsed(t testing.TB, b []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return v
}

// wire is a body as tests look at it.
type wire struct {
	Recipient struct {
		UserID string `json:"user_id"`
	}
	Message struct {
		Text       string
		Attachment *struct {
			Type    string
			Payload struct {
				Type     string `json:"template_type"`
				Elements []json.RawMessage
				Buttons  []struct {
					Title, Type string
					Payload     any
				}
			}
		}
	}
}

func read(t testing.TB, r zalo.Request) wire {
	t.Helper()
	var w wire
	if err := json.Unmarshal(r.Body, &w); err != nil {
		t.Fatal(err)
	}
	if w.Message.Text != r.Text {
		t.Errorf("body says %q, Text says %q", w.Message.Text, r.Text)
	}
	return w
}

func choices(labels ...string) []message.Choice {
	out := make([]message.Choice, len(labels))
	for i, l := range labels {
		out[i] = message.Choice{Label: l, N: i + 1}
	}
	return out
}

func numbered(n int) []message.Choice {
	out := make([]message.Choice, n)
	for i := range out {
		out[i] = message.Choice{Label: fmt.Sprintf("Lựa chọn %c", 'A'+i), N: i + 1}
	}
	return out
}

// TestRenderOfficialShapes compares bodies with what official pages print.
func TestRenderOfficialShapes(t *testing.T) {
	t.Parallel()
	caps := zalo.DefaultCapabilities()
	caps.InfoImage = "https://developers.zalo.me/web/static/zalo.png"
	const token = "12i8LV3BcmmDS4iLfyoU3qKxHXNtpu077ZjA7xRHmmi8EXrEjuR50LHjJXJWWvTQ17OJ7R2Oc5q4SHSJjPoPKmDq5X2tyS4MI78oKexCna1CUJnQyiMvUKmfG7UOX8PYVW5FJAckbWbi1tWbj8BnCNOyTGMBr8mrG5XZ4epkfbD4HczzjUs3FM0QL1ZM"
	a := assets{
		pictures: map[string]zalo.Picture{"bg.jpg": {URL: "https://stc-developers.zdn.vn/images/bg_1.jpg"}},
		files:    map[string]string{"mau.pdf": token},
	}
	tests := []struct {
		sample string
		to     string
		m      message.Message
	}{
		{"cs-text.request.json", "2512523625412515", message.Message{Kind: message.Words, Text: "hello, world!"}},
		{"cs-image.request.json", person, message.Message{Kind: message.Image, Path: "bg.jpg", Text: "Zalo đạt 100 triệu người dùng"}},
		{"cs-file.request.json", person, message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu CT01"}},
		{"cs-request-user-info.request.json", person, message.Message{Kind: message.AskInfo, Text: "OA Chatbot (Testing)\nĐang yêu cầu thông tin từ bạn"}},
	}
	for _, tt := range tests {
		t.Run(tt.sample, func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(filepath.Join(samples, "api", tt.sample))
			if err != nil {
				t.Fatal(err)
			}
			calls, err := zalo.Render(tt.m, tt.to, caps, a)
			if err != nil || len(calls) != 1 {
				t.Fatalf("%d calls, %v", len(calls), err)
			}
			if diff := cmp.Diff(parsed(t, want), parsed(t, calls[0].Body)); diff != "" {
				t.Errorf("(-page +ours):\n%s", diff)
			}
		})
	}
}

// TestButtonsOfAllKinds compares the five forms with the shape of the official SDKs.
func TestButtonsOfAllKinds(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(filepath.Join(samples, "api", "buttons-no-template-type.request.dotnetsdk-shape.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sdk struct {
		Message struct {
			Attachment struct {
				Payload struct{ Buttons json.RawMessage }
			}
		}
	}
	if err := json.Unmarshal(b, &sdk); err != nil {
		t.Fatal(err)
	}
	ours, err := json.Marshal([]zalo.Button{
		zalo.QueryShow("Đăng ký tạm trú", "tamtru"),
		zalo.OpenURL("Mở cổng DVC", "https://dichvucong.gov.vn"),
		zalo.OpenPhone("Gọi trực ban", "0123 456 789"),
		zalo.OpenSMS("Nhắn SMS", "+84 123.456.789", "hoi thu tuc"),
		zalo.QueryHide("Ẩn", "#menu"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(parsed(t, sdk.Message.Attachment.Payload.Buttons), parsed(t, ours)); diff != "" {
		t.Errorf("(-sdk +ours):\n%s", diff)
	}
}

func TestPhoneCode(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"0912345678": "84912345678", "0912 345 678": "84912345678", "0912.345.678": "84912345678", "(028) 3829-7643": "842838297643",
		"+84912345678": "84912345678", "84912345678": "84912345678", "02838297643": "842838297643",
		"113": "113", "114": "114", "115": "115", "111": "111", "112": "112", "1022": "1022", "19001234": "19001234", "1800 8098": "18008098",
		"+1 202 555 0100": "12025550100",
		"":                "", "11": "", "gọi 113": "", "0912345678 (Nam)": "", "٠٩١٢٣٤٥٦٧٨": "",
	} {
		if got := zalo.PhoneCode(number); got != want {
			t.Errorf("PhoneCode(%q) = %q, want %q", number, got, want)
		}
	}
}

// question is the message most golden files draw in another way.
func question() message.Message {
	return message.Message{
		Kind: message.Words, Text: "Anh/chị cần làm việc gì?", Turn: 7, Choices: choices("Đăng ký mới", "Gia hạn"),
		Links: []message.Link{
			{Kind: message.OpenURL, Label: "Nộp trực tuyến", Address: "https://dichvucong.gov.vn/?a=1&b=<2>"},
			{Kind: message.CallPhone, Label: "Gọi", Address: "113"},
			{Kind: message.CallPhone, Label: "Gọi 114", Address: "114"},
		},
	}
}

func TestRenderGolden(t *testing.T) {
	t.Parallel()
	on, list, template, off := zalo.DefaultCapabilities(), zalo.DefaultCapabilities(), zalo.DefaultCapabilities(), zalo.Capabilities{}
	list.List, template.ButtonsWithTemplateType = true, true
	seven := question()
	seven.Choices = numbered(7)
	a := assets{pictures: map[string]zalo.Picture{"a.jpg": {URL: "https://x.example/a.jpg", AttachmentID: "att-1"}}}
	tests := map[string]struct {
		m    message.Message
		caps zalo.Capabilities
	}{
		"buttons":           {question(), on},
		"buttons_template":  {question(), template},
		"list":              {question(), list},
		"no_buttons":        {question(), off},
		"seven_choices":     {seven, on},
		"seven_off":         {seven, off},
		"image_uploaded":    {message.Message{Kind: message.Image, Path: "a.jpg", Text: "Mẫu tờ khai"}, on},
		"image_off":         {message.Message{Kind: message.Image, Path: "a.jpg", Text: "Mẫu tờ khai"}, off},
		"file_off":          {message.Message{Kind: message.File, Path: "a.pdf", Text: "Tờ khai CT01"}, off},
		"info_without_form": {message.Message{Kind: message.AskInfo, Text: "Xin số điện thoại\nĐể trực ban gọi lại"}, on},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var bodies []any
			for _, c := range render(t, tt.m, tt.caps, a) {
				bodies = append(bodies, parsed(t, c.Body))
			}
			golden.Assert(t, filepath.Join(samples, "render", name+".json"), indent(t, bodies))
		})
	}
}

func TestRenderSharesButtonsOut(t *testing.T) {
	t.Parallel()
	link := message.Link{Kind: message.OpenURL, Label: "Xem", Address: "https://a.example"}
	tests := []struct{ choices, links, bubbles, last int }{
		{1, 0, 1, 1}, {5, 0, 1, 5}, {6, 0, 2, 1}, {10, 0, 2, 5}, {11, 0, 3, 1}, {5, 1, 2, 1}, {4, 1, 1, 5}, {4, 2, 2, 1}, {0, 6, 2, 1},
		{7, 2, 2, 4}, {0, 0, 1, 0},
	}
	for _, tt := range tests {
		m := message.Message{Kind: message.Words, Text: "Hỏi", Turn: 1, Choices: numbered(tt.choices)}
		for range tt.links {
			m.Links = append(m.Links, link)
		}
		calls := render(t, m, zalo.DefaultCapabilities(), nil)
		total, n := 0, 0
		for _, c := range calls {
			if n = 0; read(t, c).Message.Attachment != nil {
				n = len(read(t, c).Message.Attachment.Payload.Buttons)
			}
			total += n
		}
		if len(calls) != tt.bubbles || n != tt.last || total != tt.choices+tt.links {
			t.Errorf("%d choices and %d links: %d bubbles, %d buttons on the last, %d in all; want %d, %d", tt.choices, tt.links, len(calls), n, total, tt.bubbles, tt.last)
		}
	}
}

func TestRenderLongLabels(t *testing.T) {
	t.Parallel()
	label := strings.Repeat("Cha, mẹ hoặc người giám hộ ", 6) + "👨\u200d👩\u200d👧"
	calls := render(t, message.Message{Kind: message.Words, Text: "Ai?", Choices: choices(label)}, zalo.DefaultCapabilities(), nil)
	w := read(t, calls[0])
	title := w.Message.Attachment.Payload.Buttons[0].Title
	if n := len([]rune(title)); n > 100 || !strings.HasSuffix(title, "…") || !strings.HasPrefix(label, strings.TrimSuffix(title, "…")) {
		t.Errorf("title of %d runes: %s", n, title)
	}
	if !strings.Contains(w.Message.Text, "1. "+label) {
		t.Errorf("the text cuts the label: %s", w.Message.Text)
	}
	exact := strings.Repeat("ă", 100)
	calls = render(t, message.Message{Kind: message.Words, Text: "Ai?", Choices: choices(exact)}, zalo.DefaultCapabilities(), nil)
	if got := read(t, calls[0]).Message.Attachment.Payload.Buttons[0].Title; got != exact {
		t.Errorf("a label of exactly 100 was cut: %s", got)
	}
}

func TestRenderLeavesOutWhatAButtonMustNotOpen(t *testing.T) {
	t.Parallel()
	m := message.Message{Kind: message.Words, Text: "Xem", Links: []message.Link{
		{Kind: message.OpenURL, Label: "Mã", Address: "javascript:alert(1)"},
		{Kind: message.OpenURL, Label: "Đường", Address: "/noi-bo"},
		{Kind: message.OpenURL, Label: "Giả", Address: "https://dichvucong.gov.vn@evil.example"},
		{Kind: message.CallPhone, Label: "Gọi", Address: "trực ban"},
	}}
	calls := render(t, m, zalo.DefaultCapabilities(), nil)
	if a := read(t, calls[0]).Message.Attachment; a != nil {
		t.Errorf("attachment %+v", a)
	}
	if want := "Xem\nMã: javascript:alert(1)\nĐường: /noi-bo\nGiả: https://dichvucong.gov.vn@evil.example\nGọi: trực ban"; calls[0].Text != want {
		t.Errorf("text %q, want %q", calls[0].Text, want)
	}
}

func TestRenderLongText(t *testing.T) {
	t.Parallel()
	m := question()
	m.Text = strings.Repeat("Giấy tờ cần mang theo khi đi làm thủ tục. ", 100)
	calls := render(t, m, zalo.DefaultCapabilities(), nil)
	if len(calls) < 3 {
		t.Fatalf("%d calls", len(calls))
	}
	for i, c := range calls {
		if has := read(t, c).Message.Attachment != nil; has != (i == len(calls)-1) {
			t.Errorf("call %d of %d has buttons: %v", i+1, len(calls), has)
		}
	}
	if last := calls[len(calls)-1].Text; !strings.Contains(last, "1. Đăng ký mới\n2. Gia hạn\n") {
		t.Errorf("the choices are not with their buttons: %q", last)
	}
}

func TestRenderPictures(t *testing.T) {
	t.Parallel()
	long := message.Message{Kind: message.Image, Path: "a.jpg", Text: strings.Repeat("mô tả ", 500)}
	a := assets{pictures: map[string]zalo.Picture{"a.jpg": {AttachmentID: "att"}}}
	calls := render(t, long, zalo.DefaultCapabilities(), a)
	if len(calls) != 2 || read(t, calls[0]).Message.Attachment == nil || read(t, calls[1]).Message.Attachment != nil {
		t.Errorf("%d calls", len(calls))
	}
	silent := render(t, message.Message{Kind: message.Image, Path: "a.jpg"}, zalo.DefaultCapabilities(), a)
	if want := `{"recipient":{"user_id":"` + person + `"},"message":{"attachment":{"type":"template","payload":{"template_type":"media","elements":[{"media_type":"image","attachment_id":"att"}]}}}}`; string(silent[0].Body) != want {
		t.Errorf("body %s, want %s", silent[0].Body, want)
	}
}

// TestRenderEscapesNothing: people read what is written; JSON needs no HTML escapes.
func TestRenderEscapesNothing(t *testing.T) {
	t.Parallel()
	calls := render(t, question(), zalo.DefaultCapabilities(), nil)
	if body := string(calls[0].Body); !strings.Contains(body, "https://dichvucong.gov.vn/?a=1&b=<2>") || strings.HasSuffix(body, "\n") {
		t.Errorf("body %s", body)
	}
}

func TestRenderInfoLimits(t *testing.T) {
	t.Parallel()
	caps := zalo.DefaultCapabilities()
	caps.InfoImage = "https://a.example/a.png"
	element := func(text string) (title, subtitle string) {
		calls := render(t, message.Message{Kind: message.AskInfo, Text: text}, caps, nil)
		var e struct{ Title, Subtitle string }
		if err := json.Unmarshal(read(t, calls[0]).Message.Attachment.Payload.Elements[0], &e); err != nil {
			t.Fatal(err)
		}
		return e.Title, e.Subtitle
	}
	title, subtitle := element(strings.Repeat("t", 200) + "\n" + strings.Repeat("s", 600))
	if len([]rune(title)) != 100 || len([]rune(subtitle)) != 500 {
		t.Errorf("title of %d, subtitle of %d runes", len([]rune(title)), len([]rune(subtitle)))
	}
	if title, subtitle = element("Một dòng"); title != "Một dòng" || subtitle != "Một dòng" {
		t.Errorf("title %q, subtitle %q", title, subtitle)
	}
}

func TestRenderErrors(t *testing.T) {
	t.Parallel()
	caps := zalo.DefaultCapabilities()
	caps.InfoImage = "https://a.example/a.png"
	for name, tt := range map[string]struct {
		m    message.Message
		want error
	}{
		"no words":     {message.Message{Kind: message.Words, Text: " \n"}, zalo.ErrEmpty},
		"empty form":   {message.Message{Kind: message.AskInfo}, zalo.ErrEmpty},
		"new picture":  {message.Message{Kind: message.Image, Path: "x.jpg"}, zalo.ErrNotUploaded},
		"new file":     {message.Message{Kind: message.File, Path: "x.pdf", Text: "X"}, zalo.ErrNotUploaded},
		"unknown kind": {message.Message{Kind: 99}, zalo.ErrEmpty},
	} {
		if calls, err := zalo.Render(tt.m, person, caps, assets{}); !errors.Is(err, tt.want) || calls != nil {
			t.Errorf("%s: %d calls, %v, want %v", name, len(calls), err, tt.want)
		}
	}
}

// TestRenderProperty: whatever is said, every number, label and address can be read, and no limit is broken.
func TestRenderProperty(t *testing.T) {
	t.Parallel()
	words := rapid.StringMatching(`[a-zđ .\n]{0,900}x`)
	label := rapid.StringMatching(`[A-Za-zàáảãạăâđêôơư ]{1,150}[a-z]`)
	rapid.Check(t, func(t *rapid.T) {
		m := message.Message{Kind: message.Words, Text: strings.Join(rapid.SliceOfN(words, 1, 6).Draw(t, "text"), "\n"), Turn: rapid.Uint32().Draw(t, "turn")}
		for i, l := range rapid.SliceOfN(label, 0, 10).Draw(t, "labels") {
			m.Choices = append(m.Choices, message.Choice{Label: l, N: i + 1})
		}
		calls, err := zalo.Render(m, person, zalo.DefaultCapabilities(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var pressed []int
		var said strings.Builder
		for _, c := range calls {
			var w wire
			if err := json.Unmarshal(c.Body, &w); err != nil || w.Recipient.UserID != person {
				t.Fatalf("%s: %v", c.Body, err)
			}
			checkPieces(t, c.Text, []string{c.Text})
			said.WriteString(c.Text + "\n")
			if w.Message.Attachment == nil {
				continue
			}
			for _, b := range w.Message.Attachment.Payload.Buttons {
				turn, n, ok := message.ParsePayload(b.Payload.(string))
				if !ok || turn != m.Turn || len([]rune(b.Title)) > zalo.ButtonTitle {
					t.Fatalf("button %+v", b)
				}
				pressed = append(pressed, n)
			}
		}
		for i, c := range m.Choices {
			if !strings.Contains(bare(said.String()), bare(fmt.Sprintf("%d. %s", c.N, c.Label))) || pressed[i] != c.N {
				t.Fatalf("choice %d %q is missing: %v", c.N, c.Label, pressed)
			}
		}
	})
}

func TestAssetCache(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1751100041636)
	c := zalo.NewAssetCache(func() time.Time { return now })
	picture := message.Message{Kind: message.Image, Program: "p1", Path: "a.jpg", Text: "mô tả"}
	file := message.Message{Kind: message.File, Program: "p1", Path: "a.pdf", Text: "Tờ khai"}
	if _, ok := c.Picture(picture); ok {
		t.Error("an empty cache has a picture")
	}
	c.Keep(picture, "att")
	c.Keep(file, "tok")
	picture.Text = "mô tả khác"
	if p, ok := c.Picture(picture); !ok || p != (zalo.Picture{AttachmentID: "att"}) {
		t.Errorf("picture %+v, %v", p, ok)
	}
	renamed, moved := file, file
	renamed.Text, moved.Program = "Tên khác", "p2"
	for name, m := range map[string]message.Message{"renamed": renamed, "of another program": moved} {
		if token, ok := c.File(m); ok {
			t.Errorf("a file %s is %q", name, token)
		}
	}
	now = now.Add(zalo.AssetLife - time.Hour - time.Millisecond)
	if token, ok := c.File(file); !ok || token != "tok" {
		t.Errorf("file %q, %v", token, ok)
	}
	now = now.Add(time.Millisecond)
	if _, ok := c.File(file); ok {
		t.Error("an expired file is still there")
	}
	c.Keep(picture, "att-2")
	c.Forget(picture)
	if _, ok := c.Picture(picture); ok {
		t.Error("a forgotten picture is still there")
	}
}

func BenchmarkRender(b *testing.B) {
	m, caps := question(), zalo.DefaultCapabilities()
	b.ReportAllocs()
	for b.Loop() {
		if calls, err := zalo.Render(m, person, caps, nil); err != nil || len(calls) != 1 {
			b.Fatal(err)
		}
	}
}

// The choice that led here opens the text, also of a message that needs two bubbles; only the first says it.
func TestRenderLead(t *testing.T) {
	t.Parallel()
	m := message.Message{Kind: message.Words, Text: "Dưới 18 tuổi không?", Lead: "Ở nhờ"}
	for i := range 7 {
		m.Choices = append(m.Choices, message.Choice{Label: "Nút", N: i + 1})
	}
	calls, err := zalo.Render(m, "1", zalo.DefaultCapabilities(), nil)
	if err != nil || len(calls) != 2 {
		t.Fatalf("%d calls, %v", len(calls), err)
	}
	if got := calls[0].Text; !strings.HasPrefix(got, "Anh/chị chọn: Ở nhờ.\nDưới 18 tuổi không?\n1. Nút") {
		t.Errorf("the first bubble says %q", got)
	}
	if strings.Contains(calls[1].Text, "Anh/chị chọn") {
		t.Errorf("the second bubble says %q", calls[1].Text)
	}
}
