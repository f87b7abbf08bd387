package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// answers leads a talk to some question of the bundle by sensible answers.
var answers = []string{"1", "2", "phòng trọ", "không", "26/11", "nhà bị trộm", "12 Lê Lợi", "bỏ qua", "0901234567", "Lan", "34", "làm tiếp"}

func wander(t *rapid.T, k *talk) {
	k.say(rapid.SampledFrom([]string{"kt3", "báo tin", "hồ sơ", "chào"}).Draw(t, "open"))
	for range rapid.IntRange(0, 9).Draw(t, "answers") {
		k.say(rapid.SampledFrom(answers).Draw(t, "answer"))
	}
}

// twin is another talk at the same point.
func (k *talk) twin() *talk {
	k.t.Helper()
	other := newTalk(k.t, k.p, engine.Config{Matcher: hints{k.p}, Detector: hints{k.p}})
	if err := session.Decode(session.Append(nil, &k.s, k.p), k.p, &other.s); err != nil {
		k.t.Fatal(err)
	}
	other.now, other.seen = k.now, k.seen
	return other
}

// question returns the newest bubble, nil where no run waits.
func (k *talk) question() *message.Message {
	if k.s.Status != session.Waiting || len(k.res.Messages) == 0 {
		return nil
	}
	for i := len(k.res.Messages) - 1; i >= 0; i-- {
		if m := &k.res.Messages[i]; m.Kind == message.Words {
			return m
		}
	}
	return nil
}

// A press, the label typed, and the number typed are one and the same answer; only where a number is a value it is not.
func TestPressLabelAndNumberAgree(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}})
		wander(rt, k)
		m := k.question()
		if m == nil || len(m.Choices) == 0 {
			return
		}
		c := rapid.SampledFrom(m.Choices).Draw(rt, "choice")
		pressed := k.twin().say(message.Payload(m.Turn, c.N))
		labelled := k.twin().say(strings.ToUpper(c.Label))
		compare(rt, "the label "+c.Label, pressed, labelled)
		if !numberIsValue(k) {
			compare(rt, fmt.Sprintf("the number %d", c.N), pressed, k.twin().say(fmt.Sprint(c.N)))
		}
	})
}

func numberIsValue(k *talk) bool {
	r := k.s.Runs[len(k.s.Runs)-1]
	st := k.p.Flows[r.Flow].Steps[r.Step]
	if st.End.Kind != program.Ask {
		return false
	}
	switch k.p.Flows[r.Flow].Slots[st.End.Slot].Type.Kind {
	case value.Number, value.Money, value.Date, value.Phone:
		return true
	}
	return false
}

func compare(t *rapid.T, what string, a, b *talk) {
	if d := cmp.Diff(a.s, b.s, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s leads elsewhere than the press (-press +typed):\n%s", what, d)
	}
	if d := cmp.Diff(a.shown(), b.shown(), cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s is answered otherwise than the press (-press +typed):\n%s", what, d)
	}
}

// nhắc lại changes nothing but the turn and the clock of the silence.
func TestRepeatChangesNothing(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}})
		wander(rt, k)
		if k.s.Status != session.Waiting || k.s.Offer.Kind != session.NoOffer {
			return
		}
		before := k.twin().s
		k.say("nhắc lại").kind(engine.Repeated)
		ignore := cmpopts.IgnoreFields(session.Session{}, "Turn", "Seen", "Timer", "Armed")
		if d := cmp.Diff(before, k.s, ignore, cmpopts.IgnoreFields(session.Run{}, "Entered"), cmpopts.EquateEmpty()); d != "" {
			rt.Fatalf("nhắc lại changes the session:\n%s", d)
		}
		if len(k.res.Entered) != 0 || len(k.res.Edges) != 0 {
			rt.Fatalf("nhắc lại enters %v over %v", k.res.Entered, k.res.Edges)
		}
	})
}

// An answer taken back leaves everything as it was: the step, the data, what can be gone back to.
func TestBackUndoesAnAnswer(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}})
		wander(rt, k)
		if k.s.Status != session.Waiting || k.s.Offer.Kind != session.NoOffer {
			return
		}
		before := k.twin()
		k.say(rapid.SampledFrom(answers).Draw(rt, "answer"))
		if k.res.Kind != engine.Answered || k.s.Status != session.Waiting || len(k.s.Runs) != len(before.s.Runs) || len(k.res.Ended) > 0 {
			return
		}
		first := firstSet(before, k)
		k.say("quay lại").kind(engine.WentBack)
		for i := range before.s.Runs {
			a, b := before.s.Runs[i], k.s.Runs[i]
			if a.Step != b.Step || len(a.Back) != len(b.Back) && len(a.Back) < 16 {
				rt.Fatalf("run %d stands at step %d with %d behind it, was at %d with %d", i, b.Step, len(b.Back), a.Step, len(a.Back))
			}
			if d := cmp.Diff(a.Slots, b.Slots, cmpopts.EquateEmpty()); d != "" && first {
				rt.Fatalf("the data of run %d (-before +after):\n%s", i, d)
			}
		}
	})
}

// firstSet reports whether the answer set its slot for the first time: an edit is not undone, by design.
func firstSet(before, after *talk) bool {
	a, b := before.s.Runs[len(before.s.Runs)-1], after.s.Runs[len(after.s.Runs)-1]
	for i := range a.Slots {
		if a.Slots[i].IsSet() && !value.Equal(a.Slots[i], b.Slots[i]) {
			return false
		}
	}
	return true
}

// What was offered once and is still the question may be pressed however often it was shown since.
func TestEveryTurnOfTheQuestionCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		k := smart(t).say("kt3")
		presses := []string{k.payload("Gia hạn")}
		for range rapid.IntRange(0, 8).Draw(rt, "again") {
			k.say(rapid.SampledFrom([]string{"nhắc lại", "zzz", "giúp"}).Draw(rt, "word"))
			if k.s.Status != session.Waiting {
				return
			}
			presses = append(presses, k.payload("Gia hạn"))
		}
		k.say(rapid.SampledFrom(presses).Draw(rt, "press")).kind(engine.Answered).at("dang_ky/gia_han")
		k.say(rapid.SampledFrom(presses).Draw(rt, "press again")).kind(engine.Stale).at("dang_ky/gia_han")
	})
}

// randomFlow writes a flow of n steps that the checks may well refuse: any ending, any target.
func randomFlow(t *rapid.T, name string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "luồng %s \"Luồng %s\"\n  từ khóa \"%s\"\n\ndữ liệu\n  so  số 1..9  \"S\"\n  co_k  có/không tùy  \"C\"\n  loai  chọn  \"L\"\n    mot \"Một\"\n    hai \"Hai\"\n", name, name, name)
	b.WriteString("\nđiều kiện\n  lon  co(so) and so > 4\n  dung  co(co_k) and co_k\n  la_hai  co(loai) and loai == \"hai\"\n")
	for i := range n {
		to := func() string { return drawTarget(t, n) }
		fmt.Fprintf(&b, "\nbước b%d\n  | Bước %d của %s.\n", i, i, name)
		switch rapid.IntRange(0, 7).Draw(t, "ending") {
		case 0, 1:
			fmt.Fprintf(&b, "  hỏi so\n  sai 2 lần -> %s\n  -> %s\n", to(), to())
		case 2:
			fmt.Fprintf(&b, "  hỏi loai\n  khi lon [Ra]   -> %s\n  -> %s\n", to(), to())
		case 3:
			fmt.Fprintf(&b, "  hỏi co_k\n  -> %s\n", to())
		case 4:
			fmt.Fprintf(&b, "  [A]   -> %s\n  khi dung [B]   -> %s\n  [C]   -> %s\n  im lặng 10 phút -> %s\n", to(), to(), to(), to())
		case 5:
			fmt.Fprintf(&b, "  nếu lon -> %s\n  nếu la_hai -> %s\n  còn lại -> %s\n", to(), to(), to())
		case 6:
			fmt.Fprintf(&b, "  -> %s\n", to())
		default:
			b.WriteString("  kết thúc đạt\n")
		}
	}
	return b.String()
}

func drawTarget(t *rapid.T, n int) string {
	switch rapid.IntRange(0, 11).Draw(t, "target") {
	case 0:
		return "quay lại"
	case 1:
		return "nhắc lại"
	case 2:
		return "bắt đầu lại"
	case 3:
		return "luồng hai"
	case 4:
		return "luồng mot"
	}
	return fmt.Sprintf("b%d", rapid.IntRange(0, n-1).Draw(t, "step"))
}

// Even flows that nobody would be allowed to publish end every event: with an answer, or an apology for going round.
func TestRandomFlows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		p := load(t, randomFlow(rt, "mot", rapid.IntRange(1, 6).Draw(rt, "steps")), randomFlow(rt, "hai", rapid.IntRange(1, 6).Draw(rt, "steps")))
		k := newTalk(t, p, engine.Config{})
		for range rapid.IntRange(1, 25).Draw(rt, "events") {
			k.now += 60_000
			text := rapid.SampledFrom([]string{"mot", "hai", "1", "2", "3", "7", "có", "không", "một", "a", "b", "c", "ra", "bỏ qua", "quay lại", "nhắc lại", "bắt đầu lại", "zzz"}).Draw(rt, "text")
			ev := event.Event{Kind: event.Text, Text: text}
			if rapid.IntRange(0, 5).Draw(rt, "silence") == 0 {
				ev = event.Event{Kind: event.Timer, Name: engine.TimerSilence, Gen: k.s.Armed}
			}
			k.do(ev)
			if k.res.Kind == engine.Faulty && !strings.Contains(k.res.Fault, "too many steps") {
				rt.Fatalf("a fault: %s", k.res.Fault)
			}
			if ev.Kind == event.Text && len(k.res.Messages) == 0 {
				rt.Fatalf("%q is answered with silence, as %v", text, k.res.Kind)
			}
			checkState(rt, k)
		}
	})
}
