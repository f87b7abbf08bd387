package engine_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// TestDelayedWebhook holds what a webhook that Zalo repeats late may do to the question on screen: it is kept, and is no answer.
func TestDelayedWebhook(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		skew  time.Duration // of Zalo's clock
		sent  time.Duration // after the first message
		after time.Duration // when it arrives, after the question
		kind  engine.Kind
	}{
		"in time":                               {0, 30 * time.Second, 30 * time.Second, engine.Wrong},
		"a minute late":                         {0, 30 * time.Second, 90 * time.Second, engine.Wrong},
		"before the question, an hour late":     {0, -30 * time.Second, time.Hour, engine.Ignored},
		"just before, 1 h 50 late":              {0, -time.Second, 110 * time.Minute, engine.Ignored},
		"after the question, an hour late":      {0, time.Second, time.Hour, engine.Wrong},
		"Zalo's clock is behind, in time":       {-10 * time.Minute, time.Second, time.Second, engine.Wrong},
		"Zalo's clock is behind, an hour late":  {-10 * time.Minute, -time.Second, time.Hour, engine.Ignored},
		"Zalo's clock is ahead, an hour late":   {10 * time.Minute, -time.Second, time.Hour, engine.Ignored},
		"Zalo's clock is ahead, after, in time": {10 * time.Minute, time.Second, time.Second, engine.Wrong},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := smart(t)
			zalo := func(d time.Duration) int64 { return morning + (c.skew + d).Milliseconds() }
			k.do(event.Event{Kind: event.Text, Text: "kt3", Sent: zalo(0)}).at("dang_ky/viec").status(session.Waiting)
			k.now += c.after.Milliseconds()
			k.do(event.Event{Kind: event.Text, Text: "xyz xyz", Sent: zalo(c.sent)}).kind(c.kind).at("dang_ky/viec")
		})
	}
}

// The silence about a question begins when the question was sent: its timer says that it waits for that, and fires as much later
// as the question was sent later; the next line counts from there too, and so does every later one.
func TestSilenceBeginsWhenTheQuestionIsSent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		k := smart(t).say("kt3")
		asked := k.now
		first := k.timers[engine.TimerSilence]
		if !first.Heard || first.At != asked+minutes(30) {
			rt.Fatalf("armed %+v at %d", first, asked)
		}
		sent := rapid.Int64Range(0, minutes(12*60)).Draw(rt, "sent after")
		k.now = first.At + sent
		k.do(event.Event{Kind: event.Timer, Name: engine.TimerSilence, Gen: first.Gen}).kind(engine.Reminded)
		second := k.timers[engine.TimerSilence]
		if !second.Heard || second.At != asked+sent+minutes(120) {
			rt.Fatalf("armed %+v, asked at %d, sent %d later", second, asked, sent)
		}
		again := rapid.Int64Range(0, minutes(60)).Draw(rt, "the reminder sent after")
		k.now = second.At + again
		k.do(event.Event{Kind: event.Timer, Name: engine.TimerSilence, Gen: first.Gen}).kind(engine.Ignored).want() // the old one is dead
		k.timer(engine.TimerSilence)
		if k.res.Kind != engine.Reminded && k.res.Kind != engine.TimedOut {
			rt.Fatalf("the second line is %v", k.res.Kind)
		}
	})
}

// What arms the silence without a word waits for no message.
func TestSilenceWithoutWords(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3")
	if keep := k.timers[engine.TimerKeep]; keep.Heard {
		t.Errorf("giữ waits for the question: %+v", keep)
	}
	k.now += minutes(5)
	k.do(event.Event{Kind: event.Officer, Text: "Chào anh"})
	if back := k.timers[engine.TimerReturn]; back.Heard {
		t.Errorf("the return of the bot waits for a message: %+v", back)
	}
}

func minutes(n int64) int64 { return n * time.Minute.Milliseconds() }
