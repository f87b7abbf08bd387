package engine_test

import (
	"testing"
	"time"

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

// A timer of im lặng that falls due before the question is sent begins the silence anew, without a word.
func TestSilenceBeginsWhenTheQuestionIsSent(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3")
	tm := k.timers[engine.TimerSilence]
	k.now = tm.At + 5000
	k.do(event.Event{Kind: event.Timer, Name: engine.TimerSilence, Gen: tm.Gen, Unsent: true}).kind(engine.Ignored).want()
	again := k.timers[engine.TimerSilence]
	if again.Gen == tm.Gen || again.At != k.now+30*time.Minute.Milliseconds() {
		t.Errorf("armed %+v, then at %d %+v", tm, k.now, again)
	}
	k.do(event.Event{Kind: event.Timer, Name: engine.TimerSilence, Gen: tm.Gen}).kind(engine.Ignored).want() // the old one is dead
	k.timer(engine.TimerSilence).kind(engine.Reminded)
}
