package rehearsal_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/office"
	"hoithoai/flows"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/rehearsal"
	"hoithoai/runtime/understand"
)

// began is 24/11/2026 08:30:12 in Vietnam: a transcript knows no seconds.
const began = 1795483812000

// learnt is a program whose sentences were learnt once, for all tests of the package: it takes longer than most of them.
type learnt struct {
	dsl.Result
	knows *understand.Understander
	all   *rehearsal.Rehearsals
}

// ours are the flows of this project, small those of testdata.
var (
	ours  = sync.OnceValue(func() *learnt { return learn(flows.FS) })
	small = sync.OnceValue(func() *learnt { return learn(os.DirFS("testdata/bundle")) })
)

func learn(fsys fs.FS) *learnt {
	loaded, err := dsl.Load(fsys, dsl.Options{})
	if err != nil || loaded.Program == nil {
		panic(fmt.Sprintf("%v %v", err, loaded.Diagnostics))
	}
	return &learnt{Result: loaded, knows: understand.New(loaded.Program), all: rehearsal.Of(loaded.Program)}
}

func (l *learnt) talk() *rehearsal.Talk {
	return rehearsal.NewTalk(rehearsal.Config{Program: l.Program, Understand: l.knows, Office: office.Demo(), Start: began})
}

// say plays lines and returns what was said to the last one.
func say(t *testing.T, k *rehearsal.Talk, lines ...string) rehearsal.Reply {
	t.Helper()
	var r rehearsal.Reply
	for _, l := range lines {
		var err error
		if r, err = k.Line(l); err != nil {
			t.Fatalf("%q: %v", l, err)
		}
		if r.Problem != nil {
			t.Fatalf("%q: %s", l, r.Problem.VI)
		}
	}
	return r
}

func spoken(r rehearsal.Reply) string {
	var out []string
	for _, m := range r.Messages {
		out = append(out, rehearsal.Spoken(m))
	}
	return strings.Join(out, " / ")
}

// played runs a recorded talk: it must pass.
func (l *learnt) played(t testing.TB, source string) string {
	t.Helper()
	file := parsed(t, "ghi_test.flow", source)
	if len(file.Tests) != 1 {
		t.Fatalf("%d tests in\n%s", len(file.Tests), source)
	}
	_, text := failures(l.all, file, false)
	return text
}

func TestTalk(t *testing.T) {
	t.Parallel()
	k := small().talk()
	say(t, k, "đặt chỗ", "/cho 10 phút", "Lan", "30")
	r := say(t, k, "[Đặt]")
	if got := spoken(r); got != "(tệp phieu.pdf) Phiếu đặt chỗ / Đã đặt, mã MAU-1. / Hẹn gặp." {
		t.Errorf("the bot says %q", got)
	}
	if diff := cmp.Diff([]string{`làm dat = được { ma: "MAU-1" }`}, r.Calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	say(t, k, `/may dat = lỗi het_cho`, "đặt chỗ", "Hà", "[Không nói]", "đặt chỗ", "Hà", "20", "đặt", "/máy dat = treo", "đặt chỗ", "Tí", "9", "1", "/chờ 1 phút")
	golden.Assert(t, "testdata/talk.golden", []byte(k.Transcript()))
	if text := small().played(t, k.Transcript()); text != "" {
		t.Errorf("the record does not pass: %s\n%s", text, k.Transcript())
	}
}

// A task called while time goes by is answered at its own moment, not after the wait.
func TestTalkAnswersTasksOnTheWay(t *testing.T) {
	t.Parallel()
	k := small().talk()
	r := say(t, k, "đặt chỗ", "Lan", "30", "/cho 5 giờ")
	if got := spoken(r); !strings.Contains(got, "Đã đặt, mã MAU-1.") || len(r.Calls) != 1 {
		t.Errorf("the bot says %q after %v", got, r.Calls)
	}
}

func TestTalkProblems(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"[Mua]":                     "không có nút [Mua] trên màn hình; đang có: [Đặt] [Thôi]",
		"(múa)":                     "không hiểu (múa)",
		"(vị trí nhà tôi)":          "vị trí viết là",
		"/cho lâu lâu":              "viết là /cho 30 phút",
		"/cho 30":                   "viết là /cho 30 phút",
		"/may dat":                  "viết là /may TÊN",
		"/may dat = lỗi het_cho\nx": "viết là /may TÊN",
		"/giup":                     "không có lệnh này",
		"/cho 30 phút\n  Dân: trộm": "viết là /cho 30 phút",
	} {
		k := small().talk()
		say(t, k, "đặt chỗ", "Lan", "30")
		before := k.Transcript()
		r, err := k.Line(line)
		if err != nil || r.Problem == nil || !strings.HasPrefix(r.Problem.VI, want) || r.Problem.EN == "" {
			t.Errorf("%q gives %+v, %v", line, r.Problem, err)
		}
		if k.Transcript() != before {
			t.Errorf("%q is recorded", line)
		}
	}
}

func TestTalkWithATaskThatReturnsSomethingElse(t *testing.T) {
	t.Parallel()
	k := small().talk()
	say(t, k, `/may dat = được { so: "1" }`, "đặt chỗ", "Lan", "30")
	r, err := k.Line("[Đặt]")
	if err != nil || r.Problem == nil || !strings.Contains(r.Problem.VI, "tác vụ dat không trả so") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	ours := ours()
	for _, f := range ours.Program.Flows {
		if f.Sub {
			continue
		}
		k := ours.talk()
		r, err := k.Open(f)
		if err != nil || len(r.Messages) == 0 {
			t.Errorf("%s: %+v, %v", f.Name, r, err)
		}
		if len(f.Keywords)+len(f.Examples) == 0 {
			continue
		}
		if _, text := failures(ours.all, parsed(t, "ghi_test.flow", k.Transcript()), false); text != "" {
			t.Errorf("%s: %s\n%s", f.Name, text, k.Transcript())
		}
	}
}

func TestTranscriptOfNothing(t *testing.T) {
	t.Parallel()
	k := rehearsal.NewTalk(rehearsal.Config{Program: small().Program, Understand: small().knows, Office: office.Demo(), Start: began, Name: `chị "Lan"`})
	say(t, k, "vu vơ")
	if text := small().played(t, k.Transcript()); text != "" {
		t.Errorf("%s\n%s", text, k.Transcript())
	}
}

// TestTalksPass: whatever is said, the record is a transcript that passes.
func TestTalksPass(t *testing.T) {
	t.Parallel()
	words := []string{
		"đặt chỗ", "tạm trú", "báo tin", "xin chào", "1", "2", "3", "Lan", "30", "không", "quay lại", "nhắc lại", "bắt đầu lại", "giúp",
		"(ảnh a.jpg)", "(nhãn dán)", "(vị trí 10.79,106.78 Nhà)", "(quan tâm)", "/tiep Lan", "/tiep xin chào", "/tiep có người cầm dao", "/cho 12 phút", "/cho 2 giờ", "/cho 2 ngày", "🙂", "0912 345 678",
		"trộm vào nhà", `/may dat = lỗi het_cho`, `/may dat = treo`, `/may dat = được { ma: "X" }`, "công an nhận hối lộ", "bỏ  qua", "ht1.8.1",
	}
	rapid.Check(t, func(rt *rapid.T) {
		p := ours()
		if rapid.Bool().Draw(rt, "small") {
			p = small()
		}
		k := p.talk()
		for _, line := range rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(rt, "lines") {
			if _, err := k.Line(line); err != nil {
				rt.Fatalf("%q: %v", line, err)
			}
		}
		file := parsed(t, "ghi_test.flow", k.Transcript())
		if _, text := failures(p.all, file, false); text != "" {
			rt.Fatalf("%s\n%s", text, k.Transcript())
		}
	})
}

func TestStage(t *testing.T) {
	t.Parallel()
	s := rehearsal.NewStage(rehearsal.Config{Program: small().Program, Office: office.Demo(), Start: began})
	if _, err := s.Do(event.Event{Kind: event.Text, Text: "đặt chỗ"}); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Press("Đặt"); ok {
		t.Error("a button is pressed that is not there")
	}
	for _, text := range []string{"Lan", "30"} {
		if _, err := s.Do(event.Event{Kind: event.Text, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	payload, ok := s.Press("Thôi")
	turn, n, valid := message.ParsePayload(payload)
	if !ok || !valid || n != 2 || turn != s.Session().Turn {
		t.Errorf("the button carries %q", payload)
	}
	if _, err := s.Do(event.Event{Kind: event.Text, Text: payload}); err != nil || len(s.Session().Runs) != 0 {
		t.Errorf("after the press the session is %+v, %v", s.Session(), err)
	}
	if s.Now() != began {
		t.Errorf("the clock moved to %d", s.Now())
	}
	if err := s.Wait(time.Hour, nil); err != nil || s.Now() != began+3_600_000 { // nothing falls due: nobody is called
		t.Errorf("after an hour it is %d, %v", s.Now(), err)
	}
	if _, err := s.Do(event.Event{}); err == nil {
		t.Error("an event of no kind gives no error")
	}
	if _, err := s.Start(99); err == nil {
		t.Error("a flow that is not there gives no error")
	}
}

// BenchmarkTranscripts plays all our own transcripts.
func BenchmarkTranscripts(b *testing.B) {
	ours := ours()
	b.ReportAllocs()
	for b.Loop() {
		for _, file := range ours.Tests {
			if _, text := failures(ours.all, file, false); text != "" {
				b.Fatal(text)
			}
		}
	}
}
