package dossier

import (
	"regexp"
	"slices"
	"strings"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
)

// Checklist is what a flow tells people to bring and to mind, for a sheet of paper: its lists, in order.
type Checklist struct {
	Flow     string
	Title    string
	Sections []Section
}

// Section is one `danh sách` under the sentence that leads to it.
type Section struct {
	Title  string // without the colon; "" where no sentence stands before the list
	Groups []Group
}

// Group is the rows for one case; When is the case in words, "" for everybody.
type Group struct {
	When string
	Rows []string
}

// blank stands for what only a person or an office can fill in.
const blank = "……"

// ChecklistOf gathers the rows of every `danh sách` of a flow, as of a day. Facts are written out, the office's name is "công an
// phường, xã", everything else that is not known on paper is left blank. ok is false for a flow without lists.
func ChecklistOf(b *bind.Bundle, flow string, day int64) (list Checklist, ok bool) {
	f := b.ByName[flow]
	if f == nil {
		return Checklist{}, false
	}
	w := &sheet{b: b, f: f, day: day}
	list = Checklist{Flow: flow, Title: f.File.Title.Text}
	for _, s := range f.File.Steps {
		list.Sections = append(list.Sections, w.lists(s)...)
	}
	return list, len(list.Sections) > 0
}

func (w *sheet) lists(s *tree.Step) []Section {
	var out []Section
	title := ""
	for _, l := range s.Body {
		switch l.Kind {
		case tree.Say:
			title = strings.TrimSuffix(strings.TrimSpace(w.text(&l.Text)), ":")
		case tree.List:
			out = append(out, w.section(title, l))
		}
	}
	return out
}

func (w *sheet) section(title string, l *tree.Line) Section {
	c := Section{Title: title}
	for _, row := range l.Items {
		when := ""
		switch {
		case row.When != nil:
			when = w.words(row.When.Text)
		case l.When != nil:
			when = w.words(l.When.Text)
		}
		i := slices.IndexFunc(c.Groups, func(g Group) bool { return g.When == when })
		if i < 0 {
			i = len(c.Groups)
			c.Groups = append(c.Groups, Group{When: when})
		}
		c.Groups[i].Rows = append(c.Groups[i].Rows, w.text(&row.Text))
	}
	return c
}

// sheet writes what a flow says without a person to say it to.
type sheet struct {
	b   *bind.Bundle
	f   *bind.Flow
	day int64
}

func (w *sheet) text(p *tree.Prose) string {
	t, ok := w.f.Templates[p]
	if !ok || len(t.Parts) == 0 {
		return p.Text
	}
	var out strings.Builder
	for i := range t.Parts {
		out.WriteString(w.part(&t.Parts[i]))
	}
	return out.String()
}

func (w *sheet) part(p *template.Part) string {
	switch {
	case !p.IsValue():
		return p.Text
	case !p.IsRef:
		return blank
	case p.Ref.Kind == expression.RefOffice && p.Ref.Name == "ten":
		return "công an phường, xã"
	case p.Ref.Kind == expression.RefFact:
		return w.fact(w.b.Facts[p.Ref.Index])
	}
	return blank
}

func (w *sheet) fact(f *bind.Fact) string {
	for i, line := range f.Periods {
		if from, to := bind.Validity(line); from <= w.day && w.day <= to && f.Values[i].IsSet() {
			return f.Type.Show(f.Values[i])
		}
	}
	return template.Confirm
}

// The conditions that can be said in words: a chọn that is one of its options, a có/không, and several of those joined.
var (
	isOption = regexp.MustCompile(`^([a-z][a-z0-9_]*) == "([a-z0-9_]+)"$`)
	isYes    = regexp.MustCompile(`^(not )?([a-z][a-z0-9_]*)$`)
	isSet    = regexp.MustCompile(`^(not )?co\(`)
)

// words says a condition, or a yes/no slot, as people would.
func (w *sheet) words(name string) string {
	for _, c := range w.f.Conditions {
		if c.Decl.Name.Text == name {
			return w.said(c.Decl.Expr.Text)
		}
	}
	return w.said(name)
}

func (w *sheet) said(text string) string {
	var out []string
	for part := range strings.SplitSeq(text, " and ") {
		part = strings.TrimSpace(part)
		if isSet.MatchString(part) { // a guard, not a case
			continue
		}
		out = append(out, w.one(part))
	}
	return strings.Join(out, ", ")
}

func (w *sheet) one(part string) string {
	if label, ok := w.option(part); ok {
		return label
	}
	m := isYes.FindStringSubmatch(part)
	if m == nil {
		return "Tùy trường hợp"
	}
	slot := w.f.Slots[m[2]]
	switch {
	case slot == nil && m[1] == "":
		return w.nested(m[2])
	case slot == nil:
		return "Tùy trường hợp"
	case m[1] != "":
		return slot.Decl.Label.Text + ": không"
	}
	return slot.Decl.Label.Text
}

// option is the label of the choice that a comparison names.
func (w *sheet) option(part string) (string, bool) {
	m := isOption.FindStringSubmatch(part)
	if m == nil || w.f.Slots[m[1]] == nil {
		return "", false
	}
	for _, o := range w.f.Slots[m[1]].Type.Options {
		if o.Name == m[2] {
			return o.Label, true
		}
	}
	return "", false
}

// nested says a condition that names a condition.
func (w *sheet) nested(name string) string {
	for _, c := range w.f.Conditions {
		if c.Decl.Name.Text == name {
			return w.said(c.Decl.Expr.Text)
		}
	}
	return "Tùy trường hợp"
}
