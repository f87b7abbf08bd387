package expression

import (
	"slices"
)

// predicate is a condition over axes: a test of one axis, or not, and, or over predicates.
type predicate struct {
	op   op // opNot, opAnd, opOr, opConst, or opIn for a test
	n    bool
	axis int
	// holds says for a position of the axis whether the test is true; it is asked once per position (see settle).
	holds func(a *axis, i int) bool
	table []outcome
	args  []*predicate
}

// outcome is what a predicate gives at a point. unread means that a value was read that is not set: such a point is the
// business of definite assignment.
type outcome uint8

const (
	isFalse outcome = iota
	isTrue
	unread
)

func toOutcome(b bool) outcome {
	if b {
		return isTrue
	}
	return isFalse
}

// predicate translates a yes/no tree, following conditions, and notes the constants its tests compare with.
func (s *axes) predicate(n *node) *predicate {
	if n.isConstant() {
		b, err := n.truth(nil)
		return &predicate{op: opConst, n: b && err == nil}
	}
	switch n.op {
	case opNot, opAnd, opOr:
		p := &predicate{op: n.op}
		for _, a := range n.args {
			p.args = append(p.args, s.predicate(a))
		}
		return p
	case opAsk:
		return s.ask(n)
	case opRead:
		if n.sym.Cond != nil {
			return s.predicate(n.sym.Cond.root)
		}
		return s.test(s.value(n), func(a *axis, i int) bool { return a.points[i] == 1 })
	case opEqual, opLess, opAtMost:
		return s.comparison(n)
	case opIn:
		return s.membership(n)
	case opHas:
		return s.has(n)
	}
	return s.outcomeOf(n)
}

func (s *axes) test(axis int, holds func(a *axis, i int) bool) *predicate {
	return &predicate{op: opIn, axis: axis, holds: holds}
}

// outcomeOf makes of a test that is not taken apart an axis with the outcomes no and yes.
func (s *axes) outcomeOf(n *node) *predicate {
	return s.test(s.outcome("test", []int64{0, 1}, n), func(a *axis, i int) bool { return a.points[i] == 1 })
}

func (s *axes) ask(n *node) *predicate {
	if !n.sym.MayBeUnset {
		return &predicate{op: opConst, n: true}
	}
	i := s.value(n)
	s.list[i].unset = true
	p := s.test(i, func(a *axis, i int) bool { return !a.isUnset(i) })
	p.n = true // asking reads nothing
	return p
}

// comparison takes `value against constant` apart; anything else is an outcome of its own: less, equal or more.
func (s *axes) comparison(n *node) *predicate {
	a, b := n.args[0], n.args[1]
	switch {
	case a.op == opRead && b.op == opConst && s.plain(a):
		return s.against(n.op, a, b, false)
	case b.op == opRead && a.op == opConst && s.plain(b):
		return s.against(n.op, b, a, true)
	case isOrdered(a.typ.Kind):
		return s.order(n)
	}
	return s.outcomeOf(n)
}

// plain says that a read is a value of its own, not a condition.
func (s *axes) plain(n *node) bool { return n.sym.Cond == nil && n.scale == 0 }

// against is `v op c`, or `c op v` where swapped.
func (s *axes) against(o op, v, c *node, swapped bool) *predicate {
	i := s.value(v)
	if isText(v.typ.Kind) {
		s.list[i].texts = append(s.list[i].texts, c.s)
		return s.test(i, func(a *axis, i int) bool { return a.texts[i] == c.s })
	}
	s.list[i].cuts = append(s.list[i].cuts, c.n)
	return s.test(i, func(a *axis, i int) bool {
		if swapped {
			return compares(o, c.n, a.points[i])
		}
		return compares(o, a.points[i], c.n)
	})
}

func compares(o op, a, b int64) bool {
	switch o {
	case opLess:
		return a < b
	case opAtMost:
		return a <= b
	}
	return a == b
}

// order makes of `l against r` an axis with the outcomes less, equal, more, whichever way round it is written.
func (s *axes) order(n *node) *predicate {
	l, r, flip := n.args[0], n.args[1], int64(1)
	if l.key() > r.key() {
		l, r, flip = r, l, -1
	}
	outcomes := []int64{-1, 0, 1}
	if l.key() == r.key() {
		outcomes = []int64{0}
	}
	return s.test(s.outcome("order", outcomes, l, r), func(a *axis, i int) bool {
		return compares(n.op, a.points[i]*flip, 0)
	})
}

func (s *axes) membership(n *node) *predicate {
	v := n.args[0]
	if v.op != opRead || !s.plain(v) {
		return s.outcomeOf(n)
	}
	i := s.value(v)
	for _, c := range n.args[1:] {
		s.list[i].texts = append(s.list[i].texts, c.s)
		s.list[i].cuts = append(s.list[i].cuts, c.n)
	}
	return s.test(i, func(a *axis, i int) bool {
		if isText(a.typ.Kind) {
			return slices.ContainsFunc(n.args[1:], func(c *node) bool { return c.s == a.texts[i] })
		}
		return slices.Contains(n.set, a.points[i])
	})
}

// settle tabulates every test once the axes are laid out.
func (p *predicate) settle(s *axes) {
	for _, a := range p.args {
		a.settle(s)
	}
	if p.op != opIn {
		return
	}
	a := s.list[p.axis]
	p.table = make([]outcome, a.size())
	for i := range p.table {
		if a.isUnset(i) && !p.n {
			p.table[i] = unread
			continue
		}
		p.table[i] = toOutcome(p.holds(a, i))
	}
}

// at evaluates p at a point, short-circuit as Eval does.
func (p *predicate) at(point []int) outcome {
	switch p.op {
	case opConst:
		return toOutcome(p.n)
	case opIn:
		return p.table[point[p.axis]]
	case opNot:
		if o := p.args[0].at(point); o != unread {
			return isTrue - o
		}
		return unread
	}
	left := p.args[0].at(point)
	if left == unread || (left == isTrue) == (p.op == opOr) {
		return left
	}
	return p.args[1].at(point)
}

// loose says whether p tests an outcome that may hang together with other axes.
func (p *predicate) loose(s *axes) bool {
	if p.op == opIn {
		return s.list[p.axis].loose
	}
	return slices.ContainsFunc(p.args, func(a *predicate) bool { return a.loose(s) })
}
