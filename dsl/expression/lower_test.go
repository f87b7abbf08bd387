package expression

import (
	"slices"
	"strings"
	"testing"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// TestNamesLikeFunctions holds that a slot may bear the name of a function of ours or of expr-lang; only its words may not.
func TestNamesLikeFunctions(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tuoi", "co", "tien", "che", "count", "all", "len", "map", "filter", "now", "x", "v0", "f0", "e", "unset", "round", "join", "int", "date"} {
		scope := &Scope{Symbols: map[string]Symbol{name: {Ref: Ref{Name: name}, Type: value.Type{Kind: value.Number}, MayBeUnset: true}}}
		x, problems := Compile(name+` >= 3 and co(`+name+`)`, scope)
		if problems != nil {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		w := newWorld()
		w.values[name] = num(3)
		assertBothWays(t, x, w)
		if ok, err := x.Bool(w); !ok || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	for _, word := range []string{"in", "not", "and", "or", "matches", "let", "true", "false", "nil"} {
		scope := &Scope{Symbols: map[string]Symbol{word: {Ref: Ref{Name: word}, Type: value.Type{Kind: value.Number}}}}
		if x, _ := Compile(word+` >= 3`, scope); x != nil {
			t.Errorf("%s was read as a name", word)
		}
	}
}

// TestOffsets holds that places are counted in runes, under names and texts with accents, and that the underlined stretch is
// the word that is meant.
func TestOffsets(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, at string }{
		{`ho_ten == "Đặng Thị Ơ" and cho_o == "nhớ"`, `"nhớ"`},
		{`ho_ten == "ế ệ ễ" and tuổi > 3`, `tuổi`},
		{`ho_ten == "ế ệ ễ" && tre_em`, `&&`},
		{`ho_ten == "ế" and tuoi(ho_ten) > 3`, `ho_ten`},
		{`ho_ten == "ế" and len(ho_ten) > 3`, `len`},
		{`ho_ten == "ế" and gia / 3 > 3`, `/`},
		{`ho_ten == "ế" and zalo.tenn == "x"`, `tenn`},
		{`ho_ten == "ế" và tre_em`, `và`},
		{`ho_ten == "𝒳😀" and tuoi_dan`, `tuoi_dan`},
	} {
		_, problems := Compile(tc.src, scope)
		if len(problems) != 1 {
			t.Errorf("%s: %v", tc.src, problems)
			continue
		}
		p, runes := problems[0], []rune(tc.src)
		if got := string(runes[p.Offset : p.Offset+p.Length]); got != tc.at {
			t.Errorf("%s: underlines %q, want %q", tc.src, got, tc.at)
		}
		if want := strings.LastIndex(tc.src, tc.at); len(string(runes[:p.Offset])) != want {
			t.Errorf("%s: at byte %d, want %d", tc.src, len(string(runes[:p.Offset])), want)
		}
	}
}

// TestFixes holds the guesses an author is offered.
func TestFixes(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, fix string }{
		{`cho_o == "tuhe"`, "Có phải thue?"},
		{`cho_o == "xyz"`, ""},
		{`tuoi_dna > 3`, "Có phải tuoi_dan?"},
		{`zalo.te == "x"`, "Có phải ten?"},
		{`don_vi.diachi == "x"`, "Có phải dia_chi?"},
		{`gia + so_con`, "Viết tien(…) quanh bên là số."},
		{`ngay_hen + 3`, "Dùng them_ngay(ngày, số)."},
		{`ngay_hen - ngay_sinh`, "Dùng so_ngay(a, b)."},
		{`co_ban * 1.5`, "Viết lam_tron(…) quanh biểu thức."},
		{`tuoi_dan = 3`, "Viết ==."},
		{`tuoi_dan => 3`, "Viết >=."},
		{`tuoi_dan =< 3`, "Viết <=."},
	} {
		_, problems := Compile(tc.src, scope)
		if len(problems) != 1 || problems[0].Fix.VI != tc.fix {
			t.Errorf("%s: %+v, want %q", tc.src, problems, tc.fix)
		}
	}
}

// TestTypes holds the declared type of results, with the bounds that were proved.
func TestTypes(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct {
		src    string
		kind   value.Kind
		lo, hi int64
	}{
		{`tuoi_dan`, value.Number, 18, 75},
		{`tuoi_dan + so_con`, value.Number, 18, 95},
		{`tuoi_dan - so_con`, value.Number, -2, 75},
		{`-tuoi_dan`, value.Number, -75, -18},
		{`so_con * -2`, value.Number, -40, 0},
		{`(so_con - 10) * (so_con - 10)`, value.Number, -100, 100},
		{`gia * 2`, value.Money, 0, 200_000_000},
		{`so_con * gia`, value.Money, 0, 2_000_000_000},
		{`tien(so_con)`, value.Money, 0, 20},
		{`5`, value.Number, 5, 5},
	} {
		x, problems := Compile(tc.src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		if got := x.Type; got.Kind != tc.kind || got.Min != tc.lo || got.Max != tc.hi || !got.HasMin || !got.HasMax {
			t.Errorf("%s: %+v, want kind %v, %d..%d", tc.src, got, tc.kind, tc.lo, tc.hi)
		}
	}
	rounded, _ := Compile(`lam_tron(so_con * 1.5)`, scope)
	if rounded.Type.Max < 30 || rounded.Type.Max > 31 || rounded.Type.Min > 0 {
		t.Errorf("lam_tron: %+v", rounded.Type)
	}
	joined, _ := Compile(`ho_ten + " – " + tinh`, scope)
	if joined.Type.MaxLen() != 60+3+60 {
		t.Errorf("joined text: %d runes", joined.Type.MaxLen())
	}
}

// TestField holds the fields of zalo.* and don_vi.*, and which of them are always there.
func TestField(t *testing.T) {
	t.Parallel()
	name, ok := Field("zalo", "ten")
	if !ok || name.Ref != (Ref{Kind: RefZalo, Name: "ten"}) || !name.MayBeUnset || name.Type.MaxLen() != 40 {
		t.Errorf("zalo.ten: %+v", name)
	}
	for _, field := range office.KnownFields() {
		sym, ok := Field("don_vi", field)
		required := slices.Contains(office.RequiredFields(), field)
		if !ok || sym.Ref != (Ref{Kind: RefOffice, Name: field}) || sym.MayBeUnset == required || sym.Type.Kind != value.Text {
			t.Errorf("don_vi.%s: %+v", field, sym)
		}
	}
	for _, wrong := range [][2]string{{"zalo", "tuoi"}, {"don_vi", ""}, {"toi", "ten"}, {"", ""}} {
		if sym, ok := Field(wrong[0], wrong[1]); ok {
			t.Errorf("%s.%s is %+v", wrong[0], wrong[1], sym)
		}
	}
}

// TestKindNames holds that every kind can be named in a sentence.
func TestKindNames(t *testing.T) {
	t.Parallel()
	for k := value.Text; k <= value.Place; k++ {
		typ := value.Type{Kind: k}
		if kindVI(typ) == kindVI(value.Type{}) || kindEN(typ) == kindEN(value.Type{}) {
			t.Errorf("kind %d has no name", k)
		}
	}
}

// TestMistakesStayQuiet holds that what is built on a mistake says nothing more.
func TestMistakesStayQuiet(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, src := range []string{
		`khong_co > 3`, `khong_co + 1 > tuoi_dan`, `not khong_co`, `-khong_co`, `khong_co in [1, 2]`, `khong_co matches "a"`,
		`tuoi(khong_co) > 3`, `co(khong_co)`, `lam_tron(khong_co * 1.5)`, `khong_co and tre_em`, `vao_ngay(khong_co, ngay_hen)`,
		`cho_o in ["thue", "xxxx"]`, `tuoi_dan in [1, "a"]`, `them_ngay(ngay_hen, khong_co) > hom_nay()`,
	} {
		if _, problems := Compile(src, scope); len(problems) != 1 {
			t.Errorf("%s: %d problems: %v", src, len(problems), problems)
		}
	}
}
