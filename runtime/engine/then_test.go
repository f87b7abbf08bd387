package engine_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// told is a flow that asks nothing.
const toldFile = `luồng ke "Kể xong là hết"
  từ khóa "kể xong"

bước x
  | Chỉ nói vậy thôi.
  kết thúc đạt
`

// pair matches every text surely to one flow, and to another after it.
type pair struct{ first, then int }

func (m pair) Match(string) engine.Match {
	return engine.Match{Flow: m.first, Sure: true, Then: []int{m.then}}
}

func TestASecondRequestIsNotLost(t *testing.T) {
	t.Parallel()
	p := load(t, everythingFile, everythingCommon, otherFile, alarmFile, toldFile)
	at := func(name string) int { return newTalk(t, p, engine.Config{}).flow(name) }
	k := newTalk(t, p, engine.Config{Matcher: pair{at("moi_nghia"), at("khac")}}).say("hai việc").at("moi_nghia/loi")
	if got := k.res.Messages[0].Text; !strings.Contains(got, "“Khác”") || len(k.res.Messages) != 2 {
		t.Errorf("the second request is not named before the question: %q", k.shown())
	}
	k = newTalk(t, p, engine.Config{Matcher: pair{at("ke"), at("khac")}}).say("hai việc").at()
	last := k.res.Messages[len(k.res.Messages)-1]
	if last.Text != "Anh/chị còn hỏi về “Khác”, tôi giúp luôn?" || len(last.Choices) != 2 {
		t.Errorf("the second request is not offered: %q", k.shown())
	}
	k.say("có").kind(engine.Triggered).at("khac/x")
	two := func() *talk {
		k := newTalk(t, p, engine.Config{Matcher: pair{at("khac"), at("moi_nghia")}}).say("hai việc").at("khac/x")
		if k.s.Later != "moi_nghia" {
			t.Errorf("the session keeps %q", k.s.Later)
		}
		return k
	}
	k = two().press("Thôi").at()
	if last := k.res.Messages[len(k.res.Messages)-1]; last.Text != "Anh/chị còn hỏi về “Mọi nghĩa”, tôi giúp luôn?" || k.s.Later != "" {
		t.Errorf("the request that was kept is not offered at the end: %q", k.shown())
	}
	k.say("1").kind(engine.Triggered).at("moi_nghia/loi")
	if k := two().say("một").press("Thôi").at(); k.s.Later != "" {
		t.Error("a request is kept for ever")
	}
	for _, bad := range []int{program.None, 99} {
		k := newTalk(t, p, engine.Config{Matcher: pair{at("ke"), bad}}).say("hai việc").at()
		if n := len(k.res.Messages); n != 1 {
			t.Errorf("a request for flow %d leads to %d bubbles", bad, n)
		}
	}
}

func TestWhatIsMissedIsTold(t *testing.T) {
	t.Parallel()
	p := load(t, everythingFile, everythingCommon, otherFile, alarmFile)
	k := newTalk(t, p, engine.Config{Matcher: vague{}}).say("gì đó")
	if k.res.Missed != "gì đó" || k.res.Near != p.Flows[0].Name {
		t.Errorf("asked back: missed %q near %q", k.res.Missed, k.res.Near)
	}
	k = newTalk(t, p, engine.Config{Matcher: finder{program.None}}).say("gì đó khác")
	if k.res.Missed != "gì đó khác" || k.res.Near != "" {
		t.Errorf("not understood: missed %q near %q", k.res.Missed, k.res.Near)
	}
	for _, words := range []string{"một", "vào", "bắt đầu lại"} {
		if k := newTalk(t, p, engine.Config{Matcher: vague{}}).say(words); k.res.Missed != "" {
			t.Errorf("%q is noted as missed", words)
		}
	}
	k = newTalk(t, p, engine.Config{Matcher: vague{}}).start("moi_nghia").say("lời nói").say("gì thế nhỉ")
	if k.res.Missed != "" {
		t.Errorf("an answer inside a flow is noted as missed: %q", k.res.Missed)
	}
}
