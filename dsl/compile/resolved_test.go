package compile_test

import (
	"os"
	"path/filepath"
	"testing"

	"hoithoai/dsl/program"
)

// TestEverythingIsResolved walks the program of the bundle of every construct: no name is left without its position, no sentence
// and no expression is empty.
func TestEverythingIsResolved(t *testing.T) {
	t.Parallel()
	for _, f := range everything(t).Flows {
		if f.Start < 0 || len(f.Steps) != len(f.Machine.States) || f.Keep <= 0 {
			t.Errorf("%s: start %d, %d steps, %d states, keep %s", f.Name, f.Start, len(f.Steps), len(f.Machine.States), f.Keep)
		}
		for i, s := range f.Steps {
			if s.Index != i || s.Name != f.Machine.States[i] || s.Span.Line == 0 {
				t.Errorf("%s: step %d is %s at %d", f.Name, i, s.Name, s.Span.Line)
			}
			checkStep(t, f, s)
		}
	}
}

func everything(t *testing.T) *program.Program {
	t.Helper()
	const root = "../../testdata/load/everything/"
	names, err := filepath.Glob(root + "*.flow")
	if err != nil || len(names) == 0 {
		t.Fatalf("no flows in %s: %v", root, err)
	}
	texts := []string{"luồng gap_can_bo \"Gặp cán bộ\"\n\nbước dau\n  | Chào.\n  chuyển người truc_ban\n"}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(src))
	}
	p := compiled(t, texts...)
	unique(t, p)
	return p
}

func checkStep(t *testing.T, f *program.Flow, s *program.Step) {
	t.Helper()
	for _, a := range s.Actions {
		if !a.Clear && (a.Slot < 0 || a.Expr == nil) {
			t.Errorf("%s: action %+v", s.Name, a)
		}
	}
	for _, b := range s.Bubbles {
		if b.Kind == program.Words && len(b.Lines) == 0 || b.Kind != program.Words && (b.Path == "" || b.Alt.Text == "") {
			t.Errorf("%s: bubble %+v", s.Name, b)
		}
		for _, l := range b.Lines {
			if l.Text.Text == "" && len(l.Text.Parts) == 0 {
				t.Errorf("%s: an empty line", s.Name)
			}
		}
		checkButtons(t, f, s, b.Links)
	}
	checkButtons(t, f, s, s.End.Buttons)
	checkEnding(t, f, s)
}

func checkButtons(t *testing.T, f *program.Flow, s *program.Step, buttons []program.Button) {
	t.Helper()
	for _, b := range buttons {
		switch {
		case b.Label.Text == "":
			t.Errorf("%s: a button without a label", s.Name)
		case b.Kind == program.Set && b.Value == nil:
			t.Errorf("%s: [%s] sets nothing", s.Name, b.Label.Text)
		case b.Kind == program.GoTo:
			checkTarget(t, f, s, b.Target)
		case b.Kind != program.Set && b.Address.Text == "" && len(b.Address.Parts) == 0:
			t.Errorf("%s: [%s] has no address", s.Name, b.Label.Text)
		}
	}
}

func checkTarget(t *testing.T, f *program.Flow, s *program.Step, target program.Target) {
	t.Helper()
	if target.Kind == program.ToStep && (target.Index < 0 || target.Index >= len(f.Steps)) || target.Kind == program.ToFlow && target.Index < 0 {
		t.Errorf("%s: target %+v leads nowhere", s.Name, target)
	}
}

func checkEnding(t *testing.T, f *program.Flow, s *program.Step) {
	t.Helper()
	e := &s.End
	switch e.Kind {
	case program.Go:
		checkTarget(t, f, s, e.Next)
	case program.Ask:
		checkTarget(t, f, s, e.Next)
		if e.Slot < 0 {
			t.Errorf("%s asks nothing", s.Name)
		}
	case program.Branch:
		for _, a := range e.Arms {
			checkTarget(t, f, s, a.Target)
		}
		if len(e.Arms) == 0 {
			t.Errorf("%s branches nowhere", s.Name)
		}
	case program.Call, program.Do:
		checkTarget(t, f, s, e.Done)
		if e.Callee < 0 {
			t.Errorf("%s calls nothing", s.Name)
		}
		for _, a := range e.Args {
			if a == nil {
				t.Errorf("%s gives an argument that was not compiled", s.Name)
			}
		}
	case program.Human:
		if e.Desk == "" {
			t.Errorf("%s hands over to nobody", s.Name)
		}
	}
}
