package expression

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
)

// refused are expressions that do not compile, by the code they are refused with first.
var refused = []struct {
	src  string
	code string
}{
	// syntax and misspellings
	{``, CodeSyntax},
	{`   `, CodeSyntax},
	{`tuoi_dan >`, CodeSyntax},
	{`(tuoi_dan > 3`, CodeSyntax},
	{`tuoi_dan = 3`, CodeWord},
	{`tre_em && dong_y`, CodeWord},
	{`tre_em || dong_y`, CodeWord},
	{`!tre_em`, CodeWord},
	{`tre_em và dong_y`, CodeWord},
	{`tre_em hoặc dong_y`, CodeWord},
	{`tuoi_dan ≥ 18`, CodeWord},
	{`tuoi_dan <> 18`, CodeWord},
	{`cho_o == “nho”`, CodeWord},
	{`tre_em & dong_y`, CodeWord},
	{`không tre_em`, CodeWord},
	{`tuoi_dan trên 60`, CodeWord},
	{`tuoi_dan dưới 60`, CodeWord},
	{`tuoi_dan lớn hơn 60`, CodeWord},
	{`tuoi_dan hơn 60`, CodeWord},
	{`tuoi_dan lớn hơn hoặc bằng 60`, CodeWord},
	{`tuoi_dan nhỏ hơn 60`, CodeWord},
	{`tuoi_dan nhỏ hơn hoặc bằng 60`, CodeWord},
	{`tuoi_dan ít nhất 60`, CodeWord},
	{`tuoi_dan nhiều nhất 60`, CodeWord},
	{`tuoi_dan không quá 60`, CodeWord},
	{`tuoi_dan bằng 60`, CodeWord},
	{`tuoi_dan khác 60`, CodeWord},
	{`cho_o là "nho"`, CodeWord},
	{`tuoi_dan ≤ 18`, CodeWord},
	{`tuoi_dan ≠ 18`, CodeWord},
	{`tuoi_dan × 18`, CodeWord},
	{`tre_em AND dong_y`, CodeWord},
	{`tre_em OR dong_y`, CodeWord},
	{`tuoi_dan => 3`, CodeWord},
	{`tuoi_dan > 18 tuổi`, CodeSyntax},
	{`tuoi_dan == == 3`, CodeSyntax},

	// names
	{`tuoi_da > 3`, CodeUnknownName},
	{`cái_gì_đó`, CodeUnknownName},
	{`cho_o == nho`, CodeUnknownName},
	{`tre_em == có`, CodeUnknownName},
	{`tre_em == không`, CodeUnknownName},
	{`TRUE`, CodeUnknownName},
	{`tuoix(ngay_sinh)`, CodeUnknownFunction},
	{`len(ho_ten)`, CodeUnknownFunction},
	{`now()`, CodeUnknownFunction},
	{`zalo.tuoi == "x"`, CodeUnknownField},
	{`don_vi.dia_chii == "x"`, CodeUnknownField},
	{`ho_ten.dai`, CodeNotUsable},
	{`zalo["ten"] == "x"`, CodeNotUsable},

	// kinds
	{`cho_o == "nhoo"`, CodeOption},
	{`cho_o in ["thue", "hotel"]`, CodeOption},
	{`so_may == "khong phai so"`, CodeOption},
	{`so_may in ["0912345678", "12"]`, CodeOption},
	{`cho_o == 1`, CodeType},
	{`cho_o > "nho"`, CodeType},
	{`cho_o == tuoi_dan`, CodeType},
	{`tuoi_dan == "52"`, CodeType},
	{`ngay_hen > "01/07/2026"`, CodeType},
	{`ngay_hen == 3`, CodeType},
	{`ngay_hen + 3`, CodeType},
	{`ngay_hen - ngay_sinh`, CodeType},
	{`gia + so_con`, CodeType},
	{`gia > so_con`, CodeType},
	{`gia * gia`, CodeType},
	{`ho_ten < tinh`, CodeType},
	{`ho_ten + 1`, CodeType},
	{`ho_ten == so_may`, CodeType},
	{`-ho_ten`, CodeType},
	{`anh == anh`, CodeType},
	{`tuoi_dan matches "5"`, CodeType},
	{`tuoi_dan in ["52"]`, CodeType},
	{`tre_em and tuoi_dan`, CodeNotYesNo},
	{`tuoi_dan or ho_ten`, CodeNotYesNo},
	{`not tuoi_dan`, CodeNotYesNo},

	// lists and patterns
	{`cho_o in cho_cu`, CodeList},
	{`cho_o in []`, CodeList},
	{`tuoi_dan in [so_con]`, CodeList},
	{`tuoi_dan in 1..3`, CodeList},
	{`ho_ten matches tinh`, CodePattern},
	{`ho_ten matches "("`, CodePattern},
	{`ho_ten matches "(?=a)"`, CodePattern},

	// arguments
	{`tuoi()`, CodeArguments},
	{`tuoi(ho_ten)`, CodeArguments},
	{`them_ngay(ngay_hen, gia)`, CodeArguments},
	{`them_ngay(ngay_hen, 1.5)`, CodeArguments},
	{`co_lam(ho_ten, ngay_hen)`, CodeArguments},
	{`vao_ngay(so_con, ngay_hen)`, CodeArguments},
	{`co()`, CodeArguments},
	{`co(1)`, CodeArguments},
	{`co(can_giay_thue)`, CodeArguments},
	{`co(tuoi(ngay_sinh))`, CodeArguments},
	{`tien(gia)`, CodeArguments},
	{`che(tuoi_dan)`, CodeArguments},

	// numbers
	{`co_ban * 1.35`, CodeFraction},
	{`co_ban * 1.3333 * 1.3333`, CodeFraction},
	{`co_ban * 1.12345678`, CodeOverflow},
	{`so_lon * so_lon`, CodeOverflow},
	{`so_lon > 9999999999999999`, CodeOverflow},
	{`99999999999999999999`, CodeSyntax},
	{`1e300`, CodeOverflow},
	{`gia > 15.000`, CodeThousands},
	{`gia>1.500`, CodeThousands},
	{`co_ban * 1.125 > 3`, CodeThousands},
	{`ho_ten == "é" and gia > 1.000.000`, CodeThousands},
	{`gia > 12.345.678 and tre_em`, CodeThousands},
	{`ngay_hen > 01/07/2026`, CodeNotUsable},
	{`so_con / 2 / so_con > 1`, CodeNotUsable},

	// what the language does not have
	{`tre_em ? 1 : 2`, CodeNotUsable},
	{`if tre_em { 1 } else { 2 }`, CodeNotUsable},
	{`ho_ten ?? "x"`, CodeNotUsable},
	{`zalo?.ten`, CodeNotUsable},
	{`let x = 1; x`, CodeNotUsable},
	{`1; 2`, CodeNotUsable},
	{`so_con / 2`, CodeNotUsable},
	{`so_con % 2`, CodeNotUsable},
	{`so_con ** 2`, CodeNotUsable},
	{`so_con ^ 2`, CodeNotUsable},
	{`1..3`, CodeNotUsable},
	{`[1, 2]`, CodeNotUsable},
	{`{a: 1}`, CodeNotUsable},
	{`ho_ten[0:1]`, CodeNotUsable},
	{`ho_ten[0]`, CodeNotUsable},
	{`ho_ten contains "a"`, CodeNotUsable},
	{`ho_ten startsWith "a"`, CodeNotUsable},
	{`ho_ten endsWith "a"`, CodeNotUsable},
	{`nil`, CodeNotUsable},
	{`$env`, CodeNotUsable},
	{`ho_ten | upper()`, CodeUnknownFunction},
	{`ho_ten.upper()`, CodeNotUsable},
	{`all([1], # > 0)`, CodeNotUsable},
	{`map(1..9, {#})`, CodeNotUsable},
	{`b"abc"`, CodeNotUsable},
}

// TestRefused holds every refusal: code, place, sentences in both languages, and fix.
func TestRefused(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	var out strings.Builder
	for _, tc := range refused {
		x, problems := Compile(tc.src, scope)
		if x != nil || len(problems) == 0 {
			t.Errorf("Compile(%q) accepted as %v", tc.src, x)
			continue
		}
		if problems[0].Code != tc.code {
			t.Errorf("Compile(%q): %s %s, want %s", tc.src, problems[0].Code, problems[0].Message.VI, tc.code)
		}
		out.WriteString("\n" + tc.src + "\n")
		for _, p := range problems {
			assertInside(t, tc.src, p)
			out.WriteString(strings.Repeat(" ", p.Offset) + strings.Repeat("^", p.Length) + "\n")
			fmt.Fprintf(&out, "  %s %s\n  %s\n", p.Code, p.Message.VI, p.Message.EN)
			if p.Fix.VI != "" {
				fmt.Fprintf(&out, "  → %s\n  → %s\n", p.Fix.VI, p.Fix.EN)
			}
		}
	}
	golden.Assert(t, filepath.Join("..", "..", "testdata", "expression", "refused.golden"), []byte(out.String()))
}

// assertInside holds that a problem points into its source and speaks both languages.
func assertInside(t fataler, src string, p Problem) {
	t.Helper()
	n := len([]rune(src))
	if p.Offset < 0 || p.Length < 1 || p.Offset+p.Length > max(1, n) {
		t.Fatalf("%q: %s points at %d+%d of %d runes", src, p.Code, p.Offset, p.Length, n)
	}
	if p.Message.VI == "" || p.Message.EN == "" || (p.Fix.VI == "") != (p.Fix.EN == "") || strings.Contains(p.Message.VI+p.Message.EN+p.Fix.VI+p.Fix.EN, "%!") {
		t.Fatalf("%q: %s says %+v, fix %+v", src, p.Code, p.Message, p.Fix)
	}
}

// TestReportsAll holds that one mistake does not hide another.
func TestReportsAll(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	_, problems := Compile(`khong_co and cho_o == "xx" or tuoi_dan + ngay_hen`, scope)
	var codes []string
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	if got := strings.Join(codes, " "); got != CodeUnknownName+" "+CodeOption+" "+CodeType {
		t.Errorf("got %s", got)
	}
}

func TestCompileAs(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	choice := value.Type{Kind: value.Choice, Options: dwellings}
	small := value.Type{Kind: value.Number, Min: 0, Max: 100, HasMin: true, HasMax: true}
	for _, tc := range []struct {
		src  string
		want value.Type
		code string // "" where it fits
	}{
		{`"nho"`, choice, ""},
		{`"nhoo"`, choice, CodeOption},
		{`cho_cu`, choice, ""},
		{`cho_cu`, value.Type{Kind: value.Choice, Options: dwellings[:2]}, CodeResult},
		{`ho_ten`, choice, CodeResult},
		{`5000`, value.Type{Kind: value.Money}, ""},
		{`so_con`, value.Type{Kind: value.Money}, CodeResult},
		{`tien(so_con)`, value.Type{Kind: value.Money}, ""},
		{`so_con + tuoi_dan`, small, ""},
		{`so_con * tuoi_dan`, small, CodeResult},
		{`so_con - 1`, small, CodeResult},
		{`so_con`, small, ""},
		{`so_may`, value.Type{Kind: value.Text}, ""},
		{`ho_ten`, value.Type{Kind: value.Phone}, CodeResult},
		{`"0912345678"`, value.Type{Kind: value.Phone}, ""},
		{`ho_ten + tinh`, value.Type{Kind: value.Text, Max: 120, HasMax: true}, ""},
		{`ho_ten + tinh`, value.Type{Kind: value.Text, Max: 119, HasMax: true}, CodeResult},
		{`true`, yesNoType, ""},
		{`tuoi_dan`, yesNoType, CodeNotYesNo},
		{`hom_nay()`, value.Type{Kind: value.Date}, ""},
		{`anh`, value.Type{Kind: value.Images}, ""},
	} {
		x, problems := CompileAs(tc.src, scope, tc.want)
		switch {
		case tc.code == "" && problems != nil:
			t.Errorf("%s as %v: %v", tc.src, tc.want.Kind, problems)
		case tc.code == "" && x.Type.Kind != tc.want.Kind && tc.want.Kind != value.Text:
			t.Errorf("%s as %v gives %v", tc.src, tc.want.Kind, x.Type.Kind)
		case tc.code != "" && (len(problems) == 0 || problems[0].Code != tc.code):
			t.Errorf("%s as %v: %v, want %s", tc.src, tc.want.Kind, problems, tc.code)
		}
	}
}

func TestCache(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	other, _ := newScope()
	var c Cache
	a, _ := c.Compile(`tuoi_dan > 3`, scope)
	b, _ := c.Compile(`tuoi_dan > 3`, scope)
	elsewhere, _ := c.Compile(`tuoi_dan > 3`, other)
	asNumber, problems := c.CompileAs(`tuoi_dan > 3`, scope, value.Type{Kind: value.Number})
	if a == nil || a != b || a == elsewhere {
		t.Errorf("got %p %p %p", a, b, elsewhere)
	}
	if asNumber != nil || len(problems) != 1 {
		t.Errorf("the wanted type is not part of the key: %v %v", asNumber, problems)
	}
	four := value.Type{Kind: value.Choice, Options: dwellings}
	two := value.Type{Kind: value.Choice, Options: []value.Option{{Name: "co"}, {Name: "nho"}}}
	inFour, _ := c.CompileAs(`"nho"`, scope, four)
	inTwo, _ := c.CompileAs(`"nho"`, scope, two)
	if again, _ := c.CompileAs(`"nho"`, scope, four); inFour == inTwo || inFour != again {
		t.Errorf("options are not part of the key: %p %p %p", inFour, inTwo, again)
	}
	for _, x := range []*Expr{inFour, inTwo} {
		if v, err := x.Eval(newWorld()); err != nil || v.S != "nho" || v.N != 1 || v.Kind != value.Choice {
			t.Errorf("got %v, %v", v, err)
		}
	}
	if _, again := c.CompileAs(`tuoi_dan > 3`, scope, value.Type{Kind: value.Number}); len(again) != 1 {
		t.Errorf("problems are not remembered: %v", again)
	}
}
