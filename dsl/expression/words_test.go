package expression

import (
	"strings"
	"testing"
)

// TestWordsForSigns holds every word and sign that people write for one of the language: it is found where it stands, under names
// and texts with accents, and the fix is what is meant.
func TestWordsForSigns(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	between := map[string]string{
		"trên": ">", "dưới": "<", "hơn": ">", "lớn hơn": ">", "nhỏ hơn": "<", "ít nhất": ">=", "nhiều nhất": "<=", "không quá": "<=",
		"lớn hơn hoặc bằng": ">=", "nhỏ hơn hoặc bằng": "<=", "bằng": "==", "khác": "!=", "là": "==", "=": "==", "≤": "<=", "≥": ">=", "≠": "!=",
		"<>": "!=", "×": "*",
	}
	for _, m := range misspelt {
		if _, known := between[m.wrong]; !known && !strings.ContainsAny(m.wrong, "“”&") {
			between[m.wrong] = m.right
		}
	}
	for wrong, right := range between {
		left, other := "so_con", "tuoi_dan"
		if right == "and" || right == "or" || right == "not" {
			left, other = "tre_em", "dong_y"
		}
		if right == "not" {
			left = ""
		}
		for _, before := range []string{"", `ho_ten == "Đặng Ơ" and `, `ho_ten != "≥ và trên" and `} {
			src := before + strings.TrimSpace(left+" "+wrong+" "+other)
			_, problems := Compile(src, scope)
			if len(problems) != 1 {
				t.Errorf("%s: %v", src, problems)
				continue
			}
			p, runes := problems[0], []rune(src)
			if got := string(runes[p.Offset : p.Offset+p.Length]); p.Code != CodeWord || got != wrong || p.Fix.VI != "Viết "+right+"." {
				t.Errorf("%s: %s underlines %q, fix %q; want %q for %q", src, p.Code, got, p.Fix.VI, right, wrong)
			}
		}
	}
}

// TestWordsInsideNames holds that a part of a name or a text is never taken for a misspelt word.
func TestWordsInsideNames(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, src := range []string{`ho_ten == "tuổi trên 60 và dưới 75"`, `ho_ten == "a = b"`, `ho_ten matches "không|là"`, `ho_ten == "“”"`, `tinh == "&"`} {
		if _, problems := Compile(src, scope); problems != nil {
			t.Errorf("%s: %v", src, problems)
		}
	}
	for _, src := range []string{`so_con_trên 60`, `lành > 3 x`, `kháchhàng 3`} {
		_, problems := Compile(src, scope)
		if len(problems) == 0 || problems[0].Code == CodeWord {
			t.Errorf("%s: %v", src, problems)
		}
	}
}

// TestThousands holds which numbers read as thousands and which are decimals.
func TestThousands(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct {
		src, at, fix string // "" where the number is taken
	}{
		{`gia > 15.000`, `15.000`, `Viết 15000, hoặc 15.0000 khi đúng là số lẻ.`},
		{`gia > 1.000`, `1.000`, `Viết 1000, hoặc 1.0000 khi đúng là số lẻ.`},
		{`gia > 999.999`, `999.999`, `Viết 999999, hoặc 999.9990 khi đúng là số lẻ.`},
		{`ho_ten == "ế" and gia > 15.000`, `15.000`, `Viết 15000, hoặc 15.0000 khi đúng là số lẻ.`},
		{`gia in [5.000, 6000]`, `5.000`, `Viết 5000, hoặc 5.0000 khi đúng là số lẻ.`},
		{`gia > -15.000`, `15.000`, `Viết 15000, hoặc 15.0000 khi đúng là số lẻ.`},
		{`gia > 1.000.000`, `1.000.000`, `Viết 1000000.`},
		{`ho_ten == "ế" and gia > 12.345.678`, `12.345.678`, `Viết 12345678.`},
		{`gia > 1500`, "", ""},
		{`gia > 15.0000`, "", ""},
		{`gia > 1.5`, "", ""},
		{`gia > 1.50`, "", ""},
		{`gia > 0.125`, "", ""},
		{`gia > 1000.125`, "", ""},
		{`gia > 0015.5`, "", ""},
		{`ho_ten == "15.000 đ"`, "", ""},
		{`ho_ten matches "1.000"`, "", ""},
	} {
		_, problems := Compile(tc.src, scope)
		if tc.at == "" {
			if problems != nil {
				t.Errorf("%s: %v", tc.src, problems)
			}
			continue
		}
		if len(problems) != 1 {
			t.Errorf("%s: %v", tc.src, problems)
			continue
		}
		p, runes := problems[0], []rune(tc.src)
		if got := string(runes[p.Offset : p.Offset+p.Length]); p.Code != CodeThousands || got != tc.at || p.Fix.VI != tc.fix {
			t.Errorf("%s: %s underlines %q, fix %q; want %q, %q", tc.src, p.Code, got, p.Fix.VI, tc.at, tc.fix)
		}
	}
}

// TestMeantLiterals holds the fixes for a name that was meant as a literal.
func TestMeantLiterals(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, fix string }{
		{`cho_o == thue`, `Lựa chọn viết trong ngoặc kép: "thue".`},
		{`nha != cho_o`, `Lựa chọn viết trong ngoặc kép: "nha".`},
		{`cho_o in [nho]`, `Lựa chọn viết trong ngoặc kép: "nho".`},
		{`tre_em == có`, `Viết true.`},
		{`tre_em == đúng`, `Viết true.`},
		{`tre_em == không`, `Viết false.`},
		{`tre_em == sai`, `Viết false.`},
		{`tre_em == no`, `Viết false.`},
		{`FALSE or tre_em`, `Viết false.`},
		{`không`, `Viết tên dữ liệu có/không ở đây; nhánh cho mọi trường hợp khác viết: còn lại -> tên_bước.`},
		{`cho_o == thuee`, `Lựa chọn viết trong ngoặc kép: "thue".`},
		{`ho_ten == Nguyễn`, `Khai dưới “dữ liệu”, ví dụ: nguyen   chữ 1..50   "…"; là chữ thì viết trong ngoặc kép: "Nguyễn".`},
		{`tuoi_da > 3`, `Có phải tuoi_dan?`},
		{`tre_en`, `Có phải tre_em?`},
	} {
		_, problems := Compile(tc.src, scope)
		if len(problems) != 1 || problems[0].Code != CodeUnknownName || problems[0].Fix.VI != tc.fix {
			t.Errorf("%s: %+v, want fix %q", tc.src, problems, tc.fix)
		}
	}
}

// TestDates holds that a date written out is refused as a date, and other divisions as divisions.
func TestDates(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for src, want := range map[string]string{
		`ngay_hen > 01/07/2026`:            "Ngày không viết thẳng trong biểu thức.",
		`01/07/2026 == ngay_hen`:           "Ngày không viết thẳng trong biểu thức.",
		`so_ngay(1/1/2026, hom_nay()) > 3`: "Ngày không viết thẳng trong biểu thức.",
		`so_con / 2 > 1`:                   "Không có phép chia.",
		`so_con / 2 / 3 > 1`:               "Không có phép chia.",
		`1 / so_con / 2026 > 1`:            "Không có phép chia.",
		`1 / 2 > 1`:                        "Không có phép chia.",
		`1 / 2 / so_con > 1`:               "Không có phép chia.",
	} {
		_, problems := Compile(src, scope)
		if len(problems) != 1 || problems[0].Message.VI != want {
			t.Errorf("%s: %+v, want %q", src, problems, want)
		}
	}
}

// TestBudgetEdges holds each budget at its edge: the last that fits, the first that does not.
func TestBudgetEdges(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	const shell = len(`ho_ten == ""`)
	for name, tc := range map[string]struct {
		fits, exceeds string
		code          string
	}{
		"bytes of source": {
			`ho_ten == "` + strings.Repeat("a", MaxSource-shell) + `"`, `ho_ten == "` + strings.Repeat("a", MaxSource-shell+1) + `"`, CodeTooLarge,
		},
		"bytes, not letters": {
			`ho_ten == "` + strings.Repeat("ế", (MaxSource-shell)/3) + `"`, `ho_ten == "` + strings.Repeat("ế", (MaxSource-shell)/3+1) + `"`, CodeTooLarge,
		},
		"brackets": {
			strings.Repeat("(", MaxNesting) + "tre_em" + strings.Repeat(")", MaxNesting),
			strings.Repeat("(", MaxNesting+1) + "tre_em" + strings.Repeat(")", MaxNesting+1), CodeTooLarge,
		},
		"list": {
			`tuoi_dan in [` + strings.Repeat("1,", MaxList-1) + `1]`, `tuoi_dan in [` + strings.Repeat("1,", MaxList) + `1]`, CodeList,
		},
		"pattern": {
			`ho_ten matches "` + strings.Repeat("a", MaxPattern) + `"`, `ho_ten matches "` + strings.Repeat("a", MaxPattern+1) + `"`, CodePattern,
		},
		"decimals": {`co_ban * 0.123456 > 1`, `co_ban * 0.1234567 > 1`, CodeOverflow},
		"integers": {`so_lon < 1000000000000000`, `so_lon < 1000000000000001`, CodeOverflow},
	} {
		if _, problems := Compile(tc.fits, scope); problems != nil {
			t.Errorf("%s: what fits is refused: %v", name, problems[0].Message.VI)
		}
		x, problems := Compile(tc.exceeds, scope)
		if x != nil || len(problems) == 0 || problems[0].Code != tc.code {
			t.Errorf("%s: %v, want %s", name, problems, tc.code)
		}
	}
}

// TestDots holds the fix for a dot behind what has no fields.
func TestDots(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, fix string }{
		{`Don_vi.ten`, `Có phải don_vi.ten?`},
		{`donvi.tên`, `Có phải don_vi.ten?`},
		{`đơn_vị.dia_chi`, `Có phải don_vi.dia_chi?`},
		{`Zalo.ten`, `Có phải zalo.ten?`},
		{`ho_ten.dau`, `Viết một tên không có dấu chấm, ví dụ: ho_ten.`},
	} {
		_, problems := Compile(tc.src, scope)
		if len(problems) != 1 || problems[0].Code != CodeNotUsable || problems[0].Fix.VI != tc.fix {
			t.Errorf("%s: %+v, want fix %q", tc.src, problems, tc.fix)
		}
	}
}
