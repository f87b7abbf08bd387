package actor_test

import (
	"testing"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/library"
	"hoithoai/runtime/testbed"
)

// brief is a scene whose office keeps the short journal, as it does unless it is told otherwise.
func brief(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	sc.library = library.New(sc.store, engine.Config{})
	if err := sc.library.Publish(t.Context(), testbed.Small(t)); err != nil {
		t.Fatal(err)
	}
	sc.cfg.Library = sc.library
	sc.cfg.Deliver = sc.sender()
	return sc
}

// A usual conversation leaves nothing in the short journal.
func TestBriefJournalOfATalk(t *testing.T) {
	t.Parallel()
	sc := brief(t)
	sc.say("hỏi thăm", "tím", "1", "Lan")
	if got := sc.journal(); len(got) != 0 {
		t.Errorf("the journal keeps %+v", got)
	}
	if n := len(sc.zalo.Texts(testbed.Person)); n < 4 {
		t.Errorf("the person has read %d messages only", n)
	}
}

// A fault is kept, without what the person wrote.
func TestBriefJournalOfAFault(t *testing.T) {
	t.Parallel()
	sc := brief(t)
	sc.say("hỏi thăm")
	sc.breakSession()
	sc.say("CANARY")
	got := sc.journal()
	if len(got) != 1 || got[0].Fault == "" || got[0].Text != "" || got[0].Kind != "text" {
		t.Errorf("the journal keeps %+v", got)
	}
}
