package bind

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/tree"
)

// Tests resolves the names in transcripts against a bundle: flows, steps, tasks, sub-flows, their results and errors, and the
// fields of zalo and don_vi. A standard flow is known even where no flow leads to it. What a line that could not be read may have
// declared is not missed. The diagnostics are ordered by file, line and column; tests may hold nil.
func Tests(b *Bundle, tests []*tree.Tests) diag.List {
	t := &testBinder{bundle: b}
	for _, file := range tests {
		if file != nil {
			t.file(file)
		}
	}
	t.found.Sort()
	return t.found
}

// testBinder is one run over the transcripts of a bundle.
type testBinder struct {
	bundle *Bundle
	cache  expression.Cache
	found  diag.List
}

func (t *testBinder) file(file *tree.Tests) {
	for _, s := range file.Settings {
		t.setting(s)
	}
	for _, test := range file.Tests {
		t.checkTestFlow(test.Flow)
		for _, line := range test.Lines {
			t.line(test, line)
		}
	}
}

func (t *testBinder) line(test *tree.Test, line *tree.TestLine) {
	switch line.Kind {
	case tree.LineSetting:
		t.setting(line.Setting)
	case tree.LineMachine:
		t.task(line.Name, line.Outcome)
	case tree.LineAt:
		t.checkTestStep(test, line.Name)
	}
}

func (t *testBinder) setting(s *tree.Setting) {
	switch s.Kind {
	case tree.FakeTask:
		t.task(s.Name, s.Outcome)
	case tree.FakeCall:
		t.sub(s.Name, s.Outcome)
	case tree.FakeZalo:
		t.field("zalo", s.Name)
	case tree.FakeOffice:
		t.field("don_vi", s.Name)
	}
}

// task resolves an answer given for a task.
func (t *testBinder) task(name tree.Name, o *tree.Outcome) {
	task := t.checkTestTask(name)
	if task == nil || o == nil {
		return
	}
	t.checkTestError(o.Code, task)
	results := make([]string, 0, len(task.Results))
	for _, r := range task.Results {
		results = append(results, r.Name.Text)
	}
	t.checkTestResults(name, o.Fields, results)
}

// sub resolves an answer given for a sub-flow. What an unread line of it may have declared is not missed.
func (t *testBinder) sub(name tree.Name, o *tree.Outcome) {
	f := t.checkTestSub(name)
	if f == nil || o == nil || f.File.Broken {
		return
	}
	var results []string
	for _, decl := range f.File.Slots {
		if decl.Out {
			results = append(results, decl.Name.Text)
		}
	}
	t.checkTestResults(name, o.Fields, results)
}

// field resolves zalo.x and don_vi.x as an expression would, under the same code.
func (t *testBinder) field(owner string, name tree.Name) {
	if _, ok := expression.Field(owner, name.Text); ok {
		return
	}
	_, problems := t.cache.Compile(owner+"."+name.Text, &expression.Scope{})
	for _, p := range problems {
		t.found = append(t.found, diag.Diagnostic{Code: p.Code, Severity: diag.Error, Span: name.Span, Message: p.Message, Fix: p.Fix})
	}
}
