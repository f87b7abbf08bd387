package bind

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// Bounds that a resident's message can meet at all: a message has at most 4,000 runes after cleaning (design/security.md,
// threat 5), and nobody sends more pictures in one answer than a case can carry.
const (
	maxRunes  = 4000
	maxPieces = 20
)

// checkBounds: bounds stand in order, on a type that has bounds, and some value fits them.
func (b *binder) checkBounds(ref *tree.TypeRef, t value.Type) bool {
	low, high := boundsOf(t.Kind)
	switch {
	case !t.HasMin && !t.HasMax:
		return true
	case low > high:
		b.fail(codeBounds, ref.Span, say("Loại %s không có cỡ.", "The type %s has no bounds.", ref.Keyword), say("Bỏ phần a..b.", "Remove a..b."))
	case t.HasMin && t.HasMax && t.Min > t.Max:
		b.fail(codeBounds, ref.Span, say("Cỡ %d..%d viết ngược.", "The bounds %d..%d are the wrong way round.", t.Min, t.Max),
			say("Viết %d..%d.", "Write %d..%d.", t.Max, t.Min))
	case t.HasMin && t.Min < low || t.HasMax && (t.Max > high || t.Max < low):
		b.fail(codeBounds, ref.Span, say("Cỡ của %s phải từ %d đến %d.", "The bounds of %s lie between %d and %d.", ref.Keyword, low, high),
			say("Sửa số nằm ngoài.", "Correct the bound outside."))
	default:
		return true
	}
	return false
}

// boundsOf are the least and the greatest bound of a kind; low above high where it has none.
func boundsOf(kind value.Kind) (low, high int64) {
	const whole = 1_000_000_000_000_000 // what expressions count exactly
	switch kind {
	case value.Text:
		return 1, maxRunes
	case value.Number:
		return -whole, whole
	case value.Money:
		return 0, whole
	case value.Date:
		return value.FirstDay, value.LastDay
	case value.Images, value.Files, value.Story:
		return 1, maxPieces
	case value.Choices:
		return 1, value.MaxChoices
	}
	return 1, 0
}
