package expression

import (
	"math"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"

	"hoithoai/dsl/value"
)

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
