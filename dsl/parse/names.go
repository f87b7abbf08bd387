package parse

import (
	"strings"
	"unicode"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// maxName is the longest name, in bytes.
const maxName = 64

// reserved are the names that would read as something else: keywords that are ASCII, the two objects of expressions, and the
// words of expr-lang.
var reserved = map[string]bool{
	"sai": true, "xong": true, "nghe": true, "khi": true, "chung": true, "zalo": true, "don_vi": true,
	"and": true, "or": true, "not": true, "in": true, "matches": true, "contains": true, "let": true, "if": true, "else": true,
	"true": true, "false": true, "nil": true,
}

// isIdentifier reports whether s is a name: ASCII snake_case that starts with a letter.
func isIdentifier(s string) bool {
	if s == "" || len(s) > maxName || !isLower(s[0]) {
		return false
	}
	for i := range len(s) {
		if !isLower(s[i]) && (s[i] < '0' || s[i] > '9') && s[i] != '_' {
			return false
		}
	}
	return true
}

func isLower(b byte) bool { return 'a' <= b && b <= 'z' }

// asciiName is the name an author meant by s: ho_ten for "họ_tên", "Họ tên" and "hoTen"; "" where nothing is left.
func asciiName(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && unicode.IsUpper(r) && !strings.ContainsAny(s, "_ ") && s != strings.ToUpper(s) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	name := strings.Map(keepName, strings.ReplaceAll(fold.Key(b.String()), " ", "_"))
	name = strings.TrimLeft(name, "_0123456789")
	return strings.TrimRight(name[:min(len(name), maxName)], "_")
}

// keepName keeps what a name can hold.
func keepName(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '_':
		return r
	case strings.ContainsRune("/.,-:", r):
		return '_'
	}
	return -1
}

// declared takes the name of something that is declared here.
func (p *parser) declared(c *cursor, what thing) (tree.Name, bool) {
	c.skip()
	from := c.pos
	n, ok := p.name(c, what)
	if ok {
		p.noColon(c, from)
	}
	return n, ok && p.free(n)
}

// free sees to it that a declared name is not reserved.
func (p *parser) free(n tree.Name) bool {
	if reserved[n.Text] {
		p.fail(codeReserved, n.Span, n.Text)
	}
	return !reserved[n.Text]
}

// isPunctuated reports whether something other than a word stands here.
func isPunctuated(c *cursor) bool { return c.peek().text == "" }

// wholeName takes all that is left as one name: what stands alone on its line may have been written with spaces.
func (p *parser) wholeName(c *cursor, what thing) (tree.Name, bool) {
	f := c.fork()
	if f.next(); f.done() || isPunctuated(f) {
		return p.name(c, what)
	}
	c.skip()
	w := word{c.rest(), c.pos, c.end}
	c.pos = c.end
	return p.checkName(c, w, what)
}

// name takes a name; where it is misspelt it says so and goes on with the name that was meant.
func (p *parser) name(c *cursor, what thing) (tree.Name, bool) {
	return p.checkName(c, c.next(), what)
}

func (p *parser) checkName(c *cursor, w word, what thing) (tree.Name, bool) {
	n := tree.Name{Text: w.text, Span: c.wordSpan(w)}
	if isIdentifier(w.text) {
		c.mark(NameOf, w.from, w.to, w.text)
		return n, true
	}
	if w.text == "" {
		p.fail(codeNoName, c.restSpan(), what.sentence(), what.example())
		return n, false
	}
	n.Text = asciiName(w.text)
	if !isIdentifier(n.Text) {
		p.fail(codeBadName, n.Span, w.text, what.example())
		return n, false
	}
	c.mark(NameOf, w.from, w.to, n.Text)
	p.mend(codeBadName, n.Span, n.Text, w.text, n.Text)
	return n, true
}

// names takes one or more names with commas between them.
func (p *parser) names(c *cursor, what thing) ([]tree.Name, bool) {
	var out []tree.Name
	for {
		n, ok := p.name(c, what)
		if !ok {
			return out, false
		}
		out = append(out, n)
		if !c.take(",") {
			return out, true
		}
	}
}
