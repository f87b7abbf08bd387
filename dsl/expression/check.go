package expression

import (
	"fmt"
	"math"
	"regexp"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

// mismatch reports operands whose kinds do not go together under an operator.
func (l *lowering) mismatch(at ast.Node, operator string, a, b *node) *node {
	if b == nil {
		return l.refuse(at, CodeType, diag.Sentence{
			VI: fmt.Sprintf("%s không dùng được với %s.", operator, kindVI(a.typ)),
			EN: fmt.Sprintf("%s cannot be used with %s.", operator, kindEN(a.typ)),
		}, diag.Sentence{})
	}
	return l.refuse(at, CodeType, diag.Sentence{
		VI: fmt.Sprintf("%s không dùng được giữa %s và %s.", operator, kindVI(a.typ), kindVI(b.typ)),
		EN: fmt.Sprintf("%s cannot stand between %s and %s.", operator, kindEN(a.typ), kindEN(b.typ)),
	}, l.mismatchFix(operator, a, b))
}

// mismatchFix says what to write instead for the mixtures people try.
func (l *lowering) mismatchFix(operator string, a, b *node) diag.Sentence {
	switch ka, kb := a.typ.Kind, b.typ.Kind; {
	case ka == value.Date && kb == value.Date && operator == "-":
		return say("Dùng so_ngay(a, b).", "Use so_ngay(a, b).")
	case ka == value.Date && isNumeric(kb) && (operator == "+" || operator == "-"):
		return say("Dùng them_ngay(ngày, số).", "Use them_ngay(date, number).")
	case isNumeric(ka) && isNumeric(kb) && ka != kb:
		return say("Viết tien(…) quanh bên là số.", "Write tien(…) around the side that is a number.")
	case ka == value.Date && kb == value.Text || ka == value.Text && kb == value.Date:
		return say("Ngày chỉ so với ngày: khai ngày ấy thành một dữ kiện.", "A date compares only with a date: declare it as a fact.")
	}
	return diag.Sentence{}
}

// compare is == != < <= > >=.
func (l *lowering) compare(n *ast.BinaryNode, a, b *node) *node {
	if !l.adapt(a, b) || !l.adapt(b, a) {
		return nil
	}
	if !comparable(a.typ, b.typ) {
		return l.mismatch(n, n.Operator, a, b)
	}
	equality := n.Operator == "==" || n.Operator == "!="
	if !equality && !isOrdered(a.typ.Kind) {
		return l.mismatch(n, n.Operator, a, b)
	}
	if a, b = l.align(n, a, b); a == nil {
		return nil
	}
	return l.place(n, comparison(n.Operator, a, b))
}

func comparison(operator string, a, b *node) *node {
	test := func(o op, a, b *node) *node {
		return &node{op: o, typ: value.Type{Kind: value.YesNo}, args: []*node{a, b}}
	}
	switch operator {
	case "<":
		return test(opLess, a, b)
	case "<=":
		return test(opAtMost, a, b)
	case ">":
		return test(opLess, b, a)
	case ">=":
		return test(opAtMost, b, a)
	case "!=":
		return negate(test(opEqual, a, b))
	}
	return test(opEqual, a, b)
}

// comparable says whether two values can be equal: one kind, and for choices the same options.
func comparable(a, b value.Type) bool {
	switch a.Kind {
	case value.Images, value.Files, value.Place:
		return false
	case value.Choice:
		return b.Kind == value.Choice && sameOptions(a.Options, b.Options)
	}
	return a.Kind == b.Kind
}

func sameOptions(a, b []value.Option) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name {
			return false
		}
	}
	return true
}

// adapt gives a literal the kind of what it stands beside: a text becomes the option of a choice, a phone number or a ward
// code; a number becomes an amount. It reports a text that is no option and returns false.
func (l *lowering) adapt(lit, beside *node) bool {
	if lit.op != opConst {
		return true
	}
	switch k := beside.typ.Kind; {
	case lit.typ.Kind == value.Text && k == value.Choice:
		return l.option(lit, beside.typ)
	case lit.typ.Kind == value.Text && (k == value.Phone || k == value.Ward):
		lit.typ = beside.typ
	case lit.literal && k == value.Money:
		lit.typ = value.Type{Kind: value.Money}
	}
	return true
}

func (l *lowering) option(lit *node, t value.Type) bool {
	names := make([]string, len(t.Options))
	for i, o := range t.Options {
		if names[i] = o.Name; o.Name == lit.s {
			lit.typ, lit.n = t, int64(i)
			return true
		}
	}
	l.report(CodeOption, lit.at, lit.len, say("%q không phải một lựa chọn ở đây.", "%q is not an option here.", lit.s), suggest(lit.s, names))
	return false
}

// align brings two numbers to one scale; other kinds pass through.
func (l *lowering) align(at ast.Node, a, b *node) (x, y *node) {
	scale := max(a.scale, b.scale)
	x, y = rescale(a, scale), rescale(b, scale)
	if !l.exact(at, x) || !l.exact(at, y) {
		return nil, nil
	}
	return x, y
}

func rescale(n *node, scale int) *node {
	if n.scale == scale {
		return n
	}
	factor := int64(math.Pow10(scale - n.scale))
	if n.op == opConst {
		r := *n
		r.n, r.scale = n.n*factor, scale
		return &r
	}
	return &node{op: opScale, typ: n.typ, scale: scale, n: factor, lo: n.lo, hi: n.hi, mask: n.mask, args: []*node{n}, at: n.at, len: n.len}
}

// exact proves that a number stays where 64 bits count exactly, and reports where that cannot be proved.
func (l *lowering) exact(at ast.Node, n *node) bool {
	if !isOrdered(n.typ.Kind) || max(math.Abs(n.lo), math.Abs(n.hi))*math.Pow10(n.scale) < maxExact {
		return true
	}
	l.refuse(at, CodeOverflow, say("Kết quả có thể quá lớn để tính đúng.", "The result could be too large to be exact."),
		say("Ghi cỡ a..b cho các số ở đây.", "Give the numbers here bounds a..b."))
	return false
}

// combine is + - *.
func (l *lowering) combine(n *ast.BinaryNode, a, b *node) *node {
	if n.Operator == "+" && a.typ.Kind == value.Text && b.typ.Kind == value.Text {
		return l.concat(n, a, b)
	}
	if !isNumeric(a.typ.Kind) || !isNumeric(b.typ.Kind) {
		return l.mismatch(n, n.Operator, a, b)
	}
	if n.Operator == "*" {
		return l.product(n, a, b)
	}
	l.adapt(a, b)
	l.adapt(b, a)
	if a.typ.Kind != b.typ.Kind {
		return l.mismatch(n, n.Operator, a, b)
	}
	if a, b = l.align(n, a, b); a == nil {
		return nil
	}
	if n.Operator == "+" {
		return l.arithmetic(n, opAdd, a, b)
	}
	return l.arithmetic(n, opSub, a, b)
}

// product multiplies; an amount times a number is an amount, an amount times an amount means nothing.
func (l *lowering) product(n *ast.BinaryNode, a, b *node) *node {
	if a.typ.Kind == value.Money && b.typ.Kind == value.Money {
		return l.mismatch(n, n.Operator, a, b)
	}
	if a.scale+b.scale > maxScale {
		return l.refuse(n, CodeFraction, say("Tích có quá %d chữ số lẻ.", "The product has more than %d decimals.", maxScale),
			say("Làm tròn bớt bằng lam_tron(…).", "Round with lam_tron(…)."))
	}
	return l.arithmetic(n, opMul, a, b)
}

func (l *lowering) arithmetic(at ast.Node, o op, a, b *node) *node {
	r := &node{op: o, typ: value.Type{Kind: a.typ.Kind}, scale: a.scale, mask: a.mask || b.mask, args: []*node{a, b}}
	switch o {
	case opAdd:
		r.lo, r.hi = a.lo+b.lo, a.hi+b.hi
	case opSub:
		r.lo, r.hi = a.lo-b.hi, a.hi-b.lo
	case opMul:
		r.scale = a.scale + b.scale
		r.lo = min(a.lo*b.lo, a.lo*b.hi, a.hi*b.lo, a.hi*b.hi)
		r.hi = max(a.lo*b.lo, a.lo*b.hi, a.hi*b.lo, a.hi*b.hi)
		if b.typ.Kind == value.Money {
			r.typ.Kind = value.Money
		}
	}
	if !l.exact(at, r) {
		return nil
	}
	return l.place(at, foldLiterals(r))
}

// foldLiterals computes an operation on two literals.
func foldLiterals(n *node) *node {
	if a, b := n.args[0], n.args[1]; a.literal && b.literal {
		v, _ := n.integer(nil)
		r := number(v, n.scale)
		r.typ = n.typ
		return r
	}
	return n
}

func (l *lowering) concat(n ast.Node, a, b *node) *node {
	typ := textUpTo(longest(a) + longest(b))
	if typ.Max > MaxText {
		return l.refuse(n, CodeTooLarge, say("Chữ ghép lại có thể dài quá %d chữ.", "The joined text could be longer than %d letters.", MaxText),
			say("Ghi cỡ a..b cho dữ liệu chữ.", "Give the texts bounds a..b."))
	}
	return l.place(n, &node{op: opConcat, typ: typ, mask: a.mask || b.mask, args: []*node{a, b}})
}

// longest is the worst-case length of a text in runes.
func longest(n *node) int64 {
	if n.op == opConst {
		return int64(utf8.RuneCountInString(n.s))
	}
	return int64(n.typ.MaxLen())
}

// in is `x in [literals]`.
func (l *lowering) in(n *ast.BinaryNode) *node {
	a := l.lower(n.Left)
	list, ok := n.Right.(*ast.ArrayNode)
	if !ok || len(list.Nodes) == 0 || len(list.Nodes) > MaxList {
		return l.refuse(n, CodeList, say("Sau in là một danh sách từ 1 đến %d giá trị viết sẵn.", "After in stands a list of 1 to %d literals.", MaxList),
			say(`Ví dụ: cho_o in ["thue", "nho"].`, `For example: cho_o in ["thue", "nho"].`))
	}
	args := []*node{a}
	for _, e := range list.Nodes {
		args = append(args, l.element(n, a, e))
	}
	for _, arg := range args {
		if arg == nil {
			return nil
		}
	}
	in := &node{op: opIn, typ: value.Type{Kind: value.YesNo}, args: args}
	for _, e := range args[1:] {
		in.set = append(in.set, e.n)
	}
	return l.place(n, in)
}

// element checks one literal of an `in` list against what is looked for; a is nil where that was refused.
func (l *lowering) element(n *ast.BinaryNode, a *node, e ast.Node) *node {
	lit := l.lower(e)
	if lit == nil || a == nil || !l.adapt(lit, a) {
		return nil
	}
	if lit.op != opConst {
		return l.refuse(e, CodeList, say("Danh sách sau in chỉ gồm giá trị viết sẵn.", "A list after in holds only literals."), diag.Sentence{})
	}
	if !comparable(a.typ, lit.typ) || lit.scale != a.scale {
		return l.mismatch(e, "in", a, lit)
	}
	return lit
}

// matches is `text matches "pattern"`, with a pattern known when the flow is compiled. Go's regexp is RE2: linear time.
func (l *lowering) matches(n *ast.BinaryNode) *node {
	a := l.lower(n.Left)
	if a == nil {
		return nil
	}
	lit, ok := n.Right.(*ast.StringNode)
	if !ok || len(lit.Value) > MaxPattern {
		return l.refuse(n.Right, CodePattern, say("Sau matches là một mẫu viết sẵn, không quá %d ký tự.", "After matches stands a literal pattern of at most %d bytes.", MaxPattern), diag.Sentence{})
	}
	if a.typ.Kind != value.Text && a.typ.Kind != value.Phone {
		return l.mismatch(n, "matches", a, nil)
	}
	re, err := regexp.Compile(lit.Value)
	if err != nil {
		return l.refuse(lit, CodePattern, say("Mẫu này viết chưa đúng.", "This pattern cannot be read."), diag.Sentence{})
	}
	return l.place(n, &node{op: opMatch, typ: value.Type{Kind: value.YesNo}, pattern: re, s: lit.Value, args: []*node{a}})
}
