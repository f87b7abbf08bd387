package engine_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/looplab/fsm"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

func bench20(t testing.TB) *program.Program {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "bench20", "bench20.flow"))
	if err != nil {
		t.Fatal(err)
	}
	return load(t, string(text))
}

// The conversation of bench20: what the person writes and what the engine must answer.
func TestBench20(t *testing.T) {
	t.Parallel()
	k := newTalk(t, bench20(t), engine.Config{})
	k.s.Name = "Lan"
	k.say("benefits").want("Hi Lan, welcome to the benefits desk. What can we help with? [Quote] [Claim] [Agent]")
	k.say("quote").want("How old is the insured person?")
	k.say("abc").want("Please send an age in years, like 42. / How old is the insured person?").kind(engine.Wrong)
	k.say("52").want("Which plan? Basic, Plus or Premium [Basic] [Plus] [Premium]")
	k.say("premium").want("The Premium plan for age 52 costs 1.319 per year. Shall we go on? [Yes] [No]")
	k.say("yes").want("Your mobile number, please.")
	k.say("12345").want("That is not a Vietnamese mobile number. / Your mobile number, please.").kind(engine.Wrong)
	k.say("0901234567").want("Which province do you live in?")
	k.say("Hanoi").want("From which date should cover start? (YYYY-MM-DD)")
	k.say("2026-10-01").want("Add dental for 120 more? [Có] [Không]")
	k.say("yes").want("Please check: Premium, age 52, phone 0901 234 567, Hanoi, from 01/10/2026. / With dental. / Total 1.439. Confirm? [Confirm] [Cancel]")
	k.say("confirm").want("Thank you. Your reference is PR-0901 234 567.").ended(engine.Outcome{Flow: "bench20", Success: true}).at()
}

// The messages of bench20 after the conversation was opened.
var bench20Messages = []string{"quote", "abc", "52", "premium", "yes", "12345", "0901234567", "Hanoi", "2026-10-01", "yes", "confirm"}

// bench20Open returns an engine, the encoded session that waits at the first question, and the events of the conversation.
func bench20Open(b testing.TB) (*engine.Engine, []byte, []event.Event) {
	b.Helper()
	p := bench20(b)
	e := engine.New(p, engine.Config{Office: testOffice()})
	s := session.Session{Name: "Lan"}
	if _, err := e.Step(&s, &event.Event{Kind: event.Text, At: morning, Text: "benefits"}); err != nil {
		b.Fatal(err)
	}
	var events []event.Event
	for i, text := range bench20Messages {
		events = append(events, event.Event{Kind: event.Text, At: morning + int64(i+1)*7000, Text: text})
	}
	return e, session.Append(nil, &s, p), events
}

// The stored session at the last wait must stay small: one key of Redis a person.
func TestBench20StoredSize(t *testing.T) {
	t.Parallel()
	e, body, events := bench20Open(t)
	var s session.Session
	if err := session.Decode(body, e.Program(), &s); err != nil {
		t.Fatal(err)
	}
	for i := range events[:10] {
		if _, err := e.Step(&s, &events[i]); err != nil {
			t.Fatal(err)
		}
	}
	last := session.Append(nil, &s, e.Program())
	t.Logf("%d bytes at the last wait: %x", len(last), last)
	if len(last) > 120 {
		t.Errorf("the session takes %d bytes at its last wait, more than 120", len(last))
	}
}

func perMessage(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(bench20Messages)), "ns/message")
}

// BenchmarkBench20Memory is the conversation with the session kept in memory. Opening it anew is part of the loop, about a
// fortieth of the time.
func BenchmarkBench20Memory(b *testing.B) {
	e, body, events := bench20Open(b)
	var open, s session.Session
	if err := session.Decode(body, e.Program(), &open); err != nil {
		b.Fatal(err)
	}
	var res engine.Result
	b.ReportAllocs()
	for b.Loop() {
		s = open
		s.Runs = append([]session.Run(nil), open.Runs...)
		s.Runs[0].Slots = append([]value.Value(nil), open.Runs[0].Slots...)
		for i := range events {
			if err := e.StepInto(&res, &s, &events[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	if len(res.Ended) != 1 || !res.Ended[0].Success {
		b.Fatalf("the conversation did not complete: %+v", res)
	}
	perMessage(b)
}

// BenchmarkBench20Codec is the conversation with the session decoded before and encoded after every message, into a session
// that starts empty each time, as a process that serves many people does.
func BenchmarkBench20Codec(b *testing.B) {
	e, open, events := bench20Open(b)
	var res engine.Result
	var body []byte
	b.ReportAllocs()
	for b.Loop() {
		body = append(body[:0], open...)
		for i := range events {
			var s session.Session
			if err := session.Decode(body, e.Program(), &s); err != nil {
				b.Fatal(err)
			}
			if err := e.StepInto(&res, &s, &events[i]); err != nil {
				b.Fatal(err)
			}
			body = session.Append(body[:0], &s, e.Program())
		}
	}
	if len(res.Ended) != 1 || !res.Ended[0].Success {
		b.Fatalf("the conversation did not complete: %+v", res)
	}
	perMessage(b)
}

// BenchmarkMachineEvent is what looplab/fsm alone takes for one outcome: the floor under the step, 16 of them in bench20.
func BenchmarkMachineEvent(b *testing.B) {
	f := bench20(b).Flows[0]
	var events []fsm.EventDesc
	for _, t := range f.Machine.Transitions {
		events = append(events, fsm.EventDesc{Name: t.Event, Src: []string{f.Machine.States[t.From]}, Dst: f.Machine.States[t.To]})
	}
	m := fsm.NewFSM(f.Machine.States[f.Start], events, nil)
	first := f.Machine.Transitions[0]
	b.ReportAllocs()
	for b.Loop() {
		m.SetState(f.Machine.States[first.From])
		if err := m.Event(context.Background(), first.Event); err != nil {
			b.Fatal(err)
		}
	}
}
