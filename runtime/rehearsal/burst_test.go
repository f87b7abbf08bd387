package rehearsal_test

import (
	"strings"
	"testing"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/rehearsal"
)

const burstTest = `hôm nay 24/11/2026 09:00

thử dat "gom"
  Dân: cho em
  Dân tiếp: đặt chỗ
  Bot: …
  Dân: Trần
  Dân tiếp: Thị
  Dân tiếp: Lan
  Bot: Tuổi của người đặt?
  Bot: [Không nói]

thử dat "không gom"
  Dân: đặt chỗ
  Bot: …
  Dân: Trần
  Dân: 30
  Bot: …
`

func TestBurstInATranscript(t *testing.T) {
	t.Parallel()
	if _, text := failures(small().all, parsed(t, "gom_test.flow", burstTest), false); text != "" {
		t.Error(text)
	}
}

// A Bot: line within a burst expects what is not said before the pause.
func TestReplyWithinABurst(t *testing.T) {
	t.Parallel()
	wrong := strings.Replace(burstTest, "  Dân tiếp: Thị\n", "  Bot: Tuổi của người đặt?\n  Dân tiếp: Thị\n", 1)
	_, text := failures(small().all, parsed(t, "gom_test.flow", wrong), false)
	if !strings.Contains(text, "bot không nói thêm gì") {
		t.Errorf("a reply within the pause passes: %q", text)
	}
}

// The record of a burst is a transcript with the same meaning.
func TestTalkInABurst(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string][]string{
		"ended by a line":        {"đặt chỗ", "/tiep Trần", "/tiếp Thị", "Lan"},
		"ended by a press":       {"đặt chỗ", "Lan", "/tiep ba mươi", "[Không nói]"},
		"ended by the clock":     {"đặt chỗ", "/tiep Lan", "/cho 10 phút"},
		"nothing comes after it": {"đặt chỗ", "/tiep Lan"},
	} {
		k := small().talk()
		for _, l := range lines {
			r, err := k.Line(l)
			if err != nil || r.Problem != nil {
				t.Fatalf("%s: %+v %v", name, r, err)
			}
		}
		if text := small().played(t, k.Transcript()); text != "" {
			t.Errorf("%s: %s\n%s", name, text, k.Transcript())
		}
	}
	k := small().talk()
	say(t, k, "đặt chỗ")
	if r, err := k.Line("/tiep Trần"); err != nil || len(r.Messages) > 0 {
		t.Errorf("answered within the burst: %+v %v", r, err)
	}
	if got := spoken(say(t, k, "Lan")); got != "Tuổi của người đặt?" {
		t.Errorf("the bot says %q", got)
	}
	if !strings.Contains(k.Transcript(), "  Dân: Trần\n  Dân tiếp: Lan\n") {
		t.Errorf("the record:\n%s", k.Transcript())
	}
}

// The pause passes in virtual time, exactly.
func TestStageLetsThePausePass(t *testing.T) {
	t.Parallel()
	s := rehearsal.NewStage(rehearsal.Config{Program: small().Program, Understand: small().knows, Office: office.Demo(), Start: began, Gather: engine.DefaultGather})
	var said []engine.Kind
	each := func(r engine.Result) bool { said = append(said, r.Kind); return true }
	if err := s.Say(event.Event{Kind: event.Text, Text: "cho hỏi"}, true, each); err != nil || s.Now() != began {
		t.Fatalf("the clock stands at %d, %v", s.Now()-began, err)
	}
	if err := s.Breathe(each); err != nil || s.Now() != began+1000 {
		t.Fatalf("between two lines go %d ms, %v", s.Now()-began, err)
	}
	if err := s.Say(event.Event{Kind: event.Text, Text: "đặt bàn"}, false, each); err != nil || s.Now() != began+4000 {
		t.Fatalf("the clock stands at %d, %v", s.Now()-began, err)
	}
	if len(said) != 3 || said[0] != engine.Gathering || said[1] != engine.Gathering || said[2] == engine.Gathering {
		t.Errorf("the events were %v", said)
	}
	if err := s.Rest(each); err != nil || s.Now() != began+4000 || len(said) != 3 {
		t.Errorf("a rest after the burst: %d, %v", s.Now()-began, err)
	}
	if err := s.Wait(time.Minute, each); err != nil || len(said) != 3 {
		t.Errorf("a timer is left: %v %v", said, err)
	}
}
