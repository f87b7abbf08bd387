package expression

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoithoai/dsl/value"
)

// Names inside the text that is given to expr-lang. No author's name is in it, so none can collide with its words.
const (
	envName   = "e"     // the Env
	unsetName = "unset" // unset(i) fails with ErrUnset for read i
	roundName = "round"
	joinName  = "join"
	hasName   = "has" // has(v, i): option i is one of those that v holds
)

// emitter writes a checked tree as a source of expr-lang: whole numbers only, choices by index, days by number. Every test
// stands behind a check that what it reads is set, because expr-lang is silent about nil in some places: `nil and x` is nil.
type emitter struct {
	reads []*node // v0, v1, …
	calls []*node // f0, f1, …
}

func emit(root *node) (string, *emitter) {
	e := &emitter{}
	if root.typ.Kind == value.YesNo {
		return e.yesNo(root), e
	}
	return e.value(root), e
}

// yesNo writes a condition.
func (e *emitter) yesNo(n *node) string {
	switch n.op {
	case opConst:
		return strconv.FormatBool(n.n != 0)
	case opAsk:
		return "(" + e.read(n) + " != nil)"
	case opNot:
		return "(not " + e.yesNo(n.args[0]) + ")"
	case opAnd:
		return "(" + e.yesNo(n.args[0]) + " and " + e.yesNo(n.args[1]) + ")"
	case opOr:
		return "(" + e.yesNo(n.args[0]) + " or " + e.yesNo(n.args[1]) + ")"
	case opEqual, opIn:
		if n.args[0].typ.Kind == value.YesNo {
			return e.sameTruth(n)
		}
	}
	return e.guarded(n)
}

// sameTruth writes the comparison of a yes or no with one or several others.
func (e *emitter) sameTruth(n *node) string {
	tests := make([]string, len(n.args)-1)
	for i, other := range n.args[1:] {
		tests[i] = "(" + e.yesNo(n.args[0]) + " == " + e.yesNo(other) + ")"
	}
	return "(" + strings.Join(tests, " or ") + ")"
}

// guarded writes a test that is evaluated as a whole, behind the check that all it reads is set.
func (e *emitter) guarded(n *node) string {
	var guards []string
	n.walk(func(r *node) {
		if r.op == opRead {
			g := fmt.Sprintf("(%s != nil or %s(%d))", e.read(r), unsetName, e.index(r))
			guards = append(guards, g)
		}
	})
	slices.Sort(guards)
	guards = slices.Compact(guards)
	return "(" + strings.Join(append(guards, e.value(n)), " and ") + ")"
}

// value writes an operation whose operands are all evaluated.
func (e *emitter) value(n *node) string {
	switch n.op {
	case opConst:
		return e.literal(n)
	case opRead:
		return e.read(n)
	case opCall:
		return e.call(n)
	case opRound:
		return fmt.Sprintf("%s(%s, %d)", roundName, e.value(n.args[0]), n.n)
	case opScale:
		return fmt.Sprintf("(%s * %d)", e.value(n.args[0]), n.n)
	case opConcat:
		return fmt.Sprintf("%s(%s, %s)", joinName, e.value(n.args[0]), e.value(n.args[1]))
	case opMatch:
		return fmt.Sprintf("(%s matches %s)", e.value(n.args[0]), quote(n.s))
	case opIn:
		return e.anyOf(n)
	case opHas:
		return fmt.Sprintf("%s(%s, %d)", hasName, e.value(n.args[0]), n.n)
	}
	return fmt.Sprintf("(%s %s %s)", e.value(n.args[0]), signs[n.op], e.value(n.args[1]))
}

// anyOf writes `in` as comparisons: a list would be built anew at every evaluation.
func (e *emitter) anyOf(n *node) string {
	tests := make([]string, len(n.args)-1)
	for i, option := range n.args[1:] {
		tests[i] = e.value(n.args[0]) + " == " + e.value(option)
	}
	return "(" + strings.Join(tests, " or ") + ")"
}

var signs = map[op]string{opEqual: "==", opLess: "<", opAtMost: "<=", opAdd: "+", opSub: "-", opMul: "*"}

func (e *emitter) values(nodes []*node) []string {
	out := make([]string, len(nodes))
	for i, n := range nodes {
		out[i] = e.value(n)
	}
	return out
}

func (e *emitter) literal(n *node) string {
	if isText(n.typ.Kind) {
		return quote(n.s)
	}
	return "(" + strconv.FormatInt(n.n, 10) + ")"
}

// quote writes a string literal that expr-lang reads back byte for byte.
func quote(s string) string { return strconv.QuoteToASCII(s) }

func (e *emitter) read(n *node) string { return "v" + strconv.Itoa(e.index(n)) }

// index numbers what is read, each once.
func (e *emitter) index(n *node) int {
	for i, r := range e.reads {
		if r.ref == n.ref {
			return i
		}
	}
	e.reads = append(e.reads, read(n.sym))
	return len(e.reads) - 1
}

// call numbers every call: each is a function of its own, which knows the kinds of its arguments.
func (e *emitter) call(n *node) string {
	e.calls = append(e.calls, n)
	name := "f" + strconv.Itoa(len(e.calls)-1)
	return name + "(" + strings.Join(append(e.values(n.args), envName), ", ") + ")"
}
