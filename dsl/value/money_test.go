package value_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// TestEveryWritingOfASum writes a whole number of thousands in every usual way.
func TestEveryWritingOfASum(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Money}
	rapid.Check(t, func(t *rapid.T) {
		thousands := rapid.Int64Range(1, 999_999).Draw(t, "thousands")
		want := value.Value{Kind: value.Money, N: thousands * 1000}
		dotted := strings.TrimSuffix(typ.Show(want), " đ")
		for _, text := range []string{
			dotted, dotted + " đ", dotted + "đ", dotted + " đồng", dotted + "₫", dotted + " VNĐ", strings.ReplaceAll(dotted, ".", ","),
			strings.ReplaceAll(dotted, ".", " "), fmt.Sprint(want.N), fmt.Sprintf("%dk", thousands), fmt.Sprintf("%d nghìn", thousands),
			fmt.Sprintf("%d ngàn đồng", thousands), fmt.Sprintf("dạ khoảng %d nghìn ạ", thousands), spell(want.N), spell(want.N) + " đồng",
		} {
			v, p := typ.ReadText(text, value.Context{})
			if p != nil || !value.Equal(v, want) {
				t.Fatalf("%q reads as %s (%+v), want %s", text, typ.Show(v), p, typ.Show(want))
			}
		}
	})
}

// TestFractionsOfAMillion reads 1,5 triệu, 1tr5 and their like against plain arithmetic.
func TestFractionsOfAMillion(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Money}
	for whole := int64(1); whole < 30; whole++ {
		for tenth := int64(1); tenth < 10; tenth++ {
			want := whole*1_000_000 + tenth*100_000
			for _, f := range []string{"%d,%d triệu", "%d.%d triệu", "%dtr%d", "%d triệu %d", "%d,%dtr"} {
				text := fmt.Sprintf(f, whole, tenth)
				if v, p := typ.ReadText(text, value.Context{}); p != nil || v.N != want {
					t.Errorf("%q reads as %s (%+v), want %d", text, typ.Show(v), p, want)
				}
			}
		}
	}
}

// TestSmallSumsAreAskedBack holds bare numbers below one thousand to a question, and with a unit to an answer.
func TestSmallSumsAreAskedBack(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Money}
	for n := int64(1); n < 1000; n++ {
		if v, p := typ.ReadText(fmt.Sprint(n), value.Context{}); p == nil || p.Kind != value.Ambiguous {
			t.Fatalf("%d reads as %+v (%+v), want a question", n, v, p)
		}
		if v, p := typ.ReadText(fmt.Sprint(n, " đồng"), value.Context{}); p != nil || v.N != n {
			t.Fatalf("%d đồng reads as %+v (%+v)", n, v, p)
		}
	}
}
