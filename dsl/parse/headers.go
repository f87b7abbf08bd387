package parse

import (
	"cmp"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// fileKinds are the kinds of file by the word that opens them.
var fileKinds = map[verb]tree.Kind{vFlow: tree.Flow, vSub: tree.Sub, vShared: tree.Shared}

// openFile reads "luồng x "…"", "luồng con x "…"" or "chung x".
func (p *parser) openFile(c *cursor, v verb) {
	p.opens(OpensPart)
	p.closeStep()
	p.closeAlways()
	p.broken, p.ctx, p.orphan, p.lost = &p.file.Broken, context{}, false, false
	if p.titled {
		p.section = inHead
		*p.broken = true
		p.seen(codeSecondFlow, c.lineSpan(), p.file.Span, say("Tệp đã mở ở đây.", "The file was opened here."))
		return
	}
	p.opened, p.titled, p.section = true, true, inHead
	p.file.Kind, p.file.Span = fileKinds[v], c.lineSpan()
	p.fileName(c, v)
	if v != vShared {
		title, _ := p.str(c, aTitle)
		p.file.Title = title
	}
	p.end(c)
}

// fileName reads the name of the file's flow. Nobody names a chung file, so its name may be the keyword itself.
func (p *parser) fileName(c *cursor, v verb) {
	read := p.declared
	if v == vShared {
		read = p.name
	}
	name, ok := read(c, aFlow)
	base := baseName(p.path)
	if !ok {
		p.file.Name = tree.Name{Text: base, Span: name.Span}
		return
	}
	p.file.Name = name
	if base != "" && base != name.Text && (v != vShared || base != "chung" && base != "chung_"+name.Text) {
		p.note(codeFileName, name.Span, base, name.Text)
	}
}

// header reads one header line; below the headers it is out of place, but what it says holds.
func (p *parser) header(c *cursor, v verb) {
	if p.section != inHead {
		p.note(codeHeaderLate, c.lineSpan(), flowPhrases.text(v))
	}
	if p.file.Kind == tree.Shared && v != vBasis {
		p.note(codeShared, c.lineSpan(), flowPhrases.text(v))
		return
	}
	mark := p.broken
	p.broken = &p.file.Broken
	p.headerHere(c, v)
	p.broken = mark
}

func (p *parser) headerHere(c *cursor, v verb) {
	f := p.file
	switch v {
	case vBasis:
		p.basis(c)
	case vTriggers:
		f.Keywords = p.phrases(c, f.Keywords)
	case vExcept:
		f.Except = p.phrases(c, f.Except)
	case vFollow:
		p.flag(c, v, &f.OnFollow, true)
	case vFallback:
		p.flag(c, v, &f.Fallback, true)
	case vEmergency:
		p.flag(c, v, &f.Emergency, false)
	case vAnonymous:
		p.flag(c, v, &f.Anonymous, false)
	case vUnkept:
		p.flag(c, v, &f.Unkept, false)
	case vKeep:
		p.keep(c)
	case vStart:
		p.start(c)
	}
}

// basis reads "căn cứ "…" hiệu lực NGÀY [rà soát NGÀY]".
func (p *parser) basis(c *cursor) {
	b := tree.Basis{Span: c.lineSpan()}
	c.table(BasisTable)
	text, ok := p.str(c, aBasis)
	if !ok {
		return
	}
	b.Text = text
	if p.anyOf(c, "hiệu lực") == "" {
		p.failMissing(c, "hiệu lực")
		return
	}
	c.columnHere(1)
	b.Effective = p.optionalDate(c, "hiệu lực")
	if p.anyOf(c, "rà soát") != "" {
		c.columnHere(2)
		b.Review = p.optionalDate(c, "rà soát")
	}
	p.file.Bases = append(p.file.Bases, b)
	p.end(c)
}

// optionalDate reads a date; nil where it could not be read.
func (p *parser) optionalDate(c *cursor, after string) *tree.Date {
	d, ok := p.date(c, after)
	if !ok {
		return nil
	}
	return &d
}

// withValue are keywords that mean nothing by themselves, with what they stand with.
var withValue = map[string]string{"hiệu lực": "hiệu lực 01/01/2026", "bản": "bản 1", "căn cứ": `căn cứ "tên văn bản"`}

// failMissing says that a keyword is missing here, or names the misspelt one.
func (p *parser) failMissing(c *cursor, keyword string) {
	f := c.fork()
	from := f.pos
	var typed string
	for range strings.Count(keyword, " ") + 1 {
		typed = joinWord(typed, f.next().text)
	}
	if typed != "" && apart(foldWord(typed), foldWord(keyword)) >= 0 {
		p.failEdit(codeUnknown, c.span(from, f.pos), keyword, typed, keyword)
		return
	}
	p.fail(codeMissing, c.restSpan(), keyword, cmp.Or(withValue[keyword], keyword))
}

// phrases appends the strings of a header that may stand on several lines.
func (p *parser) phrases(c *cursor, to []tree.Str) []tree.Str {
	list, ok := p.strs(c, aKeyword)
	if ok {
		p.end(c)
	}
	return append(to, list...)
}

// flag reads a header that stands alone, or with the name of a step.
func (p *parser) flag(c *cursor, v verb, to **tree.Flag, named bool) {
	f := &tree.Flag{Span: c.lineSpan()}
	if *to != nil {
		p.twice(f.Span, (*to).Span, flowPhrases.text(v))
		return
	}
	*to = f
	if named && !c.done() {
		if step, ok := p.wholeName(c, aStep); ok {
			f.Step = &step
		}
	}
	p.end(c)
}

// keep reads "giữ SỐ giờ|ngày".
func (p *parser) keep(c *cursor) {
	k := &tree.Keep{Span: c.lineSpan()}
	if p.file.Keep != nil {
		p.twice(k.Span, p.file.Keep.Span, "giữ")
		return
	}
	d, ok := p.duration(c, "giữ", "giờ", "ngày")
	if !ok {
		return
	}
	k.For = d
	p.file.Keep = k
	p.end(c)
}

// start reads "bắt đầu TÊN".
func (p *parser) start(c *cursor) {
	if p.file.Start != nil {
		p.twice(c.lineSpan(), p.file.Start.Span, "bắt đầu")
		return
	}
	if name, ok := p.wholeName(c, aStep); ok {
		p.file.Start = &name
		p.end(c)
	}
}

// twice says that something stands for the second time.
func (p *parser) twice(span, first diag.Span, what string) {
	p.seen(codeTwice, span, first, say("Lần thứ nhất ở đây.", "The first is here."), what)
}
