package actor_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// lettered is a scene whose sender keeps dead letters, as a deployment's does.
func lettered(t *testing.T) (*scene, *deadletter.Box) {
	t.Helper()
	return letteredOver(t, newScene(t))
}

func letteredOver(t *testing.T, sc *scene) (*scene, *deadletter.Box) {
	t.Helper()
	box := &deadletter.Box{Records: sc.store, Seal: sc.seal, Now: sc.clock.Now}
	sc.cfg.Deliver = delivery.New(delivery.Config{
		Client:  sc.zalo.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: sc.zalo.Assets}},
		Files:   sc.library.File, Now: sc.clock.Now, Log: sc.log.Logger(), Metrics: sc.counters.Set, Letters: box,
	})
	return sc, box
}

func letters(t *testing.T, box *deadletter.Box) int {
	t.Helper()
	all, err := box.List(t.Context(), testbed.OfficeID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if text := fmt.Sprintf("%+v", l); strings.Contains(text, "màu") {
			t.Errorf("a letter holds words: %s", text)
		}
	}
	return len(all)
}

// TestRefusedForGood takes codes that no try can change through the whole way: the message is dropped and counted, a letter tells
// of what one of us could mend, an alarm calls for who must, and the person is not held up by it.
func TestRefusedForGood(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]struct {
		letters int
		alarm   bool
	}{
		-213: {0, false}, // no follower
		-217: {0, false},
		-218: {0, false}, // has had enough messages
		-227: {0, false},
		-230: {0, false}, // silent for 7 days
		-201: {1, true},  // our mistake
		-233: {1, true},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			sc, box := lettered(t)
			sc.zalo.Script(fake.Refused(code))
			sc.say("hỏi thăm")
			sc.heard()
			sc.counted("message_dropped", 1)
			if n := letters(t, box); n != want.letters {
				t.Errorf("%d letters, want %d", n, want.letters)
			}
			if got := strings.Contains(sc.log.String(), `"msg":"alarm"`); got != want.alarm {
				t.Errorf("alarm %v, want %v: %s", got, want.alarm, sc.log)
			}
			sc.say("1")
			sc.heard(gotRed, askName)
			if w := sc.load(); w.Out != nil || w.Head != nil {
				t.Errorf("work is left: %+v", w)
			}
		})
	}
}

// TestRefusedUntilMended: what a human of the office must mend is told at once, waits in order, and leaves when it is mended; after
// a day it becomes a letter.
func TestRefusedUntilMended(t *testing.T) {
	t.Parallel()
	for _, code := range []int{-320, -321, -204, -224} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			sc, box := lettered(t)
			sc.zalo.Script(fake.Refused(code), fake.Refused(code), fake.Refused(code))
			sc.say("hỏi thăm", "1")
			sc.heard()
			if !strings.Contains(sc.log.String(), "zalo_alert") {
				t.Errorf("no alarm: %s", sc.log)
			}
			sc.waits(3*time.Minute, 5*time.Second)
			sc.heard(askColour, gotRed, askName)
			if n := letters(t, box); n != 0 {
				t.Errorf("%d letters", n)
			}
		})
		t.Run(fmt.Sprint(code, " for a day"), func(t *testing.T) {
			t.Parallel()
			sc, box := lettered(t)
			for range 2000 {
				sc.zalo.Script(fake.Refused(code))
			}
			sc.say("hỏi thăm")
			sc.waits(25*time.Hour, 20*time.Minute)
			sc.heard()
			if n := letters(t, box); n == 0 {
				t.Error("no letter tells of it")
			}
		})
	}
}
