package value_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// The spelling of numbers as school teaches it, written the other way round than the reader works.
var ones = []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

func spellTens(n int64) string {
	tens, unit := n/10, n%10
	switch {
	case tens == 0:
		return ones[unit]
	case unit == 0 && tens == 1:
		return "mười"
	case unit == 0:
		return ones[tens] + " mươi"
	}
	said := ones[unit]
	switch {
	case unit == 5:
		said = "lăm"
	case unit == 1 && tens > 1:
		said = "mốt"
	}
	if tens == 1 {
		return "mười " + said
	}
	return ones[tens] + " mươi " + said
}

// spellGroup spells 1 to 999; full names the hundreds also where there are none.
func spellGroup(n int64, full bool) string {
	hundreds, rest := n/100, n%100
	if hundreds == 0 && !full {
		return spellTens(rest)
	}
	s := ones[hundreds] + " trăm"
	switch {
	case rest == 0:
	case rest < 10:
		s += " linh " + ones[rest]
	default:
		s += " " + spellTens(rest)
	}
	return s
}

func spell(n int64) string {
	if n == 0 {
		return ones[0]
	}
	var parts []string
	for _, scale := range []struct {
		unit int64
		name string
	}{{1e9, "tỷ"}, {1e6, "triệu"}, {1e3, "nghìn"}, {1, ""}} {
		if g := n / scale.unit % 1000; g > 0 {
			parts = append(parts, strings.TrimSpace(spellGroup(g, len(parts) > 0)+" "+scale.name))
		}
	}
	return strings.Join(parts, " ")
}

func TestSpell(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "không", 5: "năm", 10: "mười", 11: "mười một", 15: "mười lăm", 21: "hai mươi mốt", 55: "năm mươi lăm", 100: "một trăm",
		105: "một trăm linh năm", 2005: "hai nghìn không trăm linh năm", 1_500_000: "một triệu năm trăm nghìn",
	} {
		if got := spell(n); got != want {
			t.Errorf("spell(%d) = %q, want %q", n, got, want)
		}
	}
}

// TestNumbersInWordsReadBack spells every number up to 20.000 and reads it, with and without accents.
func TestNumbersInWordsReadBack(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Number}
	for n := range int64(20_001) {
		for _, text := range []string{spell(n), fold.Key(spell(n))} {
			v, p := typ.ReadText(text, value.Context{Today: today})
			if p != nil || v.N != n {
				t.Fatalf("%q reads as %d (%v), want %d", text, v.N, p, n)
			}
		}
	}
}

// A tail of hundreds behind a million may mean thousands: as a plain number it is a guess, and asked again.
func TestHundredsBehindAMillionAreAskedAgain(t *testing.T) {
	t.Parallel()
	for _, n := range []int64{1_000_200, 1_000_250, 13_000_101, 2_000_000_999} {
		if v, p := (value.Type{Kind: value.Number}).ReadText(spell(n), value.Context{}); p == nil {
			t.Errorf("%q reads as %d, and may mean more", spell(n), v.N)
		}
	}
}

func TestBigNumbersInWordsReadBack(t *testing.T) {
	t.Parallel()
	number, money := value.Type{Kind: value.Number}, value.Type{Kind: value.Money}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 999_999_999_999).Draw(t, "n")
		if n >= 1e6 && n/1000%1000 == 0 && n%1000 >= 100 { // "một triệu hai trăm (năm mươi)" is 1.200.000 (1.250.000) to most people
			if v, p := number.ReadText(spell(n), value.Context{}); p == nil {
				t.Fatalf("%q reads as %d, and may mean more", spell(n), v.N)
			}
			return
		}
		if v, p := number.ReadText("dạ "+spell(n)+" ạ", value.Context{}); p != nil || v.N != n {
			t.Fatalf("%q reads as %d (%v), want %d", spell(n), v.N, p, n)
		}
		if v, p := money.ReadText(strings.ToUpper(spell(n))+" ĐỒNG", value.Context{}); p != nil || v.N != n {
			t.Fatalf("%q reads as %d đồng (%v), want %d", spell(n), v.N, p, n)
		}
	})
}

// TestUnitsDoNotChangeANumber puts a year behind every number: "năm" is then no five.
func TestUnitsDoNotChangeANumber(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Number}
	for n := int64(1); n < 1000; n++ {
		for _, unit := range []string{" năm", " tháng", " người"} {
			v, p := typ.ReadText(spell(n)+unit, value.Context{})
			if p != nil || v.N != n {
				t.Fatalf("%q reads as %d (%v), want %d", spell(n)+unit, v.N, p, n)
			}
		}
	}
}
