package check

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/marked"
)

// example is a small bundle and everything one rule says of it. In its text «…» marks the place of a finding and ‹…› a place that it
// points at as well; without marks the rule finds nothing.
type example struct {
	name string
	text string  // the flow thu below its header, then other files after txtar marks
	says []words // by finding, in order of their places
}

// words is what a finding says.
type words struct {
	vi, en       string
	fixVI, fixEN string
	warning      bool
	edit         string // what the marked place becomes
}

// holds checks examples of one rule beside the base files: places, severity and all four sentences.
func holds(t *testing.T, code string, opts Options, examples ...example) {
	t.Helper()
	holdsBeside(t, base(t), code, opts, examples)
}

// holdsAlone is holds for bundles that have what they need in their own text.
func holdsAlone(t *testing.T, code string, examples ...example) {
	t.Helper()
	holdsBeside(t, nil, code, Options{}, examples)
}

func holdsBeside(t *testing.T, beside []txtar.File, code string, opts Options, examples []example) {
	t.Helper()
	if opts.Day == 0 {
		opts.Day = today(t)
	}
	seen := map[string]bool{}
	for _, e := range examples {
		if seen[e.name] {
			t.Errorf("two examples are named %q", e.name)
		}
		seen[e.name] = true
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			e.check(t, beside, code, opts)
		})
	}
}

func (e example) check(t *testing.T, beside []txtar.File, code string, opts Options) {
	t.Helper()
	files, wanted, pointed := e.read(beside)
	found := only(Check(must(t, files, "D022", "D023", "D024", "D025"), opts), code)
	if len(found) != len(e.says) {
		t.Errorf("%d findings, want %d", len(found), len(e.says))
	}
	var places, also diag.List
	for i, d := range found {
		places = append(places, diag.Diagnostic{Span: d.Span})
		for _, r := range d.Related {
			also = append(also, diag.Diagnostic{Span: r.Span})
		}
		if i < len(e.says) {
			e.says[i].check(t, code, d)
		}
	}
	wanted.Sort()
	if diff := cmp.Diff(wanted, places); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if len(pointed) == 0 {
		return
	}
	also.Sort()
	pointed.Sort()
	if diff := cmp.Diff(pointed, also); diff != "" {
		t.Errorf("places pointed at (-want +got):\n%s", diff)
	}
}

// read takes the marks out of the texts of an example.
func (e example) read(beside []txtar.File) (files []txtar.File, wanted, pointed diag.List) {
	archive := txtar.Parse([]byte(e.text))
	files = slices.Clone(beside)
	for _, f := range append([]txtar.File{flow("thu", header+string(archive.Comment))}, archive.Files...) {
		m := marked.Read(f.Name, string(f.Data))
		files = append(files, txtar.File{Name: f.Name, Data: []byte(m.Source)})
		for _, at := range m.Found {
			wanted = append(wanted, diag.Diagnostic{Span: at})
		}
		for _, at := range m.Also {
			pointed = append(pointed, diag.Diagnostic{Span: at})
		}
	}
	return files, wanted, pointed
}

func (w words) check(t *testing.T, code string, d diag.Diagnostic) {
	t.Helper()
	severity := diag.Error
	if w.warning {
		severity = diag.Warning
	}
	want := diag.Diagnostic{
		Code: code, Severity: severity, Span: d.Span, Related: d.Related,
		Message: diag.Sentence{VI: w.vi, EN: w.en}, Fix: diag.Sentence{VI: w.fixVI, EN: w.fixEN},
	}
	if w.edit != "" {
		want.Edit = &diag.Edit{Span: d.Span, Text: w.edit}
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
}
