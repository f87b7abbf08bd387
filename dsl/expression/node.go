package expression

import (
	"regexp"

	"hoithoai/dsl/value"
)

// op is what a node of our own tree does. The comparisons are few on purpose: a > b is less(b, a), a != b is not(equal).
type op uint8

const (
	opConst  op = iota // n or s
	opRead             // ref
	opAsk              // co(ref)
	opNot              // args[0]
	opAnd              // args[0], args[1]; short-circuit
	opOr               // likewise
	opEqual            // args[0], args[1] of one kind
	opLess             // likewise
	opAtMost           // likewise
	opIn               // args[0] in args[1:], all constant
	opMatch            // args[0] matches pattern
	opAdd              // args[0], args[1] of one scale
	opSub              // likewise
	opMul              // scales add up
	opConcat           // texts
	opRound            // args[0] to scale 0, half away from zero
	opScale            // args[0] times 10^(scale - args[0].scale)
	opCall             // fn(args…)
	opHas              // option n is one of args[0], a chọn nhiều
	opNames            // the names of the options of args[0]
)

// node is one operation of a checked expression. Numbers are whole: a decimal is n / 10^scale, with the scale known when it
// is compiled, so that 1.35 × 900 is exact.
type node struct {
	op      op
	typ     value.Type
	scale   int
	lo, hi  float64 // bounds of a Number, Money or Date, in units (not scaled)
	min     int64   // opRead: the bounds a value is held to when it is read
	max     int64
	literal bool // a number written in the source: it takes the kind of its neighbour
	mask    bool // made of a masked value
	n       int64
	s       string
	ref     Ref
	sym     Symbol
	set     []int64 // opIn over anything but texts
	pattern *regexp.Regexp
	fn      *function
	args    []*node
	at, len int // where it stands, in runes
}

// isText says whether values of kind k are compared by their text.
func isText(k value.Kind) bool { return k == value.Text || k == value.Phone || k == value.Ward }

// isNumeric says whether values of kind k take part in arithmetic.
func isNumeric(k value.Kind) bool { return k == value.Number || k == value.Money }

// isOrdered says whether < and > mean something for kind k.
func isOrdered(k value.Kind) bool { return isNumeric(k) || k == value.Date }

// walk calls visit for n and everything below it, in order of the source.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, a := range n.args {
		a.walk(visit)
	}
}

// isConstant says that n is made of literals alone.
func (n *node) isConstant() bool {
	constant := true
	n.walk(func(n *node) {
		constant = constant && n.op != opRead && n.op != opAsk && n.op != opCall
	})
	return constant
}
