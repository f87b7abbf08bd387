package template

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// Compiler compiles the expressions inside braces; *expression.Cache is one.
type Compiler interface {
	Compile(src string, scope *expression.Scope) (*expression.Expr, []expression.Problem)
}

// Parse splits text over the names of scope. `{{` and `}}` are literal braces. Offsets of the problems count runes of text;
// with problems the Template is not to be rendered. Expressions are compiled by cache, which may be nil.
func Parse(text string, scope *expression.Scope, cache Compiler) (Template, []expression.Problem) {
	if !strings.ContainsAny(text, "{}") {
		return Template{Text: text}, nil
	}
	if cache == nil {
		cache = new(expression.Cache)
	}
	p := splitter{src: []rune(text), scope: scope, cache: cache}
	p.split()
	if len(p.problems) > 0 {
		return Template{}, p.problems
	}
	return p.template(), nil
}

// splitter walks a sentence once.
type splitter struct {
	src      []rune
	scope    *expression.Scope
	cache    Compiler
	parts    []Part
	literal  strings.Builder
	problems []expression.Problem
}

func (p *splitter) split() {
	for i := 0; i < len(p.src); {
		r := p.src[i]
		doubled := i+1 < len(p.src) && p.src[i+1] == r
		switch {
		case r != '{' && r != '}':
			p.literal.WriteRune(r)
			i++
		case doubled:
			p.literal.WriteRune(r)
			i += 2
		case r == '}':
			p.report(expression.CodeBrace, i, 1, "Dấu } này không có { mở trước.", "This } has no { before it.", "Muốn in dấu }, viết }}.", "To print a brace, write }}.")
			i++
		default:
			i = p.value(i)
		}
	}
	p.flush()
}

// value reads the value that opens at src[at] and returns where the sentence goes on.
func (p *splitter) value(at int) int {
	end := closing(p.src, at+1)
	if end < 0 {
		p.report(expression.CodeBrace, at, 1, "Thiếu dấu } đóng.", "The closing } is missing.", "Thêm } sau tên, hoặc viết {{ để in dấu {.", "Add } after the name, or write {{ to print a brace.")
		return len(p.src)
	}
	p.flush()
	if part, ok := p.resolve(at+1, end); ok {
		part.Offset, part.Length = at, end+1-at
		p.parts = append(p.parts, part)
	}
	return end + 1
}

// closing finds the brace that closes a value; braces inside quotes are text. It returns -1 where there is none.
func closing(src []rune, from int) int {
	quote := rune(0)
	for i := from; i < len(src); i++ {
		switch r := src[i]; {
		case quote != 0 && r == '\\':
			i++
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
		case r == '"' || r == '\'':
			quote = r
		case r == '}':
			return i
		case r == '{':
			return -1
		}
	}
	return -1
}

func (p *splitter) flush() {
	if p.literal.Len() > 0 {
		p.parts = append(p.parts, Part{Text: p.literal.String()})
		p.literal.Reset()
	}
}

func (p *splitter) report(code string, at, length int, vi, en, fixVI, fixEN string) {
	p.problems = append(p.problems, expression.Problem{Code: code, Offset: at, Length: length,
		Message: diag.Sentence{VI: vi, EN: en}, Fix: diag.Sentence{VI: fixVI, EN: fixEN}})
}

// resolve turns what stands between the braces into a part.
func (p *splitter) resolve(from, to int) (Part, bool) {
	src := strings.TrimSpace(string(p.src[from:to]))
	if src == "" {
		p.report(expression.CodeBrace, from-1, to-from+2, "Trong ngoặc chưa có tên.", "There is no name between the braces.", "Viết tên dữ liệu, ví dụ {ho_ten}.", "Write the name of data, like {ho_ten}.")
		return Part{}, false
	}
	if sym, ok := p.symbol(src); ok {
		return bare(sym), true
	}
	return p.computed(from, to, src)
}

// symbol looks up a bare name, zalo.x or don_vi.x.
func (p *splitter) symbol(src string) (expression.Symbol, bool) {
	if owner, field, dotted := strings.Cut(src, "."); dotted {
		return expression.Field(owner, field)
	}
	sym, ok := p.scope.Symbols[src]
	return sym, ok
}

func bare(sym expression.Symbol) Part {
	return Part{
		IsRef: true, Ref: sym.Ref, Type: sym.Type, Masked: sym.Mask,
		Optional: sym.Ref.Kind == expression.RefZalo,
		cond:     sym.Cond, always: !sym.MayBeUnset,
	}
}

// unknown says of a label that it is no name, and how a name is written.
func (p *splitter) unknown(from, to int, src, name string) {
	fixVI, fixEN := "Tên viết không dấu, như {"+name+"}; muốn in dấu {, viết {{.", "Names have no accents, like {"+name+"}; to print a brace, write {{."
	if _, declared := p.scope.Symbols[name]; declared {
		fixVI, fixEN = "Có phải {"+name+"}?", "Did you mean {"+name+"}?"
	}
	p.report(expression.CodeUnknownName, from, to-from,
		fmt.Sprintf("Không có dữ liệu, dữ kiện hay điều kiện nào tên “%s”.", src), fmt.Sprintf("No data, fact or condition is named “%s”.", src), fixVI, fixEN)
}

// label is the name that an author wrote as a label, in names' own letters: ho_ten for "họ tên", "Ho_Ten" and "ho-ten". ok is
// false for what is no label but an expression, or the name itself.
func label(src string) (name string, ok bool) {
	if strings.ContainsFunc(src, notInLabel) || slices.ContainsFunc(strings.Fields(src), isOperator) {
		return "", false
	}
	name = strings.NewReplacer(" ", "_", "-", "_").Replace(fold.Key(strings.ReplaceAll(src, "_", " ")))
	return name, name != src && name != "" && 'a' <= name[0] && name[0] <= 'z'
}

func isOperator(word string) bool {
	return slices.Contains([]string{"and", "or", "not", "in", "matches"}, word)
}

func notInLabel(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '_' && r != '-'
}

// computed compiles an expression and refuses results that cannot be shown.
func (p *splitter) computed(from, to int, src string) (Part, bool) {
	x, problems := p.cache.Compile(string(p.src[from:to]), p.scope)
	if name, ok := label(src); ok && x == nil {
		p.unknown(from, to, src, name)
		return Part{}, false
	}
	for _, problem := range problems {
		problem.Offset += from
		p.problems = append(p.problems, problem)
	}
	if x == nil {
		return Part{}, false
	}
	switch x.Type.Kind {
	case value.Text, value.Number, value.Money, value.Date:
		return Part{Expr: x, Type: x.Type, Masked: x.Masked()}, true
	}
	p.report(expression.CodeInBrace, from, to-from,
		fmt.Sprintf("Trong câu chỉ hiện được chữ, số, tiền hay ngày; %s thì không.", src), fmt.Sprintf("A sentence shows text, numbers, amounts and dates, not %s.", src),
		"Đặt điều kiện trước câu bằng khi.", "Put the condition before the sentence with khi.")
	return Part{}, false
}

// template joins the parts; a sentence without values is its text.
func (p *splitter) template() Template {
	for i := range p.parts {
		if p.parts[i].IsValue() {
			return Template{Parts: p.parts}
		}
	}
	if len(p.parts) == 0 {
		return Template{}
	}
	return Template{Text: p.parts[0].Text}
}
