package engine_test

import (
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// One phrase that could mean everything at once, taken away from the first meaning to the last (Meaning 2).
const everythingFile = `luồng moi_nghia "Mọi nghĩa"
  từ khóa "vào"

dữ liệu
  loi    chữ 1..40   "Lời"
  loai   chọn        "Loại"
    a    "Loại A rất đẹp"
    b    "Loại B"

mọi bước
  nghe "ba"    -> nghe_trong
  nghe "bốn"   -> nghe_trong

bước loi
  | Lời?
  hỏi loi
  [Một]   -> bam
  [Hai]   -> bam
  [Ba]    -> bam
  -> loai

bước loai
  | Loại?
  hỏi loai
  sai 9 lần -> bam
  -> bam

bước bam
  | Đã bấm.
  [Lùi]   -> quay lại

bước nghe_trong
  | Nghe trong.
  [Lùi]   -> quay lại
`

const everythingCommon = `chung chung_nghia

mọi bước
  nghe "bốn", "năm", "hai"   -> luồng khac
`

const otherFile = `luồng khac "Khác"
  từ khóa "năm", "sáu", "quay lại", "loại"

bước x
  | Luồng khác.
  [Thôi]   -> het

bước het
  kết thúc bỏ
`

const alarmFile = `luồng bao_dong "Báo động"
  khẩn cấp
  từ khóa "một", "báo động"

bước x
  | BÁO ĐỘNG.
  kết thúc đạt
`

// finder matches every text surely to one flow.
type finder struct{ flow int }

func (f finder) Match(string) engine.Match { return engine.Match{Flow: f.flow, Sure: true} }

func TestWhichMeaningWins(t *testing.T) {
	t.Parallel()
	p := load(t, everythingFile, everythingCommon, otherFile, alarmFile)
	other := newTalk(t, p, engine.Config{}).flow("khac")
	atWords := func() *talk {
		return newTalk(t, p, engine.Config{Matcher: finder{other}}).start("moi_nghia").at("moi_nghia/loi")
	}
	atChoice := func() *talk { return atWords().say("lời nói").at("moi_nghia/loai") }
	for name, c := range map[string]struct {
		talk func() *talk
		say  string
		kind engine.Kind
		at   []string
	}{
		"khẩn cấp before a label":            {atWords, "một", engine.Emergency, []string{"moi_nghia/loai"}},
		"khẩn cấp at a choice":               {atChoice, "báo động", engine.Emergency, []string{"moi_nghia/loai"}},
		"a label before nghe of chung":       {atWords, "hai", engine.Pressed, []string{"moi_nghia/bam"}},
		"a label before nghe of the flow":    {atWords, "ba", engine.Pressed, []string{"moi_nghia/bam"}},
		"a number before a value":            {atWords, "2", engine.Pressed, []string{"moi_nghia/bam"}},
		"a number that is not on the screen": {atWords, "4", engine.Answered, []string{"moi_nghia/loai"}},
		"nghe of the flow before chung":      {atWords, "bốn", engine.Listened, []string{"moi_nghia/nghe_trong"}},
		"nghe before từ khóa":                {atWords, "năm", engine.Listened, []string{"khac/x"}},
		"a universal word before từ khóa":    {atChoice, "quay lại", engine.WentBack, []string{"moi_nghia/loi"}},
		"từ khóa before a value":             {atWords, "sáu", engine.Triggered, []string{"moi_nghia/loi", "khac/x"}},
		"a value before dân hỏi":             {atChoice, "rất đẹp", engine.Answered, []string{"moi_nghia/bam"}},
		"từ khóa before part of a label":     {atChoice, "loại", engine.Triggered, []string{"moi_nghia/loai", "khac/x"}},
		"dân hỏi before sai":                 {atChoice, "thủ tục gì đó", engine.AskedBack, []string{"moi_nghia/loai"}},
		"no dân hỏi inside free text":        {atWords, "thủ tục gì đó", engine.Answered, []string{"moi_nghia/loai"}},
		"the name of an option":              {atChoice, "b", engine.Answered, []string{"moi_nghia/bam"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.talk().say(c.say).kind(c.kind).at(c.at...)
		})
	}
}

// A matcher that points nowhere, or at a flow that is not there, is no reason to fall.
func TestMatcherThatErrs(t *testing.T) {
	t.Parallel()
	p := load(t, everythingFile, everythingCommon, otherFile, alarmFile)
	for _, flow := range []int{program.None, -7, 99} {
		k := newTalk(t, p, engine.Config{Matcher: finder{flow}})
		k.say("gì đó").kind(engine.Fallback)
		k.start("moi_nghia").say("lời").say("gì đó khác").kind(engine.Wrong)
	}
	k := newTalk(t, p, engine.Config{Matcher: vague{}})
	k.say("gì đó").kind(engine.AskedBack)
	if n := len(k.res.Messages[0].Choices); n != 4 {
		t.Errorf("%d choices are offered: %q", n, k.shown())
	}
}

// vague offers more than can be asked back, some of it not there.
type vague struct{}

func (vague) Match(string) engine.Match {
	return engine.Match{Flow: 0, Others: []int{99, -1, 1, 2, 1, 0}}
}

// Idle words: what stands for a flow starts it, everything else is asked back or told.
func TestWhichMeaningWinsIdle(t *testing.T) {
	t.Parallel()
	p := load(t, everythingFile, everythingCommon, otherFile, alarmFile)
	for say, c := range map[string]struct {
		kind engine.Kind
		at   []string
	}{
		"vào":      {engine.Triggered, []string{"moi_nghia/loi"}},
		"sáu":      {engine.Triggered, []string{"khac/x"}},
		"năm":      {engine.Listened, []string{"khac/x"}},
		"một":      {engine.Emergency, nil},
		"hai":      {engine.Listened, []string{"khac/x"}},
		"ba":       {engine.Fallback, nil},
		"quay lại": {engine.Triggered, []string{"khac/x"}},
		"1":        {engine.Fallback, nil},
		"có":       {engine.Fallback, nil},
	} {
		k := newTalk(t, p, engine.Config{}).say(say).kind(c.kind).at(c.at...)
		if len(k.res.Messages) == 0 {
			t.Errorf("%s is answered with silence", say)
		}
	}
}
