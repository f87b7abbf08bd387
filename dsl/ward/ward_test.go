package ward_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"
)

// TestCatalogueIsWhole holds the list to what the resolution counts: 168 units, 113 wards, 54 communes, one special zone.
func TestCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	units, count := catalogue(t).Options, map[string]int{}
	codes, names := map[string]bool{}, map[string]bool{}
	for _, u := range units {
		unit, _, _ := strings.Cut(u.Label, " ")
		if unit == "Đặc" {
			unit = "Đặc khu"
		}
		count[unit]++
		key := u.Label
		if codes[u.Name] || names[key] || len(u.Name) != 5 || strings.Trim(u.Name, "0123456789") != "" {
			t.Errorf("unit %s %q: its code is no code, or code or name stands twice", u.Name, u.Label)
		}
		codes[u.Name], names[key] = true, true
		if len(u.Synonyms) == 0 {
			t.Errorf("%s has no old name; even a unit that was not changed bears its own", u.Label)
		}
	}
	if diff := cmp.Diff(map[string]int{"Phường": 113, "Xã": 54, "Đặc khu": 1}, count); diff != "" {
		t.Errorf("units (-want +got):\n%s", diff)
	}
}

// TestOldNames holds every old name to a form the reader knows, and to one of the districts of before July 2025 or earlier.
func TestOldNames(t *testing.T) {
	t.Parallel()
	for _, u := range catalogue(t).Options {
		seen := map[string]bool{}
		for _, old := range u.Synonyms {
			parts := strings.Split(old, ", ")
			for i, part := range parts {
				unit, rest, _ := strings.Cut(part, " ")
				ok := strings.Contains("|Phường|Xã|Thị|Huyện|", "|"+unit+"|")
				if i > 0 {
					ok = strings.Contains("|Quận|Huyện|Thành|", "|"+unit+"|")
				}
				if !ok || rest == "" {
					t.Errorf("%s: %q in %q is no unit", u.Label, part, old)
				}
			}
			if seen[old] || len(parts) > 3 {
				t.Errorf("%s: %q stands twice or lies in too many districts", u.Label, old)
			}
			seen[old] = true
		}
	}
}

// TestEveryNameIsRead reads every name of the catalogue: a name of today with "mới" means its unit; an old name in its district
// means the unit, or is asked back with the unit among the answers.
func TestEveryNameIsRead(t *testing.T) {
	t.Parallel()
	typ := catalogue(t)
	for i, u := range typ.Options {
		wantUnit(t, typ, i, u.Label+" mới", true)
		wantUnit(t, typ, i, u.Name, true)
		wantUnit(t, typ, i, u.Label, false)
		wantUnit(t, typ, i, fold.Key(u.Label), false)
		for _, old := range u.Synonyms {
			name, districts, _ := strings.Cut(old, ", ")
			wantUnit(t, typ, i, name, false)
			for d := range strings.SplitSeq(districts, ", ") {
				wantUnit(t, typ, i, name+" "+d, false)
				wantUnit(t, typ, i, strings.ToUpper(name+", "+d), false)
				wantUnit(t, typ, i, fold.Key(d), false)
			}
		}
	}
}

// wantUnit expects in to be read as unit i; unless sure, being asked back among others will do.
func wantUnit(t *testing.T, typ value.Type, i int, in string, sure bool) {
	t.Helper()
	if in == "" {
		return
	}
	v, p := typ.ReadText(in, value.Context{})
	switch {
	case p == nil && v.S == typ.Options[i].Name:
	case p != nil && !sure && p.Kind == value.Ambiguous && contains(p.Candidates, i):
	default:
		t.Errorf("%q reads as %q (%v), want %s", in, v.S, p, typ.Options[i].Label)
	}
}

func contains(list []int, n int) bool {
	for _, v := range list {
		if v == n {
			return true
		}
	}
	return false
}

func TestSourceIsACopy(t *testing.T) {
	t.Parallel()
	ward.Source()[0] = 'x'
	if ward.Source()[0] != '#' {
		t.Error("a caller can change the catalogue")
	}
	for _, word := range []string{"1685/NQ-UBTVQH15", "Nguồn, đọc ngày", "Độ tin:"} {
		if !strings.Contains(string(ward.Source()), word) {
			t.Errorf("the head of the catalogue does not say %q", word)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	base := []value.Option{{Name: "1", Label: "Phường Một", Synonyms: []string{"Phường A, Quận 1"}}, {Name: "2", Label: "Phường Hai"}}
	got, found := ward.Parse("f", []byte("\ufeff# chú thích\r\n\r\n1 | | Xóm Gà ; Xóm Củi\n2|Phường Nhì\n  x-9 |  Xã Ba |  \n"), base)
	if len(found) > 0 {
		t.Fatal(found)
	}
	want := []value.Option{
		{Name: "1", Label: "Phường Một", Synonyms: []string{"Phường A, Quận 1", "Xóm Gà", "Xóm Củi"}},
		{Name: "2", Label: "Phường Nhì"}, {Name: "x-9", Label: "Xã Ba"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if base[1].Label != "Phường Hai" || len(base[0].Synonyms) != 1 {
		t.Errorf("the base was changed: %v", base)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		line int
		says string
	}{
		"nothing":             {"# chỉ chú thích\n", 1, "không có đơn vị nào"},
		"not UTF-8":           {"1 | Ph\xff\n", 1, "không phải UTF-8"},
		"no code":             {"1 | Phường Một\nPhường Hai | Phường Hai\n", 2, "không phải một đơn vị"},
		"four fields":         {"1 | a | b | c\n2 | Phường Hai\n", 1, "không phải một đơn vị"},
		"new without a name":  {"1 | Phường Một\n2 | | Xóm Gà\n", 2, "dòng phải có tên"},
		"code twice":          {"1 | Phường Một\n1 | Phường Hai\n", 2, "đã có ở dòng trên"},
		"name without an end": {"1 | Phường Một | " + strings.Repeat("Xóm Gà ", 12) + "\n2 | Phường Hai\n", 1, "dài quá 60"},
	}
	for name, c := range tests {
		_, found := ward.Parse("danh_muc/phuong.txt", []byte(c.text), nil)
		if len(found) != 1 || found[0].Code != ward.CodeLine || found[0].Severity != diag.Error {
			t.Errorf("%s: %v, want one error", name, found)
			continue
		}
		if found[0].Span.Line != c.line || !strings.Contains(found[0].Message.VI, c.says) || found[0].Fix.EN == "" {
			t.Errorf("%s: line %d %q, want line %d to say %q", name, found[0].Span.Line, found[0].Message.VI, c.line, c.says)
		}
	}
}

func TestParseStopsSomewhere(t *testing.T) {
	t.Parallel()
	units, found := ward.Parse("f", []byte("1 | Phường Một\n"+strings.Repeat("#\n", 30_000)), nil)
	if len(units) != 1 || len(found) != 1 || !strings.Contains(found[0].Message.EN, "20000 lines") {
		t.Errorf("%v, %v", units, found)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("1 | Phường Một | Phường A, Quận 1; Phường B\n"))
	f.Add([]byte("# x\n|||\n1\n1 ||"))
	f.Add([]byte("\xef\xbb\xbf1 | ; | ;;;,\x00\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		units, found := ward.Parse("f", source, nil)
		if len(units) == 0 && len(found) == 0 {
			t.Fatal("no unit and no finding")
		}
		typ := value.Type{Kind: value.Ward, Options: units}
		typ.Prepare()
		for _, u := range units {
			if _, p := typ.ReadText(u.Label, value.Context{}); p != nil && p.Sentence == "" {
				t.Fatalf("%q is answered with nothing", u.Label)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	typ := catalogue(b)
	for name, in := range map[string]string{"name": "phường thới an", "old": "p5 q3", "run": "trị đông", "none": "tôi không biết mình ở phường nào nữa"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				typ.ReadText(in, value.Context{})
			}
		})
	}
}

func BenchmarkPrepare(b *testing.B) {
	units := catalogue(b).Options
	b.ReportAllocs()
	for b.Loop() {
		typ := value.Type{Kind: value.Ward, Options: units}
		typ.Prepare()
	}
}
