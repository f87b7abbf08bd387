package chaos

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// evening is when the ledgers below begin.
var evening = time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)

// spoken are lines of person 1, a second apart, after the opening.
func spoken(n int) []said {
	out := []said{{mark: opening, began: evening}}
	for k := 1; k <= n; k++ {
		out = append(out, said{mark: fmt.Sprintf("p1 lời %d", k), began: evening.Add(time.Duration(k) * time.Second)})
	}
	return out
}

// arrived are messages half a second after the line they answer, from replica 0, answered.
func arrived(texts ...string) []arrival {
	var out []arrival
	for i, text := range texts {
		out = append(out, arrival{text: text, at: evening.Add(time.Duration(i)*time.Second + 500*time.Millisecond)})
	}
	return out
}

func answer(n, k int) string { return fmt.Sprintf("Ghi %d: p1 lời %d", n, k) }

const first = "Ghi 0: bắt đầu"

// TestVerdicts: the checker sees each kind of harm, and only that.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		rules rules
		got   []arrival
		want  []string
	}{
		"well":              {got: arrived(first, answer(1, 1), answer(2, 2), answer(3, 3))},
		"lost at the end":   {got: arrived(first, answer(1, 1), answer(2, 2)), want: []string{lost}},
		"lost in between":   {got: arrived(first, answer(1, 1), answer(2, 3)), want: []string{lost}},
		"everything lost":   {want: []string{lost, lost, lost, lost}},
		"applied twice":     {got: arrived(first, answer(1, 1), answer(2, 1), answer(3, 2), answer(4, 3)), want: []string{twice}},
		"out of order":      {got: arrived(first, answer(1, 2), answer(2, 1), answer(3, 3)), want: []string{order}},
		"answer never sent": {got: arrived(first, answer(1, 1), answer(3, 3)), want: []string{unsent, lost}},
		"began anew":        {got: arrived(first, answer(1, 1), answer(2, 2), answer(1, 3)), want: []string{half}},
		"something else":    {got: arrived(first, answer(1, 1), "Chào anh/chị", answer(2, 2), answer(3, 3)), want: []string{foreign}},
		"never said":        {got: arrived(first, answer(1, 1), answer(2, 2), answer(3, 3), answer(4, 9)), want: []string{foreign}},
		"two at once":       {got: arrived(first, answer(1, 1), "Ghi 2: p1 lời 2 p1 lời 3"), want: []string{foreign}},
		"sent twice":        {got: arrived(first, answer(1, 1), answer(1, 1), answer(2, 2), answer(3, 3)), want: []string{unexplained}},
		"fell back":         {rules: rules{forgetful: true}, got: arrived(first, answer(1, 1), answer(2, 2), answer(2, 3))},
		"came again":        {rules: rules{forgetful: true}, got: arrived(first, answer(1, 1), answer(2, 3), answer(3, 2))},
		"lost in the calm":  {rules: rules{forgetful: true}, got: arrived(first, answer(1, 1), answer(2, 3)), want: []string{lost}},
		"a burst":           {rules: rules{gather: 400 * time.Millisecond}, got: arrived(first, answer(1, 1), answer(2, 2), answer(3, 3))},
		"a hasty burst":     {rules: rules{gather: time.Second}, got: arrived(first, answer(1, 1)), want: []string{timerEarly, lost, lost}},
		"no reminder":       {rules: rules{silence: true}, got: arrived(first, answer(1, 1), answer(2, 2), answer(3, 3)), want: []string{timerLost}},
		"early reminder":    {rules: rules{silence: true}, got: arrived(first, answer(1, 1), answer(2, 2), answer(3, 3), "Nhắc 3"), want: []string{timerEarly}},
		"wrong reminder":    {got: arrived(first, answer(1, 1), answer(2, 2), answer(3, 3), "Nhắc 2"), want: []string{order}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := &timeline{all: []incident{{what: outage, replica: -1, from: evening.Add(time.Minute), till: evening.Add(2 * time.Minute)}}}
			c := check(tc.rules, l, "1", spoken(3), tc.got)
			var got []string
			for _, f := range c.findings {
				got = append(got, f.invariant)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, c.findings)
			}
		})
	}
}

// TestLongBursts end five pauses after their first line, and not before the pause behind their last.
func TestLongBursts(t *testing.T) {
	t.Parallel()
	burst := func(from int) []arrival {
		text := "Ghi 1:"
		for k := from; k <= 6; k++ {
			text += fmt.Sprintf(" p1 lời %d", k)
		}
		return append(arrived(first), arrival{text: text, at: evening.Add(6500 * time.Millisecond)})
	}
	for from, want := range map[int]bool{1: false, 2: true, 6: true} {
		c := check(rules{gather: time.Second}, &timeline{}, "1", spoken(6), burst(from))
		got := slices.ContainsFunc(c.findings, func(f finding) bool { return f.invariant == timerEarly })
		if got != want {
			t.Errorf("from line %d: %v", from, c.findings)
		}
	}
}

// TestLossAtACrash: of a store that may forget, what was acknowledged shortly before a crash may be gone, and nothing else.
func TestLossAtACrash(t *testing.T) {
	t.Parallel()
	l := &timeline{all: []incident{{what: outage, replica: -1, from: evening.Add(time.Minute), till: evening.Add(2 * time.Minute)}}}
	for acked, want := range map[time.Duration]int{50 * time.Second: 1, 58 * time.Second: 0, 90 * time.Second: 0, 3 * time.Minute: 1} {
		lines := spoken(1)
		lines[1].acked = evening.Add(acked)
		c := check(rules{forgetful: true}, l, "1", lines, arrived(first))
		if len(c.findings) != want {
			t.Errorf("acknowledged after %v: %v", acked, c.findings)
		}
	}
}

// TestReminders: one a silence is right, two are a timer that fired twice unless something explains a second copy.
func TestReminders(t *testing.T) {
	t.Parallel()
	got := arrived(first, answer(1, 1))
	late := arrival{text: "Nhắc 1", at: evening.Add(2 * time.Minute)}
	c := check(rules{silence: true}, &timeline{}, "1", spoken(1), append(got, late))
	if len(c.findings) != 0 || c.timers != 1 {
		t.Errorf("%d timers, %v", c.timers, c.findings)
	}
	c = check(rules{silence: true}, &timeline{}, "1", spoken(1), append(got, late, late))
	if len(c.findings) != 1 || c.findings[0].invariant != timerTwice {
		t.Errorf("%v", c.findings)
	}
	lostAnswer := late
	lostAnswer.answer = "the answer was lost"
	c = check(rules{silence: true}, &timeline{}, "1", spoken(1), append(got, lostAnswer, late))
	if len(c.findings) != 0 || len(c.duplicates) != 1 || c.duplicates[0].cause != "the answer was lost" {
		t.Errorf("%v, %v", c.findings, c.duplicates)
	}
}

// TestCauses: only what happened near a duplicate, to who sent it, explains it.
func TestCauses(t *testing.T) {
	t.Parallel()
	at := func(s float64) time.Time { return evening.Add(time.Duration(s * float64(time.Second))) }
	one, two := arrival{at: at(10), replica: 1}, arrival{at: at(14), replica: 2}
	for name, tc := range map[string]struct {
		incident incident
		want     bool
	}{
		"killed after sending":       {incident{what: killed, replica: 1, from: at(10.2), till: at(10.2)}, true},
		"killed before":              {incident{what: killed, replica: 1, from: at(9), till: at(9)}, false},
		"killed long after":          {incident{what: killed, replica: 1, from: at(13.5), till: at(13.5)}, false},
		"another one killed":         {incident{what: killed, replica: 2, from: at(10.2), till: at(10.2)}, false},
		"frozen over it":             {incident{what: frozen, replica: 1, from: at(9.5), till: at(13.9)}, true},
		"the second woke up":         {incident{what: frozen, replica: 2, from: at(9), till: at(13.9)}, true},
		"a third was frozen":         {incident{what: frozen, replica: 0, from: at(9), till: at(13.9)}, false},
		"Redis was down":             {incident{what: outage, replica: -1, from: at(10.1), till: at(11)}, true},
		"Redis is still down":        {incident{what: outage, replica: -1, from: at(10.1)}, true},
		"Redis was down long before": {incident{what: outage, replica: -1, from: at(2), till: at(4)}, false},
	} {
		l := &timeline{all: []incident{tc.incident}}
		if got := cause(l, one, two, 3*time.Second); (got != "") != tc.want {
			t.Errorf("%s: cause %q", name, got)
		}
	}
}

func TestReceipts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]receipt{
		"Ghi 0: bắt đầu":                      {0, []string{opening}},
		"Ghi 1.234: p7 lời 8":                 {1234, []string{"p7 lời 8"}},
		"Ghi 2: p7 lời 8 p7 lời 9":            {2, []string{"p7 lời 8", "p7 lời 9"}},
		"Ghi 2: p7 lời 8\np7 lời 9":           {2, []string{"p7 lời 8", "p7 lời 9"}},
		"Ghi hai: p7 lời 8":                   {},
		"Ghi 2: p7 lời":                       {},
		"Chào anh/chị":                        {},
		"Anh/chị nhắn nhanh quá: chờ một lát": {},
	} {
		got, ok := readReceipt(text)
		if ok != (len(want.marks) > 0) || ok && (got.n != want.n || !slices.Equal(got.marks, want.marks)) {
			t.Errorf("%q is read as %v, %v", text, got, ok)
		}
	}
	if n, ok := readReminder("Nhắc 1.002"); !ok || n != 1002 {
		t.Errorf("reminder %d, %v", n, ok)
	}
	if n := markNumber("p7 lời 89"); n != 89 {
		t.Errorf("mark %d", n)
	}
}
