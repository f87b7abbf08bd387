package check

import (
	"testing"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

// TestHolidaysByDay: a missing table of this or next year is reported at once, one that is not complete when it comes near, and
// never without a day or for flows that do not ask the calendar.
func TestHolidaysByDay(t *testing.T) {
	t.Parallel()
	asks, asksNot := must(t, sources(t, corpus+"/P007/wrong.flow")), must(t, sources(t, corpus+"/P007/right.flow"))
	on := func(y, m, d int) int64 {
		day, ok := value.DayNumber(y, m, d)
		if !ok {
			t.Fatal("no such day")
		}
		return day
	}
	tests := []struct {
		what string
		opts Options
		want int
	}{
		{"no day", Options{}, 0},
		{"next year is far", Options{Day: on(2026, 11, 24)}, 0},
		{"next year is near", Options{Day: on(2026, 12, 2)}, 1},
		{"nobody looks ahead", Options{Day: on(2026, 12, 2), Ahead: -1}, 0},
		{"a year of which only the fixed days are known", Options{Day: on(2027, 1, 1)}, 1},
		{"a year without a table", Options{Day: on(2031, 1, 1)}, 1},
		{"before the first table", Options{Day: on(2025, 6, 1)}, 1},
	}
	for _, c := range tests {
		found := only(Check(asks, c.opts), "P007")
		if len(found) != c.want {
			t.Errorf("%s: %v, want %d", c.what, found, c.want)
		}
		for _, d := range found {
			if d.Severity != diag.Warning || d.Span.Line != 7 {
				t.Errorf("%s: %+v is no warning at the first place", c.what, d)
			}
		}
		if got := only(Check(asksNot, c.opts), "P007"); len(got) > 0 {
			t.Errorf("%s: a flow without calendar is reported: %v", c.what, got)
		}
	}
	if got := only(Check(asks, Options{Day: on(2031, 1, 1), Strict: true}), "P007"); len(got) != 1 || got[0].Severity != diag.Error {
		t.Errorf("asked for that day: %v", got)
	}
}
