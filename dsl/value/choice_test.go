package value_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// options makes a choice of labels, named o0, o1, ….
func options(labels ...string) value.Type {
	typ := value.Type{Kind: value.Choice}
	for i, l := range labels {
		typ.Options = append(typ.Options, value.Option{Name: "o" + strconv.Itoa(i), Label: l})
	}
	return typ
}

func TestChoiceValueHoldsIndexAndName(t *testing.T) {
	t.Parallel()
	v, p := homes().ReadText("nha tro", value.Context{})
	if p != nil {
		t.Fatal(p)
	}
	if diff := cmp.Diff(value.Value{Kind: value.Choice, N: 0, S: "thue"}, v); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
}

// TestNumbersCountVisibleOptions holds numbers to what stands on the screen, for every set of visible options.
func TestNumbersCountVisibleOptions(t *testing.T) {
	t.Parallel()
	typ := homes()
	typ.Prepare()
	for set := range 1 << len(typ.Options) {
		ctx := value.Context{Visible: func(i int) bool { return set>>i&1 == 1 }}
		n := 0
		for i := range typ.Options {
			if !ctx.Visible(i) {
				continue
			}
			n++
			v, p := typ.ReadText(strconv.Itoa(n), ctx)
			if p != nil || v.N != int64(i) {
				t.Fatalf("visible %04b: %d reads as %+v (%+v), want option %d", set, n, v, p, i)
			}
		}
		if v, p := typ.ReadText(strconv.Itoa(n+1), ctx); p == nil {
			t.Fatalf("visible %04b: %d reads as %+v", set, n+1, v)
		}
	}
}

// TestHiddenOptionsAreNeverRead tries every label, name and synonym while its option is hidden.
func TestHiddenOptionsAreNeverRead(t *testing.T) {
	t.Parallel()
	typ := homes()
	for hidden, o := range typ.Options {
		ctx := value.Context{Visible: func(i int) bool { return i != hidden }}
		for _, text := range append([]string{o.Label, o.Name, strings.ToUpper(o.Label), "dạ " + o.Label + " ạ"}, o.Synonyms...) {
			v, p := typ.ReadText(text, ctx)
			if p == nil && v.N == int64(hidden) {
				t.Errorf("%q reads as the hidden option %q", text, o.Name)
			}
			if p != nil && strings.Contains(p.Sentence, o.Label) {
				t.Errorf("%q is answered with the hidden label: %s", text, p.Sentence)
			}
		}
	}
}

func TestAmbiguousSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		typ        value.Type
		in         string
		candidates []int
		says       string
	}{
		{options("Nhà A", "Nhà B"), "nhà", []int{0, 1}, "Anh/chị chọn rõ giúp: “Nhà A” hay “Nhà B”?"},
		{options("Nhà A", "Xe", "Nhà B", "Nhà C"), "nhà", []int{0, 2, 3}, "Anh/chị chọn rõ giúp: “Nhà A”, “Nhà B” hay “Nhà C”?"},
		{
			options("N 1", "N 2", "N 3", "N 4", "N 5", "N 6", "N 7", "so N"), "dạ so n ạ", nil, "",
		},
		{
			options("Nhà 1", "Nhà 2", "Nhà 3", "Nhà 4", "Nhà 5", "Nhà 6"), "nhà", []int{0, 1, 2, 3, 4, 5},
			"Anh/chị chọn rõ giúp: “Nhà 1”, “Nhà 2”, “Nhà 3”, “Nhà 4”, “Nhà 5”…?",
		},
	}
	for _, c := range tests {
		v, p := c.typ.ReadText(c.in, value.Context{})
		if c.candidates == nil {
			if p != nil || v.N != int64(len(c.typ.Options)-1) {
				t.Errorf("%q reads as %+v, %+v, want the last option", c.in, v, p)
			}
			continue
		}
		want := &value.Problem{Kind: value.Ambiguous, Candidates: c.candidates, Sentence: c.says}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestExactBeatsRunsAndNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		labels []string
		in     string
		want   int64
	}{
		{"a label inside another", []string{"Nhà thuê dài hạn", "Nhà thuê"}, "nhà thuê", 1},
		{"a label that is a number", []string{"2", "1"}, "1", 1},
		{"a label that begins politely", []string{"Thuê", "Cho thuê"}, "dạ em cho thuê ạ", 1},
		{"polite words cut", []string{"Thuê", "Cho thuê"}, "dạ em thuê ạ", 0},
		{"a word that is also a number", []string{"Mẹ tôi", "Ba tôi"}, "ba", 1},
		{"a number in words", []string{"Mẹ tôi", "Ba tôi"}, "một", 0},
		{"weekday", []string{"Thứ ba", "Thứ hai"}, "thứ hai", 1},
		{"a number in a label", []string{"Từ 2 năm", "Dưới 2 năm"}, "2", 1},
		{"symbols around the label", []string{"✅ Đúng", "✏️ Sửa"}, "sua", 1},
		{"labels with slashes", []string{"A/B", "C/D"}, "c/d", 1},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			v, p := options(c.labels...).ReadText(c.in, value.Context{})
			if p != nil || v.N != c.want {
				t.Errorf("%q among %q reads as %+v (%+v), want %d", c.in, c.labels, v, p, c.want)
			}
		})
	}
}

// TestEveryWayToSayALabel writes the labels of random choices in every careless way and reads them back.
func TestEveryWayToSayALabel(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{"đăng", "ký", "mới", "gia", "hạn", "xóa", "tách", "hộ", "xe", "thẻ", "căn", "cước"})
	rapid.Check(t, func(t *rapid.T) {
		labels := rapid.SliceOfNDistinct(rapid.SliceOfN(word, 1, 3), 2, 6, func(w []string) string { return strings.Join(w, " ") }).Draw(t, "labels")
		typ := value.Type{Kind: value.Choice}
		for i, l := range labels {
			typ.Options = append(typ.Options, value.Option{Name: "o" + strconv.Itoa(i), Label: strings.Join(l, " ")})
		}
		if rapid.Bool().Draw(t, "prepared") {
			typ.Prepare()
		}
		for i, o := range typ.Options {
			for _, text := range []string{o.Label, fold.Key(o.Label), strings.ToUpper(o.Label), "  " + o.Label + ".", "dạ em chọn " + o.Label + " ạ", strconv.Itoa(i + 1), "số " + strconv.Itoa(i+1) + " nha", o.Name} {
				v, p := typ.ReadText(text, value.Context{})
				if p != nil || v.N != int64(i) || v.S != o.Name {
					t.Fatalf("%q reads as %+v (%+v), want option %d", text, v, p, i)
				}
			}
		}
	})
}

// TestSlipsAreAskedBack puts one slip into a long label: it is offered, never taken.
func TestSlipsAreAskedBack(t *testing.T) {
	t.Parallel()
	typ := options("Đăng ký tạm trú", "Gia hạn")
	label := fold.Key(typ.Options[0].Label)
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(label)-2).Draw(t, "at")
		slip := map[string]string{
			"more": label[:at] + "w" + label[at:], "less": label[:at] + label[at+1:], "other": label[:at] + "w" + label[at+1:],
			"swapped": label[:at] + label[at+1:at+2] + label[at:at+1] + label[at+2:],
		}[rapid.SampledFrom([]string{"more", "less", "other", "swapped"}).Draw(t, "slip")]
		if fold.Key(slip) != slip || slip == label {
			t.Skip("not a key of its own")
		}
		v, p := typ.ReadText(slip, value.Context{})
		if p == nil && v.N != 0 || p != nil && (p.Kind != value.NearMiss || !cmp.Equal(p.Candidates, []int{0})) {
			t.Fatalf("%q reads as %+v, %+v, want a near miss of option 0", slip, v, p)
		}
	})
}

func TestPrepareLeavesOtherKindsAlone(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Number}
	typ.Prepare()
	if v, p := typ.ReadText("12", value.Context{}); p != nil || v.N != 12 {
		t.Errorf("a prepared number reads 12 as %+v (%+v)", v, p)
	}
}

func TestOptionsWithoutUsableNames(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Choice, Options: []value.Option{{Name: "a", Label: "👍"}, {Name: "a", Label: ""}, {}, {Name: "b", Label: "...", Synonyms: []string{"", "x y"}}}}
	for in, want := range map[string]int64{"a": 0, "1": 0, "4": 3, "x y": 3, "b": 3} {
		if v, p := typ.ReadText(in, value.Context{}); p != nil || v.N != want {
			t.Errorf("%q reads as %+v (%+v), want option %d", in, v, p, want)
		}
	}
	if v, p := typ.ReadText("👍", value.Context{}); p == nil {
		t.Errorf("a symbol reads as %+v", v)
	}
}

func TestWardValueIsItsCode(t *testing.T) {
	t.Parallel()
	v, p := wards().ReadText("p. Thới An", value.Context{})
	if p != nil {
		t.Fatal(p)
	}
	if diff := cmp.Diff(value.Value{Kind: value.Ward, S: "26773"}, v); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
}

func TestEveryWardNameIsRead(t *testing.T) {
	t.Parallel()
	typ := wards()
	typ.Prepare()
	for _, o := range typ.Options {
		for _, text := range []string{o.Label, fold.Key(o.Label), strings.ToUpper(o.Label), o.Name, "dạ em ở " + o.Label + " ạ"} {
			if v, p := typ.ReadText(text, value.Context{}); p != nil || v.S != o.Name {
				t.Errorf("%q reads as %+v (%+v), want %s", text, v, p, o.Name)
			}
		}
	}
}
