package value_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

func TestShow(t *testing.T) {
	t.Parallel()
	picture := value.Media{Kind: "image", URL: "https://example/x.jpg"}
	tests := []struct {
		name string
		typ  value.Type
		v    value.Value
		want string
	}{
		{"unset", value.Type{Kind: value.Text}, value.Value{}, ""},
		{"text", value.Type{Kind: value.Text}, value.Value{Kind: value.Text, S: "Nguyễn Văn A"}, "Nguyễn Văn A"},
		{"text with braces", value.Type{Kind: value.Text}, value.Value{Kind: value.Text, S: "{{ten}}"}, "{{ten}}"},
		{"zero", value.Type{Kind: value.Number}, value.Value{Kind: value.Number}, "0"},
		{"three digits", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: 999}, "999"},
		{"four digits", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: 1000}, "1.000"},
		{"seven digits", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: 1234567}, "1.234.567"},
		{"negative", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: -1234}, "-1.234"},
		{"negative hundreds", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: -123}, "-123"},
		{"smallest number there is", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: math.MinInt64}, "-9.223.372.036.854.775.808"},
		{"biggest number there is", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: math.MaxInt64}, "9.223.372.036.854.775.807"},
		{"money", value.Type{Kind: value.Money}, value.Value{Kind: value.Money, N: 15000}, "15.000 đ"},
		{"no money", value.Type{Kind: value.Money}, value.Value{Kind: value.Money}, "0 đ"},
		{"date", value.Type{Kind: value.Date}, value.Value{Kind: value.Date, N: today + 2}, "26/11/2026"},
		{"date with zeros", value.Type{Kind: value.Date}, value.Value{Kind: value.Date, N: 0}, "01/01/1970"},
		{"date before all", value.Type{Kind: value.Date}, value.Value{Kind: value.Date, N: math.MinInt64}, "01/01/0001"},
		{"date after all", value.Type{Kind: value.Date}, value.Value{Kind: value.Date, N: math.MaxInt64}, "31/12/9999"},
		{"mobile", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "0912345678"}, "0912 345 678"},
		{"landline of the city", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "02838291234"}, "028 3829 1234"},
		{"landline of Ha Noi", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "02438291234"}, "024 3829 1234"},
		{"landline of a province", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "02743821234"}, "0274 382 1234"},
		{"short number", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "113"}, "113"},
		{"four digits number", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "1022"}, "1022"},
		{"service number", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "19001234"}, "1900 1234"},
		{"no phone number", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "abc"}, "abc"},
		{"choice", homes(), value.Value{Kind: value.Choice, N: 1, S: "nho"}, "Ở nhờ"},
		{"choice that moved", homes(), value.Value{Kind: value.Choice, N: 3, S: "nho"}, "Ở nhờ"},
		{"choice beyond the options", homes(), value.Value{Kind: value.Choice, N: 99, S: "nho"}, "Ở nhờ"},
		{"choice before the options", homes(), value.Value{Kind: value.Choice, N: -1, S: "nho"}, "Ở nhờ"},
		{"choice that is gone", homes(), value.Value{Kind: value.Choice, N: 1, S: "cu"}, "cu"},
		{"ward", wards(), value.Value{Kind: value.Ward, S: "26773"}, "Phường Thới An"},
		{"ward that is gone", wards(), value.Value{Kind: value.Ward, S: "00000"}, "00000"},
		{"yes", value.Type{Kind: value.YesNo}, value.Value{Kind: value.YesNo, N: 1}, "Có"},
		{"no", value.Type{Kind: value.YesNo}, value.Value{Kind: value.YesNo}, "Không"},
		{"pictures", value.Type{Kind: value.Images}, value.Value{Kind: value.Images, Media: []value.Media{picture, picture}}, "2"},
		{"no picture", value.Type{Kind: value.Images}, value.Value{Kind: value.Images}, "0"},
		{"files", value.Type{Kind: value.Files}, value.Value{Kind: value.Files, Media: []value.Media{picture}}, "1"},
		{"place", value.Type{Kind: value.Place}, value.Value{Kind: value.Place, S: "12 Lê Lợi"}, "12 Lê Lợi"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.typ.Show(c.v); got != c.want {
				t.Errorf("Show = %q, want %q", got, c.want)
			}
			c.typ.Prepare()
			if got := string(c.typ.Append([]byte("> "), c.v)); got != "> "+c.want {
				t.Errorf("Append = %q, want %q", got, "> "+c.want)
			}
		})
	}
}

func TestMaxLen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		typ  value.Type
		want int
	}{
		{"nothing", value.Type{}, 0},
		{"text without bounds", value.Type{Kind: value.Text}, 1000},
		{"text", bounded(value.Text, 1, 12), 12},
		{"text with a minimum only", value.Type{Kind: value.Text, Min: 3, HasMin: true}, 1000},
		{"text above what is accepted", bounded(value.Text, 1, 1_000_000), 4000},
		{"number", bounded(value.Number, 1, 100), 3},
		{"number with thousands", bounded(value.Number, 0, 1000), 5},
		{"number with the longer minimum", bounded(value.Number, -1000, 5), 6},
		{"number without bounds", value.Type{Kind: value.Number}, 20},
		{"money", bounded(value.Money, 0, 15000), 8},
		{"money without bounds", value.Type{Kind: value.Money}, 17},
		{"date", value.Type{Kind: value.Date}, 10},
		{"phone", value.Type{Kind: value.Phone}, 13},
		{"choice", homes(), utf8.RuneCountInString("Nhà cha mẹ, vợ chồng, con")},
		{"choice without options", value.Type{Kind: value.Choice}, 0},
		{"ward", wards(), utf8.RuneCountInString("Phường Tân Thới Hiệp")},
		{"yes or no", value.Type{Kind: value.YesNo}, 5},
		{"pictures", bounded(value.Images, 1, 3), 1},
		{"pictures without bounds", value.Type{Kind: value.Images}, 2},
		{"files", bounded(value.Files, 1, 100), 3},
		{"place", value.Type{Kind: value.Place}, 200},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.typ.MaxLen(); got != c.want {
				t.Errorf("MaxLen = %d, want %d", got, c.want)
			}
		})
	}
}

// TestNumbersWithinBoundsAreNotLonger draws bounds and a number between them.
func TestNumbersWithinBoundsAreNotLonger(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Int64Range(-1e12, 1e12).Draw(t, "lo")
		hi := rapid.Int64Range(lo, 1e12+1).Draw(t, "hi")
		v := value.Value{Kind: value.Number, N: rapid.Int64Range(lo, hi).Draw(t, "n")}
		typ := bounded(value.Number, lo, hi)
		if shown := typ.Show(v); len(shown) > typ.MaxLen() {
			t.Fatalf("%q is longer than MaxLen %d of %d..%d", shown, typ.MaxLen(), lo, hi)
		}
		if back, p := typ.ReadText(typ.Show(v), value.Context{}); p != nil || !value.Equal(back, v) {
			t.Fatalf("%q reads as %+v (%v)", typ.Show(v), back, p)
		}
	})
}

func TestEqual(t *testing.T) {
	t.Parallel()
	a := []value.Media{{Kind: "image", URL: "a"}}
	b := []value.Media{{Kind: "image", URL: "b"}}
	tests := []struct {
		name string
		x, y value.Value
		want bool
	}{
		{"unset", value.Value{}, value.Value{}, true},
		{"unset with rubbish", value.Value{N: 1}, value.Value{S: "x"}, true},
		{"other kind", value.Value{Kind: value.Number}, value.Value{Kind: value.Money}, false},
		{"set and unset", value.Value{Kind: value.Number}, value.Value{}, false},
		{"text", value.Value{Kind: value.Text, S: "a"}, value.Value{Kind: value.Text, S: "a", N: 9}, true},
		{"other text", value.Value{Kind: value.Text, S: "a"}, value.Value{Kind: value.Text, S: "b"}, false},
		{"number", value.Value{Kind: value.Number, N: 1, S: "x"}, value.Value{Kind: value.Number, N: 1}, true},
		{"other number", value.Value{Kind: value.Number, N: 1}, value.Value{Kind: value.Number, N: 2}, false},
		{"date", value.Value{Kind: value.Date, N: 1}, value.Value{Kind: value.Date, N: 1}, true},
		{"yes and no", value.Value{Kind: value.YesNo, N: 1}, value.Value{Kind: value.YesNo}, false},
		{"choice that moved", value.Value{Kind: value.Choice, N: 1, S: "a"}, value.Value{Kind: value.Choice, N: 2, S: "a"}, true},
		{"other choice", value.Value{Kind: value.Choice, N: 1, S: "a"}, value.Value{Kind: value.Choice, N: 1, S: "b"}, false},
		{"ward", value.Value{Kind: value.Ward, S: "1"}, value.Value{Kind: value.Ward, S: "1"}, true},
		{"phone", value.Value{Kind: value.Phone, S: "1"}, value.Value{Kind: value.Phone, S: "2"}, false},
		{"pictures", value.Value{Kind: value.Images, Media: a}, value.Value{Kind: value.Images, Media: []value.Media{a[0]}}, true},
		{"other pictures", value.Value{Kind: value.Images, Media: a}, value.Value{Kind: value.Images, Media: b}, false},
		{"fewer files", value.Value{Kind: value.Files, Media: a}, value.Value{Kind: value.Files}, false},
		{"place", value.Value{Kind: value.Place, S: "x", Media: a}, value.Value{Kind: value.Place, S: "x", Media: a}, true},
		{"place typed and shared", value.Value{Kind: value.Place, S: "x", Media: a}, value.Value{Kind: value.Place, S: "x"}, false},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := value.Equal(c.x, c.y); got != c.want {
				t.Errorf("Equal = %t, want %t", got, c.want)
			}
			if got := value.Equal(c.y, c.x); got != c.want {
				t.Errorf("Equal the other way round = %t, want %t", got, c.want)
			}
		})
	}
}

func TestTypeEqual(t *testing.T) {
	t.Parallel()
	prepared := homes()
	prepared.Prepare()
	if diff := cmp.Diff(homes(), prepared); diff != "" {
		t.Errorf("a prepared type differs from itself:\n%s", diff)
	}
	other := homes()
	other.Options[0].Synonyms = []string{"phòng trọ"}
	for name, b := range map[string]value.Type{
		"other kind": {Kind: value.Ward, Options: homes().Options}, "other synonyms": other, "fewer options": {Kind: value.Choice},
		"bounded": {Kind: value.Choice, Options: homes().Options, HasMax: true}, "no options": {},
	} {
		if homes().Equal(b) {
			t.Errorf("%s: the types are equal", name)
		}
	}
}

func TestProblemKindNames(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for k := value.WrongKind; k <= value.TooMany; k++ {
		name := k.String()
		if name == "" || name == "no problem" || strings.ToLower(name) != name || seen[name] {
			t.Errorf("kind %d is called %q", k, name)
		}
		seen[name] = true
	}
	for _, k := range []value.ProblemKind{0, value.TooMany + 1, 255} {
		if got := k.String(); got != "no problem" {
			t.Errorf("kind %d is called %q", k, got)
		}
	}
}
