package value_test

import (
	"testing"

	"hoithoai/dsl/value"
)

// Older residents speak of themselves before they answer. The same letters must not cost a number, a "có" or an owner.
func TestChoiceOfOneWhoSpeaksOfHerself(t *testing.T) {
	t.Parallel()
	with := options("Ở một mình", "Ở với con", "Nhà trọ")
	for text, want := range map[string]int64{
		"bác ở với con": 1, "Dạ, cô ở với con": 1, "ông ở một mình": 0, "bà muốn ở nhà trọ": 2, "dì ở nhà trọ nha": 2, "chú muốn ở nhà trọ": 2,
		"tui ở nhà trọ": 2, "mình ở nhà trọ": 2, "cháu ở trọ": 2, "con ở trọ": 2, "tui o voi con": 1,
	} {
		if v, p := with.ReadText(text, value.Context{}); p != nil || v.N != want {
			t.Errorf("%q reads as %+v (%+v), want option %d", text, v, p, want)
		}
	}
	if v, p := homes().ReadText("bác ở với con", value.Context{}); p != nil || v.S != "than" {
		t.Errorf("“bác ở với con” reads as %+v (%+v)", v, p)
	}
	for text, typ := range map[string]value.Type{
		"có con":     options("Không con", "Khác"), // not the option that denies it
		"ba người":   options("Dưới hai người", "Khác"),
		"chủ trọ":    options("Ở nhà trọ", "Ở nhà mình"),
		"bác":        with,
		"có":         with,
		"bác ở":      with,
		"cô với chú": with,
	} {
		if v, p := typ.ReadText(text, value.Context{}); p == nil {
			t.Errorf("%q reads as %+v", text, v)
		}
	}
}

// Only where the option is asked back is a "đúng" enough.
func TestNearMissSentence(t *testing.T) {
	t.Parallel()
	ward := options("Phường Diên Hồng", "Phường Tân Bình")
	ward.Kind = value.Ward
	for text, c := range map[string]struct {
		typ  value.Type
		want string
	}{
		"o nhoo":           {homes(), "Ý anh/chị là “Ở nhờ”? Đúng thì nhắn: đúng."},
		"nang cai kia hai": {options("Nặng cái", "Cái kia"), "Ý anh/chị là “Nặng cái” hay “Cái kia”? Anh/chị chọn lại giúp."},
		"dien hongg":       {ward, "Ý anh/chị là “Phường Diên Hồng”? Anh/chị chọn lại giúp."},
	} {
		_, p := c.typ.ReadText(text, value.Context{})
		if p == nil || p.Kind != value.NearMiss || p.Sentence != c.want {
			t.Errorf("%q: %+v, want %q", text, p, c.want)
		}
	}
}
