package check

import "slices"

// digraph is a plain directed graph: for every node its successors.
type digraph [][]int

// reach marks every node that can be reached from the given ones, themselves included.
func (d digraph) reach(from ...int) []bool {
	seen := make([]bool, len(d))
	var todo []int
	visit := func(i int) {
		if !seen[i] {
			seen[i] = true
			todo = append(todo, i)
		}
	}
	for _, i := range from {
		visit(i)
	}
	for len(todo) > 0 {
		last := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, next := range d[last] {
			visit(next)
		}
	}
	return seen
}

// reversed is the graph with every edge turned round.
func (d digraph) reversed() digraph {
	out := make(digraph, len(d))
	for i, successors := range d {
		for _, next := range successors {
			out[next] = append(out[next], i)
		}
	}
	return out
}

// path is a shortest way from one node to another that follows at least one edge; nil where there is none. Both ends are
// part of it, so a cycle begins and ends with the same node.
func (d digraph) path(from, to int) []int {
	parent := map[int]int{}
	todo := []int{from}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		for _, next := range d[at] {
			if _, seen := parent[next]; seen {
				continue
			}
			parent[next] = at
			if next == to {
				return unwind(parent, from, to)
			}
			todo = append(todo, next)
		}
	}
	return nil
}

func unwind(parent map[int]int, from, to int) []int {
	out := []int{to}
	for at := parent[to]; at != from; at = parent[at] {
		out = append(out, at)
	}
	out = append(out, from)
	slices.Reverse(out)
	return out
}

// cyclic reports whether a component holds a cycle: more than one node, or one that leads to itself.
func (d digraph) cyclic(component []int) bool {
	return len(component) > 1 || slices.Contains(d[component[0]], component[0])
}

// components lists the strongly connected components, each sorted, ordered by their first node.
func (d digraph) components() [][]int {
	t := &tarjan{graph: d, order: make([]int, len(d)), low: make([]int, len(d)), onStack: make([]bool, len(d))}
	for i := range d {
		if t.order[i] == 0 {
			t.visit(i)
		}
	}
	slices.SortFunc(t.found, func(a, b []int) int { return a[0] - b[0] })
	return t.found
}

// tarjan is Tarjan's algorithm with its own stack of calls: a flow may be thousands of steps long.
type tarjan struct {
	graph   digraph
	order   []int // 0: not visited
	low     []int
	onStack []bool
	stack   []int
	count   int
	found   [][]int
}

// frame is one call of the algorithm: a node and how many of its successors it has seen.
type frame struct{ at, seen int }

func (t *tarjan) visit(root int) {
	calls := []frame{{at: root}}
	t.open(root)
	for len(calls) > 0 {
		top := &calls[len(calls)-1]
		if top.seen < len(t.graph[top.at]) {
			next := t.graph[top.at][top.seen]
			top.seen++
			if t.order[next] == 0 {
				t.open(next)
				calls = append(calls, frame{at: next})
			} else if t.onStack[next] {
				t.low[top.at] = min(t.low[top.at], t.order[next])
			}
			continue
		}
		done := top.at
		calls = calls[:len(calls)-1]
		t.close(done)
		if len(calls) > 0 {
			above := calls[len(calls)-1].at
			t.low[above] = min(t.low[above], t.low[done])
		}
	}
}

func (t *tarjan) open(i int) {
	t.count++
	t.order[i], t.low[i] = t.count, t.count
	t.stack = append(t.stack, i)
	t.onStack[i] = true
}

// close ends a node; where it is the root of a component, the component is taken from the stack.
func (t *tarjan) close(i int) {
	if t.low[i] != t.order[i] {
		return
	}
	from := len(t.stack) - 1
	for t.stack[from] != i {
		from--
	}
	component := slices.Clone(t.stack[from:])
	t.stack = t.stack[:from]
	for _, member := range component {
		t.onStack[member] = false
	}
	slices.Sort(component)
	t.found = append(t.found, component)
}
