package bind

import (
	"cmp"
	"fmt"
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// Options is what a bundle is bound against besides its own files; the zero value is usable.
type Options struct {
	// Wards reads the catalogue behind the type phường: code, full name, old names. It is called once at most, when the first
	// phường is met: most bundles ask for none, and a catalogue is large. Without it a phường is an error.
	Wards func() []value.Option
}

// Bind resolves the names of files and compiles every expression and sentence once. The diagnostics are ordered by file,
// line and column. The Bundle is never nil: what could not be resolved is absent from it and has been reported.
func Bind(files []*tree.File) (*Bundle, diag.List) { return With(files, Options{}) }

// With is Bind with options.
func With(files []*tree.File, opts Options) (*Bundle, diag.List) {
	b := newBinder(files, opts)
	b.declare()
	b.resolve()
	b.judge()
	b.out.holes = b.holes
	b.found.Sort()
	return b.out, b.found
}

// binder is one run over one bundle.
type binder struct {
	out   *Bundle
	opts  Options
	wards value.Type // of the catalogue, read and folded when the first slot asks for it
	cache expression.Cache
	found diag.List
	lost  map[string]bool // names whose declaration was refused: what reads them is a consequence
	files []*tree.File    // flows in order of Bundle.Flows, then the chung files

	holes
	broken bool // some line could not be read: what looks unused may be used there
}

// holes are the places of a bundle where something that is missing may stand.
type holes struct {
	headless bool // some file's opening line could not be read: a flow that is missing may be that one
	gaps     bool // some declaration could not be read: a fact or task that is missing may stand there
}

func newBinder(files []*tree.File, opts Options) *binder {
	b := &binder{opts: opts, lost: map[string]bool{}}
	b.out = &Bundle{ByName: map[string]*Flow{}, Task: map[string]*tree.Task{}, Types: map[*tree.TypeRef]value.Type{}}
	for _, f := range files {
		if f == nil || f.Name.Text == "" {
			b.headless, b.gaps, b.broken = true, true, true
			continue
		}
		b.files = append(b.files, f)
		b.gaps, b.broken = b.gaps || f.Broken, b.broken || isBroken(f)
	}
	slices.SortStableFunc(b.files, func(x, y *tree.File) int {
		return cmp.Or(cmp.Compare(sharedLast(x), sharedLast(y)), cmp.Compare(x.Name.Text, y.Name.Text), cmp.Compare(x.Path, y.Path))
	})
	return b
}

func sharedLast(f *tree.File) int {
	if f.Kind == tree.Shared {
		return 1
	}
	return 0
}

// isBroken reports whether any line of the file could not be read.
func isBroken(f *tree.File) bool {
	return f.Broken || slices.ContainsFunc(f.Steps, func(s *tree.Step) bool { return s.Broken })
}

// declare collects what the files declare: flows, facts, tasks, slots, steps, conditions.
func (b *binder) declare() {
	for _, f := range b.files {
		if f.Kind == tree.Shared {
			b.out.Shared = append(b.out.Shared, f)
			continue
		}
		b.declareFlow(f)
	}
	b.declareFacts()
	b.declareTasks()
	for _, f := range b.out.Flows {
		b.declareSlots(f)
		b.declareSteps(f)
	}
	b.declareConditions()
}

// resolve gives every word of every file its meaning.
func (b *binder) resolve() {
	for _, s := range b.scopes() {
		b.resolveFile(s)
	}
}

// judge applies the rules that look at a file or at the bundle as a whole.
func (b *binder) judge() {
	for _, f := range b.out.Flows {
		b.judgeFlow(f)
	}
	b.judgeTriggers()
	b.checkSilences(b.files)
	b.judgeCalls()
	b.judgeUse()
}

// say builds a sentence; both languages take the same arguments.
func say(vi, en string, args ...any) diag.Sentence {
	if len(args) == 0 {
		return diag.Sentence{VI: vi, EN: en}
	}
	return diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}

// fail reports an error.
func (b *binder) fail(code string, at diag.Span, message, fix diag.Sentence, related ...diag.Related) {
	b.found = append(b.found, diag.Diagnostic{Code: code, Severity: diag.Error, Span: at, Message: message, Fix: fix, Related: related})
}

// warn reports a duty of content.
func (b *binder) warn(code string, at diag.Span, message, fix diag.Sentence) {
	b.found = append(b.found, diag.Diagnostic{Code: code, Severity: diag.Warning, Span: at, Message: message, Fix: fix})
}

// unknown reports a name that nothing declares, with the nearest that something does.
func (b *binder) unknown(code string, name tree.Name, message diag.Sentence, candidates []string) {
	b.found = append(b.found, unknown(code, name, message, candidates))
}

// orElse gives the last finding its fix where nothing near was found.
func (b *binder) orElse(fix diag.Sentence) {
	if last := &b.found[len(b.found)-1]; last.Fix == (diag.Sentence{}) {
		last.Fix = fix
	}
}

func unknown(code string, name tree.Name, message diag.Sentence, candidates []string) diag.Diagnostic {
	d := diag.Diagnostic{Code: code, Severity: diag.Error, Span: name.Span, Message: message}
	slices.Sort(candidates)
	if near, ok := diag.Nearest(name.Text, candidates); ok {
		d.Fix = say("Có phải ý là “%s”?", "Did you mean “%s”?", near)
		d.Edit = &diag.Edit{Span: name.Span, Text: near}
	}
	return d
}

// before points at the place where something was declared first.
func before(at diag.Span) diag.Related {
	return diag.Related{Span: at, Message: say("Đã khai ở đây.", "Declared here before.")}
}
