package simulation

import (
	"context"
	"strings"
	"time"

	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/testbed"
)

// fatal is what the doomed say: whatever process steps it ends.
const fatal = "chết máy"

// sorry is in what they read in the end.
const sorry = "trục trặc"

func doomedID(i int) string { return personID(200 + i) }

// doom is a person one of whose messages ends every process, until it is given up; then the person begins anew.
func (w *world) doom(person string) {
	s := w.chances.of("person " + person)
	for _, turn := range [][2]string{{"ghi tin", first}, {fatal, sorry}, {"ghi tin", first}} {
		before := len(texts(w.zalo, testbed.OfficeID, person))
		w.say(person, turn[0])
		if !w.hears(s, person, before, turn[1]) {
			return // the checks find it
		}
	}
}

// ends reports whether a step is one that ends the process: that of a fatal message, unless it is the apology for it.
func (w *world) ends(in store.Commit) bool {
	if w.cfg.Doomed == 0 || w.witness.text(w.kit.seal, in.Key, in.Event) != fatal {
		return false
	}
	for _, item := range in.Out {
		plain, err := w.kit.seal.Open(nil, seal.Outbox, in.Key, item.Body)
		if err != nil {
			continue
		}
		if out, err := envelope.DecodeOut(plain); err == nil && out.Message != nil && strings.Contains(out.Message.Text, sorry) {
			return false
		}
	}
	return true
}

// text is what somebody wrote in an event; "" for anything else.
func (w *witness) text(s *seal.Sealer, key store.Key, id store.ID8) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.people[key]
	if a == nil || a.bodies[id] == nil {
		return ""
	}
	plain, err := s.Open(nil, seal.Mailbox, key, a.bodies[id])
	if err != nil {
		return ""
	}
	in, err := envelope.DecodeIn(plain)
	if err != nil || in.Event.Kind != event.Text {
		return ""
	}
	return in.Event.Text
}

// checkDoomed: what ended processes was given up, once, with a letter; the person was told and could begin anew. That nothing else
// was given up is one of the counters in checkCalm.
func (w *world) checkDoomed() {
	for i := range w.cfg.Doomed {
		all, _ := w.checkTalk(doomedID(i))
		told, begun := 0, 0
		for _, s := range all {
			switch {
			case strings.Contains(s.text, sorry):
				told++
			case s.text == first:
				begun++
			}
		}
		if told != 1 || begun != 2 {
			w.witness.note("POISON: %s was told %d times that it went wrong, and began %d times", doomedID(i), told, begun)
		}
	}
	if letters := w.letters(); letters != w.cfg.Doomed {
		w.witness.note("POISON: %d letters tell of %d events that were given up", letters, w.cfg.Doomed)
	}
}

// faultsOfDoom is how often the event of one doomed person may be counted as a fault: its last step is computed again where the
// commit failed.
const faultsOfDoom = 5

// letters counts the dead letters.
func (w *world) letters() int {
	box := &deadletter.Box{Records: w.witness.truth, Seal: w.kit.seal, Now: time.Now}
	all, err := box.List(context.Background(), testbed.OfficeID)
	if err != nil {
		w.witness.note("the letters cannot be read: %v", err)
	}
	return len(all)
}
