package compile

import (
	"cmp"
	"slices"

	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
)

// shared joins the mọi bước of all chung files, in order of their names.
func (c *compiler) shared() program.Always {
	common := c.bundle.Common
	l := &lowering{compiler: c, exprs: common.Exprs, templates: common.Templates, whens: common.Whens}
	var all []*tree.Always
	for _, f := range c.bundle.Shared {
		if f.Always != nil {
			all = append(all, f.Always)
		}
	}
	return l.always(all)
}

func (l *lowering) always(all []*tree.Always) program.Always {
	var out program.Always
	var silences []*tree.Silence
	for _, a := range all {
		for _, listen := range a.Listens {
			t := l.target(&listen.Target)
			event := static(t, numbered(stemListen, len(out.Listens)))
			out.Listens = append(out.Listens, program.Listen{Phrases: texts(listen.Phrases), Target: t, Event: event})
		}
		if a.Help != nil {
			out.Help = append(out.Help, l.lines(a.Help.Lines)...)
		}
		silences = append(silences, a.Silences...)
	}
	out.Silences = l.silences(silences)
	return out
}

// silences lowers reminders and time-outs, the shortest first.
func (l *lowering) silences(in []*tree.Silence) []program.Silence {
	sorted := slices.Clone(in)
	slices.SortStableFunc(sorted, func(a, b *tree.Silence) int { return cmp.Compare(a.After, b.After) })
	var out []program.Silence
	for i, s := range sorted {
		out = append(out, l.silence(i, s))
	}
	return out
}

func (l *lowering) silence(i int, s *tree.Silence) program.Silence {
	out := program.Silence{After: s.After, Lines: l.lines(s.Lines)}
	if s.Target != nil {
		t := l.target(s.Target)
		out.Target, out.Event = &t, static(t, numbered(stemSilence, i))
	}
	out.Buttons = l.buttons(s.Buttons, func(n int) string { return reminder(i, n) })
	return out
}

// buttons lowers buttons; event names the press of the n-th.
func (l *lowering) buttons(in []*tree.Button, event func(n int) string) []program.Button {
	var out []program.Button
	for i, b := range in {
		out = append(out, l.button(b, event(i)))
	}
	return out
}

func (l *lowering) button(b *tree.Button, event string) program.Button {
	out := program.Button{
		Kind: buttonKinds[b.Kind], When: l.when(b.When), Label: l.text(&b.Label),
		Target: program.Target{Index: program.None, Return: program.None},
	}
	switch b.Kind {
	case tree.GoTo:
		out.Target = l.target(&b.Target)
		out.Event = static(out.Target, event)
	case tree.Set:
		out.Value = l.exprs[&b.Value]
	case tree.Open, tree.Phone:
		out.Address = l.text(&b.Address)
	}
	return out
}

var buttonKinds = map[tree.ButtonKind]program.ButtonKind{
	tree.GoTo: program.GoTo, tree.Set: program.Set, tree.Open: program.Open, tree.Phone: program.Phone,
}
