package value

import (
	"slices"
	"strings"
)

// numberLead are words that may stand before a number, numberTail words that may stand behind it: units and particles. Any
// other word makes the answer not understood: better asked again than read wrong.
var (
	numberLead = []string{
		"a", "anh", "chi", "chung", "co", "con", "cong", "da", "duoc", "em", "gom", "khoang", "la", "minh", "o", "so", "tat", "ca",
		"thua", "toi", "tong", "vang",
	}
	numberTail = []string{
		"a", "ban", "be", "bo", "cai", "can", "cap", "chau", "chiec", "chu", "con", "cuon", "cai", "dua", "em", "gio", "giay",
		"ha", "ho", "hoc", "sinh", "kg", "khau", "ky", "km", "la", "lan", "lop", "m", "m2", "met", "moi", "nam", "ngay", "nghe",
		"nguoi", "nha", "nhan", "nhe", "phan", "phong", "phut", "quyen", "tang", "thang", "thanh", "thoi", "to", "tram", "trang",
		"tuan", "tuoi", "vien", "vuong", "xe",
	}
)

// maxPlain is the number of digits that stay within maxAmount.
const maxPlain = 15

// numberBounds returns the bounds of a số.
func (t Type) numberBounds() (lo, hi int64) {
	lo, hi = -maxAmount, maxAmount
	if t.HasMin {
		lo = t.Min
	}
	if t.HasMax {
		hi = t.Max
	}
	return lo, hi
}

func (t Type) readNumber(key, raw string, ctx Context) (Value, *Problem) {
	if key == raw && len(key) <= maxPlain && key != "" && strings.Trim(key, "0123456789") == "" {
		return t.numberWithin(atoi(key)) // the usual answer
	}
	words := trimLead(numeralWords(key), numberLead)
	negative := len(words) > 0 && words[0] == "am"
	if negative {
		words = words[1:]
	}
	p := numeral{w: words}
	n, ok := p.read()
	if !ok || !allIn(words[p.at:], numberTail) || misspelt(raw) {
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	}
	if negative || hasMinus(raw) {
		n = -n
	}
	return t.numberWithin(n)
}

func (t Type) numberWithin(n int64) (Value, *Problem) {
	lo, hi := t.numberBounds()
	switch {
	case n < lo:
		return Value{}, problem(TooSmall, t.askNumber())
	case n > hi:
		return Value{}, problem(TooBig, t.askNumber())
	}
	return Value{Kind: Number, N: n}, nil
}

func (t Type) askNumber() string {
	show := func(n int64) string { return string(appendGrouped(nil, n)) }
	switch {
	case t.HasMin && t.HasMax:
		return "Anh/chị nhắn giúp một số từ " + show(t.Min) + " đến " + show(t.Max) + "."
	case t.HasMin:
		return "Anh/chị nhắn giúp một số từ " + show(t.Min) + " trở lên."
	case t.HasMax:
		return "Anh/chị nhắn giúp một số không quá " + show(t.Max) + "."
	}
	return "Anh/chị nhắn giúp một số, ví dụ 12."
}

// trimLead cuts words of lead from the front; the last word stays.
func trimLead(words, lead []string) []string {
	for len(words) > 1 && slices.Contains(lead, words[0]) {
		words = words[1:]
	}
	return words
}

func allIn(words, known []string) bool {
	for _, w := range words {
		if !slices.Contains(known, w) {
			return false
		}
	}
	return true
}

// hasMinus reports whether the first digit of raw has a minus sign before it that joins it to nothing else.
func hasMinus(raw string) bool {
	i := strings.IndexAny(raw, "0123456789")
	if i < 0 {
		return false
	}
	before, ok := strings.CutSuffix(raw[:i], "-")
	if !ok {
		before, ok = strings.CutSuffix(raw[:i], "\u2212")
	}
	return ok && (before == "" || strings.HasSuffix(before, " "))
}
