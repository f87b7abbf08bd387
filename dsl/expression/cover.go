package expression

import (
	"strings"

	"hoithoai/dsl/value"
)

// maxPoints is how many combinations a proof enumerates before it gives up.
const maxPoints = 20_000

// Verdict is what is proved of the branches of a step.
type Verdict struct {
	// Covered says that every case is proved to be taken. Where it is false, the author must write còn lại.
	Covered bool
	// Decided says that the proof came to an end: either Covered, or Gap is a case that really can be. Otherwise there were too
	// many cases, or tests that cannot be taken apart (patterns, sums), and Gap is at most a case that may be.
	Decided bool
	// Gap names the first case that no arm takes, for people: `tuoi = 50, cho_o = "nho"`.
	Gap string
	// Dead lists the arms that can never be taken: they are always false, or earlier arms take all their cases.
	Dead []int
}

// Covers proves whether the arms of a branch, tried in order, take every case, over the choices, yes/no values and bounded
// numbers they read, and which arms can never run. Conditions are followed. A nil arm (it did not compile) leaves the verdict
// open.
func Covers(arms []*Expr) Verdict {
	roots := make([]*node, len(arms))
	for i, x := range arms {
		if x == nil {
			return Verdict{}
		}
		roots[i] = x.root
	}
	s := newProof(roots)
	if s == nil {
		return Verdict{}
	}
	return s.cover()
}

// Always reports whether a yes/no expression has the same outcome whatever its data are, within their types and bounds.
// isConst is true only where that is proved; outcome is false where it is not.
func (x *Expr) Always() (isConst, outcome bool) {
	if x.Type.Kind != value.YesNo {
		return false, false
	}
	s := newProof([]*node{x.root})
	if s == nil {
		return false, false
	}
	var seen [unread + 1]bool
	s.each(func() bool {
		seen[s.arms[0].at(s.point)] = true
		return !seen[isTrue] || !seen[isFalse]
	})
	isConst = seen[isTrue] != seen[isFalse]
	return isConst, isConst && seen[isTrue]
}

// proof enumerates the points of some axes.
type proof struct {
	axes  *axes
	arms  []*predicate
	point []int
}

// newProof translates arms; it is nil where there are too many points.
func newProof(arms []*node) *proof {
	s := &proof{axes: &axes{byKey: map[string]int{}}}
	for _, n := range arms {
		s.arms = append(s.arms, s.axes.predicate(n))
	}
	total := 1
	for _, a := range s.axes.list {
		a.fill()
		if total *= max(1, a.size()); total > maxPoints {
			return nil
		}
	}
	for _, p := range s.arms {
		p.settle(s.axes)
	}
	s.point = make([]int, len(s.axes.list))
	return s
}

// each calls visit at every point until it returns false.
func (s *proof) each(visit func() bool) {
	for _, a := range s.axes.list {
		if a.size() == 0 {
			return
		}
	}
	clear(s.point)
	for visit() {
		i := 0
		for i < len(s.point) {
			if s.point[i]++; s.point[i] < s.axes.list[i].size() {
				break
			}
			s.point[i] = 0
			i++
		}
		if i == len(s.point) {
			return
		}
	}
}

// cover runs through all points once.
func (s *proof) cover() Verdict {
	taken := make([]bool, len(s.arms))
	gap, open := "", false
	s.each(func() bool {
		arm, unread := s.take()
		switch {
		case arm >= 0:
			taken[arm] = true
		case !unread && !open:
			gap, open = s.show(), true
		}
		return true
	})
	v := Verdict{Decided: !open || !s.loose(), Gap: gap, Covered: !open}
	for i, t := range taken {
		if !t {
			v.Dead = append(v.Dead, i)
		}
	}
	return v
}

// take returns the arm taken at the current point, or -1; unset says that a value was read there that is not set.
func (s *proof) take() (arm int, unset bool) {
	for i, p := range s.arms {
		switch p.at(s.point) {
		case isTrue:
			return i, false
		case unread:
			return -1, true
		}
	}
	return -1, false
}

func (s *proof) loose() bool {
	for _, p := range s.arms {
		if p.loose(s.axes) {
			return true
		}
	}
	return false
}

// show writes the current point for people.
func (s *proof) show() string {
	var parts []string
	for i, a := range s.axes.list {
		if text := a.show(s.point[i]); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}
