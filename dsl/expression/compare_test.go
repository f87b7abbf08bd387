package expression

import (
	"fmt"
	"testing"

	"hoithoai/dsl/value"
)

// ordered are, for every kind that has an order, two names of one kind and values below, at and above each other.
var ordered = []struct {
	kind       string
	left       string
	right      string // a second name of the kind; "" where the scope has none
	literal    string // the value in the middle as a literal; "" where a date has none
	less, more value.Value
	middle     value.Value
}{
	{"number", "so_con", "so_lon", "7", num(6), num(8), num(7)},
	{"amount", "gia", "phi", "7000", dong(6_999), dong(7_001), dong(7_000)},
	{"date", "ngay_sinh", "ngay_hen", "", onDate(20_000), onDate(20_002), onDate(20_001)},
}

// outcomes are what the six comparisons give below, at and above.
var outcomes = []struct {
	operator           string
	below, same, above bool
}{
	{"==", false, true, false},
	{"!=", true, false, true},
	{"<", true, false, false},
	{"<=", true, true, false},
	{">", false, false, true},
	{">=", false, true, true},
}

// TestOrder holds every comparison on every kind with an order, against a literal and against another name, either way round.
func TestOrder(t *testing.T) {
	t.Parallel()
	for _, k := range ordered {
		for _, o := range outcomes {
			for _, at := range []struct {
				left value.Value
				want bool
			}{{k.less, o.below}, {k.middle, o.same}, {k.more, o.above}} {
				w := newWorld()
				w.values[k.left], w.values[k.right] = at.left, k.middle
				name := fmt.Sprintf("%s %s %d", k.kind, o.operator, at.left.N)
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					assertValue(t, k.left+" "+o.operator+" "+k.right, w, yes(at.want))
					assertValue(t, k.right+" "+mirrored[o.operator]+" "+k.left, w, yes(at.want))
					assertValue(t, "not ("+k.left+" "+o.operator+" "+k.right+")", w, yes(!at.want))
					if k.literal != "" {
						assertValue(t, k.left+" "+o.operator+" "+k.literal, w, yes(at.want))
						assertValue(t, k.literal+" "+mirrored[o.operator]+" "+k.left, w, yes(at.want))
					}
				})
			}
		}
	}
}

// mirrored is the comparison that says the same with its sides exchanged.
var mirrored = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// TestEquality holds == != in and not in on every kind that has no order.
func TestEquality(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		left, literal string
		set           value.Value
		equal         bool
	}{
		{"cho_o", `"nho"`, chosen(1), true},
		{"cho_o", `"nho"`, chosen(0), false},
		{"cho_o", `"nha"`, chosen(3), true},
		{"ho_ten", `"Lan"`, text("Lan"), true},
		{"ho_ten", `"Lan"`, text("lan"), false},
		{"ho_ten", `"Lan"`, text(""), false},
		{"ho_ten", `"Lân"`, text("Lan"), false},
		{"ho_ten", `""`, text(""), true},
		{"so_may", `"0912345678"`, phone("0912345678"), true},
		{"so_may", `"84912345678"`, phone("0912345678"), true},
		{"so_may", `"0912 345 678"`, phone("0912345679"), false},
		{"tre_em", `true`, yes(true), true},
		{"tre_em", `true`, yes(false), false},
		{"tre_em", `false`, yes(false), true},
		{"so_lon", `0`, num(0), true},
		{"so_lon", `-3`, num(-3), true},
		{"so_lon", `-3`, num(3), false},
		{"gia", `0`, dong(0), true},
	} {
		t.Run(fmt.Sprintf("%s %s %v", tc.left, tc.literal, tc.set), func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			w.values[tc.left] = tc.set
			for src, want := range map[string]bool{
				"%s == %s": tc.equal, "%s != %s": !tc.equal, "%s in [%s]": tc.equal, "%s not in [%s]": !tc.equal, "not (%s == %s)": !tc.equal,
			} {
				assertValue(t, fmt.Sprintf(src, tc.left, tc.literal), w, yes(want))
			}
		})
	}
}

// TestIn holds membership at the first, the last and no place of a list, on every kind with literals.
func TestIn(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src  string
		want bool
	}{
		{`tuoi_dan in [52]`, true},
		{`tuoi_dan in [52, 53, 54]`, true},
		{`tuoi_dan in [50, 51, 52]`, true},
		{`tuoi_dan in [50, 51, 53]`, false},
		{`tuoi_dan in [52, 52]`, true},
		{`gia in [1500, 2000]`, true},
		{`gia in [1501]`, false},
		{`tinh in ["", "hue"]`, true},
		{`tinh in ["HUE"]`, false},
		{`so_may in ["028 3829 1234", "+84912345678"]`, true},
		{`dong_y in [true]`, true},
		{`dong_y in [false]`, false},
		{`dong_y in [false, true]`, true},
		{`(tre_em or dong_y) in [true]`, true},
		{`dong_y in [true] and tuoi(ngay_sinh) > 50`, true},
		{`(tuoi(ngay_sinh) > 50) in [false]`, false},
		{`cho_o in ["thue", "nho", "than", "nha"] or tre_em`, true},
		{`cho_o in ["thue"] or cho_o in ["nho"]`, true},
		{`(so_con + 50) in [52]`, true},
		{`(so_con + 50) in [51, 53]`, false},
		{`so_con * 2 in [4]`, true},
		{`tuoi(ngay_sinh) in [51]`, true},
		{`che(ho_ten) in ["•••"]`, true},
		{`5 in [4, 5]`, true},
		{`"a" in ["b"]`, false},
		{`so_lon in [-7, 7]`, true},
	} {
		assertValue(t, tc.src, newWorld(), yes(tc.want))
	}
}

// TestMatches holds patterns on texts and phones: they are searched, not anchored, and know accents.
func TestMatches(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		pattern, name string
		want          bool
	}{
		{`an`, "Lan Anh", true},
		{`^an`, "Lan Anh", false},
		{`^Lan`, "Lan Anh", true},
		{`Anh$`, "Lan Anh", true},
		{`^Lan$`, "Lan Anh", false},
		{`(?i)lan`, "LAN", true},
		{`^\\p{Lu}`, "Đặng", true},
		{`^\\p{Lu}`, "đặng", false},
		{`ế`, "Huế", true},
		{`^.{3}$`, "Huế", true},
		{`^[0-9]{9,12}$`, "079123456789", true},
		{`^[0-9]{9,12}$`, "0791234567890", false},
		{``, "", true},
		{`a|b`, "xb", true},
		{`\"`, `"`, true},
		{`[.]`, "a.b", true},
		{`[.]`, "ab", false},
	} {
		w := newWorld()
		w.values["ho_ten"] = text(tc.name)
		assertValue(t, `ho_ten matches "`+tc.pattern+`"`, w, yes(tc.want))
		assertValue(t, `ho_ten not matches "`+tc.pattern+`"`, w, yes(!tc.want))
	}
	for pattern, want := range map[string]bool{`^09`: true, `^84`: false, `678$`: true, ` `: false} {
		assertValue(t, `so_may matches "`+pattern+`"`, newWorld(), yes(want))
	}
}

// TestChains holds a <= x <= b: two comparisons of one value, both ends told apart.
func TestChains(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src  string
		n    int64
		want bool
	}{
		{`3 <= so_con <= 5`, 3, true},
		{`3 <= so_con <= 5`, 5, true},
		{`3 <= so_con <= 5`, 2, false},
		{`3 <= so_con <= 5`, 6, false},
		{`3 < so_con < 5`, 3, false},
		{`3 < so_con < 5`, 4, true},
		{`3 < so_con < 5`, 5, false},
		{`5 >= so_con > 3`, 5, true},
		{`5 >= so_con > 3`, 3, false},
		{`3 <= so_con <= 5 and tre_em`, 4, false},
		{`not (3 <= so_con <= 5)`, 9, true},
	} {
		w := newWorld()
		w.values["so_con"] = num(tc.n)
		x, problems := Compile(tc.src, mustScope())
		if problems != nil {
			t.Fatalf("%s: %v", tc.src, problems)
		}
		assertBothWays(t, x, w)
		if got, err := x.Bool(w); err != nil || got != tc.want {
			t.Errorf("%s with %d: %v, %v; want %v", tc.src, tc.n, got, err, tc.want)
		}
	}
}

func mustScope() *Scope {
	s, _ := newScope()
	return s
}

// TestLogic holds and, or, not over all four cases, with what is not evaluated left unset.
func TestLogic(t *testing.T) {
	t.Parallel()
	for _, a := range []bool{false, true} {
		for _, b := range []bool{false, true} {
			w := newWorld()
			w.values["tre_em"], w.values["dong_y"] = yes(a), yes(b)
			for src, want := range map[string]bool{
				`tre_em and dong_y`:                               a && b,
				`tre_em or dong_y`:                                a || b,
				`not tre_em and dong_y`:                           !a && b,
				`not (tre_em and dong_y)`:                         !(a && b),
				`not tre_em or not dong_y`:                        !a || !b,
				`tre_em == dong_y`:                                a == b,
				`tre_em != dong_y`:                                a != b,
				`tre_em or dong_y and not tre_em`:                 a || b && !a,
				`(tre_em or dong_y) and not tre_em`:               (a || b) && !a,
				`not not tre_em`:                                  a,
				`tre_em and dong_y or not tre_em`:                 a && b || !a,
				`(tre_em and true) or (dong_y and false)`:         a,
				`tre_em == (dong_y or tuoi_dan > 100)`:            a == b,
				`(tre_em and dong_y) == (dong_y and tre_em)`:      true,
				`not (tre_em or dong_y) == (not tre_em) and true`: !(a || b) == !a,
			} {
				assertValue(t, src, w, yes(want))
			}
		}
	}
}
