package check

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestReach(t *testing.T) {
	t.Parallel()
	d := digraph{{1}, {2}, {1}, {4}, {}}
	tests := []struct {
		name string
		from []int
		want []bool
	}{
		{"nothing from nowhere", nil, []bool{false, false, false, false, false}},
		{"a node reaches itself", []int{4}, []bool{false, false, false, false, true}},
		{"through a cycle", []int{0}, []bool{true, true, true, false, false}},
		{"from several", []int{2, 3}, []bool{false, true, true, true, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, d.reach(tt.from...)); diff != "" {
				t.Errorf("reach(%v) differs (-want +got):\n%s", tt.from, diff)
			}
		})
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	d := digraph{{1, 3}, {2}, {0}, {2}, {4}, {}}
	tests := []struct {
		name     string
		from, to int
		want     []int
	}{
		{"one edge", 0, 1, []int{0, 1}},
		{"the shortest of two", 0, 2, []int{0, 1, 2}},
		{"a cycle begins and ends with its node", 0, 0, []int{0, 1, 2, 0}},
		{"a loop", 4, 4, []int{4, 4}},
		{"none", 0, 5, nil},
		{"no cycle", 5, 5, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, d.path(tt.from, tt.to)); diff != "" {
				t.Errorf("path(%d, %d) differs (-want +got):\n%s", tt.from, tt.to, diff)
			}
		})
	}
}

func TestComponents(t *testing.T) {
	t.Parallel()
	d := digraph{{1}, {2}, {0, 3}, {4}, {3}, {}, {6}}
	want := [][]int{{0, 1, 2}, {3, 4}, {5}, {6}}
	got := d.components()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("components differ (-want +got):\n%s", diff)
	}
	for i, cyclic := range []bool{true, true, false, true} {
		if d.cyclic(got[i]) != cyclic {
			t.Errorf("cyclic(%v) = %v, want %v", got[i], !cyclic, cyclic)
		}
	}
	for i, closed := range []bool{false, true, true, true} {
		if d.closed(got[i]) != closed {
			t.Errorf("closed(%v) = %v, want %v", got[i], !closed, closed)
		}
	}
}

// A long chain must not exhaust the stack, and two nodes belong together exactly when each reaches the other.
func TestComponentsOfALongChain(t *testing.T) {
	t.Parallel()
	const n = 200_000
	d := make(digraph, n)
	for i := range n - 1 {
		d[i] = []int{i + 1}
	}
	if got := len(d.components()); got != n {
		t.Fatalf("a chain of %d nodes has %d components", n, got)
	}
	d[n-1] = []int{0}
	if got := len(d.components()); got != 1 {
		t.Fatalf("a ring of %d nodes has %d components", n, got)
	}
}

func drawDigraph(t *rapid.T) digraph {
	n := rapid.IntRange(1, 9).Draw(t, "nodes")
	d := make(digraph, n)
	for i := range d {
		d[i] = rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 3).Draw(t, "successors")
	}
	return d
}

func TestComponentsAgreeWithReachability(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDigraph(t)
		of := make([]int, len(d))
		for i := range of {
			of[i] = -1
		}
		for c, members := range d.components() {
			if !slices.IsSorted(members) {
				t.Fatalf("component %v is not sorted", members)
			}
			for _, m := range members {
				if of[m] != -1 {
					t.Fatalf("node %d is in two components", m)
				}
				of[m] = c
			}
		}
		for i := range d {
			for j, there := range d.reach(i) {
				together := there && d.reach(j)[i]
				if together != (of[i] == of[j]) {
					t.Fatalf("nodes %d and %d: reach each other %v, in one component %v", i, j, together, of[i] == of[j])
				}
			}
		}
	})
}

func TestPathsAreShortest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDigraph(t)
		from := rapid.IntRange(0, len(d)-1).Draw(t, "from")
		to := rapid.IntRange(0, len(d)-1).Draw(t, "to")
		path := d.path(from, to)
		if want := stepsBetween(d, from, to); len(path) != want {
			t.Fatalf("path(%d, %d) = %v, want %d nodes", from, to, path, want)
		}
		for i := 1; i < len(path); i++ {
			if !slices.Contains(d[path[i-1]], path[i]) {
				t.Fatalf("path %v uses an edge that is not there", path)
			}
		}
	})
}

// stepsBetween counts the nodes of a shortest path by widening circles; 0 where there is none.
func stepsBetween(d digraph, from, to int) int {
	circle := map[int]bool{from: true}
	for n := 2; n <= len(d)+1; n++ {
		next := map[int]bool{}
		for i := range circle {
			for _, s := range d[i] {
				next[s] = true
			}
		}
		if next[to] {
			return n
		}
		circle = next
	}
	return 0
}

func TestReversedTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDigraph(t)
		twice := d.reversed().reversed()
		for i := range d {
			want := slices.Sorted(slices.Values(d[i]))
			if diff := cmp.Diff(want, slices.Sorted(slices.Values(twice[i]))); diff != "" && len(d[i]) > 0 {
				t.Fatalf("successors of %d differ (-want +got):\n%s", i, diff)
			}
		}
	})
}

func TestBitset(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const size = 150
		b, model := newBitset(size), map[int]bool{}
		for range rapid.IntRange(0, 60).Draw(t, "operations") {
			i := rapid.IntRange(0, size-1).Draw(t, "i")
			if rapid.Bool().Draw(t, "add") {
				b.add(i)
				model[i] = true
			} else {
				b.remove(i)
				delete(model, i)
			}
		}
		other := newBitset(size).with(rapid.SliceOf(rapid.IntRange(0, size-1)).Draw(t, "other")...)
		kept := b.clone()
		changed := kept.keep(other)
		for i := range size {
			if b.has(i) != model[i] {
				t.Fatalf("has(%d) = %v, want %v", i, b.has(i), model[i])
			}
			if kept.has(i) != (model[i] && other.has(i)) {
				t.Fatalf("kept has(%d) = %v", i, kept.has(i))
			}
		}
		if changed != !slices.Equal(kept, b) {
			t.Fatalf("keep says changed = %v", changed)
		}
		if i := rapid.IntRange(0, size-1).Draw(t, "without"); b.without(i).has(i) || b.has(i) != model[i] {
			t.Fatalf("without(%d) is wrong or changed its receiver", i)
		}
	})
}
