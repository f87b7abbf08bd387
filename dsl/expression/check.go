package expression

import (
	"fmt"
	"regexp"

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
	case ka == value.Choices || kb == value.Choices:
		return severalFix()
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
	case value.Images, value.Files, value.Place, value.Choices, value.Story:
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
		return l.canonical(lit, beside.typ)
	case lit.literal && k == value.Money:
		lit.typ = value.Type{Kind: value.Money}
	}
	return true
}

// canonical makes a phone number or a ward of a text, so that it can equal what residents write.
func (l *lowering) canonical(lit *node, t value.Type) bool {
	v, err := t.Parse(lit.s)
	if err != nil {
		l.report(CodeOption, lit.at, lit.len, diag.Sentence{
			VI: fmt.Sprintf("%q không phải %s.", lit.s, kindVI(t)), EN: fmt.Sprintf("%q is not %s.", lit.s, kindEN(t)),
		}, diag.Sentence{})
		return false
	}
	lit.typ, lit.s = t, v.S
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

// in is `x in [literals]`.
func (l *lowering) in(n *ast.BinaryNode) *node {
	a := l.lower(n.Left)
	list, ok := n.Right.(*ast.ArrayNode)
	if slot := l.several(n.Right); slot != nil {
		return l.has(n, a, slot)
	}
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
