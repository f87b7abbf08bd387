package check

import (
	"cmp"
	"slices"
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
)

// defaultAhead is how many days before its end a fact is reported, unless the caller says otherwise.
const defaultAhead = 30

// pass is one run of all rules over one bundle: what they read, what they share, what they found.
type pass struct {
	bundle *bind.Bundle
	opts   Options
	rule   Rule // the one that runs now
	found  diag.List
}

func newPass(b *bind.Bundle, opts Options) *pass {
	if opts.Limits == (Limits{}) {
		opts.Limits = DefaultLimits()
	}
	if opts.Ahead == 0 {
		opts.Ahead = defaultAhead
	}
	return &pass{bundle: b, opts: opts}
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

func (p *pass) sorted() diag.List {
	slices.SortStableFunc(p.found, func(a, b diag.Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Span.File, b.Span.File),
			cmp.Compare(a.Span.Line, b.Span.Line),
			cmp.Compare(a.Span.Column, b.Span.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message.VI, b.Message.VI),
		)
	})
	return p.found
}
