package config_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/value"
	"hoithoai/runtime/config"
)

// TestOfficeKeepsTheNationalCalendar: an office has the civil service's holidays, and its own days go before them.
func TestOfficeKeepsTheNationalCalendar(t *testing.T) {
	t.Parallel()
	text := strings.Replace(good, `"09/01/2027" = "07:30-11:30"`, "\"01/05/2026\" = \"08:00-09:00\"", 1)
	d, err := config.Parse("hoithoai.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	of, err := d.Offices[0].Build()
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]string{
		"24/11/2026": "nghỉ", "25/11/2026": "07:30-11:30 13:00-17:00", "22/08/2026": "07:30-11:30 13:00-17:00", "01/01/2027": "nghỉ",
		"01/05/2026": "08:00-09:00",
	} {
		day, err := value.Type{Kind: value.Date}.Parse(date)
		if err != nil {
			t.Fatal(err)
		}
		if got := of.HoursOn("", day.N).String(); got != want {
			t.Errorf("%s: %s, want %s", date, got, want)
		}
	}
}

func TestWrongDays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, says string }{
		"no such day":       {`closed = ["01/01/2027"]`, `closed = ["31/02/2027"]`, `closed: "31/02/2027" is not a day; write DD/MM/YYYY`},
		"twice":             {`closed = ["01/01/2027"]`, `closed = ["01/01/2027", "01/01/2027"]`, "closed: 01/01/2027 stands twice"},
		"closed and opened": {`closed = ["01/01/2027"]`, `closed = ["09/01/2027"]`, "opened: 09/01/2027 is closed too"},
		"opened, no day":    {`"09/01/2027" =`, `"9 tháng giêng" =`, "opened:"},
		"opened, no hours":  {`"09/01/2027" = "07:30-11:30"`, `"09/01/2027" = "sáng"`, "opened 09/01/2027:"},
	} {
		if _, err := config.Parse("hoithoai.toml", []byte(strings.Replace(good, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.says)
		}
	}
}
