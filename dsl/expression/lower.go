package expression

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

// lowering turns expr-lang's tree into ours: a whitelist of nodes, each checked by kind as it is met. A node that was
// refused is nil and has been reported, and whatever is built on it stays quiet.
type lowering struct {
	src      []rune
	scope    *Scope
	problems []Problem
}

func (l *lowering) report(code string, at, length int, message, fix diag.Sentence) *node {
	l.problems = append(l.problems, Problem{Code: code, Offset: at, Length: max(1, length), Message: message, Fix: fix})
	return nil
}

func (l *lowering) refuse(n ast.Node, code string, message, fix diag.Sentence) *node {
	at, length := extent(n)
	return l.report(code, at, length, message, fix)
}

// extent is the stretch of source a parsed node covers, as far as expr-lang keeps it.
func extent(n ast.Node) (at, length int) {
	loc := n.Location()
	return loc.From, max(1, loc.To-loc.From)
}

// lower is the whitelist.
func (l *lowering) lower(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return l.name(n)
	case *ast.IntegerNode:
		return l.integer(n)
	case *ast.FloatNode:
		return l.decimal(n)
	case *ast.BoolNode:
		return l.place(n, &node{op: opConst, typ: value.Type{Kind: value.YesNo}, n: truth(n.Value)})
	case *ast.StringNode:
		return l.place(n, &node{op: opConst, typ: value.Type{Kind: value.Text}, s: n.Value})
	case *ast.UnaryNode:
		return l.unary(n)
	case *ast.BinaryNode:
		return l.binary(n)
	case *ast.MemberNode:
		return l.member(n)
	case *ast.CallNode:
		return l.call(n)
	}
	return l.refuseNode(n)
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (l *lowering) place(from ast.Node, n *node) *node {
	n.at, n.len = extent(from)
	return n
}

func (l *lowering) integer(n *ast.IntegerNode) *node {
	if n.Value > maxInteger {
		return l.refuse(n, CodeOverflow, say("Số này quá lớn.", "This number is too large."), diag.Sentence{})
	}
	return l.place(n, number(int64(n.Value), 0))
}

// number is a literal n / 10^scale.
func number(n int64, scale int) *node {
	v := float64(n) / math.Pow10(scale)
	return &node{op: opConst, typ: value.Type{Kind: value.Number}, n: n, scale: scale, lo: v, hi: v, literal: true}
}

func (l *lowering) decimal(n *ast.FloatNode) *node {
	if text := l.text(n); thousands.MatchString(text) {
		plain := strings.ReplaceAll(text, ".", "")
		return l.refuse(n, CodeThousands,
			say("%s ở đây là một số lẻ, không phải %s.", "%s is a fraction here, not %s.", text, plain),
			say("Viết %s, hoặc %s0 khi đúng là số lẻ.", "Write %s, or %s0 where a fraction is meant.", plain, text))
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(n.Value, 'f', -1, 64), ".")
	digits, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil || len(fraction) > maxScale || n.Value > maxInteger {
		return l.refuse(n, CodeOverflow, say("Số lẻ chỉ được tới %d chữ số sau dấu chấm.",
			"A decimal has at most %d digits after the point.", maxScale), diag.Sentence{})
	}
	return l.place(n, number(digits, len(fraction)))
}

// thousands is a number that an author writes with a point for thousands.
var thousands = regexp.MustCompile(`^[1-9]\d{0,2}\.\d{3}$`)

// text is what stands in the source for n.
func (l *lowering) text(n ast.Node) string {
	at, length := extent(n)
	return string(l.src[min(at, len(l.src)):min(at+length, len(l.src))])
}

func (l *lowering) name(n *ast.IdentifierNode) *node {
	sym, ok := l.scope.Symbols[n.Value]
	if !ok {
		return l.unknownName(n)
	}
	return l.place(n, read(sym))
}

func read(sym Symbol) *node {
	r := &node{op: opRead, typ: sym.Type, ref: sym.Ref, sym: sym, mask: sym.Mask}
	r.hold(sym.Type)
	return r
}

// hold sets the bounds of what comes from outside the expression; only what is ordered has any.
func (n *node) hold(t value.Type) {
	n.lo, n.hi = bounds(t)
	n.min, n.max = math.MinInt64, math.MaxInt64
	if isOrdered(t.Kind) {
		n.min, n.max = int64(n.lo), int64(n.hi)
	}
}

// bounds are the values a type admits; what is written nowhere is bounded by what the language counts exactly.
func bounds(t value.Type) (lo, hi float64) {
	lo, hi = -maxInteger, maxInteger
	if t.HasMin {
		lo = float64(t.Min)
	}
	if t.HasMax {
		hi = float64(t.Max)
	}
	return lo, hi
}

func (l *lowering) unary(n *ast.UnaryNode) *node {
	if n.Operator == "!" {
		return l.wrongWord(n, "!", "not")
	}
	arg := l.lower(n.Node)
	if arg == nil {
		return nil
	}
	if n.Operator == "not" {
		return l.not(n, arg)
	}
	return l.sign(n, arg)
}

func (l *lowering) not(n ast.Node, arg *node) *node {
	if !l.wantYesNo(arg) {
		return nil
	}
	return l.place(n, negate(arg))
}

// negate builds not(arg).
func negate(arg *node) *node {
	return &node{op: opNot, typ: value.Type{Kind: value.YesNo}, args: []*node{arg}, at: arg.at, len: arg.len}
}

func (l *lowering) sign(n *ast.UnaryNode, arg *node) *node {
	if !isNumeric(arg.typ.Kind) {
		return l.mismatch(n, n.Operator, arg, nil)
	}
	if n.Operator == "+" {
		return arg
	}
	if arg.op == opConst {
		negative := number(-arg.n, arg.scale)
		return l.place(n, negative)
	}
	zero := number(0, arg.scale)
	zero.typ = arg.typ
	return l.arithmetic(n, opSub, zero, arg)
}

func (l *lowering) wrongWord(n ast.Node, wrong, right string) *node {
	return l.refuse(n, CodeWord,
		say("Ở đây phải viết %[2]s, không phải %[1]s.", "Write %[2]s here, not %[1]s.", wrong, right),
		say("Viết %s.", "Write %s.", right))
}

func (l *lowering) binary(n *ast.BinaryNode) *node {
	switch n.Operator {
	case "&&":
		// expr-lang reads 18 <= x <= 75 as two comparisons joined by &&; only a written && is refused.
		if l.written(n, "&&") {
			return l.wrongWord(n, "&&", "and")
		}
		return l.logic(n, opAnd)
	case "||":
		return l.wrongWord(n, "||", "or")
	case "and":
		return l.logic(n, opAnd)
	case "or":
		return l.logic(n, opOr)
	case "in":
		return l.in(n)
	case "matches":
		return l.matches(n)
	case "==", "!=", "<", "<=", ">", ">=", "+", "-", "*":
		return l.pair(n)
	}
	return l.refuseOperator(n)
}

func (l *lowering) written(n ast.Node, word string) bool {
	at, w := n.Location().From, []rune(word)
	return at+len(w) <= len(l.src) && string(l.src[at:at+len(w)]) == word
}

func (l *lowering) logic(n *ast.BinaryNode, o op) *node {
	a, b := l.lower(n.Left), l.lower(n.Right)
	if a == nil || b == nil {
		return nil
	}
	if okA, okB := l.wantYesNo(a), l.wantYesNo(b); !okA || !okB {
		return nil
	}
	return l.place(n, &node{op: o, typ: value.Type{Kind: value.YesNo}, args: []*node{a, b}})
}

func (l *lowering) wantYesNo(n *node) bool {
	if n.typ.Kind == value.YesNo {
		return true
	}
	l.report(CodeNotYesNo, n.at, n.len, diag.Sentence{
		VI: fmt.Sprintf("Chỗ này cần một điều có hoặc không, nhưng đây là %s.", kindVI(n.typ)),
		EN: fmt.Sprintf("This must be yes or no, but it is %s.", kindEN(n.typ)),
	}, diag.Sentence{})
	return false
}

// pair is a comparison or arithmetic on two operands.
func (l *lowering) pair(n *ast.BinaryNode) *node {
	a, b := l.lower(n.Left), l.lower(n.Right)
	if a == nil || b == nil {
		return nil
	}
	switch n.Operator {
	case "+", "-", "*":
		return l.combine(n, a, b)
	}
	return l.compare(n, a, b)
}
