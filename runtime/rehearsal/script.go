package rehearsal

import (
	"fmt"
	"slices"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/message"
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
	stage     *Stage
	keepGoing bool
	prog      *program.Program
	fakes     map[string]*tree.Outcome // tasks by name
	hanging   []engine.Task
	out       Outcome
	turn      *Turn
	last      engine.Result
	entered   string
	ended     []engine.Outcome
	at        int // next bubble of the turn
	shown     message.Message
}

// Run plays one test of a file on a program; of is the office it speaks for. It stops at the first line that does not come
// true, since what follows would only repeat it; with keepGoing a wrong Bot: line does not stop it (for Update).
func Run(p *program.Program, of *office.Office, file *tree.Tests, test *tree.Test, keepGoing bool) Outcome {
	sc := &script{prog: p, fakes: map[string]*tree.Outcome{}, out: Outcome{Test: test}, keepGoing: keepGoing}
	settings := slices.Clone(file.Settings)
	for _, l := range test.Lines {
		if l.Kind == tree.LineSetting {
			settings = append(settings, l.Setting)
		}
	}
	sc.stage = NewStage(sc.configure(of, settings))
	for i, l := range test.Lines {
		if !sc.line(i, l) {
			break
		}
	}
	sc.close()
	return sc.out
}

// configure reads all settings; a `hôm nay` inside a test may also stand later and then moves the clock.
func (sc *script) configure(of *office.Office, settings []*tree.Setting) Config {
	cfg := Config{Program: sc.prog, Office: cloneOffice(of), Calls: sc.calls(settings)}
	for _, s := range settings {
		switch s.Kind {
		case tree.Today:
			if cfg.Start == 0 || s.Span.Line < sc.firstLine() {
				cfg.Start = moment(s)
			}
		case tree.FakeTask:
			sc.fakes[s.Name.Text] = s.Outcome
		case tree.FakeZalo:
			cfg.Name = s.Value.Text
		case tree.FakeOffice:
			cfg.Office.Fields[s.Name.Text] = s.Value.Text
		}
	}
	return cfg
}

// firstLine is the source line of the first thing that happens in the test.
func (sc *script) firstLine() int {
	for _, l := range sc.out.Test.Lines {
		if l.Kind != tree.LineSetting {
			return l.Span.Line
		}
	}
	return 0
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
	return momentOf(day, minute)
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
		return sc.wait(i, l)
	case tree.LineAt:
		return sc.atStep(l)
	case tree.LineEnd:
		return sc.end(l)
	default:
		return sc.moved(l)
	}
}

// moved handles `hôm nay` in the middle of a test: the clock goes there.
func (sc *script) moved(l *tree.TestLine) bool {
	if l.Setting.Kind == tree.Today && l.Span.Line > sc.firstLine() {
		if to := moment(l.Setting); to > sc.stage.now {
			sc.stage.now = to
		}
	}
	return true
}

func (sc *script) fail(span diag.Span, vi, en string, args ...any) bool {
	return sc.failed(Failure{Span: span, Message: diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}})
}

func (sc *script) failed(f Failure) bool {
	sc.out.Failures = append(sc.out.Failures, f)
	if sc.turn != nil {
		sc.turn.Failed = true
	}
	return false
}
