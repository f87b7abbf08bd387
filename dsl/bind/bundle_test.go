package bind_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// parsed reads a flow text, which may have findings; its path follows its name.
func parsed(text string) *tree.File {
	words := strings.Fields(strings.TrimPrefix(text, "luồng con"))
	name := words[0]
	if name == "luồng" || name == "chung" {
		name = words[1]
	}
	file, _ := parse.File(name+".flow", []byte(text))
	return file
}

// bundle binds texts that must be free of findings.
func bundle(t *testing.T, texts ...string) *bind.Bundle {
	t.Helper()
	var files []*tree.File
	for _, text := range texts {
		files = append(files, parsed(text))
	}
	b, found := bind.Bind(files)
	for _, d := range found {
		t.Errorf("%s:%d: %s %s", d.Span.File, d.Span.Line, d.Code, d.Message.VI)
	}
	return b
}

// codesOf binds texts and lists the codes found, in their order.
func codesOf(texts ...string) []string {
	var files []*tree.File
	for _, text := range texts {
		files = append(files, parsed(text))
	}
	_, found := bind.Bind(files)
	return codes(found)
}

func codes(found diag.List) []string {
	var out []string
	for _, d := range found {
		out = append(out, d.Code)
	}
	return out
}

const (
	chungText = `chung phi
  căn cứ "A"   hiệu lực 01/01/2026

dữ kiện
  phi       tiền 7.000        đến 31/12/2026   căn cứ "A"
  phi       tiền 8.000        từ 01/01/2027    căn cứ "B"
  gio_mo    số 7              căn cứ "C"
  cho_doi   số chưa rõ        căn cứ "D"

điều kiện
  mo_som    gio_mo < 8

tác vụ gui(ten chữ, so số tùy) trả (ma chữ)

mọi bước
  nghe "hủy"   -> bắt đầu lại
  trợ giúp
    | Phí là {phi}.
  im lặng 30 phút
    | Còn đó không?
    [Tiếp]   -> nhắc lại
`
	flowText = `luồng thu "Thử"
  bắt đầu giua

dữ liệu
  viec   chọn                  "Việc"
    moi  "Mới"
    cu   "Cũ", "làm lại"
  so     số 1..9    tùy        "Số"
  ten    chữ 1..50  bảo mật    "Tên"        để "liên hệ"
  tre    có/không              "Dưới 18"
  ma     chữ 1..9   máy        "Mã"

điều kiện
  dong       it_thoi and mo_som
  it_thoi    so > 3

bước dau
  | Việc gì?
  hỏi viec
  [Cũ thôi]   = "cu"
  -> giua

bước giua
  | Mấy?
  hỏi so
  phải so > 2
    | Hơn hai giúp.
  -> tre

bước tre
  | Dưới 18?
  hỏi tre
  -> ten

bước ten
  khi dong | Đông quá {cho_doi}.
  khi tre | Cần cha mẹ.
  | Tên gì?
  hỏi ten
  -> gui

bước gui
  làm gui(viec, so) nhận ma
  được   -> het
  lỗi    -> dau

bước het
  | Mã {ma}, tổng {phi * 2}.
  kết thúc đạt
`
)

func TestBundleNames(t *testing.T) {
	t.Parallel()
	b := bundle(t, chungText, flowText)
	f := b.ByName["thu"]
	if f == nil || f.Index != 0 || f.Start != f.File.Steps[1] || f.StepIndex["het"] != 5 || f.Steps["het"] != f.File.Steps[5] {
		t.Fatalf("flow is %+v", f)
	}
	var slots []string
	for i, s := range f.SlotOrder {
		if s.Index != i || f.Slots[s.Decl.Name.Text] != s {
			t.Errorf("slot %s is out of place", s.Decl.Name.Text)
		}
		slots = append(slots, s.Decl.Name.Text)
	}
	if diff := cmp.Diff([]string{"viec", "so", "ten", "tre", "ma"}, slots); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
	if len(b.Shared) != 1 || len(b.Tasks) != 1 || b.Task["gui"] != b.Tasks[0] {
		t.Errorf("shared %v, tasks %v", b.Shared, b.Tasks)
	}
	task := b.Tasks[0]
	if b.Types[&task.Params[1].Type].Kind != value.Number || b.Types[&task.Results[0].Type].Kind != value.Text {
		t.Errorf("types of the task are %+v", b.Types)
	}
}

func TestSlotTypes(t *testing.T) {
	t.Parallel()
	f := bundle(t, chungText, flowText).ByName["thu"]
	so := f.Slots["so"].Type
	if so.Kind != value.Number || so.Min != 1 || so.Max != 9 || !so.HasMin || !so.HasMax {
		t.Errorf("so is %+v", so)
	}
	want := []value.Option{{Name: "moi", Label: "Mới"}, {Name: "cu", Label: "Cũ", Synonyms: []string{"làm lại"}}}
	if diff := cmp.Diff(want, f.Slots["viec"].Type.Options); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
	if v, p := f.Slots["viec"].Type.ReadText("lam lai", value.Context{}); p != nil || v.N != 1 {
		t.Errorf("the type reads %+v, %+v", v, p)
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	b := bundle(t, chungText, flowText)
	var names []string
	for _, f := range b.Facts {
		names = append(names, f.Name)
	}
	if diff := cmp.Diff([]string{"cho_doi", "gio_mo", "phi"}, names); diff != "" {
		t.Fatalf("facts (-want +got):\n%s", diff)
	}
	phi := b.Facts[2]
	if len(phi.Periods) != 2 || phi.Values[0].N != 7000 || phi.Values[1].N != 8000 || phi.File != b.Shared[0] {
		t.Errorf("phi is %+v", phi)
	}
	if b.Facts[0].Values[0].IsSet() {
		t.Errorf("chưa rõ is %+v", b.Facts[0].Values[0])
	}
}

func TestScopeSaysWhatMayBeUnset(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		periods string
		want    bool
	}{
		"always":                    {"x   số 3   căn cứ \"A\"", false},
		"from a day on":             {"x   số 3   từ 01/01/2026   căn cứ \"A\"", false},
		"without a gap":             {"x   số 3   đến 31/12/2026   căn cứ \"A\"\n  x   số 4   từ 01/01/2027   căn cứ \"A\"", false},
		"out of order":              {"x   số 4   từ 01/01/2027   căn cứ \"A\"\n  x   số 3   đến 31/12/2026   căn cứ \"A\"", false},
		"overlapping":               {"x   số 3   căn cứ \"A\"\n  x   số 4   từ 01/01/2027   đến 31/12/2027   căn cứ \"A\"", false},
		"with a gap of a day":       {"x   số 3   đến 30/12/2026   căn cứ \"A\"\n  x   số 4   từ 01/01/2027   căn cứ \"A\"", true},
		"with an end":               {"x   số 3   đến 31/12/2026   căn cứ \"A\"", true},
		"not known":                 {"x   số chưa rõ   căn cứ \"A\"", true},
		"not known for some time":   {"x   số 3   đến 31/12/2026   căn cứ \"A\"\n  x   số chưa rõ   từ 01/01/2027   căn cứ \"A\"", true},
		"an inner period that ends": {"x   số 3   căn cứ \"A\"\n  x   số 4   đến 31/12/2026   căn cứ \"A\"", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bundle(t, "luồng thu \"Thử\"\n\ndữ kiện\n  "+tt.periods+"\n\nbước dau\n  | Có {x}.\n  kết thúc đạt\n")
			if got := b.ByName["thu"].Scope.Symbols["x"].MayBeUnset; got != tt.want {
				t.Errorf("MayBeUnset is %t, want %t", got, tt.want)
			}
		})
	}
}

func TestScopeSymbols(t *testing.T) {
	t.Parallel()
	b := bundle(t, chungText, flowText)
	f := b.ByName["thu"]
	tests := map[string]expression.Ref{
		"so":      {Kind: expression.RefSlot, Index: 1, Name: "so"},
		"phi":     {Kind: expression.RefFact, Index: 2, Name: "phi"},
		"mo_som":  {Kind: expression.RefCondition, Index: 0, Name: "mo_som"},
		"dong":    {Kind: expression.RefCondition, Index: 1, Name: "dong"},
		"it_thoi": {Kind: expression.RefCondition, Index: 2, Name: "it_thoi"},
	}
	for name, want := range tests {
		if diff := cmp.Diff(want, f.Scope.Symbols[name].Ref); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if sym := f.Scope.Symbols["ten"]; !sym.Mask || !sym.MayBeUnset {
		t.Errorf("a secret slot is %+v", sym)
	}
	if sym := b.Common.Scope.Symbols["so"]; sym.Type.Kind != value.Unset {
		t.Error("a slot is visible in the chung files")
	}
	if f.Conditions[0] != b.Common.Conditions[0] {
		t.Error("the conditions of chung files are not the first of a flow")
	}
}

func TestConditionsFollowWhatTheyRead(t *testing.T) {
	t.Parallel()
	f := bundle(t, chungText, flowText).ByName["thu"]
	dong := f.Conditions[1].Expr // declared before it_thoi, which it reads
	if dong == nil || !cmp.Equal(dong.Needs(), []expression.Ref{{Kind: expression.RefSlot, Index: 1, Name: "so"}}) {
		t.Errorf("dong needs %+v, want the slot behind it_thoi", dong.Needs())
	}
}

// TestEveryTextIsCompiled holds the maps to their promise: each expression, sentence and khi of the tree is in them.
func TestEveryTextIsCompiled(t *testing.T) {
	t.Parallel()
	b := bundle(t, chungText, flowText)
	f := b.ByName["thu"]
	end := func(name string) *tree.Ending { return f.Steps[name].End }
	for name, e := range map[string]*tree.Expr{
		"điều kiện": &f.File.Conditions[0].Expr, "[X] =": &end("dau").Buttons[0].Value, "phải": &end("giua").Musts[0].Expr,
		"argument": &end("gui").Args[1],
	} {
		if x := f.Exprs[e]; x == nil || x.Source != e.Text {
			t.Errorf("the expression after %s is %+v", name, x)
		}
	}
	help := &b.Shared[0].Always.Help.Lines[0]
	if len(b.Common.Templates[help].Parts) != 3 {
		t.Errorf("the shared help is %+v", b.Common.Templates[help])
	}
	for name, p := range map[string]*tree.Prose{
		"label": &end("dau").Buttons[0].Label, "phải": &end("giua").Musts[0].Lines[0], "line": &f.Steps["het"].Body[0].Text,
	} {
		if _, ok := f.Templates[p]; !ok {
			t.Errorf("the sentence of %s is not compiled", name)
		}
	}
	if f.Whens["dong"] == nil || f.Whens["tre"] == nil || f.Whens["tre"].Reads[0].Kind != expression.RefSlot {
		t.Errorf("guards are %+v", f.Whens)
	}
}

// TestGuardsOfChungFiles binds a khi in the mọi bước of a chung file.
func TestGuardsOfChungFiles(t *testing.T) {
	t.Parallel()
	file := parsed(chungText)
	button := file.Always.Silences[0].Buttons[0]
	button.When = &tree.Name{Text: "mo_som", Span: button.Span}
	b, found := bind.Bind([]*tree.File{file, parsed(flowText)})
	if len(found) > 0 || b.Common.Whens["mo_som"] == nil {
		t.Errorf("guards are %+v, findings %v", b.Common.Whens, codes(found))
	}
	button.When.Text = "tre" // a slot of a flow
	if _, found = bind.Bind([]*tree.File{file, parsed(flowText)}); !cmp.Equal(codes(found), []string{"D006"}) {
		t.Errorf("findings are %v, want D006", codes(found))
	}
}

func TestEqualExpressionsCompileOnce(t *testing.T) {
	t.Parallel()
	f := bundle(t, "luồng thu \"Thử\"\n\ndữ liệu\n  so   số 1..9   \"Số\"\n\nbước dau\n  | Mấy?\n  hỏi so\n  phải so > 2\n    | Hơn hai.\n  -> xet\n\nbước xet\n  nếu so > 2   -> het\n  còn lại      -> het\n\nbước het\n  kết thúc đạt\n").ByName["thu"]
	must, arm := &f.Steps["dau"].End.Musts[0].Expr, &f.Steps["xet"].End.Arms[0].Expr
	if f.Exprs[must] == nil || f.Exprs[must] != f.Exprs[arm] {
		t.Error("the same expression was compiled twice")
	}
}

func TestAChoiceGoesToATaskAsText(t *testing.T) {
	t.Parallel()
	f := bundle(t, chungText, flowText).ByName["thu"]
	if x := f.Exprs[&f.Steps["gui"].End.Args[0]]; x == nil || x.Type.Kind != value.Choice {
		t.Errorf("the argument is %+v, want the choice itself", x)
	}
}

func TestConsequencesAreNotReported(t *testing.T) {
	t.Parallel()
	const uses = "\nbước dau\n  | Chào {ten}.\n  khi lon | Lớn.\n  hỏi ten\n  -> het\n\nbước het\n  tính ten = \"An\"\n  kết thúc đạt\n"
	tests := map[string]struct {
		texts []string
		want  []string
	}{
		"a slot of a type that does not exist": {
			[]string{"luồng thu \"Thử\"\n\ndữ liệu\n  ten   phường   \"Tên\"\n\nđiều kiện\n  lon   ten == \"An\"\n" + uses}, []string{"D035"},
		},
		"a condition with a mistake": {
			[]string{"luồng thu \"Thử\"\n\ndữ liệu\n  ten   chữ 1..9   \"Tên\"\n\nđiều kiện\n  lon   ten > 3\n" + uses}, []string{"B005"},
		},
		"a fact of a type that no fact has": {
			[]string{"luồng thu \"Thử\"\n\ndữ kiện\n  noi   vị trí \"A\"   căn cứ \"A\"\n\nđiều kiện\n  gan   noi == \"A\"\n\nbước dau\n  khi gan | Ở {noi}.\n  | Chào.\n  kết thúc đạt\n"}, []string{"D045"},
		},
		"a slot line that could not be read": {
			[]string{"luồng thu \"Thử\"\n\ndữ liệu\n  ten chữ 1.. \"Tên\n\nđiều kiện\n  lon   ten == \"An\"\n" + uses}, nil,
		},
		"a task line that could not be read in a chung file": {
			[]string{"chung viec\n\ntác vụ gui(ten\n", "luồng thu \"Thử\"\n\nbước dau\n  làm gui(\"An\")\n  được   -> het\n  lỗi    -> het\n\nbước het\n  kết thúc đạt\n"}, nil,
		},
		"a step that could not be read": {
			[]string{"luồng thu \"Thử\"\n\ndữ liệu\n  ten   chữ 1..9   \"Tên\"\n\nbước dau\n  | Chào.\n  hoi ten xyz\n  kết thúc đạt\n"}, nil,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var files []*tree.File
			for i, text := range tt.texts {
				file, _ := parse.File("thu.flow", []byte(text))
				if i < len(tt.texts)-1 {
					file.Path = "khac.flow"
				}
				files = append(files, file)
			}
			_, found := bind.Bind(files)
			if diff := cmp.Diff(tt.want, codes(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNamesAreUsedWhereverTheyStand(t *testing.T) {
	t.Parallel()
	const head = "luồng thu \"Thử\"\n\ndữ liệu\n  so   số 1..9   \"Số\"\n\n"
	const end = "\n\nbước het\n  kết thúc đạt\n"
	for name, body := range map[string]string{
		"in a sentence": "bước dau\n  | Số {so}.\n  -> het", "in a computed value": "bước dau\n  | Số {so + 1}.\n  -> het",
		"in a reminder":  "bước dau\n  | A?\n  [B]   -> het\n  im lặng 10 phút\n    | Số {so}.",
		"in an address":  "bước dau\n  | A.\n  [B]   mở \"https://a.vn/{so}\"\n  -> het",
		"in a condition": "điều kiện\n  lon   so > 3\n\nbước dau\n  khi lon | Lớn.\n  | A.\n  -> het",
		"by hỏi":         "bước dau\n  | A?\n  hỏi so\n  -> het", "by tính": "bước dau\n  tính so = 3\n  -> het",
		"in help":  "bước dau\n  | A?\n  [B]   -> het\n  trợ giúp\n    | Số {so}.",
		"in a row": "bước dau\n  bảng\n    * Số: {so}\n  -> het",
	} {
		if got := codesOf(head + body + end); got != nil {
			t.Errorf("%s: findings %v", name, got)
		}
	}
	if got := codesOf(head + "bước dau\n  | so, \"so\".\n  -> het" + end); !cmp.Equal(got, []string{"D022"}) {
		t.Errorf("a word in prose is no use: findings %v, want D022", got)
	}
}

func TestWardsNeedACatalogue(t *testing.T) {
	t.Parallel()
	file := parsed("luồng thu \"Thử\"\n\ndữ liệu\n  noi   phường   \"Nơi ở\"\n\nbước dau\n  | Ở đâu?\n  hỏi noi\n  -> het\n\nbước het\n  kết thúc đạt\n")
	wards := []value.Option{{Name: "27301", Label: "Phường An Đông"}}
	b, found := bind.With([]*tree.File{file}, bind.Options{Wards: func() []value.Option { return wards }})
	if len(found) > 0 {
		t.Fatalf("findings %v", codes(found))
	}
	if diff := cmp.Diff(wards, b.ByName["thu"].Slots["noi"].Type.Options); diff != "" {
		t.Errorf("catalogue (-want +got):\n%s", diff)
	}
}

// TestAFileWithoutAName stands for any flow: who goes to one that is missing may mean that file.
func TestAFileWithoutAName(t *testing.T) {
	t.Parallel()
	leads := parsed("luồng thu \"Thử\"\n\nbước dau\n  | Chào.\n  -> luồng mat\n")
	if _, found := bind.Bind([]*tree.File{leads, {Path: "mat.flow"}}); len(found) > 0 {
		t.Errorf("findings %v", codes(found))
	}
	if _, found := bind.Bind([]*tree.File{leads}); !cmp.Equal(codes(found), []string{"D003"}) {
		t.Errorf("findings %v, want D003", codes(found))
	}
}

func TestBindNothing(t *testing.T) {
	t.Parallel()
	for name, files := range map[string][]*tree.File{"no files": nil, "a nil file": {nil}, "an empty file": {{Path: "a.flow"}}} {
		b, found := bind.Bind(files)
		if b == nil || b.Common == nil || b.Common.Scope == nil || len(b.Flows) > 0 || len(found) > 0 {
			t.Errorf("%s: bundle %+v, findings %v", name, b, codes(found))
		}
	}
}

func TestSuggestionsCanBeApplied(t *testing.T) {
	t.Parallel()
	text := "luồng thu \"Thử\"\n\nbước dau\n  | Chào.\n  -> hett\n\nbước het\n  kết thúc đạt\n"
	_, found := bind.Bind([]*tree.File{parsed(text)})
	if len(found) != 1 || found[0].Edit == nil {
		t.Fatalf("findings are %+v, want one with an edit", found)
	}
	edit := found[0].Edit
	lines := strings.Split(text, "\n")
	line := []rune(lines[edit.Span.Line-1])
	lines[edit.Span.Line-1] = string(line[:edit.Span.Column-1]) + edit.Text + string(line[edit.Span.EndColumn-1:])
	if got := codesOf(strings.Join(lines, "\n")); got != nil {
		t.Errorf("after the edit there are findings: %v", got)
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	var got []string
	for _, target := range bind.Targets(parsed(flowText)) {
		got = append(got, target.Name.Text)
	}
	if diff := cmp.Diff([]string{"giua", "tre", "ten", "gui", "het", "dau"}, got); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
}

// TestMisnamedFile: where a file and its flow differ in name, that nothing has the file's name is no second mistake.
func TestMisnamedFile(t *testing.T) {
	t.Parallel()
	const flow = "luồng %s \"Thử\"\n\nbước dau\n  | A.\n  %s\n"
	bound := func(path, name string) []string {
		named, _ := parse.File(path, []byte(fmt.Sprintf(flow, name, "kết thúc đạt")))
		other, _ := parse.File("khac.flow", []byte(fmt.Sprintf(flow, "khac", "-> luồng tam_tru")))
		tests, syntax := parse.Tests("tam_tru_test.flow", []byte("hôm nay 24/11/2026\n\nthử tam_tru \"một\"\n  Bot: A\n"))
		if len(syntax) > 0 {
			t.Fatal(syntax)
		}
		b, found := bind.Bind([]*tree.File{named, other})
		return codes(append(found, bind.Tests(b, []*tree.Tests{tests})...))
	}
	if got := bound("a/tam_tru.flow", "tamtru"); len(got) > 0 {
		t.Errorf("a misnamed file: findings %v", got)
	}
	if got := bound("a/tamtru.flow", "tamtru"); !cmp.Equal(got, []string{"D003", "D070"}) {
		t.Errorf("another flow: findings %v, want D003 and D070", got)
	}
}
