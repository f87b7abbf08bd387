package flows_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"hoithoai/dsl"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/flows"
	"hoithoai/runtime/rehearsal"
)

func load(t *testing.T) dsl.Result {
	t.Helper()
	loaded, err := dsl.Load(flows.FS, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Program == nil || loaded.Diagnostics.HasErrors() {
		t.Fatalf("the flows do not load: %v", loaded.Diagnostics)
	}
	return loaded
}

// way is an outcome of a step as the program names it.
type way struct {
	flow, from int
	event      string
}

// covered is what the transcripts went over and heard.
type covered struct {
	ways      map[way]bool
	events    map[way]bool // from is program.None: taken at any step
	said      []string     // every bubble, white space folded
	labels    map[string]bool
	exchanges []exchange
}

// exchange is what the bot said last, the person's words folded, and what the bot said first in answer.
type exchange struct{ before, key, after string }

func (c *covered) add(out rehearsal.Outcome) {
	for _, e := range out.Edges {
		c.ways[way{e.Flow, e.From, e.Event}] = true
		c.events[way{e.Flow, program.None, e.Event}] = true
	}
	before := ""
	for _, turn := range out.Turns {
		if n := len(turn.Bubbles); n > 0 {
			words := strings.Trim(out.Test.Lines[turn.After].Text.Text, "[] ")
			c.exchanges = append(c.exchanges, exchange{before, fold.Key(words), squeeze(turn.Bubbles[0].Text)})
			before = squeeze(turn.Bubbles[n-1].Text)
		}
		for _, m := range turn.Bubbles {
			c.said = append(c.said, squeeze(m.Text))
			for _, choice := range m.Choices {
				c.labels[choice.Label] = true
			}
			for _, link := range m.Links {
				c.labels[link.Label] = true
			}
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// rehearse plays every transcript once.
func rehearse(t *testing.T, loaded dsl.Result) *covered {
	t.Helper()
	c := &covered{ways: map[way]bool{}, events: map[way]bool{}, labels: map[string]bool{}}
	plays := rehearsal.Of(loaded.Program)
	for _, file := range loaded.Tests {
		for _, test := range file.Tests {
			out := plays.Run(office.Demo(), file, test, false)
			for _, f := range out.Failures {
				t.Errorf("%s:%d %s: %s", f.Span.File, f.Span.Line, test.Title.Text, f.Message.VI)
			}
			c.add(out)
		}
	}
	return c
}

// TestEveryBranchHasATranscript fails for every branch that no transcript takes and every sentence that none hears, so that
// a flow cannot change unseen. What the engine finds at run time (quay lại, another flow's trigger, a session that was
// restarted) is the engine's to test.
func TestEveryBranchHasATranscript(t *testing.T) {
	t.Parallel()
	loaded := load(t)
	c := rehearse(t, loaded)
	for _, f := range loaded.Program.Flows {
		for _, miss := range c.missing(loaded.Program, f) {
			t.Errorf("no transcript: %s, %s", f.Name, miss)
		}
	}
	for _, miss := range c.unsaid("chung", loaded.Program.Shared.Help) {
		t.Errorf("no transcript: %s", miss)
	}
	for _, miss := range c.silences(loaded.Program.Shared.Silences) {
		t.Errorf("no transcript: chung, %s", miss)
	}
}

// missing lists what of a flow no transcript took.
func (c *covered) missing(p *program.Program, f *program.Flow) []string {
	var out []string
	everywhere := scoped(f)
	for _, tr := range f.Machine.Transitions {
		if !everywhere[tr.Event] && !c.ways[way{f.Index, tr.From, tr.Event}] {
			out = append(out, fmt.Sprintf("%s -%s-> %s", f.Steps[tr.From].Name, tr.Event, f.Steps[tr.To].Name))
		}
	}
	for event := range everywhere {
		if !c.events[way{f.Index, program.None, event}] {
			out = append(out, "mọi bước -"+event+"->")
		}
	}
	for _, st := range f.Steps {
		out = append(out, c.step(p, f, st)...)
	}
	return append(out, c.unsaid("trợ giúp", f.Always.Help)...)
}

// scoped names the outcomes of the flow's mọi bước: one transcript at one step is enough for them.
func scoped(f *program.Flow) map[string]bool {
	out := map[string]bool{}
	for _, l := range f.Always.Listens {
		if l.Event != "" {
			out[l.Event] = true
		}
	}
	for _, s := range f.Always.Silences {
		if s.Event != "" {
			out[s.Event] = true
		}
		for _, b := range s.Buttons {
			if b.Event != "" {
				out[b.Event] = true
			}
		}
	}
	return out
}

// step lists what of a step no transcript took or heard: ways out of the flow, lines, conditional lines both ways, buttons.
func (c *covered) step(p *program.Program, f *program.Flow, st *program.Step) []string {
	out := c.leaving(p, f, st)
	for i := range st.Bubbles {
		out = append(out, c.bubble(st, &st.Bubbles[i])...)
	}
	out = append(out, c.unsaid(st.Name+" sai", st.End.Wrong)...)
	for _, m := range st.End.Musts {
		out = append(out, c.unsaid(st.Name+" phải", m.Lines)...)
	}
	out = append(out, c.unsaid(st.Name+" trợ giúp", st.Help)...)
	out = append(out, c.buttons(st.Name, st.End.Buttons)...)
	return append(out, c.silences(st.Silences)...)
}

// leaving lists the outcomes into other flows, which are no transitions of the flow's own machine.
func (c *covered) leaving(p *program.Program, f *program.Flow, st *program.Step) []string {
	var out []string
	need := func(t program.Target, what string, said func(string) bool) {
		if t.Kind == program.ToFlow && !c.left(p.Flows[t.Index], f, st, said) {
			out = append(out, st.Name+" "+what+" -> luồng "+p.Flows[t.Index].Name)
		}
	}
	pressed := map[string]bool{}
	for i, b := range st.End.Buttons {
		pressed[fold.Key(b.Label.Text)], pressed[strconv.Itoa(i+1)] = true, true
	}
	for _, b := range st.End.Buttons {
		need(b.Target, "["+b.Label.Text+"]", func(key string) bool { return pressed[key] })
	}
	if st.End.Kind == program.Ask { // a step that only goes on has one way: its edge is proof enough
		need(st.End.Next, "->", func(string) bool { return true })
	} else if st.End.Next.Kind == program.ToFlow && st.End.Kind == program.Go && !c.ways[way{f.Index, st.Index, ""}] {
		out = append(out, st.Name+" -> luồng "+p.Flows[st.End.Next.Index].Name)
	}
	need(st.End.OnLimit, "sai … lần", func(key string) bool { return !pressed[key] && !listened(p, key) })
	for _, arm := range st.End.Arms {
		need(arm.Target, "nếu", func(string) bool { return true })
	}
	return out
}

func listened(p *program.Program, key string) bool {
	for _, l := range p.Shared.Listens {
		for _, phrase := range l.Phrases {
			if fold.Key(phrase) == key {
				return true
			}
		}
	}
	return false
}

// left reports whether some transcript left f from st into flow to by words for which said holds.
func (c *covered) left(to, f *program.Flow, st *program.Step, said func(key string) bool) bool {
	if !c.ways[way{f.Index, st.Index, ""}] {
		return false
	}
	for _, x := range c.exchanges {
		if asks(x.before, st) && opens(x.after, to) && said(x.key) {
			return true
		}
	}
	return false
}

func asks(text string, st *program.Step) bool {
	for i := range st.Bubbles {
		if len(st.Bubbles[i].Lines) > 0 && holdsAll(text, &st.Bubbles[i]) {
			return true
		}
	}
	return false
}

func opens(text string, f *program.Flow) bool {
	for _, st := range f.Steps {
		if asks(text, st) {
			return true
		}
	}
	return false
}

// bubble lists the lines never said and, for a conditional line, whether its bubble was ever said without it.
func (c *covered) bubble(st *program.Step, b *program.Bubble) []string {
	if b.Kind != program.Words {
		return c.unsaid(st.Name, []template.Template{b.Alt})
	}
	var out []string
	for i := range b.Lines {
		l := &b.Lines[i]
		out = append(out, c.unsaid(st.Name, []template.Template{l.Text})...)
		if l.When != nil && !c.saidWithout(b, l) {
			out = append(out, fmt.Sprintf("%s: chưa hội thoại nào mà không có câu %q", st.Name, l.Text.Text))
		}
	}
	return out
}

// saidWithout looks for the bubble, known by its unconditional lines, without line l.
func (c *covered) saidWithout(b *program.Bubble, l *program.Line) bool {
	for _, text := range c.said {
		if holdsAll(text, b) && !holds(text, &l.Text) {
			return true
		}
	}
	return false
}

func holdsAll(text string, b *program.Bubble) bool {
	for i := range b.Lines {
		if b.Lines[i].When == nil && !holds(text, &b.Lines[i].Text) {
			return false
		}
	}
	return true
}

// holds reports whether the literal parts of a sentence stand in a bubble, in order.
func holds(text string, s *template.Template) bool {
	for _, part := range literals(s) {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return true
}

func literals(s *template.Template) []string {
	if len(s.Parts) == 0 {
		return []string{squeeze(s.Text)}
	}
	var out []string
	for i := range s.Parts {
		if p := &s.Parts[i]; !p.IsValue() && strings.TrimSpace(p.Text) != "" {
			out = append(out, squeeze(p.Text))
		}
	}
	return out
}

func (c *covered) unsaid(where string, lines []template.Template) []string {
	var out []string
	for i := range lines {
		if !c.heard(&lines[i]) {
			out = append(out, fmt.Sprintf("%s: chưa hội thoại nào nghe câu %q", where, strings.Join(literals(&lines[i]), "…")))
		}
	}
	return out
}

func (c *covered) heard(s *template.Template) bool {
	for _, text := range c.said {
		if holds(text, s) {
			return true
		}
	}
	return false
}

func (c *covered) buttons(where string, buttons []program.Button) []string {
	var out []string
	for i := range buttons {
		if label := &buttons[i].Label; len(label.Parts) == 0 && !c.labels[label.Text] {
			out = append(out, where+": chưa thấy nút ["+label.Text+"]")
		}
	}
	return out
}

func (c *covered) silences(silences []program.Silence) []string {
	var out []string
	for i := range silences {
		out = append(out, c.unsaid("im lặng", silences[i].Lines)...)
		out = append(out, c.buttons("im lặng", silences[i].Buttons)...)
	}
	return out
}

// TestCoverageNotices proves that the test above can fail: without its transcripts, each flow that branches is missing.
func TestCoverageNotices(t *testing.T) {
	t.Parallel()
	loaded := load(t)
	plays := rehearsal.Of(loaded.Program)
	for _, f := range loaded.Program.Flows {
		c := &covered{ways: map[way]bool{}, events: map[way]bool{}, labels: map[string]bool{}}
		for _, file := range loaded.Tests {
			for _, test := range file.Tests {
				if test.Flow.Text != f.Name {
					continue
				}
				cut := *test
				cut.Lines = test.Lines[:min(len(test.Lines), 2)]
				c.add(plays.Run(office.Demo(), file, &cut, true))
			}
		}
		if len(f.Steps) > 1 && len(c.missing(loaded.Program, f)) == 0 {
			t.Errorf("%s: two lines of every transcript are called enough", f.Name)
		}
	}
}
