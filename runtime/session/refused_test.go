package session_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// Sessions that no engine makes, or that belong to another program, are refused when they are read: behind the decoder nobody
// looks again.
func TestDecodeRefusesWhatIsOutside(t *testing.T) {
	t.Parallel()
	p := testProgram()
	run := func(change func(*session.Run)) func(*session.Session) {
		return func(s *session.Session) { change(&s.Runs[0]) }
	}
	for name, change := range map[string]func(*session.Session){
		"a state of the future":       func(s *session.Session) { s.Status = session.Human + 1 },
		"an offer of the future":      func(s *session.Session) { s.Offer.Kind = session.OfferErase + 1 },
		"a negative item":             func(s *session.Session) { s.Offer.Items = []int{-1} },
		"65 items":                    func(s *session.Session) { s.Offer.Items = make([]int, 65) },
		"reminders below zero":        func(s *session.Session) { s.Fired = -1 },
		"65 runs":                     func(s *session.Session) { s.Runs = manyRuns(65) },
		"a link of the future":        run(func(r *session.Run) { r.Link = session.Digression + 1 }),
		"a flow behind the last":      run(func(r *session.Run) { r.Flow = 4 }),
		"a step behind the last":      run(func(r *session.Run) { r.Step = 12 }),
		"a step before the first":     run(func(r *session.Run) { r.Step = -1 }),
		"a return behind the last":    run(func(r *session.Run) { r.Return = 12 }),
		"a return before the first":   run(func(r *session.Run) { r.Return = -2 }),
		"wrong answers below zero":    run(func(r *session.Run) { r.Wrong = -1 }),
		"a slot too many":             run(func(r *session.Run) { r.Slots = append(r.Slots, value.Value{Kind: value.Number}) }),
		"65 marks":                    run(func(r *session.Run) { r.Back = make([]session.Mark, 65) }),
		"a mark behind the last step": run(func(r *session.Run) { r.Back[0].Step = 12 }),
		"a mark of a slot too many":   run(func(r *session.Run) { r.Back[0].Set = 1 << 11 }),
		"a value of the future":       run(func(r *session.Run) { r.Slots[1].Kind = value.Story + 1 }),
	} {
		s := fullSession(p)
		change(&s)
		var got session.Session
		if err := session.Decode(session.Append(nil, &s, p), p, &got); !errors.Is(err, session.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What only layout 3 has is refused in an older one, and what it cannot mean is refused in it.
func TestDecodeRefusesWhatLayoutsCannotHold(t *testing.T) {
	t.Parallel()
	p := testProgram()
	for name, body := range map[string][]byte{
		"an offer of layout 3 in layout 1": relabel(p, 1, func(s *session.Session) { s.Offer.Kind = session.OfferEdit }),
		"a kind of layout 3 in layout 1":   relabel(p, 1, func(s *session.Session) { s.Runs[0].Slots[1].Kind = value.Story }),
		"a flag of the future":             flagged(p, 1<<4),
		"an alarm at no time":              flagged(p, 1, 0),
		"a thousand consents":              flagged(p, 1<<2, 0xe8, 0x07),
		"a consent without its hash":       flagged(p, 1<<2, 1, 1, 'x', 2, 2, 0, 0, 0, 0, 0, 0, 0),
		"a draft without an end":           flagged(p, 1<<1, 5, 'x'),
	} {
		var got session.Session
		if err := session.Decode(body, p, &got); !errors.Is(err, session.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := newestSession(p)
	body := session.Append(nil, &s, p)
	q := testProgram()
	q.Flows[3].Slots[0].Type.Options = q.Flows[3].Slots[0].Type.Options[:62]
	var got session.Session
	if err := session.Decode(body, q, &got); !errors.Is(err, session.ErrCorrupt) {
		t.Errorf("an option behind the last: %v", err)
	}
}

// relabel writes a changed session as if it were of an older version.
func relabel(p *program.Program, version byte, change func(*session.Session)) []byte {
	s := fullSession(p)
	change(&s)
	body := session.Append(nil, &s, p)
	body[0] = version
	return body
}

// flagged is an idle session of layout 3 with the given bytes behind its runs; Seen is 0.
func flagged(p *program.Program, tail ...byte) []byte {
	body := session.Append(nil, &session.Session{}, p)
	body[0] = session.Version
	return append(body, tail...)
}

func manyRuns(n int) []session.Run {
	out := make([]session.Run, n)
	for i := range out {
		out[i] = session.Run{Flow: 2, Return: program.None, Link: session.Called}
	}
	return out
}

// The most that is allowed is read.
func TestDecodeTakesTheMost(t *testing.T) {
	t.Parallel()
	p := testProgram()
	want := fullSession(p)
	want.Offer.Items = make([]int, 64)
	want.Runs = manyRuns(64)
	want.Runs[63] = session.Run{
		Flow: 1, Step: 2, Link: session.Called, Return: 2, Visit: 1<<32 - 1, Slots: make([]value.Value, 64), Back: make([]session.Mark, 64),
	}
	for i := range want.Runs[63].Slots {
		want.Runs[63].Slots[i] = value.Value{Kind: value.Number, N: -1 << 63}
		want.Runs[63].Back[i].Set = 1<<64 - 1
	}
	var got session.Session
	if err := session.Decode(session.Append(nil, &want, p), p, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// A slot whose type changed under the same program cannot be: but a value of another kind than its slot's is written with its
// kind, so that nothing is ever read as something else.
func TestOddValuesKeepTheirKind(t *testing.T) {
	t.Parallel()
	p := testProgram()
	want := fullSession(p)
	want.Runs[0].Slots[1] = value.Value{Kind: value.Text, S: "năm mươi"}
	want.Runs[0].Slots[6] = value.Value{Kind: value.Choice, N: 1, S: "của bản trước"}
	var got session.Session
	if err := session.Decode(session.Append(nil, &want, p), p, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// After half a billion bubbles the turns begin again; the bubble a turn belongs to stays readable.
func TestTurnsBeginAgain(t *testing.T) {
	t.Parallel()
	s := session.Session{Turn: 1<<32 - 1}
	for _, b := range []session.Bubble{session.Question, session.Offered, session.LastLine} {
		before := s.Turn
		if turn := s.NextTurn(b); session.BubbleOf(turn) != b || turn == before || turn > 64 {
			t.Errorf("after %d comes %d of bubble %d", before, turn, session.BubbleOf(turn))
		}
	}
}
