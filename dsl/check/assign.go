package check

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// assign is the definite assignment of one flow: a forward analysis over its graph that keeps, for every node, what is set
// on every way to it. It tracks slots, and the facts and zalo.* fields that an expression may find unset; those are known
// only until the next wait, since they belong to the day and to the person.
//
// Going back (`quay lại`) needs no edges of its own: it restores an earlier wait with at least what was set there. That
// holds because whatever unsets a slot, `xóa hết` or a skipped question, begins the history anew.
type assign struct {
	pass  *pass
	g     *graph
	bits  map[expression.Ref]int
	refs  []expression.Ref // by bit
	slots int              // bits below are slots, by declaration
	start bitset           // what is set when a run begins
	in    []bitset         // by node; nil where nothing leads
	bad   []badRead
	ways  map[int]*ways // by bit, for messages
}

// badRead is a place where something is read that is not set on every way to it.
type badRead struct {
	node   int
	bit    int
	at     diag.Span
	result bool // a ra slot at the end of a sub-flow, not a read
}

func newAssign(p *pass, g *graph) *assign {
	a := &assign{pass: p, g: g, bits: map[expression.Ref]int{}, ways: map[int]*ways{}}
	for _, slot := range g.flow.SlotOrder {
		a.track(slotRef(slot))
	}
	a.slots = len(a.refs)
	a.trackNeeds()
	a.start = newBitset(len(a.refs))
	for i, slot := range g.flow.SlotOrder {
		if slot.Decl.In && !slot.Decl.Optional {
			a.start.add(i)
		}
	}
	a.solve()
	a.collect()
	return a
}

// slotRef is how expressions name a slot; only kind and index identify it.
func slotRef(s *bind.Slot) expression.Ref {
	return expression.Ref{Kind: expression.RefSlot, Index: s.Index}
}

// key drops what does not identify a reference.
func key(r expression.Ref) expression.Ref {
	if r.Kind == expression.RefZalo {
		return expression.Ref{Kind: r.Kind, Name: r.Name}
	}
	return expression.Ref{Kind: r.Kind, Index: r.Index}
}

func (a *assign) track(r expression.Ref) {
	if _, known := a.bits[key(r)]; !known {
		a.bits[key(r)] = len(a.refs)
		a.refs = append(a.refs, r)
	}
}

// trackNeeds gives a bit to every fact and field that some expression of the flow needs. don_vi.* is not among them: it is
// checked when the bundle and the office meet.
func (a *assign) trackNeeds() {
	track := func(x *expression.Expr) {
		if x == nil {
			return
		}
		for _, r := range x.Needs() {
			if r.Kind == expression.RefFact || r.Kind == expression.RefZalo {
				a.track(r)
			}
		}
	}
	for _, x := range a.g.flow.Exprs {
		track(x)
	}
	for _, c := range a.g.flow.Conditions {
		track(c.Expr)
	}
	for _, t := range a.g.flow.Templates {
		for i := range t.Parts {
			track(t.Parts[i].Expr)
		}
	}
}

// bitsOf are the tracked ones among refs.
func (a *assign) bitsOf(refs []expression.Ref) []int {
	var out []int
	for _, r := range refs {
		if bit, ok := a.bits[key(r)]; ok {
			out = append(out, bit)
		}
	}
	return out
}

// expr is the compiled form of an expression in the tree; nil where it did not compile.
func (a *assign) expr(e *tree.Expr) *expression.Expr { return a.g.flow.Exprs[e] }

// template is the compiled form of a sentence; empty where it did not compile.
func (a *assign) template(p *tree.Prose) template.Template { return a.g.flow.Templates[p] }

// solve grows the analysis from the entries until nothing changes: sets only shrink, so it ends.
func (a *assign) solve() {
	a.in = make([]bitset, len(a.g.nodes))
	var todo []int
	for _, entry := range a.g.entries {
		a.in[entry] = a.start.clone()
		todo = append(todo, entry)
	}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		out := a.leave(at, a.in[at], nil)
		for k := range a.g.nodes[at].out {
			if to := a.g.nodes[at].out[k].to; to >= 0 && a.merge(to, out[k]) {
				todo = append(todo, to)
			}
		}
	}
}

// merge lets what is set along one edge bear on a node, and reports whether the node must be looked at again.
func (a *assign) merge(to int, set bitset) bool {
	if a.in[to] == nil {
		a.in[to] = set.clone()
		return true
	}
	return a.in[to].keep(set)
}

// collect walks every reached node once more and notes the bad reads, each place once.
func (a *assign) collect() {
	type site struct {
		at     diag.Span
		bit    int
		result bool
	}
	type inStep struct{ step, bit int }
	sites, steps := map[site]bool{}, map[inStep]bool{}
	for i := range a.g.nodes {
		if a.in[i] == nil {
			continue
		}
		a.leave(i, a.in[i], func(bad badRead) {
			where, step := site{bad.at, bad.bit, bad.result}, inStep{a.g.nodes[i].at, bad.bit}
			if sites[where] || steps[step] && !bad.result {
				return
			}
			sites[where], steps[step] = true, true
			bad.node = i
			a.bad = append(a.bad, bad)
		})
	}
}
