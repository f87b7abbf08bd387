package expression

import "slices"

// refSet is a small set of references that are known to be set.
type refSet []Ref

func (s refSet) has(r Ref) bool { return slices.Contains(s, r) }

func (s refSet) union(o refSet) refSet {
	out := slices.Clone(s)
	for _, r := range o {
		out = appendOnce(out, r)
	}
	return out
}

func (s refSet) intersect(o refSet) refSet {
	var out refSet
	for _, r := range s {
		if o.has(r) {
			out = append(out, r)
		}
	}
	return out
}

// Needs lists what must be set for the expression to be evaluated safely, after narrowing by co(…): `co(x) and x > 3`
// needs nothing, `x > 3 or …` needs x. Conditions are followed; only names that may be unset appear, don_vi.* and zalo.*
// among them.
func (x *Expr) Needs() []Ref { return x.NeedsAfter(nil) }

// NeedsAfter is Needs where known is set already.
func (x *Expr) NeedsAfter(known []Ref) []Ref { return needs(x.root, known) }

// Implies lists what is known to be set when the expression is true; conditions are followed.
func (x *Expr) Implies() []Ref { return implied(x.root, true) }

// ImpliesNot lists what is known to be set when the expression is false.
func (x *Expr) ImpliesNot() []Ref { return implied(x.root, false) }

func needs(n *node, known refSet) refSet {
	switch n.op {
	case opAsk:
		return nil
	case opRead, opConst:
		return needsRead(n, known)
	case opAnd, opOr:
		left := needs(n.args[0], known)
		return left.union(needs(n.args[1], known.union(implied(n.args[0], n.op == opAnd))))
	}
	var out refSet
	for _, a := range n.args {
		out = out.union(needs(a, known))
	}
	return out
}

func needsRead(n *node, known refSet) refSet {
	if n.sym.Cond != nil {
		return needs(n.sym.Cond.root, known)
	}
	if n.sym.MayBeUnset && !known.has(n.ref) {
		return refSet{n.ref}
	}
	return nil
}

// implied lists what is set when n has come out as truth. Whatever was really read was set, or there would be no outcome.
func implied(n *node, truth bool) refSet {
	switch n.op {
	case opAsk:
		if truth {
			return refSet{n.ref}
		}
		return nil
	case opNot:
		return implied(n.args[0], !truth)
	case opAnd, opOr:
		return impliedByBoth(n, truth)
	case opRead, opConst:
		if n.sym.Cond != nil {
			return implied(n.sym.Cond.root, truth)
		}
		return needsRead(n, nil)
	}
	var out refSet
	for _, a := range n.args {
		out = out.union(evaluated(a))
	}
	return out
}

// evaluated lists what is set when n has come out as anything at all.
func evaluated(n *node) refSet {
	return implied(n, true).intersect(implied(n, false))
}

// impliedByBoth follows short-circuit evaluation: either the left side alone decided, or both sides were evaluated.
func impliedByBoth(n *node, truth bool) refSet {
	decides := n.op == opOr // the left outcome that skips the right side
	both := implied(n.args[0], !decides).union(implied(n.args[1], truth))
	if truth != decides {
		return both
	}
	return implied(n.args[0], decides).intersect(both)
}

// Masked says whether the result is made of masked values and must not be shown in full.
func (x *Expr) Masked() bool { return x.root.mask }
