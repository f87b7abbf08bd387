package bind_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/marked"
)

// example is a small bundle and everything that is found in it. In the texts «…» marks the place of a finding and ‹…› a place that
// it points at as well; without marks the bundle is right.
type example struct {
	name  string
	files []string
	says  []words // by finding, in order of their places
}

// words is what a finding says: its sentence and its fix in both languages, or the nearest name as its fix.
type words struct {
	vi, en       string
	fixVI, fixEN string
	near         string
	warning      bool
}

// thu is a flow named thu that ends in the step het; parts stand above that step.
func thu(parts ...string) string {
	return "luồng thu \"Thử\"\n\n" + strings.Join(parts, "\n\n") + "\n\nbước het\n  | Cảm ơn.\n  kết thúc đạt\n"
}

// con is a sub-flow of a name that does its one step.
func con(name string, parts ...string) string {
	return "luồng con " + name + " \"Con\"\n\n" + strings.Join(parts, "\n\n") + "\n\nbước cuoi\n  kết thúc đạt\n"
}

// holds checks examples of one rule: each finding is of that rule, underlines exactly what is marked, and says exactly these words.
func holds(t *testing.T, code string, examples ...example) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range examples {
		if seen[e.name] {
			t.Errorf("two examples are named %q", e.name)
		}
		seen[e.name] = true
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			e.check(t, code)
		})
	}
}

func (e example) check(t *testing.T, code string) {
	t.Helper()
	sources := map[string]string{}
	var wanted, pointed spans
	for _, text := range e.files {
		path := pathOf(text)
		if _, taken := sources[path]; taken {
			path = "z/" + path
		}
		m := marked.Read(path, text)
		sources[path], wanted, pointed = m.Source, append(wanted, m.Found...), append(pointed, m.Also...)
	}
	files, tests, syntax := readAll(sources)
	for _, d := range syntax {
		t.Errorf("%s:%d:%d: %s %s", d.Span.File, d.Span.Line, d.Span.Column, d.Code, d.Message.VI)
	}
	b, found := bind.With(files, bind.Options{})
	found = append(found, bind.Tests(b, tests)...)
	found.Sort()
	wanted.sort()
	if len(found) != len(e.says) {
		t.Errorf("%d findings, want %d", len(found), len(e.says))
	}
	var places, also spans
	for i, d := range found {
		places = append(places, d.Span)
		for _, r := range d.Related {
			also = append(also, r.Span)
		}
		if i < len(e.says) {
			e.says[i].check(t, code, d)
		}
	}
	if diff := cmp.Diff(wanted, places); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if len(pointed) == 0 {
		return
	}
	also.sort()
	pointed.sort()
	if diff := cmp.Diff(pointed, also); diff != "" {
		t.Errorf("places pointed at (-want +got):\n%s", diff)
	}
}

func (w words) check(t *testing.T, code string, d diag.Diagnostic) {
	t.Helper()
	if w.near != "" {
		w.fixVI, w.fixEN = "Có phải ý là “"+w.near+"”?", "Did you mean “"+w.near+"”?"
		if want := (&diag.Edit{Span: d.Span, Text: w.near}); !cmp.Equal(d.Edit, want) {
			t.Errorf("the edit is %+v, want %+v", d.Edit, want)
		}
	}
	severity := diag.Error
	if w.warning {
		severity = diag.Warning
	}
	want := diag.Diagnostic{
		Code: code, Severity: severity,
		Message: diag.Sentence{VI: w.vi, EN: w.en}, Fix: diag.Sentence{VI: w.fixVI, EN: w.fixEN},
	}
	d.Span, d.Edit, d.Related = diag.Span{}, nil, nil
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
}

// pathOf is the path that the opening words of a text ask for.
func pathOf(text string) string {
	fields := strings.Fields(marked.Read("", text).Source)
	switch {
	case fields[0] == "hôm":
		return "thu_test.flow"
	case fields[1] == "con":
		return fields[2] + ".flow"
	}
	return fields[1] + ".flow"
}

// spans are places in order.
type spans []diag.Span

func (s spans) sort() {
	list := make(diag.List, len(s))
	for i, at := range s {
		list[i].Span = at
	}
	list.Sort()
	for i, d := range list {
		s[i] = d.Span
	}
}
