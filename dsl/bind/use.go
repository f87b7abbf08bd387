package bind

import "hoithoai/dsl/tree"

// usage is what a file uses, by name.
type usage struct {
	reads map[string]bool // in expressions, between braces, after khi
	sets  map[string]bool // by hỏi, tính, nhận
	tasks map[string]bool // by làm
}

// usageOf collects what a file uses, from the text as written, so that it holds for what did not compile too.
func usageOf(f *tree.File) usage {
	u := usage{reads: map[string]bool{}, sets: map[string]bool{}, tasks: map[string]bool{}}
	w := walker{
		when:  func(n *tree.Name) { u.reads[n.Text] = true },
		prose: func(p *tree.Prose) { u.read(valuesIn(p.Text)) },
		expr:  func(e *tree.Expr, _ site) { u.read(identifiers(e.Text)) },
	}
	w.file(f)
	for _, c := range f.Conditions {
		u.read(identifiers(c.Expr.Text))
	}
	for _, s := range f.Steps {
		u.step(s)
	}
	return u
}

func (u usage) read(names []string) {
	for _, n := range names {
		u.reads[n] = true
	}
}

func (u usage) step(s *tree.Step) {
	for _, a := range s.Actions {
		u.sets[a.Slot.Text] = true
	}
	if s.End == nil {
		return
	}
	switch s.End.Kind {
	case tree.Ask:
		u.sets[s.End.Slot.Text] = true
	case tree.Do:
		u.tasks[s.End.Callee.Text] = true
	}
	for _, n := range s.End.Take {
		u.sets[n.Text] = true
	}
}

// judgeUse looks for what is declared and never used. A file with a line that could not be read may have used it there.
func (b *binder) judgeUse() {
	all := usage{reads: map[string]bool{}, tasks: map[string]bool{}}
	for _, f := range b.files {
		u := usageOf(f)
		if !isBroken(f) {
			b.unusedSlots(f, u)
			b.unusedConditions(f, u)
		}
		for n := range u.reads {
			all.reads[n] = true
		}
		for n := range u.tasks {
			all.tasks[n] = true
		}
	}
	if b.broken {
		return
	}
	b.unusedFacts(all)
	b.unusedTasks(all)
	for _, f := range b.out.Shared {
		b.unusedShared(f, all)
	}
}
