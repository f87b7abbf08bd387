package expression

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

// severalFix says how a chọn nhiều is asked.
func severalFix() diag.Sentence {
	return say(`Viết "tên lựa chọn" in tên dữ liệu, ví dụ "moi" in viec.`, `Write "option" in name, for example "moi" in viec.`)
}

// several returns the name of a chọn nhiều that n is, lowered; nil for anything else.
func (l *lowering) several(n ast.Node) *node {
	name, ok := n.(*ast.IdentifierNode)
	if !ok || l.scope.Symbols[name.Value].Type.Kind != value.Choices {
		return nil
	}
	return l.name(name)
}

// has is `"option" in slot`; option is nil where it was refused.
func (l *lowering) has(n *ast.BinaryNode, option, slot *node) *node {
	if option == nil {
		return nil
	}
	if option.op != opConst || option.typ.Kind != value.Text {
		return l.refuse(n.Left, CodeList, say("Trước in là tên một lựa chọn, viết trong ngoặc kép.", "Before in stands the name of an option, in quotes."), severalFix())
	}
	if !l.option(option, slot.typ) {
		return nil
	}
	return l.place(n, &node{op: opHas, typ: yesNoType, n: option.n, args: []*node{slot}})
}

// hasBit reports whether option is in a set of options.
func hasBit(set, option int64) bool { return uint64(set)>>uint64(option)&1 == 1 }

// has notes the option that is asked for, and tests for it.
func (s *axes) has(n *node) *predicate {
	i := s.value(n.args[0])
	s.list[i].cuts = append(s.list[i].cuts, n.n)
	return s.test(i, func(a *axis, i int) bool { return hasBit(a.points[i], n.n) })
}

// maxAsked is how many options of one chọn nhiều a proof looks at; their subsets are more than maxPoints beyond it.
const maxAsked = 15

// subsets returns every set of the options that are asked for that a value can hold: the other options make up what the
// bounds demand, or are not chosen.
func (a *axis) subsets() []int64 {
	slices.Sort(a.cuts)
	a.cuts = slices.Compact(a.cuts)
	if len(a.cuts) > maxAsked {
		return make([]int64, maxPoints+1) // so that the proof gives up
	}
	lo, hi := a.typ.Counts()
	others := len(a.typ.Options) - len(a.cuts)
	var out []int64
	for chosen := range uint64(1) << len(a.cuts) {
		if n := bits.OnesCount64(chosen); n <= hi && n+others >= lo {
			out = append(out, a.spread(chosen))
		}
	}
	return out
}

// spread puts the bits of a subset at the places of the options.
func (a *axis) spread(chosen uint64) int64 {
	var set int64
	for k, option := range a.cuts {
		if chosen>>k&1 == 1 {
			set |= 1 << option
		}
	}
	return set
}

// showSet writes a set for people, as conditions are written.
func (a *axis) showSet(set int64) string {
	var parts []string
	for _, option := range a.cuts {
		in := "in"
		if !hasBit(set, option) {
			in = "not in"
		}
		parts = append(parts, fmt.Sprintf("%q %s %s", a.typ.Options[option].Name, in, a.name))
	}
	return strings.Join(parts, ", ")
}

// Names returns the expression of the names of the options that x gives, joined by ",": what a task is told, which knows no
// options. The Type of x is chọn nhiều.
func (x *Expr) Names() *Expr {
	longest := 0
	for _, o := range x.Type.Options {
		longest += len(o.Name) + 1
	}
	root := &node{op: opNames, typ: textUpTo(int64(max(1, longest-1))), args: []*node{x.root}, mask: x.root.mask, at: x.root.at, len: x.root.len}
	return &Expr{Source: x.Source, Type: root.typ, Reads: x.Reads, Tests: x.Tests, root: root}
}
