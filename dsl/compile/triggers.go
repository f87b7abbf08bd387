package compile

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
)

// triggers notes which flows an event outside any flow leads into.
func (c *compiler) triggers(p *program.Program) {
	p.OnFollow, p.FollowStep = c.entry(func(f *tree.File) *tree.Flag { return f.OnFollow })
	p.Fallback, p.FallbackStep = c.entry(func(f *tree.File) *tree.Flag { return f.Fallback })
	for _, f := range p.Flows {
		if f.Emergency {
			p.Emergency = append(p.Emergency, f.Index)
		}
		if f.Unkept {
			p.Unkept = append(p.Unkept, f.Index)
		}
	}
}

// entry is the flow that has a trigger and the step where it enters.
func (c *compiler) entry(flag func(*tree.File) *tree.Flag) (flow, step int) {
	for _, f := range c.bundle.Flows {
		this := flag(f.File)
		if this == nil {
			continue
		}
		at := start(f)
		if this.Step != nil {
			at = stepIndex(f, this.Step.Text)
		}
		return f.Index, at
	}
	return program.None, program.None
}
