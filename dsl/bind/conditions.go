package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// conditions are the named conditions that one scope gains, compiled so that each follows those it reads.
type conditions struct {
	binder *binder
	taken  func(name string) *diag.Span // what else has the name
	order  []*pending
	byName map[string]*pending
}

// pending is a condition on its way.
type pending struct {
	decl  *tree.Condition
	at    *scopes
	state state
	expr  *expression.Expr
}

type state uint8

const (
	waiting state = iota
	running       // on the path that is followed now: to meet it again is a circle
	done
)

// add takes the conditions of one file.
func (c *conditions) add(at *scopes) {
	for _, decl := range at.file.Conditions {
		name := decl.Name.Text
		if first := c.first(name); first != nil {
			c.binder.twoData(decl.Name, *first)
			continue
		}
		p := &pending{decl: decl, at: at}
		if c.byName == nil {
			c.byName = map[string]*pending{}
		}
		c.order, c.byName[name] = append(c.order, p), p
	}
}

func (c *conditions) first(name string) *diag.Span {
	if p := c.byName[name]; p != nil {
		return &p.decl.Name.Span
	}
	return c.taken(name)
}

// compile compiles all of them and returns them behind those that the scope has already.
func (c *conditions) compile(before []*Condition) []*Condition {
	out := append([]*Condition(nil), before...)
	index := map[*pending]int{}
	for _, p := range c.order {
		index[p] = len(out)
		out = append(out, &Condition{Decl: p.decl})
	}
	for _, p := range c.order {
		c.visit(p, index)
		out[index[p]].Expr = p.expr
	}
	return out
}

func (c *conditions) visit(p *pending, index map[*pending]int) {
	if p.state != waiting {
		return
	}
	p.state = running
	circle := false
	for _, name := range identifiers(p.decl.Expr.Text) {
		q := c.byName[name]
		if q == nil {
			continue
		}
		circle = circle || q.state == running
		c.visit(q, index)
	}
	p.state = done
	if circle {
		c.binder.conditionCircle(p)
		return
	}
	c.finish(p, index[p])
}

// finish compiles a condition whose own conditions are compiled, and names it in the scope.
func (c *conditions) finish(p *pending, index int) {
	x := c.binder.compile(p.at, &p.decl.Expr, value.Type{Kind: value.YesNo})
	if x == nil {
		c.binder.lose(p.lostIn(), p.decl.Name.Text)
		return
	}
	p.expr = x
	c.binder.checkAlways(&p.decl.Expr, x)
	p.at.scope.Symbols[p.decl.Name.Text] = conditionSymbol(p.decl.Name.Text, index, x)
}

// lostIn is the file in which a refused condition would have meant something; nil for the whole bundle.
func (p *pending) lostIn() *tree.File {
	if p.at.flow == nil {
		return nil
	}
	return p.at.file
}

// commonAt returns where a condition of the chung files is declared, nil where none has the name.
func (b *binder) commonAt(name string) *diag.Span {
	for _, c := range b.out.Common.Conditions {
		if c.Decl.Name.Text == name {
			return &c.Decl.Name.Span
		}
	}
	return nil
}

// takenIn tells what already has a name in a flow: slots, facts, conditions of the chung files.
func (b *binder) takenIn(f *Flow) func(string) *diag.Span {
	return func(name string) *diag.Span {
		if at := b.commonAt(name); at != nil {
			return at
		}
		return b.takenBy(f, name)
	}
}
