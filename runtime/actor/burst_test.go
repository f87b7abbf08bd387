package actor_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/library"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// gathering is a scene that waits three seconds for the end of a burst.
func gathering(t testing.TB) *scene {
	t.Helper()
	clock := storetest.NewClock()
	sc := sceneOver(t, clock, model.New(store.Config{}, clock.Now), testbed.Small(t))
	sc.library = library.New(sc.store, engine.Config{Gather: engine.DefaultGather, FullJournal: true})
	if err := sc.library.Publish(t.Context(), testbed.Small(t)); err != nil {
		t.Fatal(err)
	}
	sc.cfg.Library, sc.cfg.Deliver = sc.library, sc.sender()
	return sc
}

// burst says lines a second apart.
func (sc *scene) burst(lines ...string) {
	sc.t.Helper()
	for _, l := range lines {
		sc.clock.Advance(time.Second)
		sc.sweep()
		sc.say(l)
	}
}

func TestBurstIsOneMessage(t *testing.T) {
	t.Parallel()
	sc := gathering(t)
	sc.say("hỏi thăm", "1")
	sc.burst("Nguyễn", "Thị", "Lan")
	sc.heard(askColour, gotRed, askName)
	sc.clock.Advance(engine.DefaultGather - time.Millisecond)
	sc.sweep()
	sc.heard(askColour, gotRed, askName)
	sc.clock.Advance(time.Millisecond)
	for range 3 {
		sc.sweep()
	}
	sc.heard(askColour, gotRed, askName, "Chào Nguyễn Thị Lan.", goodbye, goodbye)
	sc.counted("timer_fired", 1)
}

// The words of a burst stand in the journal once, in the entry of the step that took them, and not at all where the flow they
// led to is confidential: nobody could know that when they came.
func TestWordsOfABurstInTheJournal(t *testing.T) {
	t.Parallel()
	sc := gathering(t)
	sc.say("hỏi thăm", "1")
	sc.burst("CANARY-MOT", "CANARY-HAI")
	sc.clock.Advance(engine.DefaultGather)
	sc.sweep()
	sc.burst("em có chuyện", "muốn kể chuyện kín CANARY-BA")
	sc.clock.Advance(engine.DefaultGather)
	sc.sweep()
	sc.heard(askColour, gotRed, askName, "Chào CANARY-MOT CANARY-HAI.", goodbye, goodbye, "Anh/chị kể giúp.")
	var got []string
	for _, e := range sc.journal() {
		if e.Outcome == "gathering" || e.Kind == "timer" {
			got = append(got, fmt.Sprintf("%s %s %q", e.Kind, e.Outcome, e.Text))
		}
	}
	want := []string{
		`text gathering ""`, `text gathering ""`, `timer answered "CANARY-MOT\nCANARY-HAI"`,
		`text gathering ""`, `text gathering ""`, `timer triggered ""`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the journal (-want +got):\n%s", diff)
	}
}

// Two lines that only together say what must not be kept leave nothing behind.
func TestUnkeptOverTwoLines(t *testing.T) {
	t.Parallel()
	sc := gathering(t)
	sc.burst("công an CANARY-MOT", "đòi hối lộ CANARY-HAI")
	sc.heard("Tôi không lưu điều anh/chị vừa nhắn.")
	for _, e := range sc.journal() {
		if e.Text != "" {
			t.Errorf("the journal keeps %+v", e)
		}
	}
}

func TestLeavingInABurst(t *testing.T) {
	t.Parallel()
	sc := gathering(t)
	sc.say("hỏi thăm", "1")
	sc.burst("Lan")
	sc.do(event.Event{Kind: event.Withdraw})
	sc.clock.Advance(time.Hour)
	sc.sweep()
	sc.heard(askColour, gotRed, askName)
	sc.counted("timer_fired", 0)
}

// TestCrashInABurst lets the process die at every call of the store in turn, between any two lines and between the last line
// and its timer. The person always reads one answer to all of it.
func TestCrashInABurst(t *testing.T) {
	t.Parallel()
	calls := crashedBurst(t, 0, testbed.Before)
	if calls < 10 {
		t.Fatalf("the burst makes %d calls of the store only", calls)
	}
	for at := 1; at <= calls; at++ {
		for name, fault := range map[string]testbed.Fault{"before": testbed.Before, "after": testbed.After} {
			t.Run(fmt.Sprintf("%s_%d", name, at), func(t *testing.T) {
				t.Parallel()
				crashedBurst(t, at, fault)
			})
		}
	}
}

func crashedBurst(t *testing.T, at int, fault testbed.Fault) int {
	t.Helper()
	sc := gathering(t)
	faulty := testbed.NewFaulty(sc.store, at, fault)
	sc.cfg.Store = faulty
	lines := []string{"Nguyễn", "Thị", "Lan"}
	for _, text := range slices.Concat([]string{"hỏi thăm", "1"}, lines) {
		sc.say(text)
	}
	for range 4 {
		sc.recover() // whoever died is waited for; on the way the pause comes
	}
	said := sc.zalo.Texts(testbed.Person)
	if want := []string{askColour, gotRed, askName, "Chào Nguyễn Thị Lan.", goodbye, goodbye}; !slices.Equal(said, want) {
		t.Errorf("after call %d the person has read:\n%s", at, strings.Join(said, "\n"))
	}
	return faulty.Calls()
}
