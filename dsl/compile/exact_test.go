package compile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
)

// written compares programs by what their author wrote: expressions by their source, sentences by their text with {…}, types by
// their kind and bounds; an empty slice is as good as none.
func written() cmp.Options {
	return cmp.Options{
		cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(diag.Span{}),
		cmp.Transformer("expr", func(x *expression.Expr) string {
			if x == nil {
				return "none"
			}
			return "= " + x.Source
		}),
		cmp.Transformer("sentence", sentence),
		cmp.Transformer("type", func(t value.Type) bounds { return bounds{t.Kind, t.Min, t.Max, t.HasMin, t.HasMax} }),
	}
}

type bounds struct {
	Kind           value.Kind
	Min, Max       int64
	HasMin, HasMax bool
}

func sentence(t template.Template) string {
	if len(t.Parts) == 0 {
		return t.Text
	}
	var out strings.Builder
	for _, p := range t.Parts {
		switch {
		case p.Expr != nil:
			out.WriteString("{" + p.Expr.Source + "}")
		case p.IsRef:
			out.WriteString("{" + p.Ref.Name + "}")
		default:
			out.WriteString(p.Text)
		}
	}
	return out.String()
}

func says(text string) template.Template  { return template.Template{Text: text} }
func expr(source string) *expression.Expr { return &expression.Expr{Source: source} }
func to(step int) program.Target {
	return program.Target{Kind: program.ToStep, Index: step, Return: program.None}
}
func nowhere() program.Target { return program.Target{Index: program.None, Return: program.None} }
func other(k program.TargetKind) program.Target {
	return program.Target{Kind: k, Index: program.None, Return: program.None}
}

// ending is an ending that uses nothing, for tests to fill in.
func ending(kind program.EndingKind) program.Ending {
	return program.Ending{
		Kind: kind, Slot: program.None, Callee: program.None,
		Next: nowhere(), OnLimit: nowhere(), Done: nowhere(), Quit: nowhere(),
	}
}

// with changes an ending in place of naming every field that stays.
func with(kind program.EndingKind, change func(e *program.Ending)) program.Ending {
	e := ending(kind)
	change(&e)
	return e
}

const (
	slots = `dữ liệu
  so    số 1..9     "Số"
  ten   chữ 1..20   "Tên"
  tre   có/không    "Trẻ"`
	task = "tác vụ gui(ten chữ, so số tùy) trả (ma chữ, ngay ngày) lỗi kin, day"
)

// TestEndings compiles one step of each ending; the steps are dau (0) and het (1).
func TestEndings(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		decl, body string
		want       program.Ending
	}{
		"go":      {"", "  | A.\n  -> het", with(program.Go, func(e *program.Ending) { e.Next, e.NextEvent = to(1), "di" })},
		"go back": {"", "  | A.\n  -> quay lại", with(program.Go, func(e *program.Ending) { e.Next = other(program.ToBack) })},
		"go to a flow": {"", "  | A.\n  -> luồng thu", with(program.Go, func(e *program.Ending) {
			e.Next = program.Target{Kind: program.ToFlow, Index: 0, Return: program.None}
		})},
		"ask": {slots, `  | {ten} {tre}?
  hỏi so
  khi tre [Một]   = 1
  [Thôi]   -> het
  [Lặp]   -> nhắc lại
  phải so > 2
    | Hơn hai.
    | Dưới mười.
  sai
    | Gõ số.
  sai 3 lần -> het
  -> dau`, with(program.Ask, func(e *program.Ending) {
			e.Slot, e.Next, e.NextEvent = 0, to(0), "tra_loi"
			e.Buttons = []program.Button{
				{Kind: program.Set, When: expr("tre"), Label: says("Một"), Value: expr("1"), Target: nowhere()},
				{Kind: program.GoTo, Label: says("Thôi"), Target: to(1), Event: "nut:1"},
				{Kind: program.GoTo, Label: says("Lặp"), Target: other(program.ToRepeat)},
			}
			e.Musts = []program.Must{{Expr: expr("so > 2"), Lines: []template.Template{says("Hơn hai."), says("Dưới mười.")}}}
			e.Wrong, e.Limit, e.OnLimit, e.LimitEv = []template.Template{says("Gõ số.")}, 3, to(1), "sai"
		})},
		"ask with a limit out of the flow": {slots, "  | {ten} {tre}?\n  hỏi so\n  sai 2 lần -> bắt đầu lại\n  -> het", with(program.Ask, func(e *program.Ending) {
			e.Slot, e.Next, e.NextEvent, e.Limit, e.OnLimit = 0, to(1), "tra_loi", 2, other(program.ToRestart)
		})},
		"menu": {slots, `  | {so} {ten} {tre}?
  [Một]   -> het
  khi tre [Hai]   -> dau
  [Ba]    -> quay lại
  sai
    | Bấm một nút.
  sai 4 lần -> dau`, with(program.Menu, func(e *program.Ending) {
			e.Buttons = []program.Button{
				{Label: says("Một"), Target: to(1), Event: "nut:0"},
				{When: expr("tre"), Label: says("Hai"), Target: to(0), Event: "nut:1"},
				{Label: says("Ba"), Target: other(program.ToBack)},
			}
			e.Wrong, e.Limit, e.OnLimit, e.LimitEv = []template.Template{says("Bấm một nút.")}, 4, to(0), "sai"
		})},
		"branch": {slots, "  | {ten}.\n  nếu so > 3   -> het\n  nếu tre      -> quay lại\n  còn lại      -> dau", with(program.Branch, func(e *program.Ending) {
			e.Arms = []program.Arm{
				{Expr: expr("so > 3"), Target: to(1), Event: "nhanh:0"},
				{Expr: expr("tre"), Target: other(program.ToBack)},
				{Target: to(0), Event: "con_lai"},
			}
		})},
		"branch without còn lại": {slots, "  | {so} {ten}.\n  nếu tre       -> het\n  nếu not tre   -> dau", with(program.Branch, func(e *program.Ending) {
			e.Arms = []program.Arm{{Expr: expr("tre"), Target: to(1), Event: "nhanh:0"}, {Expr: expr("not tre"), Target: to(0), Event: "nhanh:1"}}
		})},
		"do": {task + "\n\n" + slots + "\n  ma    chữ 1..9   máy   \"Mã\"\n  ngay   ngày   máy   \"Ngày\"", `  | {tre}.
  làm gui(ten, so) nhận ma, ngay
  được       -> het
  lỗi day    -> nhắc lại
  lỗi kin    -> dau
  lỗi        -> het`, with(program.Do, func(e *program.Ending) {
			e.Callee, e.Args, e.Take = 0, []*expression.Expr{expr("ten"), expr("so")}, []int{3, 4}
			e.Done, e.DoneEv = to(1), "duoc"
			e.Fails = []program.Fail{
				{Code: "day", Target: other(program.ToRepeat)}, {Code: "kin", Target: to(0), Event: "loi:kin"}, {Target: to(1), Event: "loi"},
			}
		})},
		"hand over":   {"", "  | A.\n  chuyển người truc_ban", with(program.Human, func(e *program.Ending) { e.Desk = "truc_ban" })},
		"end well":    {"", "  | A.\n  kết thúc đạt", with(program.Finish, func(e *program.Ending) { e.Success = true })},
		"end without": {"", "  | A.\n  kết thúc bỏ", ending(program.Finish)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := step(t, compiled(t, flow(tt.decl+"\n\nbước dau\n"+tt.body)), "dau").End
			if diff := cmp.Diff(tt.want, got, written()); diff != "" {
				t.Errorf("ending (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCallEnding(t *testing.T) {
	t.Parallel()
	p := compiled(t, `luồng con hoi "Hỏi"

dữ liệu
  so    số 1..9     vào ra   "Số"
  ten   chữ 1..20   ra       "Tên"
  moi   số 1..9     vào      "Mới"

bước hoi
  | {so} {moi}. Tên?
  hỏi ten
  -> het

bước het
  kết thúc đạt
`, flow(slots+"\n\nbước dau\n  | {tre}.\n  gọi hoi(so, 3) nhận so, ten\n  xong    -> het\n  bỏ dở   -> dau"))
	want := with(program.Call, func(e *program.Ending) {
		e.Callee, e.Args, e.Take = 0, []*expression.Expr{expr("so"), expr("3")}, []int{0, 1}
		e.Done, e.DoneEv, e.Quit, e.QuitEv = to(1), "xong", to(0), "bo_do"
	})
	if diff := cmp.Diff(want, step(t, p, "dau").End, written()); diff != "" {
		t.Errorf("ending (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"dau xong het", "dau bo_do dau"}, transitions(p)); diff != "" {
		t.Errorf("machine (-want +got):\n%s", diff)
	}
	if f := p.Flows[0]; !cmp.Equal(f.In, []int{0, 2}) || !cmp.Equal(f.Out, []int{0, 1}) || !f.Sub || p.Flows[1].Sub {
		t.Errorf("%s takes %v and gives %v, sub %t", f.Name, f.In, f.Out, f.Sub)
	}
}

// TestLinksBelongToTheLastWords places every link where its author sees it.
func TestLinksBelongToTheLastWords(t *testing.T) {
	t.Parallel()
	link := func(label string) program.Button {
		return program.Button{Kind: program.Open, Label: says(label), Address: says("https://a.vn/" + strings.ToLower(label)), Target: nowhere()}
	}
	line := func(text string) []program.Line { return []program.Line{{Text: says(text)}} }
	picture := program.Bubble{Kind: program.Picture, Path: "a.png", Alt: says("Ảnh")}
	tests := map[string]struct {
		body string
		want []program.Bubble
	}{
		"after the words": {"  | Một.\n  [A]   mở \"https://a.vn/a\"", []program.Bubble{{Lines: line("Một."), Links: []program.Button{link("A")}}}},
		"before the words": {"  [A]   mở \"https://a.vn/a\"\n  [B]   mở \"https://a.vn/b\"\n  | Một.\n  nói\n  | Hai.",
			[]program.Bubble{{Lines: line("Một."), Links: []program.Button{link("A"), link("B")}}, {Lines: line("Hai.")}}},
		"each its own": {"  | Một.\n  [A]   mở \"https://a.vn/a\"\n  nói\n  | Hai.\n  [B]   mở \"https://a.vn/b\"",
			[]program.Bubble{{Lines: line("Một."), Links: []program.Button{link("A")}}, {Lines: line("Hai."), Links: []program.Button{link("B")}}}},
		"after nói, before its words": {"  | Một.\n  nói\n  [A]   mở \"https://a.vn/a\"\n  | Hai.",
			[]program.Bubble{{Lines: line("Một."), Links: []program.Button{link("A")}}, {Lines: line("Hai.")}}},
		"under a picture": {"  | Một.\n  ảnh \"a.png\" \"Ảnh\"\n  [A]   mở \"https://a.vn/a\"",
			[]program.Bubble{{Lines: line("Một."), Links: []program.Button{link("A")}}, picture}},
		"between a picture and words": {"  ảnh \"a.png\" \"Ảnh\"\n  [A]   mở \"https://a.vn/a\"\n  | Một.",
			[]program.Bubble{picture, {Lines: line("Một."), Links: []program.Button{link("A")}}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := step(t, compiled(t, flow("bước dau\n"+tt.body+"\n  -> het")), "dau").Bubbles
			if diff := cmp.Diff(tt.want, got, written()); diff != "" {
				t.Errorf("bubbles (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSpeech compiles every kind of line with its khi.
func TestSpeech(t *testing.T) {
	t.Parallel()
	got := step(t, compiled(t, flow(slots+`

bước dau
  khi tre ảnh "a.png" "Ảnh"
  tệp "a.pdf" "Đơn"
  khi tre | Chào {ten}.
  | Phí {so * 2}, {{không}}.
  bảng
    khi tre * Số: {so}
    * Tên
  danh sách
    khi tre * {ten}
  khi tre [Gọi]   gọi số "113"
  -> het`)), "dau").Bubbles
	label := says("Số")
	want := []program.Bubble{
		{Kind: program.Picture, When: expr("tre"), Path: "a.png", Alt: says("Ảnh")},
		{Kind: program.Attachment, Path: "a.pdf", Alt: says("Đơn")},
		{
			Lines: []program.Line{
				{When: expr("tre"), Text: says("Chào {ten}.")},
				{Text: says("Phí {so * 2}, {không}.")},
				{Style: program.Row, When: expr("tre"), Label: &label, Text: says("{so}")},
				{Style: program.Row, Text: says("Tên")},
				{Style: program.Point, When: expr("tre"), Text: says("{ten}")},
			},
			Links: []program.Button{{Kind: program.Phone, When: expr("tre"), Label: says("Gọi"), Address: says("113"), Target: nowhere()}},
		},
	}
	if diff := cmp.Diff(want, got, written()); diff != "" {
		t.Errorf("bubbles (-want +got):\n%s", diff)
	}
}

// TestAlways compiles the mọi bước of a flow and of the chung files, which share the names but not the steps.
func TestAlways(t *testing.T) {
	t.Parallel()
	p := compiled(t, `chung a

dữ kiện
  gio   số 7   căn cứ "A"

mọi bước
  nghe "hủy", "thoát"   -> bắt đầu lại
  nghe "thử"            -> luồng thu
  trợ giúp
    | Mở lúc {gio} giờ.
  im lặng 1 ngày   -> bắt đầu lại
  im lặng 30 phút
    | Còn đó không?
    [Tiếp]   -> nhắc lại
`, flow(`mọi bước
  nghe "xong"   -> het
  nghe "lùi"    -> quay lại
  nghe "đầu"    -> dau
  trợ giúp
    | Một.
    | Hai.
  im lặng 2 giờ   -> het
  im lặng 5 phút
    | Nhanh lên.
    | Sắp hết giờ.
    [Về]      -> quay lại
    khi tre [Hết]     -> het

dữ liệu
  tre   có/không   "Trẻ"

bước dau
  | A?
  hỏi tre
  -> het`))
	silence := func(t program.Target) *program.Target { return &t }
	shared := program.Always{
		Listens: []program.Listen{
			{Phrases: []string{"hủy", "thoát"}, Target: other(program.ToRestart)},
			{Phrases: []string{"thử"}, Target: program.Target{Kind: program.ToFlow, Index: 0, Return: program.None}},
		},
		Help: []template.Template{says("Mở lúc {gio} giờ.")},
		Silences: []program.Silence{
			{After: 30 * time.Minute, Lines: []template.Template{says("Còn đó không?")}, Buttons: []program.Button{{Label: says("Tiếp"), Target: other(program.ToRepeat)}}},
			{After: 24 * time.Hour, Target: silence(other(program.ToRestart))},
		},
	}
	own := program.Always{
		Listens: []program.Listen{
			{Phrases: []string{"xong"}, Target: to(1), Event: "nghe:0"},
			{Phrases: []string{"lùi"}, Target: other(program.ToBack)},
			{Phrases: []string{"đầu"}, Target: to(0), Event: "nghe:2"},
		},
		Help: []template.Template{says("Một."), says("Hai.")},
		Silences: []program.Silence{
			{
				After: 5 * time.Minute, Lines: []template.Template{says("Nhanh lên."), says("Sắp hết giờ.")},
				Buttons: []program.Button{{Label: says("Về"), Target: other(program.ToBack)}, {When: expr("tre"), Label: says("Hết"), Target: to(1), Event: "im_lang:0.nut:1"}},
			},
			{After: 2 * time.Hour, Target: silence(to(1)), Event: "im_lang:1"},
		},
	}
	if diff := cmp.Diff(shared, p.Shared, written()); diff != "" {
		t.Errorf("shared (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(own, p.Flows[0].Always, written()); diff != "" {
		t.Errorf("own (-want +got):\n%s", diff)
	}
}
