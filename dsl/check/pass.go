package check

import (
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// defaultAhead is how many days before its end a fact is reported, unless the caller says otherwise.
const defaultAhead = 30

// pass is one run of all rules over one bundle: what they read, what they share, what they found.
type pass struct {
	bundle  *bind.Bundle
	opts    Options
	graphs  []*graph // by bind.Flow.Index
	callers [][]call // by bind.Flow.Index of the sub-flow called
	assigns []*assign
	rule    Rule // the one that runs now
	found   diag.List
}

// call is one place where a sub-flow is called.
type call struct {
	g    *graph
	node int
}

func newPass(b *bind.Bundle, opts Options) *pass {
	if opts.Limits == (Limits{}) {
		opts.Limits = DefaultLimits()
	}
	if opts.Ahead == 0 {
		opts.Ahead = defaultAhead
	}
	p := &pass{bundle: b, opts: opts}
	shared := sharedAlways(b)
	for _, f := range b.Flows {
		p.graphs = append(p.graphs, newGraph(b, f, shared))
	}
	p.callers = p.findCalls()
	p.assigns = make([]*assign, len(p.graphs))
	return p
}

// sharedAlways lists the mọi bước of the chung files, in their order.
func sharedAlways(b *bind.Bundle) []*tree.Always {
	var out []*tree.Always
	for _, file := range b.Shared {
		if file.Always != nil {
			out = append(out, file.Always)
		}
	}
	return out
}

func (p *pass) findCalls() [][]call {
	out := make([][]call, len(p.graphs))
	for _, g := range p.graphs {
		for i := range g.nodes {
			if callee := p.callee(g.nodes[i].step.End); callee != nil {
				out[callee.Index] = append(out[callee.Index], call{g, i})
			}
		}
	}
	return out
}

// callee is the sub-flow an ending calls; nil where it calls none or none is known.
func (p *pass) callee(end *tree.Ending) *bind.Flow {
	if end == nil || end.Kind != tree.Call {
		return nil
	}
	return p.bundle.ByName[end.Callee.Text]
}

// assign returns the definite-assignment analysis of a flow, made once.
func (p *pass) assign(g *graph) *assign {
	at := g.flow.Index
	if p.assigns[at] == nil {
		p.assigns[at] = newAssign(p, g)
	}
	return p.assigns[at]
}

func (p *pass) run(rule Rule) {
	p.rule = rule
	start := p.now()
	rule.Run(p)
	if p.opts.Timing != nil {
		p.opts.Timing(rule, p.now().Sub(start))
	}
}

// now is the caller's clock; without one, or without anybody to tell, time stands still.
func (p *pass) now() time.Time {
	if p.opts.Clock == nil || p.opts.Timing == nil {
		return time.Time{}
	}
	return p.opts.Clock()
}

// report adds a finding under the code of the rule that runs.
func (p *pass) report(d diag.Diagnostic) {
	d.Code = p.rule.Code
	p.found = append(p.found, d)
}

// fail reports an error, with what to do about it.
func (p *pass) fail(at diag.Span, message, fix diag.Sentence, related ...diag.Related) {
	p.report(diag.Diagnostic{Severity: diag.Error, Span: at, Message: message, Fix: fix, Related: related})
}

// warn reports a duty of content.
func (p *pass) warn(at diag.Span, message, fix diag.Sentence, related ...diag.Related) {
	p.report(diag.Diagnostic{Severity: diag.Warning, Span: at, Message: message, Fix: fix, Related: related})
}

// due reports what is due on the day of Options: a duty of content, which blocks only where the caller asks for that day.
func (p *pass) due(at diag.Span, message, fix diag.Sentence, related ...diag.Related) {
	if p.opts.Strict {
		p.fail(at, message, fix, related...)
		return
	}
	p.warn(at, message, fix, related...)
}
