package value

import (
	"strconv"
	"unicode/utf8"
)

// Append appends v as a resident sees it: text as it is, 1.000, 15.000 đ, 26/11/2026, 0912 345 678, the label of a choice or
// ward, the labels of several choices, Có or Không, the number of attachments. An unset value appends nothing; a choice the type no longer has, its name.
func (t Type) Append(dst []byte, v Value) []byte {
	switch v.Kind {
	case Text, Place:
		return append(dst, v.S...)
	case Number:
		return appendGrouped(dst, v.N)
	case Money:
		return appendMoney(dst, v.N)
	case Date:
		return appendDay(dst, v.N)
	case Phone:
		return appendPhone(dst, v.S)
	case Choice, Ward:
		return append(dst, t.labelOf(v)...)
	case YesNo:
		return append(dst, yesNoName(v.N)...)
	case Choices:
		return t.appendChoices(dst, v)
	case Images, Files, Story:
		return strconv.AppendInt(dst, int64(len(v.Media)), 10)
	}
	return dst
}

// Show returns what Append appends.
func (t Type) Show(v Value) string {
	switch v.Kind {
	case Text, Place:
		return v.S
	case Choice, Ward:
		return t.labelOf(v)
	case YesNo:
		return yesNoName(v.N)
	}
	var buf [32]byte
	return string(t.Append(buf[:0], v))
}

func (t Type) labelOf(v Value) string {
	if v.Kind == Choice && v.N >= 0 && v.N < int64(len(t.Options)) && t.Options[v.N].Name == v.S {
		return t.Options[v.N].Label
	}
	if i, ok := t.option(v.S); ok {
		return t.Options[i].Label
	}
	return v.S
}

func yesNoName(n int64) string {
	if n != 0 {
		return "Có"
	}
	return "Không"
}

// The longest a value without bounds of its own is shown, in runes.
const (
	maxDateLen  = len("26/11/2026")
	maxPhoneLen = len("028 3829 1234")
	maxYesNoLen = 5
)

// MaxLen returns the most runes a value of the type takes when shown, from its bounds.
func (t Type) MaxLen() int {
	switch t.Kind {
	case Text:
		_, hi := t.textBounds()
		return hi
	case Number:
		return longest(t.numberBounds())
	case Money:
		return longest(t.moneyBounds()) + utf8.RuneCountInString(" đ")
	case Date:
		return maxDateLen
	case Phone:
		return maxPhoneLen
	case Choice, Ward:
		return t.longestLabel()
	case Choices:
		return t.longestChoices()
	case YesNo:
		return maxYesNoLen
	case Images, Files, Story:
		_, hi := t.mediaBounds()
		return len(strconv.Itoa(hi))
	case Place:
		return maxPlace
	}
	return 0
}

// longest is the length of the longer of two bounds; no number between them is longer.
func longest(lo, hi int64) int {
	return max(len(appendGrouped(nil, lo)), len(appendGrouped(nil, hi)))
}

func (t Type) longestLabel() int {
	n := 0
	for _, o := range t.Options {
		n = max(n, utf8.RuneCountInString(o.Label))
	}
	return n
}
