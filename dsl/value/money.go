package value

import "strings"

// maxMoney is the bound of a tiền that declares none, in đồng.
const maxMoney = 999_999_999_999

const askAmount = "Anh/chị ghi rõ giúp số tiền, ví dụ 15.000 đồng hoặc 15 nghìn."

// moneyLead and moneyTail are words that may stand around a sum.
var (
	moneyLead = []string{
		"a", "anh", "chi", "con", "cong", "da", "em", "gia", "het", "khoang", "la", "le", "mat", "minh", "phi", "so", "thua", "tien", "toi",
		"tong", "vang",
	}
	moneyTail = []string{"a", "ha", "moi", "nghe", "nha", "nhe", "roi", "thoi"}
)

// moneyBounds returns the bounds of a tiền in đồng.
func (t Type) moneyBounds() (lo, hi int64) {
	lo, hi = 0, maxMoney
	if t.HasMin {
		lo = t.Min
	}
	if t.HasMax {
		hi = t.Max
	}
	return lo, hi
}

// readMoney reads a sum in đồng. A bare number below one thousand is asked back: in speech "15" is fifteen thousand.
func (t Type) readMoney(key, raw string, ctx Context) (Value, *Problem) {
	if key == "mien phi" {
		return t.moneyWithin(0)
	}
	s, ok := readSum(key, raw)
	switch {
	case !ok:
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	case s.unsure, !s.exact && 0 < s.n && s.n < 1000:
		return Value{}, problem(Ambiguous, askAmount)
	}
	return t.moneyWithin(s.n)
}

// sum is an amount as it was written: exact with a multiplier or the currency; unsure where a shortened tail has the currency
// behind it ("1 triệu 500 đồng" may mean both).
type sum struct {
	n             int64
	exact, unsure bool
}

// foreign are signs of money that is not đồng.
const foreign = "$€£¥"

func readSum(key, raw string) (sum, bool) {
	if hasMinus(raw) || strings.ContainsAny(raw, foreign) || misspelt(raw) {
		return sum{}, false
	}
	words := trimLead(numeralWords(key), moneyLead)
	p := numeral{w: words, loose: true}
	n, ok := p.read()
	currency := p.currency()
	return sum{n, p.scaled || currency, p.shortened && currency}, ok && allIn(words[p.at:], moneyTail)
}

// currency takes "đ", "đồng", "vnđ", "Việt Nam đồng", "đồng Việt Nam".
func (p *numeral) currency() bool {
	if p.peek(0) == "viet" && p.peek(1) == "nam" && p.peek(2) == "dong" {
		p.at += 3
		return true
	}
	switch p.peek(0) {
	case "d", "dong", "vnd":
		p.at++
		if p.peek(0) == "viet" && p.peek(1) == "nam" {
			p.at += 2
		}
		return true
	}
	return false
}

func (t Type) moneyWithin(n int64) (Value, *Problem) {
	lo, hi := t.moneyBounds()
	switch {
	case n < lo:
		return Value{}, problem(TooSmall, t.askMoney())
	case n > hi:
		return Value{}, problem(TooBig, t.askMoney())
	}
	return Value{Kind: Money, N: n}, nil
}

func (t Type) askMoney() string {
	show := func(n int64) string { return string(appendMoney(nil, n)) }
	switch {
	case t.HasMin && t.HasMax:
		return "Anh/chị nhắn giúp số tiền từ " + show(t.Min) + " đến " + show(t.Max) + "."
	case t.HasMin:
		return "Anh/chị nhắn giúp số tiền từ " + show(t.Min) + " trở lên."
	case t.HasMax:
		return "Anh/chị nhắn giúp số tiền không quá " + show(t.Max) + "."
	}
	return "Anh/chị nhắn giúp số tiền, ví dụ 15.000 đồng hoặc 1,5 triệu."
}

func appendMoney(dst []byte, n int64) []byte { return append(appendGrouped(dst, n), " đ"...) }
