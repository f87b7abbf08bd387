package value

import (
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

// maxText is the bound of a chữ that declares none, in runes.
const maxText = 1000

// textBounds returns the bounds of a chữ in runes. An empty answer is none, so the lower one is at least 1.
func (t Type) textBounds() (lo, hi int) {
	lo, hi = 1, maxText
	if t.HasMin {
		lo = int(min(max(t.Min, 1), fold.MaxClean))
	}
	if t.HasMax {
		hi = int(min(max(t.Max, 0), fold.MaxClean))
	}
	return lo, hi
}

func (t Type) readText(text string) (Value, *Problem) {
	s := fold.Clean(text)
	lo, hi := t.textBounds()
	n := utf8.RuneCountInString(s)
	switch {
	case n == 0:
		return Value{}, problem(NotUnderstood, t.askText())
	case n < lo:
		return Value{}, problem(TooShort, "Anh/chị ghi đầy đủ hơn giúp, ít nhất "+string(appendGrouped(nil, int64(lo)))+" ký tự.")
	case n > hi:
		return Value{}, problem(TooLong, "Anh/chị ghi ngắn hơn giúp, không quá "+string(appendGrouped(nil, int64(hi)))+" ký tự.")
	}
	return Value{Kind: Text, S: s}, nil
}

func (t Type) askText() string {
	_, hi := t.textBounds()
	return "Anh/chị ghi giúp bằng chữ, không quá " + string(appendGrouped(nil, int64(hi))) + " ký tự."
}
