package parse

import (
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// typeWords are the data types, the longer keyword before the shorter one it starts with.
var typeWords = []string{
	"chữ", "số", "tiền", "ngày", "điện thoại", "phường", "chọn nhiều", "chọn", "kể", "có/không", "ảnh", "tệp", "vị trí",
}

// typeRef takes "KIỂU [a..b]".
func (p *parser) typeRef(c *cursor) (tree.TypeRef, bool) {
	c.skip()
	from := c.pos
	keyword := c.anyKeyword(typeWords...)
	if keyword == "" {
		keyword = p.mendType(c)
	}
	t := tree.TypeRef{Keyword: keyword, Span: c.span(from, c.pos)}
	if keyword == "" {
		return t, false
	}
	p.noColon(c, from)
	ok := p.bounds(c, &t)
	p.noColon(c, from)
	t.Span = c.span(from, c.pos)
	return t, ok
}

// isType reports whether a type stands at c.
func isType(c *cursor) bool { return c.fork().anyKeyword(typeWords...) != "" }

// foldedType is a type as it is compared: without accents and case, and "có/không" with a space.
func foldedType(text string) string {
	return foldWord(strings.NewReplacer("/", " ", "-", " ", "_", " ").Replace(text))
}

// takeFolded goes over a type that only lost its accents or its sign, and returns it, or "".
func takeFolded(c *cursor) string {
	f := c.fork()
	first := f.next()
	second := f.next()
	for _, t := range typeWords {
		text, end := joinWord(first.text, second.text), second.to
		if !strings.Contains(foldedType(t), " ") || strings.ContainsAny(first.text, "/-_") {
			text, end = first.text, first.to
		}
		if text != "" && foldedType(text) == foldedType(t) {
			c.mark(Word, first.from, end, t)
			c.pos = end
			return t
		}
	}
	return ""
}

// isFoldedType reports whether a type stands at c, with its accents or without.
func isFoldedType(c *cursor) bool { return isType(c) || takeFolded(c.fork()) != "" }

// nearType reports whether a type with a wrong letter stands at c; hardly anybody mistypes the first.
func nearType(c *cursor) bool {
	w := foldedType(c.peek().text)
	for _, t := range typeWords {
		if folded := foldedType(t); w != "" && w[0] == folded[0] && apart(w, folded) >= 0 {
			return true
		}
	}
	return isFoldedType(c)
}

// mendType names a type that does not exist, and takes the one that was meant.
func (p *parser) mendType(c *cursor) string {
	from, first := c.pos, c.peek()
	if t := takeFolded(c); t != "" {
		p.mend(codeType, c.span(from, c.pos), t, strings.TrimSpace(c.line.Text[from:c.pos]), meant(t))
		return t
	}
	c.pos = first.to
	p.unknownType(c, first)
	return ""
}

func (p *parser) unknownType(c *cursor, w word) {
	if w.text == "" {
		p.fail(codeNoType, c.restSpan(), strings.Join(typeWords, ", "))
		return
	}
	if first := w.text[0]; '0' <= first && first <= '9' {
		p.fail(codeType, c.wordSpan(w), w.text, typeBefore(w.text+c.rest()))
		return
	}
	if near, ok := diag.Nearest(w.text, typeWords); ok {
		p.failEdit(codeType, c.wordSpan(w), near, w.text, meant(near))
		return
	}
	p.fail(codeType, c.wordSpan(w), w.text, say("Các kiểu: "+strings.Join(typeWords, ", ")+".", "The types: "+strings.Join(typeWords, ", ")+"."))
}

// typeBefore is the fix for a value that stands where its type should.
func typeBefore(text string) diag.Sentence {
	fields := strings.Fields(text)
	kind, amount := "số", strings.TrimRight(fields[0], "đĐdkK")
	switch folded := foldWord(strings.Join(fields[:min(2, len(fields))], " ")); {
	case writtenDate.MatchString(fields[0]):
		kind = "ngày"
	case amount != fields[0], strings.HasSuffix(folded, " dong"), strings.HasSuffix(folded, " nghin"):
		kind = "tiền"
	}
	return say("Viết kiểu ở trước: "+kind+" "+fields[0]+". Tiền là “tiền”, số đếm là “số”, ngày tháng là “ngày”.",
		"Write the type before it: "+kind+" "+fields[0]+". Money is “tiền”, a number is “số”, a day is “ngày”.")
}

// bounds takes "a..b" where it stands.
func (p *parser) bounds(c *cursor, t *tree.TypeRef) bool {
	f := c.fork()
	w := f.chunk()
	if short, ok := strings.CutSuffix(w.text, ":"); ok { // a colon is said of by itself
		w.text, w.to, f.pos = short, w.to-1, f.pos-1
	}
	low, high, ok := strings.Cut(w.text, "..")
	if !ok {
		return true
	}
	c.pos = f.pos
	least, okLow := p.bound(t, low)
	most, okHigh := p.bound(t, high)
	if !okLow || !okHigh {
		p.fail(codeBounds, c.wordSpan(w), w.text)
		return false
	}
	t.Min, t.Max = &least, &most
	return true
}

// bound reads one bound: a day for ngày, else a whole number.
func (p *parser) bound(t *tree.TypeRef, s string) (int64, bool) {
	if t.Keyword != "ngày" {
		return whole(s)
	}
	m := writtenDate.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	return value.DayNumber(number(m[3]), number(m[2]), number(m[1]))
}
