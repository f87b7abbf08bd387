package actor_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// The words of a flow that asks for anything bảo mật stay out of the journal, whichever of its steps they are written at;
// the words of other flows are there, sealed. Neither is in the clear anywhere on disk or in the log.
func TestWordsStayWhereTheyBelong(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s, path := testbed.Embedded(t, store.Config{}, clock.Now)
	sc := sceneOver(t, clock, s, testbed.Small(t))
	canaries := []string{"CANARY-CHUYEN-KIN", "CANARY-NUT-SAI", "CANARY-TEN-LAN"}
	sc.say("chuyện kín", canaries[0], canaries[1], "1", "hỏi thăm", "1", canaries[2])
	var kept strings.Builder
	for _, e := range sc.journal() {
		kept.WriteString(e.Text + "\n")
	}
	for i, inJournal := range []bool{false, false, true} {
		if got := strings.Contains(kept.String(), canaries[i]); got != inJournal {
			t.Errorf("%s in the journal: %v, want %v\n%s", canaries[i], got, inJournal, kept.String())
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append(canaries, testbed.Person) {
		if bytes.Contains(file, []byte(c)) || strings.Contains(sc.log.String(), c) {
			t.Errorf("%s is on disk or in the log", c)
		}
	}
}

func TestWithheldWordsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.say("hỏi thăm", "1")
	sc.do(event.Event{Kind: event.Withheld, Name: "khong_giu"})
	sc.heard(askColour, gotRed, askName, "Tôi không lưu điều anh/chị vừa nhắn.")
	entries := sc.journal()
	if last := entries[len(entries)-1]; last.Text != "" || last.Kind != "withheld" {
		t.Errorf("the journal says %+v", last)
	}
}
