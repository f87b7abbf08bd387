package flows_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/rehearsal"
	"hoithoai/runtime/session"
	"hoithoai/runtime/understand"
	"hoithoai/runtime/zalo"
)

// place is a waiting step of one flow.
type place struct{ flow, step string }

// visit is a resident somewhere in the flows.
type visit struct {
	prog  *program.Program
	stage *rehearsal.Stage
	res   engine.Result
}

// door is where visits to one program begin.
type door struct {
	prog   *program.Program
	learnt *understand.Understander
}

func open(p *program.Program) door { return door{p, understand.New(p)} }

// enter begins with an office that takes tips, in the middle of a working morning.
func (d door) enter() *visit {
	of := office.Demo()
	of.Fields["nhan_tin"] = "age"
	const morning = 1795485600000 // 24/11/2026 09:00, UTC+7
	return &visit{prog: d.prog, stage: rehearsal.NewStage(rehearsal.Config{Program: d.prog, Understand: d.learnt, Office: of, Start: morning})}
}

// say sends a line as transcripts write it; pressing what is not offered sends the words.
func (v *visit) say(line string) error { return v.do(v.meant(line)) }

func (v *visit) meant(line string) event.Event {
	label := strings.Trim(line, "[]")
	payload, shown := v.stage.Press(label)
	switch {
	case strings.HasPrefix(line, "[") && shown:
		return event.Event{Kind: event.Text, Text: payload}
	case strings.HasPrefix(line, "(ảnh"):
		return media("image", "a.jpg")
	case strings.HasPrefix(line, "(vị trí"):
		return event.Event{Kind: event.Place, Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}}
	case line == "(nhãn dán)":
		return event.Event{Kind: event.Sticker}
	case line == "(quan tâm)":
		return event.Event{Kind: event.Follow}
	}
	return event.Event{Kind: event.Text, Text: label}
}

func media(kind, name string) event.Event {
	return event.Event{Kind: event.Media, Media: []value.Media{{Kind: kind, Name: name, URL: "https://rehearsal.invalid/" + name}}}
}

// do plays one event; a task it asks for succeeds at once, and what that leads to belongs to the same result.
func (v *visit) do(ev event.Event) error {
	res, err := v.stage.Do(ev)
	if err != nil {
		return err
	}
	v.res = cloned(res)
	for _, task := range v.stage.Pending() {
		values := make([]string, len(v.prog.Tasks[task.Index].Results))
		for i := range values {
			values[i] = "TB-0001"
		}
		done, err := v.stage.Finish(task, false, "", values)
		if err != nil {
			return err
		}
		v.res.Messages = append(v.res.Messages, done.Messages...)
	}
	return nil
}

// cloned keeps what the next step of the engine would write over.
func cloned(res engine.Result) engine.Result {
	res.Messages = slices.Clone(res.Messages)
	res.Entered = slices.Clone(res.Entered)
	return res
}

// at is where the person is asked, false where nobody is.
func (v *visit) at() (place, bool) {
	s := v.stage.Session()
	if s.Status != session.Waiting || len(s.Runs) == 0 {
		return place{}, false
	}
	top := s.Runs[len(s.Runs)-1]
	f := v.prog.Flows[top.Flow]
	return place{f.Name, f.Steps[top.Step].Name}, true
}

// approaches finds, for every waiting step, what to say to come there: the shortest beginning of a transcript.
func approaches(t *testing.T, d door, loaded dsl.Result) map[place][]string {
	t.Helper()
	out := map[place][]string{}
	for _, file := range loaded.Tests {
		for _, test := range file.Tests {
			var said []string
			v := d.enter()
			for _, line := range test.Lines {
				if line.Kind != tree.LinePerson {
					continue
				}
				said = append(said, line.Text.Text)
				if err := v.say(line.Text.Text); err != nil {
					t.Fatal(err)
				}
				if here, ok := v.at(); ok && (out[here] == nil || len(said) < len(out[here])) {
					out[here] = slices.Clone(said)
				}
			}
		}
	}
	for _, f := range loaded.Program.Flows {
		for _, st := range f.Steps {
			if waits := st.End.Kind == program.Ask || st.End.Kind == program.Menu; waits && out[place{f.Name, st.Name}] == nil {
				t.Errorf("no transcript comes to %s/%s", f.Name, st.Name)
			}
		}
	}
	return out
}

func (d door) arrive(t interface{ Fatal(...any) }, said []string) *visit {
	v := d.enter()
	for _, line := range said {
		if err := v.say(line); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// places lists the waiting steps in one order.
func places(ways map[place][]string) []place {
	return slices.SortedFunc(maps.Keys(ways), func(a, b place) int {
		return strings.Compare(a.flow+"/"+a.step, b.flow+"/"+b.step)
	})
}

// mark stands in every hostile text: no flow of ours may show it again.
const mark = "zqx7"

// nasty are texts that people, clients and attackers send.
var nasty = []string{
	"", " ", "?", ".", "👍", "🙏🙏", "{", "}", "{{", "{chuyen}", "{{don_vi.ten}}", "{ten", "%s%d", "\\", "\"", "'", "[Gửi tin]", "[", "|",
	"->", "ht1.1.1", "ht1.0.0", "ht1.4294967295.9", "ht1.-1.1", "#ht1.1.1", "oa.query.hide", "oa.open.url", `{"event_name":"user_send_text"}`,
	"<script>alert(1)</script>", "' or 1=1 --", "\x00\x01\x1b[31m", "\u202e\u200b\u2066", "\ufeff", "e\u0323\u0302\u0301\u0301\u0301", "\xff\xfe",
	"0", "1", "2", "3", "99999999999999999999", "-1", "1,2", "một", "có", "không", "thôi", "bỏ qua", "xong", "gửi", "tiếp tục", "không phải",
	"quay lại", "nhắc lại", "trợ giúp", "bắt đầu lại", "làm lại", "hủy", "menu", "tạm trú", "báo tin", "địa chỉ", "cảm ơn", "chào", "phản ánh cán bộ",
	"nhà tôi đang cháy", "hàng xóm đang đánh nhau", "công an phường nhận hối lộ", "có người bán ma túy trong hẻm nhà tôi",
	"https://vi-du.example/?a=1&b=2", "0912 345 678", "26/11/2026", "31/02/2026", "079099000001",
}

func hostile() *rapid.Generator[event.Event] {
	text := rapid.OneOf(
		rapid.SampledFrom(nasty),
		rapid.Map(rapid.SampledFrom(nasty), func(s string) string { return mark + " " + s }),
		rapid.Map(rapid.String(), func(s string) string { return s + mark }),
		rapid.Map(rapid.IntRange(1, 4000), func(n int) string { return strings.Repeat("ạ", n) + mark }),
		rapid.Map(rapid.IntRange(1, 2000), func(n int) string { return strings.Repeat("nhà ", n) }),
	)
	return rapid.OneOf(
		rapid.Map(text, func(s string) event.Event { return event.Event{Kind: event.Text, Text: s} }),
		rapid.Map(text, func(s string) event.Event {
			ev := media("image", mark+".jpg")
			ev.Text = s
			return ev
		}),
		rapid.Map(rapid.SampledFrom([]string{"image", "file", "video", "audio", "gif", "link", "la"}), func(k string) event.Event { return media(k, mark+".x") }),
		rapid.Just(event.Event{Kind: event.Place, Text: mark, Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78", Name: mark}}}),
		rapid.Just(event.Event{Kind: event.Place}),
		rapid.Just(event.Event{Kind: event.Media}),
		rapid.Just(event.Event{Kind: event.Sticker}),
		rapid.Just(event.Event{Kind: event.Follow}),
	)
}

// TestHostileMessages sends what nobody expects to every waiting step: nothing fails, nothing is silent or endless, nothing is
// shown back, everything can be sent through Zalo, and a person of the office stays one message away.
func TestHostileMessages(t *testing.T) {
	t.Parallel()
	loaded := load(t)
	d := open(loaded.Program)
	ways := approaches(t, d, loaded)
	all := places(ways)
	rapid.Check(t, func(t *rapid.T) {
		v := d.arrive(t, ways[rapid.SampledFrom(all).Draw(t, "place")])
		for _, ev := range rapid.SliceOfN(hostile(), 1, 6).Draw(t, "events") {
			held := v.stage.Session().Status == session.Human
			if err := v.do(ev); err != nil {
				t.Fatalf("%+v: %v", ev, err)
			}
			checkReply(t, v, held)
		}
		checkPerson(t, v)
	})
}

func checkReply(t *rapid.T, v *visit, held bool) {
	if v.res.Kind == engine.Faulty || v.res.Fault != "" {
		t.Fatalf("the program is at fault: %s", v.res.Fault)
	}
	if len(v.res.Messages) == 0 && !held {
		t.Fatalf("silent: %v", v.res.Kind)
	}
	if len(v.res.Messages) > 6 || len(v.res.Entered) > 12 {
		t.Fatalf("%d bubbles, %d steps after one message", len(v.res.Messages), len(v.res.Entered))
	}
	for _, m := range v.res.Messages {
		checkBubble(t, m)
	}
}

// fataler is a test, or one draw of a property.
type fataler interface{ Fatalf(string, ...any) }

func checkBubble(t fataler, m message.Message) {
	if strings.Contains(m.Text, mark) || strings.ContainsAny(m.Text, "{}") {
		t.Fatalf("shown back or not filled in: %q", m.Text)
	}
	plain := zalo.DefaultCapabilities()
	plain.Buttons, plain.Files, plain.Images = false, false, false
	for _, caps := range []zalo.Capabilities{zalo.DefaultCapabilities(), plain} {
		calls, err := zalo.Render(m, "1", caps, uploaded{})
		if err != nil || len(calls) == 0 {
			t.Fatalf("%q cannot be sent: %v", m.Text, err)
		}
		for _, c := range calls {
			if !json.Valid(c.Body) || utf8.RuneCountInString(c.Text) > zalo.TextLimit || strings.Count(string(c.Body), `"title"`) > zalo.ButtonsPerMessage {
				t.Fatalf("beyond Zalo's limits: %s", c.Body)
			}
		}
	}
}

// uploaded holds every attachment.
type uploaded struct{}

func (uploaded) Picture(message.Message) (zalo.Picture, bool) {
	return zalo.Picture{AttachmentID: "1"}, true
}

func (uploaded) File(message.Message) (string, bool) { return "1", true }

// checkPerson asks for a person of the office, where none talks yet.
func checkPerson(t *rapid.T, v *visit) {
	if v.stage.Session().Status == session.Human {
		return
	}
	if err := v.say("gặp cán bộ"); err != nil || v.res.Handover != "truc_ban" {
		here, _ := v.at()
		t.Fatalf("at %v no person comes: %v %v", here, v.res.Kind, err)
	}
}

// TestWaysOut walks the ways out that the help promises, from every waiting step.
func TestWaysOut(t *testing.T) {
	t.Parallel()
	loaded := load(t)
	d := open(loaded.Program)
	ways := approaches(t, d, loaded)
	tests := []struct {
		words string
		holds func(v *visit, from place) bool
	}{
		{"gặp cán bộ", func(v *visit, _ place) bool { return v.res.Handover == "truc_ban" }},
		{"HỦY", func(v *visit, _ place) bool { return len(v.stage.Session().Runs) == 0 }},
		{"menu", func(v *visit, _ place) bool { here, ok := v.at(); return ok && here.step == "chon_viec" }},
		{"nhac lai", func(v *visit, from place) bool { here, ok := v.at(); return ok && here == from }},
		{"trợ giúp", func(v *visit, from place) bool {
			here, ok := v.at()
			return ok && here == from && strings.Contains(v.res.Messages[0].Text, "gặp cán bộ")
		}},
		{"quay lại", func(v *visit, _ place) bool { _, ok := v.at(); return ok && len(v.res.Messages) > 0 }},
		{"làm lại", func(v *visit, from place) bool { here, ok := v.at(); return ok && here.flow == from.flow }},
		{"nhà tôi đang cháy", func(v *visit, _ place) bool { return strings.HasPrefix(v.res.Messages[0].Text, "GỌI NGAY") }},
	}
	for _, c := range tests {
		t.Run(c.words, func(t *testing.T) {
			t.Parallel()
			for _, from := range places(ways) {
				v := d.arrive(t, ways[from])
				if err := v.say(c.words); err != nil {
					t.Fatal(err)
				}
				if len(v.res.Messages) == 0 || !c.holds(v, from) {
					here, _ := v.at()
					t.Errorf("%q at %s/%s leads to %v (%v)", c.words, from.flow, from.step, here, v.res.Kind)
				}
			}
		})
	}
}
