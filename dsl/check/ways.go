package check

import (
	"slices"

	"hoithoai/dsl/diag"
)

// ways are the shortest ways through a flow on which one thing stays unset, for messages. A place is a node together with
// whether the thing is unset when it is entered.
type ways struct {
	from map[place]hop
}

type place struct {
	node  int
	unset bool
}

// hop is how a place is reached; edge is -1 at an entry.
type hop struct {
	before place
	edge   int
}

// waysOf searches breadth first from the entries.
func (a *assign) waysOf(bit int) *ways {
	if w := a.ways[bit]; w != nil {
		return w
	}
	w := &ways{from: map[place]hop{}}
	a.ways[bit] = w
	var todo []place
	arrive := func(at place, by hop) {
		if _, seen := w.from[at]; !seen {
			w.from[at] = by
			todo = append(todo, at)
		}
	}
	for _, entry := range a.g.entries {
		arrive(place{entry, !a.start.has(bit)}, hop{edge: -1})
	}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		out := a.leave(at.node, a.only(bit, at.unset), nil)
		for k, e := range a.g.nodes[at.node].out {
			if e.to >= 0 {
				arrive(place{e.to, !out[k].has(bit)}, hop{at, k})
			}
		}
	}
	return w
}

// only is everything set, the one bit perhaps excepted.
func (a *assign) only(bit int, unset bool) bitset {
	all := newBitset(len(a.refs))
	for i := range a.refs {
		all.add(i)
	}
	if unset {
		all.remove(bit)
	}
	return all
}

// maxHops is how much of a way a message tells; the end matters most.
const maxHops = 4

// way tells a shortest way to a node on which the bit is unset when the node is entered; nil where it is set on every way
// to the node, so that the node itself unsets it.
func (a *assign) way(node, bit int) []diag.Sentence {
	w := a.waysOf(bit)
	var hops []diag.Sentence
	at := place{node, true}
	for {
		by, ok := w.from[at]
		if !ok {
			return nil
		}
		if by.edge < 0 {
			hops = append(hops, say("từ bước `%s`", "from the step `%s`", a.g.name(at.node)))
			break
		}
		e := &a.g.nodes[by.before.node].out[by.edge]
		hops = append(hops, say("%s tới `%s`", "%s to `%s`", e.how(), a.g.name(at.node)))
		at = by.before
	}
	slices.Reverse(hops)
	return shorten(hops)
}

// shorten keeps the beginning and the last hops of a long way.
func shorten(hops []diag.Sentence) []diag.Sentence {
	if len(hops) <= maxHops+1 {
		return hops
	}
	out := []diag.Sentence{hops[0], say("…", "…")}
	return append(out, hops[len(hops)-maxHops:]...)
}
