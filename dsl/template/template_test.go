package template

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// world is an environment for tests: values by name.
type world struct {
	values map[string]value.Value
	office *office.Office
}

func (w *world) Value(ref expression.Ref) value.Value {
	switch ref.Kind {
	case expression.RefZalo:
		return w.values["zalo."+ref.Name]
	case expression.RefOffice:
		text, ok := w.office.Field(ref.Name)
		if !ok {
			return value.Value{}
		}
		return value.Value{Kind: value.Text, S: text}
	}
	return w.values[ref.Name]
}

func (w *world) Today() (int64, int) { return 20_781, 540 } // 24/11/2026

func (w *world) Office() *office.Office { return w.office }

func text(s string) value.Value { return value.Value{Kind: value.Text, S: s} }

var symbols = []struct {
	name  string
	kind  expression.RefKind
	typ   value.Type
	value value.Value
	mask  bool
}{
	{"ho_ten", expression.RefSlot, value.Type{Kind: value.Text, Max: 60, HasMax: true}, text("Nguyễn Thị Lan"), false},
	{"tuoi_dan", expression.RefSlot, value.Type{Kind: value.Number, Max: 120, HasMax: true, HasMin: true}, value.Value{Kind: value.Number, N: 52}, false},
	{"gia", expression.RefSlot, value.Type{Kind: value.Money, Max: 10_000_000, HasMax: true, HasMin: true}, value.Value{Kind: value.Money, N: 15_000}, false},
	{"ngay_hen", expression.RefSlot, value.Type{Kind: value.Date}, value.Value{Kind: value.Date, N: 20_783}, false},
	{"may", expression.RefSlot, value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "0912345678"}, false},
	{"cho_o", expression.RefSlot, value.Type{Kind: value.Choice, Options: []value.Option{{Name: "thue", Label: "Nhà thuê"}, {Name: "nho", Label: "Ở nhờ"}}}, value.Value{Kind: value.Choice, N: 1, S: "nho"}, false},
	{"tre_em", expression.RefSlot, value.Type{Kind: value.YesNo}, value.Value{Kind: value.YesNo, N: 1}, false},
	{"anh", expression.RefSlot, value.Type{Kind: value.Images, Max: 3, HasMax: true}, value.Value{Kind: value.Images, Media: make([]value.Media, 2)}, false},
	{"may_mat", expression.RefSlot, value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "0912345678"}, true},
	{"ten_mat", expression.RefSlot, value.Type{Kind: value.Text, Max: 60, HasMax: true}, text("Trần Văn Bí"), true},
	{"phi", expression.RefFact, value.Type{Kind: value.Money}, value.Value{Kind: value.Money, N: 7_000}, false},
	{"chua_ro", expression.RefFact, value.Type{Kind: value.Money}, value.Value{}, false},
	{"la_tre", expression.RefCondition, value.Type{Kind: value.YesNo}, value.Value{Kind: value.YesNo}, false},
}

func newScope(t testing.TB) *expression.Scope {
	t.Helper()
	s := &expression.Scope{Symbols: map[string]expression.Symbol{}}
	for i, d := range symbols {
		sym := expression.Symbol{Ref: expression.Ref{Kind: d.kind, Index: i, Name: d.name}, Type: d.typ, Mask: d.mask, MayBeUnset: d.kind != expression.RefCondition}
		if d.kind == expression.RefCondition {
			x, problems := expression.Compile(`tre_em`, s)
			if problems != nil {
				t.Fatal(problems)
			}
			sym.Cond = x
		}
		s.Symbols[d.name] = sym
	}
	return s
}

func newWorld() *world {
	w := &world{values: map[string]value.Value{"zalo.ten": text("Lan")}, office: &office.Office{Fields: map[string]string{"ten": "Công an phường An Đông"}}}
	for _, d := range symbols {
		w.values[d.name] = d.value
	}
	return w
}

func parse(t testing.TB, src string) Template {
	t.Helper()
	tmpl, problems := Parse(src, newScope(t), nil)
	if problems != nil {
		t.Fatalf("Parse(%q): %v", src, problems)
	}
	return tmpl
}

func TestAppend(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ src, want string }{
		{``, ``},
		{`Chào anh/chị.`, `Chào anh/chị.`},
		{`Chào {ho_ten}.`, `Chào Nguyễn Thị Lan.`},
		{`{ho_ten}`, `Nguyễn Thị Lan`},
		{`{ ho_ten }`, `Nguyễn Thị Lan`},
		{`{ho_ten}{tuoi_dan}`, `Nguyễn Thị Lan52`},
		{`Tuổi {tuoi_dan}, phí {gia}, ngày {ngay_hen}`, `Tuổi 52, phí 15.000 đ, ngày 26/11/2026`},
		{`{may}; {cho_o}; {tre_em}; {anh} ảnh`, `0912 345 678; Ở nhờ; Có; 2 ảnh`},
		{`Lệ phí {phi}`, `Lệ phí 7.000 đ`},
		{`Lệ phí {chua_ro}.`, `Lệ phí cán bộ sẽ xác nhận.`},
		{`{la_tre}`, `Không`},
		{`{don_vi.ten} kính báo`, `Công an phường An Đông kính báo`},
		{`Chào {zalo.ten}.`, `Chào Lan.`},
		{`{gia + 500}`, `15.500 đ`},
		{`{tien(tuoi_dan * 2)}`, `104 đ`},
		{`{tuoi_dan * 100}`, `5.200`},
		{`{lam_tron(tuoi_dan * 1.5)}`, `78`},
		{`{them_ngay(ngay_hen, 1)}`, `27/11/2026`},
		{`{hom_nay()}`, `24/11/2026`},
		{`{ho_ten + "}"}`, `Nguyễn Thị Lan}`},
		{`{{ho_ten}}`, `{ho_ten}`},
		{`{{{ho_ten}}}`, `{Nguyễn Thị Lan}`},
		{`a }} b {{ c`, `a } b { c`},
		{`{may_mat} {ten_mat}`, `0912••• 678`},
		{`{"Ông " + ten_mat}`, `•••`},
		{`{che(ten_mat)}`, `•••`},
		{`{che(may)}`, `0912•••678`},
	} {
		tmpl := parse(t, tc.src)
		got, err := tmpl.Append([]byte("> "), newWorld())
		want := "> " + strings.Replace(tc.want, "0912••• 678", "0912•••678 •••", 1)
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", tc.src, got, err, want)
		}
		if n := utf8.RuneCount(got) - 2; n > tmpl.MaxLen() {
			t.Errorf("%s: %d runes, MaxLen says %d", tc.src, n, tmpl.MaxLen())
		}
	}
}

func TestAppendUnset(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.values = map[string]value.Value{}
	for _, tc := range []struct{ src, want string }{
		{`Chào {zalo.ten}.`, `Chào.`},
		{`{zalo.ten} ơi`, ` ơi`},
		{`Chào  {zalo.ten}!`, `Chào !`},
		{`Chào{zalo.ten}!`, `Chào!`},
		{`Lệ phí {phi}`, `Lệ phí cán bộ sẽ xác nhận`},
		{`Lệ phí {gia}`, ``},
		{`{gia + 1}`, ``},
		{`{phi + 1}`, ``},
		{`{don_vi.email}`, ``},
		{`{may_mat}`, ``},
	} {
		tmpl := parse(t, tc.src)
		got, err := tmpl.Append([]byte("Bot: "), w)
		if tc.want == "" {
			if !errors.Is(err, expression.ErrUnset) || string(got) != "Bot: " {
				t.Errorf("%s: %q, %v; want ErrUnset and nothing appended", tc.src, got, err)
			}
			continue
		}
		if err != nil || string(got) != "Bot: "+tc.want {
			t.Errorf("%s: %q, %v; want %q", tc.src, got, err, tc.want)
		}
	}
	blank := parse(t, `Chào {zalo.ten}.`)
	w.values["zalo.ten"] = text("")
	if got, err := blank.Append(nil, w); err != nil || string(got) != "Chào." {
		t.Errorf("an empty name: %q, %v", got, err)
	}
	bare := parse(t, `{zalo.ten}`)
	if got, _ := bare.Append([]byte("trước "), w); string(got) != "trước " {
		t.Errorf("the space of what came before was taken: %q", got)
	}
}

// TestValuesAreData holds that nothing in a value is read as a template or rearranges the sentence.
func TestValuesAreData(t *testing.T) {
	t.Parallel()
	tmpl := parse(t, `Tên: {ho_ten}, {ho_ten + "!"}`)
	for _, tc := range []struct{ name, want string }{
		{`{gia}`, `Tên: {gia}, {gia}!`},
		{`{{x}}`, `Tên: {{x}}, {{x}}!`},
		{`}{`, `Tên: }{, }{!`},
		{`%s %d`, `Tên: %s %d, %s %d!`},
		{"a\u202Eb\u200Bc\x00d\x1B[31m", `Tên: abcd[31m, abcd[31m!`},
		{"dòng\nhai", `Tên: dòng hai, dòng hai!`},
		{"\u2066x\u2069\u0085", `Tên: x, x!`},
	} {
		w := newWorld()
		w.values["ho_ten"] = text(tc.name)
		got, err := tmpl.Append(nil, w)
		if err != nil || string(got) != tc.want {
			t.Errorf("%q: %q, %v; want %q", tc.name, got, err, tc.want)
		}
	}
}

var refusedTemplates = []string{
	`Chào {ho_ten`, `Chào ho_ten}`, `{}`, `{ }`, `Chào {ho_te}`, `{zalo.tuoi}`, `{don_vi.x}`, `{tuoi_dan > 3}`, `{tuoi_dan +}`,
	`{gia + tuoi_dan}`, `{a {b} c}`, `{tuoi_dan * 1.5}`, `Đây là {ten_mo_ho} và {ho_te}`, `{ho_ten + "}`, `{`, `}`, `{{{`, `{map([1], #)}`,
	`{họ tên}`, `{Ho_Ten}`, `{ho-ten}`, `{Họ tên }`, `{gia > 15.000}`, `{gia + 15.000}`, `{họ tên mẹ}`, `{tuổi}`, `{tre_em and khong_co}`, `{5 x}`,
}

// TestRefused holds what is said of sentences that cannot be split.
func TestRefused(t *testing.T) {
	t.Parallel()
	scope := newScope(t)
	var out strings.Builder
	for _, src := range refusedTemplates {
		tmpl, problems := Parse(src, scope, nil)
		if len(problems) == 0 {
			t.Errorf("%q accepted: %+v", src, tmpl)
		}
		fmt.Fprintf(&out, "\n%s\n", src)
		for _, p := range problems {
			fmt.Fprintf(&out, "%s%s\n  %s %s\n  %s\n", strings.Repeat(" ", p.Offset), strings.Repeat("^", p.Length), p.Code, p.Message.VI, p.Message.EN)
			if p.Fix.VI != "" {
				fmt.Fprintf(&out, "  → %s\n  → %s\n", p.Fix.VI, p.Fix.EN)
			}
		}
	}
	golden.Assert(t, filepath.Join("..", "..", "testdata", "template", "refused.golden"), []byte(out.String()))
}

func TestParts(t *testing.T) {
	t.Parallel()
	tmpl := parse(t, `Chào {ho_ten}: {gia + 1}`)
	type part struct {
		text           string
		ref            string
		computed       bool
		kind           value.Kind
		offset, length int
	}
	var got []part
	for i := range tmpl.Parts {
		p := &tmpl.Parts[i]
		got = append(got, part{p.Text, p.Ref.Name, p.Expr != nil, p.Type.Kind, p.Offset, p.Length})
	}
	want := []part{{"Chào ", "", false, 0, 0, 0}, {"", "ho_ten", false, value.Text, 5, 8}, {": ", "", false, 0, 0, 0}, {"", "", true, value.Money, 15, 9}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(part{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRefsAndNeeds(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ src, refs, needs string }{
		{`Chào.`, "", ""},
		{`{ho_ten} {ho_ten} {gia + 1}`, "ho_ten gia", "ho_ten gia"},
		{`{phi}`, "phi", ""},
		{`{phi + 1}`, "phi", "phi"},
		{`{zalo.ten}`, "ten", ""},
		{`{don_vi.ten} {don_vi.email}`, "ten email", "email"},
		{`{la_tre}`, "la_tre", "tre_em"},
	} {
		tmpl := parse(t, tc.src)
		if got := refNames(tmpl.Refs()); got != tc.refs {
			t.Errorf("%s: Refs %q, want %q", tc.src, got, tc.refs)
		}
		if got := refNames(tmpl.Needs()); got != tc.needs {
			t.Errorf("%s: Needs %q, want %q", tc.src, got, tc.needs)
		}
	}
	tmpl := parse(t, `{ho_ten} {gia + 1}`)
	known := tmpl.Refs()[:1]
	if got := refNames(tmpl.NeedsAfter(known)); got != "gia" {
		t.Errorf("NeedsAfter: %q", got)
	}
}

func refNames(refs []expression.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = r.Name
	}
	return strings.Join(names, " ")
}

func TestMaxLen(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src  string
		want int
	}{
		{``, 0},
		{`Chào ạ`, 6},
		{`Chào {ho_ten}.`, 5 + 60 + 1},
		{`{cho_o}`, 8},
		{`{tuoi_dan}`, 3},
		{`{tuoi_dan * 100}`, 6}, // 12.000
		{`{gia}`, 12},           // 10.000.000 đ
		{`{ngay_hen}`, 10},
		{`{may_mat}`, 10},
		{`{ho_ten + "!"}`, 61},
		{`{tre_em}`, 5},
		{`{zalo.ten}`, 40},
	} {
		tmpl := parse(t, tc.src)
		if got := tmpl.MaxLen(); got != tc.want {
			t.Errorf("%s: %d, want %d", tc.src, got, tc.want)
		}
	}
	fact := parse(t, `{phi}`)
	if fact.MaxLen() < utf8.RuneCountInString(Confirm) {
		t.Errorf("a fact may read %q, which is longer than %d", Confirm, fact.MaxLen())
	}
}

// TestCountedDaysAreRemarked: a day counted by working days says itself that holidays are missing, and the measure allows for it.
func TestCountedDaysAreRemarked(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.office = office.Demo()
	for src, want := range map[string]string{
		"Trả ngày {ngay_lam_viec(hom_nay(), 2)}.":   "Trả ngày 26/11/2026.",
		"Trả ngày {ngay_lam_viec(hom_nay(), 40)}.":  "Trả ngày 20/01/2027 (chưa tính đủ ngày lễ).",
		"Trả ngày {ngay_lam_viec(hom_nay(), 600)}.": "Trả ngày 21/03/2029 (chưa tính ngày lễ).",
		"Sau ngày {them_ngay(hom_nay(), 600)}.":     "Sau ngày 16/07/2028.",
	} {
		tpl, problems := Parse(src, newScope(t), nil)
		if problems != nil {
			t.Fatal(src, problems)
		}
		got, err := tpl.Append(nil, w)
		if err != nil || string(got) != want {
			t.Errorf("%s gives %q (%v), want %q", src, got, err, want)
		}
		if n := utf8.RuneCountInString(want); tpl.MaxLen() < n {
			t.Errorf("%s is at most %d long, and came to %d", src, tpl.MaxLen(), n)
		}
	}
}
