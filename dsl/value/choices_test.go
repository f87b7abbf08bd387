package value_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

func set(options ...int) value.Value {
	v := value.Value{Kind: value.Choices}
	for _, o := range options {
		v.N |= 1 << o
	}
	return v
}

func TestToggled(t *testing.T) {
	t.Parallel()
	v := value.Toggled(value.Value{}, 62)
	v = value.Toggled(value.Toggled(v, 0), 3)
	if d := cmp.Diff([]int{0, 3, 62}, value.Chosen(v)); d != "" || value.Count(v) != 3 {
		t.Fatalf("chosen (-want +got):\n%s", d)
	}
	v = value.Toggled(value.Toggled(v, 62), 0)
	if d := cmp.Diff(set(3), v); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if v = value.Toggled(v, 3); v.IsSet() {
		t.Errorf("without an option the value is %+v", v)
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		typ    value.Type
		lo, hi int
	}{
		"chọn nhiều":                   {several(homes()), 1, 4},
		"chọn nhiều 2..3":              {several(homes(), 2, 3), 2, 3},
		"more than there are":          {several(homes(), 2, 9), 2, 4},
		"kể":                           {value.Type{Kind: value.Story}, 1, 20},
		"kể 2..5":                      {bounded(value.Story, 2, 5), 2, 5},
		"ảnh":                          {value.Type{Kind: value.Images}, 1, 10},
		"tệp 1..1":                     {bounded(value.Files, 1, 1), 1, 1},
		"a lower bound of zero is one": {several(homes(), 0, 2), 1, 2},
	} {
		if lo, hi := c.typ.Counts(); lo != c.lo || hi != c.hi {
			t.Errorf("%s: Counts is %d..%d, want %d..%d", name, lo, hi, c.lo, c.hi)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	typ := several(homes())
	for want, v := range map[string]value.Value{"": {}, "nho": set(1), "thue,than,nha": set(0, 2, 3)} {
		if got := typ.Names(v); got != want {
			t.Errorf("%+v has the names %q, want %q", v, got, want)
		}
	}
	for literal, want := range map[string]value.Value{"nho": set(1), "thue, nho": set(0, 1), `"nha,than"`: set(2, 3), "Ở nhờ, Nhà của tôi": set(1, 3)} {
		if got, err := typ.Parse(literal); err != nil || !value.Equal(got, want) {
			t.Errorf("Parse(%q) = %+v, %v", literal, got, err)
		}
	}
	for _, literal := range []string{"", "khach_san", "nho,khach_san"} {
		if got, err := typ.Parse(literal); !errors.Is(err, value.ErrLiteral) {
			t.Errorf("Parse(%q) = %+v, %v", literal, got, err)
		}
	}
	if got, err := several(homes(), 2, 3).Parse("nho"); err == nil {
		t.Errorf("too few options parse as %+v", got)
	}
}

func TestSeveralAreShown(t *testing.T) {
	t.Parallel()
	typ := several(homes(), 1, 2)
	if got := typ.Show(set(1, 3)); got != "Ở nhờ, Nhà của tôi" {
		t.Errorf("shown as %q", got)
	}
	longest := "Nhà cha mẹ, vợ chồng, con, Nhà thuê, nhà trọ"
	if got := typ.MaxLen(); got != len([]rune(longest)) {
		t.Errorf("MaxLen is %d, the longest two labels take %d", got, len([]rune(longest)))
	}
	if got := typ.Show(set(1, 40)); got != "Ở nhờ, " {
		t.Errorf("an option of another version is shown as %q", got)
	}
	if value.Equal(set(1), set(1, 2)) || !value.Equal(set(2, 1), set(1, 2)) {
		t.Error("two values are equal exactly when their options are")
	}
}

// What any list of numbers and labels says is what it names, in any order and with any of the signs that join.
func TestListsAreReadWhole(t *testing.T) {
	t.Parallel()
	typ := several(papers())
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, 2), 1, 3, rapid.ID[int]).Draw(t, "chosen")
		join := rapid.SampledFrom([]string{", ", ",", " và ", "; ", "\n", " + ", " với "}).Draw(t, "join")
		var parts []string
		for _, i := range chosen {
			parts = append(parts, rapid.SampledFrom([]string{strconv.Itoa(i + 1), typ.Options[i].Label, "số " + strconv.Itoa(i+1)}).Draw(t, "part"))
		}
		text := strings.Join(parts, join)
		v, p := typ.ReadText(text, value.Context{})
		slices.Sort(chosen)
		if p != nil || !slices.Equal(value.Chosen(v), chosen) {
			t.Fatalf("%q reads as %+v, %+v, want %v", text, v, p, chosen)
		}
	})
}

// One part that is not understood spoils all of it, wherever it stands.
func TestNothingOfAListIsGuessed(t *testing.T) {
	t.Parallel()
	typ := several(homes())
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "ở nhờ", "nhà trọ"}), 1, 4).Draw(t, "parts")
		strange := rapid.SampledFrom([]string{"khách sạn", "9", "không", "nhà", "1-2", "trừ 1", "x"}).Draw(t, "strange")
		at := rapid.IntRange(0, len(parts)).Draw(t, "at")
		text := strings.Join(slices.Insert(parts, at, strange), ", ")
		if v, p := typ.ReadText(text, value.Context{}); p == nil || v.IsSet() || !strings.Contains(p.Sentence, strange) {
			t.Fatalf("%q reads as %+v, %+v", text, v, p)
		}
	})
}

func TestStoryHasNoLiteral(t *testing.T) {
	t.Parallel()
	if v, err := (value.Type{Kind: value.Story}).Parse("chuyện"); !errors.Is(err, value.ErrLiteral) {
		t.Errorf("Parse gives %+v, %v", v, err)
	}
}

func TestPiece(t *testing.T) {
	t.Parallel()
	if m, ok := value.Piece("  a\x00b "); !ok || m.Kind != "text" || m.Text != "ab" {
		t.Errorf("Piece gives %+v, %v", m, ok)
	}
	if _, ok := value.Piece("\u200b\x00 "); ok {
		t.Error("nothing is a piece")
	}
	long, _ := value.Piece(strings.Repeat("ă", 9000))
	if n := len([]rune(long.Text)); n != 4000 {
		t.Errorf("a piece has %d runes", n)
	}
}
