package expression

import (
	"unicode/utf8"

	"hoithoai/dsl/value"
)

// Masked is what stands for a value that is shown to nobody.
const Masked = "•••"

// MaxMask is the longest result of Mask, in runes.
const MaxMask = 10

// Mask shows that a value is there without showing it: a phone keeps its first four and last three digits, so that its
// owner recognises it; a text keeps nothing, because one letter of a short name is half of it. An unset value is "".
func Mask(v value.Value) string {
	switch {
	case !v.IsSet():
		return ""
	case v.Kind == value.Phone && utf8.RuneCountInString(v.S) >= 9:
		r := []rune(v.S)
		return string(r[:4]) + Masked + string(r[len(r)-3:])
	}
	return Masked
}
