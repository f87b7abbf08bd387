package event_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
)

// The names stand in journals and the numbers in mailboxes: neither may ever change.
func TestKindsAreStable(t *testing.T) {
	t.Parallel()
	for number, name := range map[event.Kind]string{
		1: "text", 2: "media", 3: "place", 4: "sticker", 5: "follow", 6: "unfollow", 7: "withdraw", 8: "timer", 9: "task_result",
		10: "officer", 11: "submit", 12: "withheld", 0: "unknown", 13: "unknown", 255: "unknown",
	} {
		if got := number.String(); got != name {
			t.Errorf("kind %d is called %q, want %q", number, got, name)
		}
	}
}

func TestEventSurvivesItsMailbox(t *testing.T) {
	t.Parallel()
	want := event.Event{
		Kind: event.TaskResult, ID: "e1", At: 1795485600000, Sent: 1795485599000, Late: true, Text: "chữ", Name: "im_lang", Gen: 7,
		Media:  []value.Media{{Kind: "image", URL: "https://p.invalid/1", Size: 9}},
		Task:   &event.Result{Call: "1.2.16", Task: "dat_lich", Failed: true, Code: "het_cho", Values: []string{"a"}},
		Fields: map[string]string{"name": "Lan"},
	}
	body, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got event.Event
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
