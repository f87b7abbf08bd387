package actor_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/testbed"
)

// slow is a channel that has no turn for reminders.
type slow struct{ asked []envelope.Class }

func (s *slow) Deliver(_ context.Context, out envelope.Out, _ bool) actor.Delivery {
	s.asked = append(s.asked, out.Class)
	if out.Class == envelope.Reminder {
		return actor.Delivery{After: time.Second, Why: "no turn", Untried: true}
	}
	return actor.Delivery{Done: true}
}

// A reminder that waits for its turn does not keep back the answer to what the person has written since: it goes as urgently as
// that. A timer that waits behind it is no reason to hurry.
func TestWhatSomebodyWaitsBehindIsHurried(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	var channel slow
	sc.cfg.Deliver = &channel
	sc.say("hỏi thăm")
	channel.asked = nil
	sc.clock.Advance(31 * time.Minute)
	sc.sweep()
	if !slices.Equal(channel.asked, []envelope.Class{envelope.Reminder}) {
		t.Fatalf("asked to send %v, want one reminder", channel.asked)
	}
	timer := envelope.In{
		Address: envelope.Address{Office: testbed.OfficeID, Person: testbed.Person},
		Event:   event.Event{Kind: event.Timer, ID: "timer", Name: "im_lang", Gen: 99, At: sc.clock.Now().UnixMilli()},
	}
	sc.accept(timer)
	sc.clock.Advance(time.Second)
	sc.sweep()
	if !slices.Equal(channel.asked, []envelope.Class{envelope.Reminder, envelope.Reminder}) {
		t.Fatalf("with a timer behind it asked to send %v", channel.asked)
	}
	if w := sc.load(); w.Out == nil || w.Head == nil {
		t.Fatalf("there is %+v", w)
	}
}

func TestWordsHurryWhatIsBeforeThem(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	var channel slow
	sc.cfg.Deliver = &channel
	sc.say("hỏi thăm")
	channel.asked = nil
	sc.clock.Advance(31 * time.Minute)
	sc.sweep()
	sc.say("1")
	sc.clock.Advance(time.Second)
	sc.sweep()
	if len(channel.asked) < 3 || channel.asked[0] != envelope.Reminder || slices.Contains(channel.asked[1:], envelope.Reminder) {
		t.Fatalf("asked to send %v, want a reminder that is put off once, and then goes as an answer", channel.asked)
	}
	if w := sc.load(); w.Out != nil || w.Head != nil {
		t.Errorf("there is left %+v", w)
	}
}
