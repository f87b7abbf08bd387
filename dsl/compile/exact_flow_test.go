package compile_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
)

func bounded(kind value.Kind, low, high int64) value.Type {
	return value.Type{Kind: kind, Min: low, Max: high, HasMin: true, HasMax: true}
}

// TestWholeFlow compiles a small flow to every field of its program.
func TestWholeFlow(t *testing.T) {
	t.Parallel()
	p := compiled(t, `luồng thu "Thử một chút"
  căn cứ "A"   hiệu lực 01/01/2026
  từ khóa "thử", "làm thử"
  ẩn danh
  giữ 36 giờ
  bắt đầu hoi

dân hỏi
  * tôi muốn thử
  * cho tôi thử

dữ liệu
  ghi   chữ 1..99   bảo mật tùy   "Ghi chú"   để "nhớ"
  viec  chọn                      "Việc"
    mot   "Một", "1 cái"
    khi lau hai   "Hai"
  ma    số          máy           "Mã"

dữ kiện
  phi   tiền 7.000   đến 31/12/2026   căn cứ "Luật A"
  phi   tiền chưa rõ   từ 01/01/2027   căn cứ "Luật B"

điều kiện
  lau   ma > 3

tác vụ gui(ten chữ bảo mật, so số 1..5 tùy) trả (ma số) lỗi kin, day trong 45 giây không hoàn tác

bước cuoi
  kết thúc đạt

bước hoi
  xóa hết
  tính ma = 2
  | Gì, {phi}?
  hỏi viec
  -> ghi
  trợ giúp
    | Chọn một.
  im lặng 1 giờ   -> cuoi
  im lặng 1 phút
    | Này.

bước ghi
  | Ghi?
  hỏi ghi
  -> gui

bước gui
  làm gui(ghi, 3) nhận ma
  được   -> cuoi
  lỗi    -> cuoi
`)
	wantFlow := &program.Flow{
		Name: "thu", Title: "Thử một chút", Anonymous: true, Keep: 36 * time.Hour, Keywords: []string{"thử", "làm thử"},
		Examples: []string{"tôi muốn thử", "cho tôi thử"}, Start: 1,
		Slots: []program.Slot{
			{Name: "ghi", Type: bounded(value.Text, 1, 99), Label: "Ghi chú", Purpose: "nhớ", Secret: true, Optional: true},
			{Name: "viec", Type: value.Type{Kind: value.Choice}, Label: "Việc", When: []*expression.Expr{nil, expr("lau")}},
			{Name: "ma", Type: value.Type{Kind: value.Number}, Label: "Mã", Machine: true},
		},
		Conditions: []program.Condition{{Name: "lau", Expr: expr("ma > 3")}},
		Steps: []*program.Step{
			{Name: "cuoi", End: with(program.Finish, func(e *program.Ending) { e.Success = true })},
			{
				Index: 1, Name: "hoi",
				Actions: []program.Action{{Clear: true, Slot: program.None}, {Slot: 2, Expr: expr("2")}},
				Bubbles: []program.Bubble{{Lines: []program.Line{{Text: says("Gì, {phi}?")}}}},
				End:     with(program.Ask, func(e *program.Ending) { e.Slot, e.Next, e.NextEvent = 1, to(2), "tra_loi" }),
				Help:    []template.Template{says("Chọn một.")},
				Silences: []program.Silence{
					{After: time.Minute, Lines: []template.Template{says("Này.")}},
					{After: time.Hour, Target: &program.Target{Index: 0, Return: program.None}, Event: "im_lang:1"},
				},
			},
			{
				Index: 2, Name: "ghi", Bubbles: []program.Bubble{{Lines: []program.Line{{Text: says("Ghi?")}}}},
				End: with(program.Ask, func(e *program.Ending) { e.Slot, e.Next, e.NextEvent = 0, to(3), "tra_loi" }),
			},
			{Index: 3, Name: "gui", End: with(program.Do, func(e *program.Ending) {
				e.Callee, e.Args, e.Take, e.Done, e.DoneEv = 0, []*expression.Expr{expr("ghi"), expr("3")}, []int{2}, to(0), "duoc"
				e.Fails = []program.Fail{{Target: to(0), Event: "loi"}}
			})},
		},
		Machine: program.Machine{
			States: []string{"cuoi", "hoi", "ghi", "gui"},
			Transitions: []program.Transition{
				{Event: "tra_loi", From: 1, To: 2}, {Event: "im_lang:1", From: 1, To: 0}, {Event: "tra_loi", From: 2, To: 3},
				{Event: "duoc", From: 3, To: 0}, {Event: "loi", From: 3, To: 0},
			},
		},
	}
	if diff := cmp.Diff(wantFlow, p.Flows[0], written()); diff != "" {
		t.Errorf("flow (-want +got):\n%s", diff)
	}
	wantTask := &program.Task{
		Name:    "gui",
		Params:  []program.Param{{Name: "ten", Type: value.Type{Kind: value.Text}, Secret: true}, {Name: "so", Type: bounded(value.Number, 1, 5), Optional: true}},
		Results: []program.Param{{Name: "ma", Type: value.Type{Kind: value.Number}}},
		Errors:  []string{"kin", "day"}, Timeout: 45 * time.Second, Irreversible: true,
	}
	if diff := cmp.Diff([]*program.Task{wantTask}, p.Tasks, written()); diff != "" {
		t.Errorf("tasks (-want +got):\n%s", diff)
	}
	last, _ := value.DayNumber(2026, 12, 31)
	wantFact := &program.Fact{Name: "phi", Type: value.Type{Kind: value.Money}, Periods: []program.Period{
		{Value: value.Value{Kind: value.Money, N: 7000}, From: math.MinInt64, To: last, Source: "Luật A"},
		{From: last + 1, To: math.MaxInt64, Source: "Luật B"},
	}}
	if diff := cmp.Diff([]*program.Fact{wantFact}, p.Facts, written()); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

// TestSilencesAscend sorts the reminders of a step by their time and numbers their events in that order.
func TestSilencesAscend(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow(`bước dau
  | A?
  [B]   -> het
  im lặng 1 ngày    -> het
  im lặng 90 phút   -> dau
  im lặng 2 giờ
    | Hai giờ.
    [Hết]   -> het
  im lặng 5 phút    -> quay lại`))
	var after []time.Duration
	var events []string
	for _, s := range step(t, p, "dau").Silences {
		after, events = append(after, s.After), append(events, s.Event)
	}
	if diff := cmp.Diff([]time.Duration{5 * time.Minute, 90 * time.Minute, 2 * time.Hour, 24 * time.Hour}, after); diff != "" {
		t.Errorf("times (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "im_lang:1", "", "im_lang:3"}, events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"dau nut:0 het", "dau im_lang:1 dau", "dau im_lang:2.nut:0 het", "dau im_lang:3 het"}, transitions(p)); diff != "" {
		t.Errorf("machine (-want +got):\n%s", diff)
	}
}

// TestEntries tells where follow and fallback enter.
func TestEntries(t *testing.T) {
	t.Parallel()
	text := func(name, headers string) string {
		return "luồng " + name + " \"Thử\"\n" + headers + "\nbước dau\n  | A.\n  -> hai\n\nbước hai\n  | B.\n  kết thúc đạt\n"
	}
	type entry struct{ follow, followStep, fallback, fallbackStep int }
	const none = program.None
	tests := map[string]struct {
		texts []string
		want  entry
	}{
		"none":                {[]string{text("a", "")}, entry{none, none, none, none}},
		"at the first step":   {[]string{text("a", "  khi quan tâm\n")}, entry{0, 0, none, none}},
		"where it starts":     {[]string{text("a", "  khi quan tâm\n  bắt đầu hai\n")}, entry{0, 1, none, none}},
		"at a step":           {[]string{text("a", "  khi không hiểu hai\n")}, entry{none, none, 0, 1}},
		"a step over a start": {[]string{text("a", "  khi không hiểu dau\n  bắt đầu hai\n")}, entry{none, none, 0, 0}},
		"in another flow":     {[]string{text("a", ""), text("b", "  khi quan tâm hai\n")}, entry{1, 1, none, none}},
		"in two flows":        {[]string{text("a", "  khi không hiểu\n"), text("b", "  khi quan tâm\n")}, entry{1, 0, 0, 0}},
		"of several, by name": {[]string{text("c", ""), text("b", "  khi quan tâm\n"), text("a", "  khi không hiểu\n")}, entry{1, 0, 0, 0}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := compiled(t, tt.texts...)
			if got := (entry{p.OnFollow, p.FollowStep, p.Fallback, p.FallbackStep}); got != tt.want {
				t.Errorf("entries are %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestFlowsThatAnswerOverAnything lists the emergencies and those that are not kept, in order.
func TestFlowsThatAnswerOverAnything(t *testing.T) {
	t.Parallel()
	text := func(name, header string) string {
		return "luồng " + name + " \"Thử\"\n" + header + "\nbước dau\n  | A.\n  kết thúc đạt\n"
	}
	p := compiled(t, text("c", "  khẩn cấp\n  từ khóa \"ba\"\n"), text("a", "  không giữ\n  từ khóa \"một\"\n"), text("b", "  khẩn cấp\n  không giữ\n  từ khóa \"hai\"\n"), text("d", ""))
	if !cmp.Equal(p.Emergency, []int{1, 2}) || !cmp.Equal(p.Unkept, []int{0, 1}) {
		t.Errorf("emergencies %v, unkept %v", p.Emergency, p.Unkept)
	}
	for i, f := range p.Flows {
		if f.Index != i || f.Emergency != (i == 1 || i == 2) || f.Unkept != (i < 2) {
			t.Errorf("%s: index %d, emergency %t, unkept %t", f.Name, f.Index, f.Emergency, f.Unkept)
		}
	}
}
