package program_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"testing"

	"hoithoai/dsl"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// programs are those of the bundles that the project holds, by folder.
func programs(t *testing.T) map[string]*program.Program {
	t.Helper()
	out := map[string]*program.Program{}
	for _, folder := range []string{"../../testdata/load/everything", "../../testdata/examples", "../../testdata/bench20", "../../flows"} {
		r, err := dsl.Load(os.DirFS(folder), dsl.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Program == nil || len(r.Program.Flows) == 0 {
			t.Fatalf("%s does not load: %+v", folder, r.Diagnostics)
		}
		out[folder] = r.Program
	}
	return out
}

// TestContract holds compiled programs to what this package promises of them.
func TestContract(t *testing.T) {
	t.Parallel()
	for folder, p := range programs(t) {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			c := contract{T: t, p: p}
			c.program()
			for i, f := range p.Flows {
				c.flow(i, f)
			}
		})
	}
}

// contract checks one program; f is the flow it is at.
type contract struct {
	*testing.T
	p *program.Program
	f *program.Flow
}

func (c *contract) want(ok bool, format string, args ...any) {
	c.Helper()
	if !ok {
		c.Errorf(format, args...)
	}
}

func within(i, n int) bool       { return i >= 0 && i < n }
func withinOrNone(i, n int) bool { return i == program.None || within(i, n) }

func (c *contract) program() {
	p := c.p
	c.want(len(p.Hash) == 64, "the hash is %q", p.Hash)
	for _, at := range [][2]int{{p.OnFollow, p.FollowStep}, {p.Fallback, p.FallbackStep}} {
		c.want(withinOrNone(at[0], len(p.Flows)) && (at[0] == program.None) == (at[1] == program.None), "an entry is %v", at)
		c.want(at[0] == program.None || within(at[1], len(p.Flows[max(at[0], 0)].Steps)), "an entry leads to no step: %v", at)
	}
	for _, f := range p.Facts {
		c.want(len(f.Periods) > 0, "the fact %s has no period", f.Name)
		for i, q := range f.Periods {
			c.want(q.From <= q.To && q.Source != "", "a period of %s is %+v", f.Name, q)
			c.want(i == 0 || f.Periods[i-1].To < q.From, "the periods of %s do not follow each other", f.Name)
		}
	}
	for i, task := range p.Tasks {
		c.want(task.Index == i && task.Timeout > 0, "task %d is %+v", i, task)
	}
	c.always("chung", &p.Shared)
	for _, l := range p.Shared.Listens {
		c.want(l.Event == "" && l.Target.Kind != program.ToStep, "a chung file leads to a step: %+v", l)
	}
}

func (c *contract) flow(i int, f *program.Flow) {
	c.f = f
	c.want(f.Index == i && f.Name != "" && f.Keep > 0 && within(f.Start, len(f.Steps)), "flow %d is %s from %d for %s", i, f.Name, f.Start, f.Keep)
	c.want(len(f.Slots) <= 64, "%s has %d slots, a session marks 64", f.Name, len(f.Slots))
	c.want(f.Emergency == slices.Contains(c.p.Emergency, i) && f.Unkept == slices.Contains(c.p.Unkept, i), "%s is not listed as what it is", f.Name)
	c.want(f.Sub || len(f.In)+len(f.Out) == 0, "%s takes %v and gives %v and is no sub-flow", f.Name, f.In, f.Out)
	for _, at := range slices.Concat(f.In, f.Out) {
		c.want(within(at, len(f.Slots)), "%s has no slot %d", f.Name, at)
	}
	for _, s := range f.Slots {
		c.want(s.Type.Kind != value.Choice || len(s.When) == len(s.Type.Options), "%s.%s shows %d of %d options", f.Name, s.Name, len(s.When), len(s.Type.Options))
	}
	for _, cond := range f.Conditions {
		c.want(cond.Name != "" && cond.Expr != nil, "a condition of %s is %+v", f.Name, cond)
	}
	c.always(f.Name, &f.Always)
	for at, s := range f.Steps {
		c.step(at, s)
	}
	c.machine()
}

func (c *contract) machine() {
	f, seen := c.f, map[string]bool{}
	c.want(len(f.Machine.States) == len(f.Steps), "%s has %d states of %d steps", f.Name, len(f.Machine.States), len(f.Steps))
	for _, tr := range f.Machine.Transitions {
		key := fmt.Sprint(tr.From, " ", tr.Event)
		c.want(!seen[key] && tr.Event != "" && within(tr.From, len(f.Steps)) && within(tr.To, len(f.Steps)), "%s: transition %+v", f.Name, tr)
		seen[key] = true
	}
}

func (c *contract) always(name string, a *program.Always) {
	for _, l := range a.Listens {
		c.want(len(l.Phrases) > 0, "%s listens for nothing", name)
		c.leads(name, l.Target, l.Event)
	}
	c.silences(name, a.Silences)
}

func (c *contract) silences(name string, silences []program.Silence) {
	c.want(slices.IsSortedFunc(silences, func(a, b program.Silence) int { return cmp.Compare(a.After, b.After) }), "%s: the silences do not ascend", name)
	for i, s := range silences {
		c.want(s.After > 0 && (s.Target != nil) != (len(s.Lines) > 0), "%s: silence %d is %+v", name, i, s)
		c.want(i == 0 || silences[i-1].After != s.After, "%s: two silences after %s", name, s.After)
		if s.Target != nil {
			c.leads(name, *s.Target, s.Event)
		}
		c.buttons(name, s.Buttons)
	}
}

// leads checks a target and whether its event is in the machine: exactly those that lead to a step have a name.
func (c *contract) leads(name string, t program.Target, event string) {
	switch t.Kind {
	case program.ToStep:
		c.want(c.f != nil && within(t.Index, len(c.f.Steps)) && withinOrNone(t.Return, len(c.f.Steps)) && event != "", "%s: target %+v of %q", name, t, event)
	case program.ToFlow:
		c.want(within(t.Index, len(c.p.Flows)) && !c.p.Flows[t.Index].Sub && t.Return == program.None && event == "", "%s: target %+v of %q", name, t, event)
	default:
		c.want(t.Index == program.None && t.Return == program.None && event == "", "%s: target %+v of %q", name, t, event)
	}
}

func (c *contract) buttons(name string, buttons []program.Button) {
	for _, b := range buttons {
		c.want(b.Label.Text != "" && len(b.Label.Parts) == 0, "%s: a label is %+v", name, b.Label)
		c.want((b.Kind == program.Set) == (b.Value != nil), "%s: [%s] sets %+v", name, b.Label.Text, b.Value)
		if b.Kind == program.GoTo {
			c.leads(name, b.Target, b.Event)
			continue
		}
		c.want(b.Event == "" && b.Target.Index == program.None, "%s: [%s] leads to %+v", name, b.Label.Text, b.Target)
	}
}

func (c *contract) step(i int, s *program.Step) {
	name := c.f.Name + "." + s.Name
	c.want(s.Index == i && s.Name == c.f.Machine.States[i] && s.Span.Line > 0, "%s stands at %d and is %d", name, i, s.Index)
	for _, a := range s.Actions {
		c.want(a.Clear == (a.Slot == program.None) && a.Clear == (a.Expr == nil) && withinOrNone(a.Slot, len(c.f.Slots)), "%s: action %+v", name, a)
	}
	for _, b := range s.Bubbles {
		c.want((b.Kind == program.Words) == (b.Path == "") && (b.Kind == program.Words) == (len(b.Lines) > 0), "%s: bubble %+v", name, b)
		c.want(b.Kind == program.Words || len(b.Links) == 0, "%s: a picture has links", name)
		c.buttons(name, b.Links)
	}
	c.silences(name, s.Silences)
	c.ending(name, &s.End)
}

func (c *contract) ending(name string, e *program.Ending) {
	slots := len(c.f.Slots)
	c.want((e.Kind == program.Ask) == within(e.Slot, slots), "%s asks %d", name, e.Slot)
	c.want((e.Kind == program.Call || e.Kind == program.Do) == (e.Callee != program.None), "%s calls %d", name, e.Callee)
	c.want((e.Limit > 0) == (e.OnLimit.Kind != program.ToStep || e.OnLimit.Index != program.None), "%s: limit %d to %+v", name, e.Limit, e.OnLimit)
	c.want((e.Kind == program.Human) == (e.Desk != ""), "%s hands over to %q", name, e.Desk)
	c.buttons(name, e.Buttons)
	for _, at := range e.Take {
		c.want(within(at, slots), "%s takes into %d", name, at)
	}
	switch e.Kind {
	case program.Go, program.Ask:
		c.leads(name, e.Next, e.NextEvent)
	case program.Menu:
		c.want(len(e.Buttons) > 0, "%s has no buttons", name)
	case program.Branch:
		c.arms(name, e.Arms)
	case program.Call:
		callee := c.p.Flows[e.Callee]
		c.want(callee.Sub && len(callee.In) == len(e.Args), "%s gives %d arguments to %s", name, len(e.Args), callee.Name)
		c.leads(name, e.Done, e.DoneEv)
		c.leads(name, e.Quit, e.QuitEv)
	case program.Do:
		c.want(len(c.p.Tasks[e.Callee].Params) == len(e.Args), "%s gives %d arguments", name, len(e.Args))
		c.leads(name, e.Done, e.DoneEv)
		c.want(slices.ContainsFunc(e.Fails, func(f program.Fail) bool { return f.Code == "" }), "%s has no general error", name)
	}
}

func (c *contract) arms(name string, arms []program.Arm) {
	c.want(len(arms) > 0, "%s leads nowhere", name)
	for i, a := range arms {
		c.want(a.Expr != nil || i == len(arms)-1, "%s: arm %d of %d has no condition", name, i, len(arms))
		c.leads(name, a.Target, a.Event)
	}
}
