package parse

import (
	"strings"

	"hoithoai/dsl/tree"
)

// setting reads the rest of "hôm nay NGÀY [GIỜ]" or "giả …".
func (p *parser) setting(c *cursor, v verb) (*tree.Setting, bool) {
	s := &tree.Setting{Span: c.lineSpan()}
	if v == vToday {
		return s, p.today(c, s)
	}
	switch word := p.anyOf(c, "làm", "gọi"); word {
	case "làm":
		return s, p.fake(c, s, tree.FakeTask, aTask)
	case "gọi":
		return s, p.fake(c, s, tree.FakeCall, aFlow)
	}
	return s, p.fakeValue(c, s)
}

func (p *parser) today(c *cursor, s *tree.Setting) bool {
	d, ok := p.date(c, "hôm nay")
	s.Kind, s.Date = tree.Today, d
	if !ok || c.done() {
		return ok
	}
	s.HasTime = true
	s.Minute, ok = p.clock(c)
	return ok
}

// fake reads "TÊN = kq".
func (p *parser) fake(c *cursor, s *tree.Setting, kind tree.SettingKind, what thing) (ok bool) {
	s.Kind = kind
	if s.Name, ok = p.name(c, what); !ok {
		return false
	}
	s.Outcome, ok = p.equalsOutcome(c, kind)
	return ok
}

// fakeValue reads "zalo.TÊN = GIÁ-TRỊ" or "don_vi.TÊN = GIÁ-TRỊ".
func (p *parser) fakeValue(c *cursor, s *tree.Setting) bool {
	w := c.next()
	object, field, ok := strings.Cut(w.text, ".")
	switch {
	case ok && object == "zalo":
		s.Kind = tree.FakeZalo
	case ok && object == "don_vi":
		s.Kind = tree.FakeOffice
	case w.text == "":
		p.fail(codeMissing, c.restSpan(), "làm tác_vụ = được", "làm tác_vụ = được")
		return false
	default:
		p.fail(codeFake, c.lineSpan(), w.text)
		return false
	}
	name := word{field, w.from + len(object) + 1, w.to}
	if s.Name, ok = p.checkName(c, name, aField); !ok || !p.equals(c) {
		return false
	}
	s.Value, ok = p.fakedValue(c, aField)
	return ok
}

// equals takes the "=" of a setting.
func (p *parser) equals(c *cursor) bool {
	if c.take("=") {
		return true
	}
	p.fail(codeMissing, c.restSpan(), "=", "=")
	return false
}

// fakedValue takes a value up to the end of the cursor, in quotes or bare.
func (p *parser) fakedValue(c *cursor, what thing) (tree.Str, bool) {
	if isString(c) {
		return p.emptyStr(c, what)
	}
	c.skip()
	text := strings.TrimSpace(c.rest())
	s := tree.Str{Text: text, Span: c.span(c.pos, c.pos+len(text))}
	c.pos = c.end
	if text == "" {
		p.fail(codeNoValue, c.restSpan(), what.sentence(), say("Viết giá trị ở cuối.", "Write the value at the end."))
		return s, false
	}
	return s, true
}
