package parse

import (
	"slices"
	"strings"

	"hoithoai/dsl/tree"
)

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// exampleLine reads "* CÂU" under "dân hỏi".
func (p *parser) exampleLine(c *cursor, v verb) {
	if v != vItem {
		p.misplaced(c, v)
		return
	}
	if s, ok := p.sentence(c, "*"); ok {
		p.file.Examples = append(p.file.Examples, s)
	}
}

// sentence takes the rest of the line as prose that may not be empty.
func (p *parser) sentence(c *cursor, after string) (tree.Prose, bool) {
	s := c.prose()
	if s.Text == "" {
		p.fail(codeNoProse, c.lineSpan(), after)
		return s, false
	}
	return s, true
}

// dataLine reads a slot, or an option of the slot above it: after an option's name stands a quote, after a slot's a type.
func (p *parser) dataLine(c *cursor, v verb) {
	switch {
	case v == vWhen:
		p.option(c, true)
	case v != noVerb:
		p.misplaced(c, v)
	case p.isOption(c):
		p.option(c, false)
	default:
		p.slotLine(c)
	}
}

// isOption looks behind the first word; below a chọn also behind a name with accents and spaces, and at a label whose quotes
// were forgotten: every slot line has quotes somewhere.
func (p *parser) isOption(c *cursor) bool {
	f := c.fork()
	first := f.next().text
	f.take(":")
	if isString(f) {
		return true
	}
	if p.slot == nil || !strings.HasPrefix(p.slot.Type.Keyword, "chọn") || isType(f) {
		return false
	}
	if isIdentifier(first) && !strings.ContainsFunc(c.line.Text, isQuote) {
		return !f.done()
	}
	if isIdentifier(first) && (strings.Contains(first, "_") || nearType(f)) {
		return false
	}
	for f.next().text != "" {
	}
	return isString(f)
}

// optionName takes the name of an option: all that stands before its label.
func (p *parser) optionName(c *cursor) (tree.Name, bool) {
	f := c.fork()
	f.skip()
	from := f.pos
	for f.next().text != "" {
	}
	end := trimmedEnd(f, from)
	if first := c.peek(); isIdentifier(first.text) && (first.to == end || !isString(f)) || end == from {
		return p.declared(c, anOption)
	}
	c.pos = end
	n, ok := p.checkName(c, word{c.line.Text[from:end], from, end}, anOption)
	return n, ok && p.free(n)
}

func (p *parser) option(c *cursor, when bool) {
	o := &tree.Option{Span: c.lineSpan()}
	c.table(DataTable)
	p.nested()
	if when {
		name, ok := p.name(c, aCondition)
		if !ok {
			return
		}
		o.When = &name
	}
	name, ok := p.optionName(c)
	if !ok {
		return
	}
	o.Name = name
	bare := c.fork().prose()
	c.column(1)
	labels, ok := p.strs(c, aLabel)
	if len(labels) == 0 && bare.Text != "" { // reported: the option is there all the same
		labels = []tree.Str{{Text: bare.Text, Span: bare.Span}}
	}
	if len(labels) == 0 {
		return
	}
	o.Label, o.Synonyms = labels[0], labels[1:]
	if ok {
		p.end(c)
	}
	p.addOption(o)
}

func (p *parser) addOption(o *tree.Option) {
	if p.slot == nil {
		if !p.lost {
			p.fail(codeLoneOption, o.Span, o.Name.Text)
		}
		return
	}
	p.slot.Options = append(p.slot.Options, o)
}

// slotName takes the name of a slot: the words before its type, where it was written with spaces.
func (p *parser) slotName(c *cursor) (tree.Name, bool) {
	f := c.fork()
	first := f.next()
	if isIdentifier(first.text) && isFoldedType(f) {
		return p.declared(c, aSlot)
	}
	for range 3 {
		last := f.next()
		if last.text == "" {
			break
		}
		if !isFoldedType(f) {
			continue
		}
		c.pos = last.to
		n, ok := p.checkName(c, word{c.line.Text[first.from:last.to], first.from, last.to}, aSlot)
		return n, ok && p.free(n)
	}
	return p.declared(c, aSlot)
}

// isSpaced reports whether a slot stands here whose name was written with spaces and starts like a line of a step ("có giấy mời
// có/không "…"").
func isSpaced(c *cursor) bool {
	for range 3 {
		if c.next().text == "" {
			return false
		}
		if isFoldedType(c) {
			return !hasArrow(c) && strings.ContainsFunc(c.rest(), isQuote)
		}
	}
	return false
}

// slotLine reads "TÊN KIỂU [cỡ] … CHUỖI [để CHUỖI] [tên cũ TÊN]".
func (p *parser) slotLine(c *cursor) {
	s := &tree.Slot{Span: c.lineSpan()}
	c.table(DataTable)
	p.slot, p.lost = nil, true
	name, ok := p.slotName(c)
	if !ok {
		return
	}
	s.Name = name
	c.column(1)
	if s.Type, ok = p.typeRef(c); !ok || p.looseBounds(c) {
		return
	}
	c.column(2)
	p.modifiers(c, s)
	c.column(3)
	if s.Label, ok = p.str(c, aLabel); !ok {
		return
	}
	p.slot, p.lost = s, false
	p.file.Slots = append(p.file.Slots, s)
	p.slotTail(c, s)
}

// looseBounds reports bounds that are not written a..b: "5", "1 .. 5", "1-5".
func (p *parser) looseBounds(c *cursor) bool {
	if !isNumber(c) {
		return false
	}
	f := c.fork()
	for isNumber(f) || f.has(".") || f.has("-") {
		f.chunk()
	}
	span := trimmed(f, c.pos)
	p.fail(codeBounds, span, strings.TrimSpace(c.line.Text[c.pos:f.pos]))
	return true
}

// modifiers takes the words between type and label, each at most once, in any order.
func (p *parser) modifiers(c *cursor, s *tree.Slot) {
	marks := map[string]*bool{"bảo mật": &s.Secret, "máy": &s.Machine, "tùy": &s.Optional, "vào": &s.In, "ra": &s.Out, "từ lời đầu": &s.Opening}
	for {
		from := c.pos
		m := p.anyOf(c, "bảo mật", "máy", "tùy", "vào", "ra", "từ lời đầu")
		if m == "" {
			return
		}
		if *marks[m] {
			p.note(codeRepeated, trimmed(c, from), m)
		}
		*marks[m] = true
		c.skip()
	}
}

// slotTail takes what may follow the label.
func (p *parser) slotTail(c *cursor, s *tree.Slot) {
	for !c.done() {
		ok := false
		switch p.anyOf(c, "để", "tên cũ") {
		case "để":
			c.columnHere(4)
			var why tree.Str
			why, ok = p.str(c, aPurpose)
			s.Purpose = &why
		case "tên cũ":
			c.columnHere(5)
			var old tree.Name
			old, ok = p.name(c, aSlot)
			s.Former = &old
		default:
			p.end(c)
		}
		if !ok {
			return
		}
	}
}

// conditionLine reads "TÊN BT".
func (p *parser) conditionLine(c *cursor, v verb) {
	if v != noVerb {
		p.misplaced(c, v)
		return
	}
	cond := &tree.Condition{Span: c.lineSpan()}
	c.table(ConditionTable)
	name, ok := p.declared(c, aCondition)
	if !ok {
		return
	}
	cond.Name = name
	if p.sloppyEqual(c) {
		return
	}
	c.column(1)
	if cond.Expr, ok = p.expr(c, name.Text); ok {
		p.file.Conditions = append(p.file.Conditions, cond)
	}
}

// sloppyEqual: a condition is written without "=" after its name.
func (p *parser) sloppyEqual(c *cursor) bool {
	if !c.has("=") || c.has("==") {
		return false
	}
	p.fail(codeEqual, c.span(c.pos, c.pos+1))
	return true
}
