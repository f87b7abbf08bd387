package journal_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/runtime/journal"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string { return strings.ToValidUTF8(rapid.String().Draw(t, name), "?") }
		e := journal.Entry{
			At: rapid.Int64().Draw(t, "at"), Kind: text("kind"), Text: text("text"), Outcome: text("outcome"), Program: "0123456789ab",
			Messages: rapid.Int().Draw(t, "messages"), Handover: text("handover"), LateSuccess: text("late"), Fault: text("fault"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "steps") {
			e.Entered = append(e.Entered, text("step"))
		}
		b, err := journal.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := journal.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// What is not kept takes no room: most entries have no text.
func TestNothingIsWrittenForNothing(t *testing.T) {
	t.Parallel()
	b, err := journal.Encode(journal.Entry{At: 1, Kind: "withheld", Outcome: "withheld", Program: "p", Messages: 1})
	if want := `{"At":1,"Kind":"withheld","Outcome":"withheld","Program":"p","Messages":1}`; err != nil || string(b) != want {
		t.Errorf("%s, %v, want %s", b, err, want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, `{`, `[]`, `{"At":"hôm nay"}`} {
		if e, err := journal.Decode([]byte(text)); err == nil {
			t.Errorf("%q gives %+v", text, e)
		}
	}
}
