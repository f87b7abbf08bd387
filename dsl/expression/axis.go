package expression

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hoithoai/dsl/value"
)

// axis is one thing that can vary while branches are compared: a slot or fact with the values that matter, or a comparison
// that cannot be taken apart, with its outcomes. A point is one position on every axis.
type axis struct {
	key    string
	name   string     // as an author knows it
	typ    value.Type // of the value; unset for an outcome axis
	unset  bool       // the value may be unset: the last position stands for that
	loose  bool       // outcomes may depend on other axes, so a point may be impossible
	points []int64    // numbers, dates, option indices, sets of options, yes (1) and no (0), or outcomes
	texts  []string   // texts, the last one standing for any other
	cuts   []int64    // constants a number is compared with; options that are asked for
}

// size is the number of positions.
func (a *axis) size() int {
	n := len(a.points)
	if isText(a.typ.Kind) {
		n = len(a.texts)
	}
	if a.unset {
		n++
	}
	return n
}

// isUnset says whether position i stands for no value.
func (a *axis) isUnset(i int) bool { return a.unset && i == a.size()-1 }

// axes gathers what varies in several expressions.
type axes struct {
	list  []*axis
	byKey map[string]int
}

// at returns the axis with key, made by create where it is new.
func (s *axes) at(key string, create func() *axis) int {
	if i, ok := s.byKey[key]; ok {
		return i
	}
	a := create()
	a.key = key
	s.byKey[key] = len(s.list)
	s.list = append(s.list, a)
	return len(s.list) - 1
}

// value returns the axis of a slot, fact or field.
func (s *axes) value(n *node) int {
	return s.at(fmt.Sprint("value ", n.ref.Kind, n.ref.Index, n.ref.Name), func() *axis {
		return &axis{name: displayName(n.ref), typ: n.sym.Type}
	})
}

func displayName(r Ref) string {
	switch r.Kind {
	case RefZalo:
		return "zalo." + r.Name
	case RefOffice:
		return "don_vi." + r.Name
	}
	return r.Name
}

// outcome returns the axis of a test that is not taken apart: two sides of which one is no constant.
func (s *axes) outcome(kind string, outcomes []int64, sides ...*node) int {
	keys := make([]string, len(sides))
	for i, n := range sides {
		keys[i] = n.key()
	}
	key := kind + " " + strings.Join(keys, " | ")
	return s.at(key, func() *axis { return &axis{loose: true, points: outcomes} })
}

// fill lays out the positions once every constant is known.
func (a *axis) fill() {
	switch k := a.typ.Kind; {
	case k == value.Unset:
		return
	case isText(k):
		slices.Sort(a.texts)
		a.texts = append(slices.Compact(a.texts), otherText)
	case k == value.YesNo:
		a.points = []int64{1, 0}
	case k == value.Choice:
		for i := range a.typ.Options {
			a.points = append(a.points, int64(i))
		}
	case k == value.Choices:
		a.points = a.subsets()
	case isOrdered(k):
		a.points = a.intervals()
	default:
		a.points = []int64{0}
	}
}

// otherText stands for every text that no expression names; no resident can send it (it holds a control character).
const otherText = "\x00"

// intervals returns one number for every interval that the cuts make within the bounds, and the cuts themselves: the last
// number before a cut stands for the interval it ends.
func (a *axis) intervals() []int64 {
	lo, hi := int64(math.MinInt64), int64(math.MaxInt64)
	if a.typ.HasMin {
		lo = a.typ.Min
	}
	if a.typ.HasMax {
		hi = a.typ.Max
	}
	points := []int64{max(lo, -maxInteger), min(hi, maxInteger)}
	for _, c := range a.cuts {
		points = append(points, c-1, c)
	}
	slices.Sort(points)
	points = slices.Compact(points)
	return slices.DeleteFunc(points, func(p int64) bool { return p < lo || p > hi })
}

// show writes the position of an axis for people: `tuoi = 50`; an outcome axis shows nothing.
func (a *axis) show(i int) string {
	switch {
	case a.typ.Kind == value.Unset:
		return ""
	case a.isUnset(i):
		return a.name + " chưa có"
	case isText(a.typ.Kind):
		if a.texts[i] == otherText {
			return a.name + " khác"
		}
		return fmt.Sprintf("%s = %q", a.name, a.texts[i])
	case a.typ.Kind == value.Choice:
		return fmt.Sprintf("%s = %q", a.name, a.typ.Options[a.points[i]].Name)
	case a.typ.Kind == value.Choices:
		return a.showSet(a.points[i])
	case a.size() == 1:
		return ""
	}
	return a.name + " = " + a.typ.Show(value.Value{Kind: a.typ.Kind, N: a.points[i]})
}

// key writes a tree down so that equal trees have equal keys.
func (n *node) key() string {
	var b strings.Builder
	n.writeKey(&b)
	return b.String()
}

func (n *node) writeKey(b *strings.Builder) {
	fmt.Fprint(b, "(", n.op, " ", n.n, " ", n.scale)
	if n.s != "" {
		fmt.Fprintf(b, " %q", n.s)
	}
	if n.op == opRead || n.op == opAsk {
		fmt.Fprint(b, " ", n.ref.Kind, " ", n.ref.Index, " ", n.ref.Name)
	}
	if n.fn != nil {
		fmt.Fprint(b, " ", n.fn.name)
	}
	for _, a := range n.args {
		a.writeKey(b)
	}
	b.WriteByte(')')
}
