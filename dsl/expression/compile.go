package expression

import (
	"fmt"
	"math"
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

// Compile compiles src over the names of scope. Exactly one of its results is set: an expression, or what is wrong with it,
// by offset. It is pure: equal sources in equal scopes compile to equal expressions (see Cache).
func Compile(src string, scope *Scope) (*Expr, []Problem) {
	return CompileAs(src, scope, value.Type{})
}

// CompileAs is Compile for an expression that goes somewhere: want is the type of the slot or parameter, or có/không for a
// condition. A literal text becomes an option of a wanted choice, a literal number an amount. An unset want takes anything.
func CompileAs(src string, scope *Scope, want value.Type) (*Expr, []Problem) {
	runes := []rune(src)
	parsed, p := parse(src, runes)
	if p != nil {
		return nil, []Problem{*p}
	}
	l := &lowering{src: runes, scope: scope}
	var x *Expr
	if root := l.lower(parsed); root != nil {
		if root = l.result(root, want); root != nil {
			x = l.finish(src, root)
		}
	}
	if len(l.problems) > 0 {
		slices.SortStableFunc(l.problems, func(a, b Problem) int { return a.Offset - b.Offset })
		return nil, l.problems
	}
	return x, nil
}

// finish gathers what is known of a checked expression and builds its machine where it needs one.
func (l *lowering) finish(src string, root *node) *Expr {
	x := &Expr{Source: src, Type: root.bounded(), root: root}
	x.Reads, x.Tests = names(root)
	if !wantsMachine(root) {
		return x
	}
	vm, err := newMachine(root)
	if err != nil {
		l.report(CodeTooLarge, root.at, root.len, say("Biểu thức quá lớn.", "The expression is too large."), diag.Sentence{})
		return nil
	}
	x.vm = vm
	return x
}

// names lists what a tree reads and what it asks with co(…), each once.
func names(root *node) (reads, tests []Ref) {
	root.walk(func(n *node) {
		switch {
		case n.op == opRead, n.op == opConst && n.ref.Kind == RefFact && n.ref.Name != "":
			reads = appendOnce(reads, n.ref)
		case n.op == opAsk:
			reads, tests = appendOnce(reads, n.ref), appendOnce(tests, n.ref)
		}
	})
	return reads, tests
}

func appendOnce(refs []Ref, ref Ref) []Ref {
	if slices.Contains(refs, ref) {
		return refs
	}
	return append(refs, ref)
}

// result checks the whole expression against where it goes.
func (l *lowering) result(root *node, want value.Type) *node {
	if root.scale > 0 {
		return l.report(CodeFraction, root.at, root.len, say("Kết quả có phần lẻ.", "The result has a fraction."),
			say("Viết lam_tron(…) quanh biểu thức.", "Write lam_tron(…) around it."))
	}
	switch want.Kind {
	case value.Unset:
		return root
	case value.YesNo:
		if !l.wantYesNo(root) {
			return nil
		}
		return root
	}
	beside := &node{typ: want}
	if !l.adapt(root, beside) {
		return nil
	}
	if assignable(root.typ, want) {
		return l.within(root, want)
	}
	return l.report(CodeResult, root.at, root.len,
		diag.Sentence{
			VI: fmt.Sprintf("Chỗ này cần %s, nhưng biểu thức cho %s.", kindVI(want), kindVI(root.typ)),
			EN: fmt.Sprintf("This place takes %s, but the expression gives %s.", kindEN(want), kindEN(root.typ)),
		}, resultFix(root.typ, want))
}

// resultFix says how to make what is wanted of what is given, where a function does.
func resultFix(given, want value.Type) diag.Sentence {
	if given.Kind == value.Number && want.Kind == value.Money {
		return say("Viết tien(…) quanh biểu thức.", "Write tien(…) around it.")
	}
	return diag.Sentence{}
}

// within proves that a computed number or text fits the bounds of where it goes.
func (l *lowering) within(root *node, want value.Type) *node {
	lo, hi := bounds(want)
	switch {
	case isNumeric(want.Kind) && root.op != opRead && (want.HasMin && root.lo < lo || want.HasMax && root.hi > hi),
		root.typ.Kind == value.Text && root.op != opRead && want.HasMax && longest(root) > want.Max:
		return l.report(CodeResult, root.at, root.len, say("Kết quả có thể ra ngoài cỡ %d..%d đã khai.", "The result can leave the declared bounds %d..%d.", want.Min, want.Max),
			say("Nới cỡ đã khai, hoặc ghi cỡ a..b cho dữ liệu trong biểu thức.", "Widen the bounds, or give bounds a..b to the data in the expression."))
	}
	return root
}

// assignable says whether a value of type from can go where want is declared.
func assignable(from, want value.Type) bool {
	if from.Kind == value.Phone && want.Kind == value.Text {
		return true
	}
	if from.Kind == value.Choices {
		return want.Kind == value.Choices && sameOptions(from.Options, want.Options)
	}
	return comparable(from, want) || from.Kind == want.Kind && from.Kind != value.Choice
}

// bounded is the type of a tree; a computed number carries the bounds that were proved for it.
func (n *node) bounded() value.Type {
	t := n.typ
	if isNumeric(t.Kind) && n.op != opRead {
		t.Min, t.Max, t.HasMin, t.HasMax = int64(math.Floor(n.lo)), int64(math.Ceil(n.hi)), true, true
	}
	return t
}
