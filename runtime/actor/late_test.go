package actor_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// arrives gives an event to the mailbox as the door does with one that Zalo could not deliver when it was sent.
func (sc *scene) arrives(id, text string, sent time.Time) store.AcceptStatus {
	sc.t.Helper()
	ev := event.Event{Kind: event.Text, ID: id, Text: text, At: sc.clock.Now().UnixMilli(), Sent: sent.UnixMilli()}
	entry, err := actor.Entry(sc.seal, sc.key, envelope.In{Address: envelope.Address{Office: testbed.OfficeID, Person: testbed.Person}, Event: ev})
	if err != nil {
		sc.t.Fatal(err)
	}
	entry.Retry = true
	res, err := sc.store.Accept(sc.t.Context(), entry)
	if err != nil {
		sc.t.Fatal(err)
	}
	if res.Status == store.Accepted {
		sc.run(res.Work)
	}
	return res.Status
}

// TestAnAnswerThatComesAnHourLate: a first delivery behind fifty newer events, which have pushed all memory of its time out of the
// ring, is taken, is written down, answers no question that was asked since, and counts once. The question on screen still waits
// for its own answer.
func TestAnAnswerThatComesAnHourLate(t *testing.T) {
	t.Parallel()
	for _, late := range []time.Duration{10 * time.Minute, time.Hour, 110 * time.Minute} {
		t.Run(late.String(), func(t *testing.T) {
			t.Parallel()
			clock := storetest.NewClock()
			sc := sceneOver(t, clock, model.New(store.Config{Ring: 8, Old: 1024}, clock.Now), testbed.Small(t))
			sc.say("hỏi thăm")
			sent := clock.Now().Add(time.Second)
			pause := late / 60
			for i := range 50 {
				clock.Advance(pause)
				sc.say([]string{"1", "Lan", "hỏi thăm"}[i%3])
			}
			clock.Advance(late - 50*pause)
			sc.say("hỏi thăm", "1", "Lan", "hỏi thăm") // the colour is asked, long after the late one was sent
			before, steps := sc.zalo.Texts(testbed.Person), len(sc.journal())
			if before[len(before)-1] != askColour {
				t.Fatalf("the last thing said is %q", before[len(before)-1])
			}
			for i, want := range []store.AcceptStatus{store.Accepted, store.Duplicate, store.Duplicate} {
				if got := sc.arrives("late", "2", sent); got != want {
					t.Errorf("delivery %d: status %d, want %d", i+1, got, want)
				}
			}
			if diff := cmp.Diff(before, sc.zalo.Texts(testbed.Person)); diff != "" {
				t.Errorf("something is said to a late answer (-before +after):\n%s", diff)
			}
			entries := sc.journal()
			if got := len(entries); got != steps+1 || entries[got-1].Text != "2" || entries[got-1].Outcome != "ignored" {
				t.Errorf("the journal has %d entries more, the last %+v", got-steps, entries[got-1])
			}
			sc.say("1")
			if after := sc.zalo.Texts(testbed.Person); !slices.Equal(after[len(before):], []string{gotRed, askName}) {
				t.Errorf("the question's own answer leads to %q", after[len(before):])
			}
		})
	}
}

// TestTimersOfGenerationsThatAreOver: every question arms its own reminder; of ten questions answered in time only the last one's
// fires, once, however often the clockwork looks and whoever looks.
func TestTimersOfGenerationsThatAreOver(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for i := range 10 {
		sc.say("hỏi thăm")
		sc.clock.Advance(29 * time.Minute)
		sc.sweep()
		if i < 9 {
			sc.say("1", fmt.Sprintf("Lan %d", i))
		}
	}
	before := len(sc.zalo.Texts(testbed.Person))
	for range 5 {
		sc.clock.Advance(time.Minute)
		for range 3 {
			sc.sweep()
		}
	}
	if got := sc.zalo.Texts(testbed.Person)[before:]; !slices.Equal(got, []string{"Anh/chị còn đó không?"}) {
		t.Errorf("after the last question's half hour the person reads %q", got)
	}
}

// heardOut keeps what it is given to send.
type heardOut struct{ outs []envelope.Out }

// Deliver says that it was sent.
func (h *heardOut) Deliver(_ context.Context, out envelope.Out, _ bool) actor.Delivery {
	h.outs = append(h.outs, out)
	return actor.Delivery{Done: true}
}

// The window in which Zalo takes messages begins when the person did something, not when we came to hear of it.
func TestTheWindowBeginsWhenItWasSent(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	var sent heardOut
	sc.cfg.Deliver = &sent
	at := sc.clock.Now().Add(-20 * time.Hour)
	sc.arrives("found later", "hỏi thăm", at)
	if len(sent.outs) == 0 || sent.outs[0].Seen != at.UnixMilli() {
		t.Fatalf("sent %+v, want it to be of somebody who wrote at %d", sent.outs, at.UnixMilli())
	}
	ahead := sc.clock.Now().Add(time.Minute) // a clock of Zalo's that is ahead of ours opens no longer window
	sc.arrives("from a minute ahead", "1", ahead)
	if last := sent.outs[len(sent.outs)-1]; last.Seen != sc.clock.Now().UnixMilli() {
		t.Errorf("the last is of somebody who wrote at %d, want %d", last.Seen, sc.clock.Now().UnixMilli())
	}
}
