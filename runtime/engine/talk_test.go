package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// morning is 24/11/2026 09:00 in Vietnam.
const morning = 1795485600000

func testOffice() *office.Office {
	return &office.Office{
		Fields: map[string]string{"ten": "Công an phường Bến Thành", "truc_ban": "02838291234"},
		Desks:  []string{"truc_ban"},
	}
}

// talk is one person with an engine and a clock moved by hand. After every event the session goes through its codec, so that
// every test proves the stored form too.
type talk struct {
	t      testing.TB
	p      *program.Program
	e      *engine.Engine
	s      session.Session
	now    int64
	res    engine.Result
	seen   []message.Message // everything said, newest last
	timers map[string]engine.Timer
	tasks  []engine.Task
}

func newTalk(t testing.TB, p *program.Program, cfg engine.Config) *talk {
	t.Helper()
	if cfg.Office == nil {
		cfg.Office = testOffice()
	}
	return &talk{t: t, p: p, e: engine.New(p, cfg), now: morning, timers: map[string]engine.Timer{}}
}

func (k *talk) do(ev event.Event) *talk {
	k.t.Helper()
	ev.At = k.now
	if ev.Kind == event.Timer && k.timers[ev.Name].Gen == ev.Gen { // it has fired
		delete(k.timers, ev.Name)
	}
	var err error
	if k.res, err = k.e.Step(&k.s, &ev); err != nil {
		k.t.Fatalf("step %v: %v", ev.Kind, err)
	}
	k.keep()
	return k
}

func (k *talk) keep() {
	k.t.Helper()
	for _, tm := range k.res.Timers {
		delete(k.timers, tm.Name)
		if tm.At > 0 {
			k.timers[tm.Name] = tm
		}
	}
	k.tasks = append(k.tasks, k.res.Tasks...)
	k.seen = append(k.seen, k.res.Messages...)
	var back session.Session
	if err := session.Decode(session.Append(nil, &k.s, k.p), k.p, &back); err != nil {
		k.t.Fatalf("the session does not survive its codec: %v", err)
	}
	if d := cmp.Diff(k.s, back, cmpopts.EquateEmpty()); d != "" {
		k.t.Fatalf("the codec changed the session (-before +after):\n%s", d)
	}
	k.s = back
}

func (k *talk) start(flow string) *talk {
	k.t.Helper()
	var err error
	if k.res, err = k.e.Start(&k.s, k.flow(flow), &event.Event{Kind: event.Text, At: k.now}); err != nil {
		k.t.Fatal(err)
	}
	k.keep()
	return k
}

func (k *talk) flow(name string) int {
	k.t.Helper()
	for _, f := range k.p.Flows {
		if f.Name == name {
			return f.Index
		}
	}
	k.t.Fatalf("no flow %s", name)
	return program.None
}

func (k *talk) say(text string) *talk {
	k.t.Helper()
	k.now += 1000
	return k.do(event.Event{Kind: event.Text, Text: text})
}

func (k *talk) press(label string) *talk {
	k.t.Helper()
	return k.say(k.payload(label))
}

// payload is what the newest button with that label carries.
func (k *talk) payload(label string) string {
	k.t.Helper()
	for i := len(k.seen) - 1; i >= 0; i-- {
		for _, c := range k.seen[i].Choices {
			if c.Label == label {
				return message.Payload(k.seen[i].Turn, c.N)
			}
		}
	}
	k.t.Fatalf("no button [%s] was ever shown", label)
	return ""
}

func (k *talk) picture(names ...string) *talk {
	k.t.Helper()
	k.now += 1000
	ev := event.Event{Kind: event.Media}
	for _, n := range names {
		ev.Media = append(ev.Media, value.Media{Kind: "image", Name: n, URL: "https://photo.invalid/" + n})
	}
	return k.do(ev)
}

// wait moves the clock and fires the timers that fall due on the way.
func (k *talk) wait(d time.Duration) *talk {
	k.t.Helper()
	end := k.now + d.Milliseconds()
	for range 1000 {
		var due *engine.Timer
		for _, tm := range k.timers {
			if tm.At <= end && (due == nil || tm.At < due.At) {
				due = &tm
			}
		}
		if due == nil {
			k.now = end
			return k
		}
		delete(k.timers, due.Name)
		k.now = max(k.now, due.At)
		k.do(event.Event{Kind: event.Timer, Name: due.Name, Gen: due.Gen})
	}
	k.t.Fatal("timers fire for ever")
	return k
}

// finish answers the oldest task in flight.
func (k *talk) finish(code string, values ...string) *talk {
	k.t.Helper()
	if len(k.tasks) == 0 {
		k.t.Fatal("no task is in flight")
	}
	task := k.tasks[0]
	k.tasks = k.tasks[1:]
	k.now += 1000
	return k.do(event.Event{Kind: event.TaskResult, Task: &event.Result{
		Call: task.Call, Task: task.Name, Failed: code != "", Code: strings.TrimPrefix(code, "*"), Values: values,
	}})
}

// shown draws what the last event led to: one line a bubble, then its buttons.
func (k *talk) shown() []string {
	var out []string
	for _, m := range k.res.Messages {
		line := strings.ReplaceAll(m.Text, "\n", " / ")
		switch m.Kind {
		case message.Image:
			line = "(ảnh " + m.Path + ") " + line
		case message.File:
			line = "(tệp " + m.Path + ") " + line
		}
		for i, c := range m.Choices {
			if c.N != i+1 {
				k.t.Errorf("choice %d of %q carries number %d", i+1, m.Text, c.N)
			}
			line += " [" + c.Label + "]"
		}
		for _, l := range m.Links {
			line += fmt.Sprintf(" <%s %s>", l.Label, l.Address)
		}
		out = append(out, line)
	}
	return out
}

// want compares what the last event led to.
func (k *talk) want(lines ...string) *talk {
	k.t.Helper()
	if d := cmp.Diff(lines, k.shown(), cmpopts.EquateEmpty()); d != "" {
		k.t.Errorf("bubbles (-want +got):\n%s", d)
	}
	return k
}

// kind compares what the event turned out to be.
func (k *talk) kind(want engine.Kind) *talk {
	k.t.Helper()
	if k.res.Kind != want {
		k.t.Errorf("the event is %v, want %v; it led to %q %s", k.res.Kind, want, k.shown(), k.res.Fault)
	}
	return k
}

// at compares where the session stands: the names of the steps on the stack, root first.
func (k *talk) at(steps ...string) *talk {
	k.t.Helper()
	var got []string
	for _, r := range k.s.Runs {
		f := k.p.Flows[r.Flow]
		got = append(got, f.Name+"/"+f.Steps[r.Step].Name)
	}
	if d := cmp.Diff(steps, got, cmpopts.EquateEmpty()); d != "" {
		k.t.Errorf("the session stands elsewhere (-want +got):\n%s", d)
	}
	return k
}

// slot returns a slot of the top run as it is shown, "" where it is unset.
func (k *talk) slot(name string) string {
	k.t.Helper()
	r := k.s.Runs[len(k.s.Runs)-1]
	for i, s := range k.p.Flows[r.Flow].Slots {
		if s.Name == name {
			return s.Type.Show(r.Slots[i])
		}
	}
	k.t.Fatalf("no slot %s", name)
	return ""
}

// ended compares the runs that the last event ended.
func (k *talk) ended(want ...engine.Outcome) *talk {
	k.t.Helper()
	if d := cmp.Diff(want, k.res.Ended, cmpopts.EquateEmpty()); d != "" {
		k.t.Errorf("ended runs (-want +got):\n%s", d)
	}
	return k
}

func (k *talk) status(want session.Status) *talk {
	k.t.Helper()
	if k.s.Status != want {
		k.t.Errorf("the status is %d, want %d", k.s.Status, want)
	}
	return k
}
