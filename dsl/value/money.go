package value

// maxMoney is the bound of a tiền that declares none, in đồng.
const maxMoney = 999_999_999_999

const askAmount = "Anh/chị ghi rõ giúp số tiền, ví dụ 15.000 đồng hoặc 15 nghìn."

// moneyLead and moneyTail are words that may stand around a sum.
var (
	moneyLead = []string{
		"a", "anh", "chi", "con", "cong", "da", "em", "gia", "het", "khoang", "la", "mat", "minh", "phi", "so", "thua", "tien", "toi",
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
	n, exact, ok := sum(key)
	switch {
	case !ok || hasMinus(raw):
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	case !exact && 0 < n && n < 1000:
		return Value{}, problem(Ambiguous, askAmount)
	}
	return t.moneyWithin(n)
}

// sum reads a sum from a key; exact says that a multiplier or the currency was written.
func sum(key string) (n int64, exact, ok bool) {
	words := trimLead(numeralWords(key), moneyLead)
	p := numeral{w: words, loose: true}
	n, ok = p.read()
	if !ok {
		return 0, false, false
	}
	currency := p.currency()
	return n, p.scaled || currency, allIn(words[p.at:], moneyTail)
}

// currency takes "đ", "đồng", "vnđ", "Việt Nam đồng".
func (p *numeral) currency() bool {
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
