package program

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"hoithoai/dsl/expression"
)

// Shape names what a session depends on: flows, steps, slots with their types and options, where every ending leads, and the
// guards. Two programs of one shape differ only in words, facts and attachments, so a session of one can go on in the other:
// a corrected sentence or fee reaches waiting people at once (design/language.md, Meaning 19). The words of a consent are no mere
// words: who reads them agrees to these. It is lower-case hex.
func (p *Program) Shape() string {
	h := sha256.New()
	for _, f := range p.Flows {
		f.shape(h)
	}
	for _, t := range p.Tasks {
		fmt.Fprintf(h, "task %q %q %v %v\n", t.Name, t.Errors, t.Timeout, t.Irreversible)
		shapeParams(h, t.Params)
		shapeParams(h, t.Results)
	}
	p.Shared.shape(h)
	return hex.EncodeToString(h.Sum(nil))
}

func shapeParams(w io.Writer, list []Param) {
	for _, p := range list {
		fmt.Fprintf(w, "param %q %d %v %v\n", p.Name, p.Type.Kind, p.Secret, p.Optional)
	}
}

func (f *Flow) shape(w io.Writer) {
	fmt.Fprintf(w, "flow %q %v %v %v %v %d %v %v\n", f.Name, f.Sub, f.Anonymous, f.Unkept, f.Emergency, f.Start, f.In, f.Out)
	for i := range f.Slots {
		f.Slots[i].shape(w)
	}
	for _, c := range f.Conditions {
		fmt.Fprintf(w, "condition %q %s\n", c.Name, source(c.Expr))
	}
	for _, s := range f.Steps {
		s.shape(w)
	}
	f.Always.shape(w)
}

func (s *Slot) shape(w io.Writer) {
	t := s.Type
	fmt.Fprintf(w, "slot %q %d %d %d %v %v %v %v %v\n", s.Name, t.Kind, t.Min, t.Max, t.HasMin, t.HasMax, s.Secret, s.Machine, s.Optional)
	if s.Opening {
		fmt.Fprintln(w, "opening")
	}
	for i, o := range t.Options {
		when := ""
		if i < len(s.When) {
			when = source(s.When[i])
		}
		fmt.Fprintf(w, "option %q %s\n", o.Name, when)
	}
}

func (s *Step) shape(w io.Writer) {
	fmt.Fprintf(w, "step %q\n", s.Name)
	for _, a := range s.Actions {
		fmt.Fprintf(w, "action %v %d %s\n", a.Clear, a.Slot, source(a.Expr))
	}
	s.End.shape(w)
	if s.End.Consent != nil {
		shapeWords(w, s.Bubbles)
	}
	shapeSilences(w, s.Silences)
}

// shapeWords names the words of a consent: who reads it agrees to these and not to corrected ones.
func shapeWords(w io.Writer, bubbles []Bubble) {
	for i := range bubbles {
		for j := range bubbles[i].Lines {
			l := &bubbles[i].Lines[j]
			fmt.Fprintf(w, "words %q\n", l.Text.Text)
			for _, p := range l.Text.Parts {
				fmt.Fprintf(w, "part %q %q %s\n", p.Text, p.Ref.Name, source(p.Expr))
			}
		}
	}
}

func (e *Ending) shape(w io.Writer) {
	fmt.Fprintf(w, "end %d %v %d %d %v %d %v %v %v %q %v\n",
		e.Kind, e.Next, e.Slot, e.Limit, e.OnLimit, e.Callee, e.Take, e.Done, e.Quit, e.Desk, e.Success)
	if c := e.Consent; c != nil {
		fmt.Fprintf(w, "consent %q %d\n", c.Name, c.Version)
	}
	shapeButtons(w, e.Buttons)
	for _, m := range e.Musts {
		fmt.Fprintf(w, "must %s\n", source(m.Expr))
	}
	for _, a := range e.Arms {
		fmt.Fprintf(w, "arm %s %v\n", source(a.Expr), a.Target)
	}
	for _, x := range e.Args {
		fmt.Fprintf(w, "arg %s\n", source(x))
	}
	for _, f := range e.Fails {
		fmt.Fprintf(w, "fail %q %v\n", f.Code, f.Target)
	}
}

func (a *Always) shape(w io.Writer) {
	for _, l := range a.Listens {
		fmt.Fprintf(w, "listen %v\n", l.Target)
	}
	shapeSilences(w, a.Silences)
}

func shapeSilences(w io.Writer, list []Silence) {
	for _, s := range list {
		fmt.Fprintf(w, "silence %v\n", s.After)
		if s.Target != nil {
			fmt.Fprintf(w, "to %v\n", *s.Target)
		}
		shapeButtons(w, s.Buttons)
	}
}

func shapeButtons(w io.Writer, list []Button) {
	for _, b := range list {
		fmt.Fprintf(w, "button %d %s %v %s\n", b.Kind, source(b.When), b.Target, source(b.Value))
	}
}

func source(x *expression.Expr) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%q", x.Source)
}
