package expression

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// TestMaskSpreads holds which results are made of a masked value: what is computed from it is, what only says yes or no of it, or
// masks it, is not.
func TestMaskSpreads(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for name, typ := range map[string]value.Type{
		"so_kin": {Kind: value.Number, Min: 0, Max: 100, HasMin: true, HasMax: true}, "gia_kin": {Kind: value.Money, Min: 0, Max: 1000, HasMin: true, HasMax: true},
		"ngay_kin": {Kind: value.Date}, "may_kin": {Kind: value.Phone}, "co_kin": yesNoType,
	} {
		scope.Symbols[name] = Symbol{Ref: Ref{Kind: RefSlot, Index: 40, Name: name}, Type: typ, MayBeUnset: true, Mask: true}
	}
	for src, want := range map[string]bool{
		`mat`: true, `so_kin`: true, `gia_kin`: true, `ngay_kin`: true, `may_kin`: true, `co_kin`: true,
		`mat + "!"`: true, `"!" + mat`: true, `ho_ten + mat`: true, `ho_ten + tinh`: false,
		`so_kin + 1`: true, `1 - so_kin`: true, `-so_kin`: true, `so_kin * so_con`: true, `so_con * so_kin`: true, `so_con * 2`: false,
		`gia_kin + 500`: true, `gia_kin * so_con`: true, `gia * so_kin`: true, `gia * so_con`: false,
		`lam_tron(so_kin * 1.5)`: true, `lam_tron(so_con * 1.5)`: false,
		`tien(so_kin)`: true, `tien(so_con)`: false,
		`tuoi(ngay_kin)`: true, `tuoi(ngay_sinh)`: false,
		`so_ngay(ngay_kin, ngay_hen)`: true, `so_ngay(ngay_hen, ngay_kin)`: true, `so_ngay(ngay_sinh, ngay_hen)`: false,
		`them_ngay(ngay_kin, 1)`: true, `them_ngay(ngay_hen, so_kin)`: true, `them_thang(ngay_kin, 1)`: true, `them_nam(ngay_hen, 1)`: false,
		`ngay_lam_viec(ngay_kin, 1)`: true, `ngay_lam_viec(ngay_hen, 1)`: false,
		`che(mat)`: false, `che(may_kin)`: false, `che(mat + ho_ten)`: false, `che(ho_ten)`: false,
		`mat == "x"`: false, `so_kin > 3`: false, `co(mat)`: false, `not co_kin`: false, `may_kin matches "^09"`: false, `so_kin in [1, 2]`: false,
	} {
		x, problems := Compile(src, scope)
		if problems != nil {
			t.Errorf("%s: %v", src, problems)
			continue
		}
		if x.Masked() != want {
			t.Errorf("%s masked: %v, want %v", src, x.Masked(), want)
		}
	}
}

// TestMaskTellsNothing draws values: what is shown of a text is the same for all of them, of a phone only its ends, and nothing is
// longer than MaxMask.
func TestMaskTellsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringN(1, 60, -1).Draw(rt, "text")
		if got := Mask(text(s)); got != Masked {
			rt.Fatalf("%q is shown as %q", s, got)
		}
		digits := rapid.StringMatching(`0[3-9][0-9]{8,9}`).Draw(rt, "phone")
		got := Mask(phone(digits))
		if want := digits[:4] + Masked + digits[len(digits)-3:]; got != want {
			rt.Fatalf("%s is shown as %q, want %q", digits, got, want)
		}
		if n := utf8.RuneCountInString(got); n > MaxMask {
			rt.Fatalf("%q has %d letters, MaxMask says %d", got, n, MaxMask)
		}
	})
}

// TestMaskOfEveryKind holds that every value but a phone is hidden whole, and that what is not set is not shown to be there.
func TestMaskOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		v    value.Value
		want string
	}{
		{value.Value{}, ""},
		{num(0), Masked},
		{dong(1), Masked},
		{onDate(20_000), Masked},
		{yes(false), Masked},
		{chosen(0), Masked},
		{text(""), Masked},
		{value.Value{Kind: value.Ward, S: "26773"}, Masked},
		{value.Value{Kind: value.Images}, Masked},
		{value.Value{Kind: value.Place, S: "12 Trần Phú"}, Masked},
		{phone(""), Masked},
		{phone("113"), Masked},
		{phone("19001234"), Masked},
		{phone("091234567"), "0912•••567"},
		{phone("0912345678"), "0912•••678"},
		{phone("02838291234"), "0283•••234"},
	} {
		if got := Mask(tc.v); got != tc.want {
			t.Errorf("Mask(%+v) = %q, want %q", tc.v, got, tc.want)
		}
	}
}
