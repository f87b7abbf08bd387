package understand_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

// TestASentenceAddedIsUnderstood: whatever staff add to a flow leads into it from then on, unless another flow has the same.
func TestASentenceAddedIsUnderstood(t *testing.T) {
	t.Parallel()
	plain := understand.New(bundle())
	words := rapid.SampledFrom([]string{
		"tạm", "trú", "vắng", "giấy", "làm", "ở", "đâu", "cho", "con", "xe", "mất", "bán", "ma", "túy", "cây", "cầu", "hẻm", "ko", "dc", "ddaau", "ky1", "45",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(words, 1, 9).Draw(t, "words") {
			text += w + " "
		}
		flow := rapid.SampledFrom([]int{tamTru, tamVang, baoTin, chao}).Draw(t, "flow")
		p := bundle()
		if plain.Emergency(text) != program.None || plain.Unkept(text) != program.None || taken(p, flow, text) {
			t.Skip("an emergency, not to be kept, or another flow's")
		}
		p.Flows[flow].Examples = append(slices.Clone(p.Flows[flow].Examples), text)
		if m := understand.New(p).Match(text); m.Flow != flow || !m.Sure {
			t.Fatalf("after %q was added to %s, Match = %+v", text, p.Flows[flow].Name, m)
		}
	})
}

// taken reports whether another flow holds the very sentence.
func taken(p *program.Program, flow int, text string) bool {
	for i, f := range p.Flows {
		for _, s := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
			if i != flow && fold.Key(s) == fold.Key(text) {
				return true
			}
		}
	}
	return false
}

func TestASentenceOfTwoFlowsIsAskedBack(t *testing.T) {
	t.Parallel()
	p := bundle()
	p.Flows[tamTru].Examples = append(p.Flows[tamTru].Examples, "giấy ở nhà trọ")
	p.Flows[tamVang].Examples = append(p.Flows[tamVang].Examples, "giấy ở nhà trọ")
	if v := understand.New(p).Judge("GIẤY Ở NHÀ TRỌ"); v.Outcome != understand.IsUnsure || len(v.Candidates) != 2 {
		t.Errorf("Judge = %+v, want two to choose from", v)
	}
}

func TestJudgeNamesWhatTheContractSays(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for _, a := range sentences(t) {
		v := u.Judge(a.text)
		if len(v.Candidates) > 3 || v.Score < 0 || v.Score > 1 {
			t.Errorf("Judge(%q) = %+v", a.text, v)
		}
		for _, c := range v.Candidates {
			if name(p, c.Flow) == "none" {
				t.Errorf("Judge(%q) offers what is out of scope", a.text)
			}
		}
		got := name(p, v.Flow)
		if nothing := got == "none" || got == "cam_on" || got == "dung_lai"; (v.Outcome == understand.IsNone) != nothing {
			t.Errorf("Judge(%q): outcome %s with flow %s", a.text, v.Outcome, got)
		}
		if len(v.Then) > 0 && v.Outcome != understand.IsSure {
			t.Errorf("Judge(%q) has a second request without a first", a.text)
		}
	}
}

func TestOutOfScopeLeadsToTheFlowThatRefers(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for _, text := range []string{"đăng ký kết hôn ở đâu", "lam ho chieu o dau", "mất bằng lái xe rồi làm lại sao"} {
		m := u.Match(text)
		if !m.Sure || p.Flows[m.Flow].Name != understand.OutOfScope {
			t.Errorf("Match(%q) = %+v", text, m)
		}
		if v := u.Judge(text); v.Outcome != understand.IsNone {
			t.Errorf("Judge(%q) = %+v", text, v)
		}
	}
}

func TestSeveralRequests(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	tests := []struct{ text, first, second string }{
		{"đăng ký tạm trú cần gì, với cho hỏi căn cước hết hạn thì đổi ở đâu", "tam_tru", "can_cuoc_cap_doi"},
		{"mất căn cước làm lại ở đâu. sang tên xe máy cũ cần giấy gì", "can_cuoc_cap_lai", "sang_ten_xe"},
		{"chào anh chị, cho em hỏi đăng ký tạm trú", "tam_tru", ""},
		{"đăng ký tạm trú, em cảm ơn", "tam_tru", ""},
	}
	for _, tt := range tests {
		m := u.Match(tt.text)
		second := ""
		if len(m.Then) > 0 {
			second = p.Flows[m.Then[0]].Name
		}
		if !m.Sure || p.Flows[m.Flow].Name != tt.first || second != tt.second {
			t.Errorf("Match(%q) = %+v, want %s then %q", tt.text, m, tt.first, tt.second)
		}
	}
}

func TestExplainSaysWhatDecided(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	e := u.Explain("dk ttru ở trọ cần j")
	if e.Read != "dang ky tam tru o tro can gi" || p.Flows[e.For].Name != "tam_tru" || len(e.Reasons) == 0 || e.Reasons[0].Weight <= 0 {
		t.Errorf("Explain = %+v", e)
	}
	if e := u.Explain("gia hạn tạm trú"); !e.Exact {
		t.Errorf("a sentence of a flow is not said to be one: %+v", e)
	}
	if e := u.Explain("hôm qua có cháy nhà"); !e.Phrase || !e.Denied || e.Alarm != "" {
		t.Errorf("phrase %v, denied %v, alarm %q", e.Phrase, e.Denied, e.Alarm)
	}
}

// TestExplainSaysWhatRaisedTheAlarm, each cause by a message that has no other.
func TestExplainSaysWhatRaisedTheAlarm(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for text, want := range map[string]understand.Cause{
		"cháy nhà rồi": understand.ByPhrase,
		"bà nội tôi té nằm dưới đất không nói gì": understand.ByLikeness,
	} {
		e := u.Explain(text)
		if e.Alarm != want || e.Verdict.Outcome != understand.IsSure || p.Flows[e.For].Name != "khan_cap" {
			t.Errorf("Explain(%q): alarm %q for %d, want %q", text, e.Alarm, e.For, want)
		}
	}
	if e := u.Explain("nó cầm dao chém người"); len(e.Signs) != 2 || e.Signs[0] != (understand.Sign{Kind: "vu_khi", Words: "cam dao"}) || e.Signs[1].Kind != "danh_chem" {
		t.Errorf("signs %v", e.Signs)
	}
	if e := u.Explain("đăng ký tạm trú"); e.Alarm != "" || e.Signs != nil {
		t.Errorf("%q %v without danger", e.Alarm, e.Signs)
	}
}

// TestWhatIsNotToBeKeptIsSaid: match names the flow that the page would enter, however the message is typed.
func TestWhatIsNotToBeKeptIsSaid(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for text, want := range map[string]string{
		"công an phường vòi tiền tôi":         "phan_anh_can_bo",
		"coong an phuwowngf vofi tieefn":      "phan_anh_can_bo",
		"tố cáo cán bộ":                       "phan_anh_can_bo",
		"có kẻ giả danh công an đòi hối lộ":   "lua_dao",
		"tố cáo hàng xóm đánh bạc":            "bao_tin",
		"công an ơi nó đang cầm dao chém tôi": "khan_cap",
	} {
		if v := u.Judge(text); verdictName(p, v) != want {
			t.Errorf("Judge(%q) = %s, want %s", text, verdictName(p, v), want)
		}
	}
}

func TestVerdictsDoNotVary(t *testing.T) {
	t.Parallel()
	p, a := learned(t)
	b := understand.New(p)
	for _, s := range sentences(t)[:100] {
		if x, y := a.Judge(s.text), b.Judge(s.text); x.Flow != y.Flow || x.Score != y.Score || x.Outcome != y.Outcome {
			t.Fatalf("%q: %+v and %+v", s.text, x, y)
		}
	}
}

func FuzzJudge(f *testing.F) {
	for _, s := range []string{"tạm trú", "ddawng kys", "dang8 ky1", "a,,b;.\n", "\x00\xff", "hay hay hay", "cứu cứu", "🙂 đk", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		f.Add(s)
	}
	u := understand.New(bundle())
	f.Fuzz(func(t *testing.T, text string) {
		v := u.Judge(text)
		if v.Score < 0 || v.Score > 1.000001 || len(v.Candidates) > 3 {
			t.Fatalf("Judge(%q) = %+v", text, v)
		}
		if e := u.Explain(text); e.Verdict.Outcome != v.Outcome || e.Verdict.Flow != v.Flow {
			t.Fatalf("Explain(%q) says %+v, Judge %+v", text, e.Verdict, v)
		}
	})
}
