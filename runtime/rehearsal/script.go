package rehearsal

import (
	"fmt"
	"slices"
	"time"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/message"
	"hoithoai/runtime/understand"
)

// Failure is one line of a transcript that did not come true.
type Failure struct {
	Span    diag.Span
	Message diag.Sentence
}

// Outcome is what became of one test.
type Outcome struct {
	Test     *tree.Test
	Failures []Failure
	Edges    []engine.Edge // every edge the test went over
	Turns    []Turn        // what was said, for -update
}

// Passed reports whether every line came true.
func (o Outcome) Passed() bool { return len(o.Failures) == 0 }

// Turn is what the bot said between two lines of the person, and the Bot: lines that speak of it.
type Turn struct {
	After   int // index in Test.Lines of the line that caused it
	Lines   []int
	Bubbles []message.Message
	Failed  bool
}

// script runs one test.
type script struct {
	stage      *Stage
	understand *understand.Understander
	keepGoing  bool
	begins     int // index of the first line that is no setting
	prog       *program.Program
	fakes      map[string]*tree.Outcome // tasks by name
	hanging    []engine.Task
	out        Outcome
	turn       *Turn
	entered    string
	ended      []engine.Outcome // in this turn
	at         int              // next bubble of the turn
}

// Rehearsals plays the transcripts of one program, which it has learnt to understand once. It is safe for concurrent use.
type Rehearsals struct {
	program    *program.Program
	understand *understand.Understander
}

// Of learns what a program's transcripts need.
func Of(p *program.Program) *Rehearsals {
	return &Rehearsals{program: p, understand: understand.New(p)}
}

// Run plays one test of a file; of is the office it speaks for. It stops at the first line that does not come
// true, since what follows would only repeat it; with keepGoing a wrong Bot: line does not stop it (for Update).
func (r *Rehearsals) Run(of *office.Office, file *tree.Tests, test *tree.Test, keepGoing bool) Outcome {
	sc := &script{prog: r.program, understand: r.understand, fakes: map[string]*tree.Outcome{}, out: Outcome{Test: test}, keepGoing: keepGoing}
	sc.stage = NewStage(sc.configure(of, file))
	for i, l := range test.Lines {
		if !sc.line(i, l) {
			break
		}
	}
	sc.close()
	return sc.out
}

// configure reads the settings of the file and of the test. In the middle of a test the clock and the tasks may change: those
// settings are heeded when they are reached. Everything else holds from the beginning.
func (sc *script) configure(of *office.Office, file *tree.Tests) Config {
	cfg := Config{Program: sc.prog, Understand: sc.understand, Office: cloneOffice(of), Gather: engine.DefaultGather}
	settings := slices.Clone(file.Settings)
	sc.begins = len(sc.out.Test.Lines)
	for i, l := range sc.out.Test.Lines {
		switch {
		case l.Kind != tree.LineSetting:
			sc.begins = min(sc.begins, i)
		case i < sc.begins || !later(l.Setting.Kind):
			settings = append(settings, l.Setting)
		}
	}
	cfg.Calls = sc.calls(settings)
	for _, s := range settings {
		sc.set(&cfg, s)
	}
	return cfg
}

// later reports whether a setting may change in the middle of a test.
func later(k tree.SettingKind) bool { return k == tree.Today || k == tree.FakeTask }

func (sc *script) set(cfg *Config, s *tree.Setting) {
	switch s.Kind {
	case tree.Today:
		cfg.Start = moment(s)
	case tree.FakeTask:
		sc.fakes[s.Name.Text] = s.Outcome
	case tree.FakeZalo:
		cfg.Name = s.Value.Text
	case tree.FakeOffice:
		cfg.Office.Fields[s.Name.Text] = s.Value.Text
	}
}

func cloneOffice(of *office.Office) *office.Office {
	c := *of
	c.Fields = map[string]string{}
	for k, v := range of.Fields {
		c.Fields[k] = v
	}
	return &c
}

// morning is the time of day where a transcript gives none.
const morning = 8 * 60

func moment(s *tree.Setting) int64 {
	day, _ := value.DayNumber(s.Date.Year, s.Date.Month, s.Date.Day)
	minute := s.Minute
	if !s.HasTime {
		minute = morning
	}
	return value.Moment(day, minute)
}

// line plays one line; false stops the test.
func (sc *script) line(i int, l *tree.TestLine) bool {
	switch l.Kind {
	case tree.LinePerson:
		return sc.person(i, l)
	case tree.LineBot:
		return sc.bot(i, l) || sc.keepGoing
	case tree.LineMachine:
		return sc.machine(i, l)
	case tree.LineWait:
		return sc.pass(i, l, l.Wait)
	case tree.LineAt:
		return sc.atStep(l)
	case tree.LineEnd:
		return sc.end(l)
	default:
		return sc.change(i, l)
	}
}

// change is a setting in the middle of a test: the clock goes on, or a task answers otherwise from now on.
func (sc *script) change(i int, l *tree.TestLine) bool {
	switch {
	case i < sc.begins:
		return true // heeded at the beginning
	case l.Setting.Kind == tree.FakeTask:
		sc.fakes[l.Setting.Name.Text] = l.Setting.Outcome
	case l.Setting.Kind == tree.Today:
		d := time.Duration(moment(l.Setting)-sc.stage.now) * time.Millisecond
		if d < 0 {
			return sc.fail(l.Span, "đồng hồ không chạy lùi được", "the clock cannot run backwards")
		}
		return sc.pass(i, l, d)
	}
	return true
}

// wrong is a Bot: line that did not come true; Update rewrites its turn.
func (sc *script) wrong(span diag.Span, vi, en string, args ...any) bool {
	sc.turn.Failed = true
	return sc.fail(span, vi, en, args...)
}

func (sc *script) fail(span diag.Span, vi, en string, args ...any) bool {
	return sc.failed(Failure{Span: span, Message: diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}})
}

func (sc *script) failed(f Failure) bool {
	sc.out.Failures = append(sc.out.Failures, f)
	return false
}
