package chaos

import (
	"fmt"
	"slices"
	"time"
)

// The invariants, as findings name them.
const (
	lost        = "lost"                  // accepted, never applied
	twice       = "applied twice"         // one event in two answers
	order       = "out of order"          // applied in another order than accepted
	unsent      = "unsent"                // applied, but the answer never came, or came after a later one
	half        = "half a person"         // the count went back or began anew
	timerLost   = "timer lost"            // silence without a reminder
	timerTwice  = "timer fired twice"     // two reminders of one silence, without a cause to send one twice
	timerEarly  = "timer early"           // a reminder, or the answer to a burst, before its time
	leftBehind  = "left behind"           // something lies in a mailbox or outbox at the end
	unexplained = "duplicate unexplained" // a second copy without a kill, freeze or lost answer near it
	tooMany     = "too many duplicates"   // above the rate that is allowed
	foreign     = "unexpected message"    // something the flow does not say
	refused     = "refused by Zalo"       // a rule of Zalo's was broken
	unheeded    = "pause not heeded"      // a call was made while Zalo had told us to wait
	crash       = "crash"                 // a process ended by itself
	givenUp     = "given up"              // healthy work was taken for what ends a process
)

// finding is one broken promise.
type finding struct {
	invariant string
	person    string
	detail    string
}

func (f finding) String() string {
	return fmt.Sprintf("%s: person %s: %s", f.invariant, f.person, f.detail)
}

// duplicate is a message that arrived twice, with what explains it.
type duplicate struct {
	person, text string
	first, again arrival
	cause        string // "" none
}

func (d duplicate) String() string {
	return fmt.Sprintf("%s %q: %s by replica %d, again %s by replica %d: %s", d.person, d.text,
		d.first.at.Format("15:04:05.000"), d.first.replica, d.again.at.Format("15:04:05.000"), d.again.replica, d.cause)
}

// rules is what a run is held to beyond the invariants that always hold.
type rules struct {
	gather    time.Duration // the pause that ends a burst
	silence   bool          // everybody was silent at the end for longer than a minute: one reminder each
	lease     time.Duration
	forgetful bool // the store may fall back (D1, D3): loss near a crash is counted, not held against the run
}

// quiet is the flow's im lặng.
const quiet = time.Minute

// checker walks through what reached one person.
type checker struct {
	rules    rules
	line     *timeline
	name     string
	accepted []said

	findings   []finding
	duplicates []duplicate
	timers     int // reminders and answers that a timer brought
	answers    int // different receipts

	next    int       // which accepted line must be answered next
	count   int       // of the newest receipt; -1 none
	at      time.Time // of the newest receipt
	seen    map[string]arrival
	applied map[string]int // count by mark
	remind  map[int]bool   // by count
	counts  map[int]bool   // that answers had
	missing []int          // lines that were passed over
}

// check returns everything that is wrong with what reached a person.
func check(r rules, line *timeline, name string, accepted []said, got []arrival) *checker {
	c := &checker{rules: r, line: line, name: name, accepted: accepted, count: -1, seen: map[string]arrival{}, applied: map[string]int{}, remind: map[int]bool{}, counts: map[int]bool{}}
	for _, a := range got {
		c.arrival(a)
	}
	c.missing = append(c.missing, c.unanswered()...)
	for _, k := range c.missing {
		c.gone(accepted[k])
	}
	if r.silence && len(accepted) > 0 && !c.remind[c.count] {
		c.find(timerLost, "no reminder after answer %d", c.count)
	}
	return c
}

// gone is a line of which nothing came back. A store that may forget loses at most what it acknowledged shortly before a crash.
func (c *checker) gone(s said) {
	if _, came := c.applied[s.mark]; came {
		return
	}
	if c.rules.forgetful {
		if _, ok := c.line.find(outage, -1, s.acked, s.acked.Add(forgets)); ok {
			return
		}
	}
	c.find(lost, "%q was answered 200 at %s and never applied", s.mark, s.acked.Format("15:04:05.000"))
}

// forgets is how far back a store of D1 may fall: Redis answers up to two seconds before it writes while a flush is under way.
const forgets = 2500 * time.Millisecond

// unanswered returns the lines after the last one that was answered.
func (c *checker) unanswered() (out []int) {
	for k := c.next; k < len(c.accepted); k++ {
		out = append(out, k)
	}
	return out
}

func (c *checker) find(invariant, format string, args ...any) {
	c.findings = append(c.findings, finding{invariant, c.name, fmt.Sprintf(format, args...)})
}

func (c *checker) arrival(a arrival) {
	if first, again := c.seen[a.text]; again {
		c.again(first, a)
		return
	}
	c.seen[a.text] = a
	if n, ok := readReminder(a.text); ok {
		c.reminder(n, a)
		return
	}
	r, ok := readReceipt(a.text)
	if !ok {
		c.find(foreign, "%q", a.text)
		return
	}
	c.receipt(r, a)
}

// again is a second copy of a message. All messages of a person differ, so it is one message sent twice, or one timer or event
// taken twice, which then has no cause.
func (c *checker) again(first, a arrival) {
	d := duplicate{c.name, a.text, first, a, cause(c.line, first, a, c.rules.lease)}
	c.duplicates = append(c.duplicates, d)
	if _, reminder := readReminder(a.text); reminder && d.cause == "" {
		c.find(timerTwice, "%v", d)
		return
	}
	if d.cause == "" {
		c.find(unexplained, "%v", d)
	}
}

func (c *checker) reminder(n int, a arrival) {
	c.timers++
	c.remind[n] = true
	switch {
	case n != c.count:
		c.find(order, "reminder %d after answer %d", n, c.count)
	case a.at.Sub(c.at) < quiet-early:
		c.find(timerEarly, "reminder %d came %v after its question", n, a.at.Sub(c.at))
	}
}

// before reports whether answers with all these counts came before.
func (c *checker) before(from, to int) bool {
	for n := from; n < to; n++ {
		if !c.counts[n] {
			return false
		}
	}
	return true
}

// early is how much the times of the harness, the store and a replica may differ: all are one machine's.
const early = 20 * time.Millisecond

func (c *checker) receipt(r receipt, a arrival) {
	c.answers++
	switch {
	case r.n == c.count+1:
	case r.n > c.count+1 && c.rules.forgetful && c.before(c.count+1, r.n):
		// a step that was forgotten was done again, and its answer found to have arrived
	case r.n > c.count+1:
		c.find(unsent, "answer %d follows answer %d", r.n, c.count)
	case !c.rules.forgetful:
		c.find(half, "answer %d follows answer %d: %q", r.n, c.count, a.text)
	}
	c.count, c.at = r.n, a.at
	c.counts[r.n] = true
	for _, m := range r.marks {
		c.mark(m, r.n)
	}
	if c.rules.gather > 0 && r.marks[0] != opening { // a từ khóa is answered at once
		c.timers++
		c.burst(r, a)
	}
	if c.rules.gather == 0 && len(r.marks) != 1 {
		c.find(foreign, "%q holds several lines", a.text)
	}
}

// mark is one line that was applied.
func (c *checker) mark(m string, n int) {
	if before, again := c.applied[m]; again {
		if !c.rules.forgetful {
			c.find(twice, "%q in answers %d and %d", m, before, n)
		}
		return
	}
	c.applied[m] = n
	k := slices.IndexFunc(c.accepted, func(s said) bool { return s.mark == m })
	switch {
	case k < 0:
		c.find(foreign, "%q was never said, or never answered 200", m)
	case k < c.next && c.rules.forgetful: // it was forgotten, and came again as a duplicate
	case k < c.next:
		c.find(order, "%q was applied after %q", m, c.accepted[c.next-1].mark)
	default:
		for j := c.next; j < k; j++ {
			c.missing = append(c.missing, j)
		}
		c.next = k + 1
	}
}

// longest is how many pauses a burst lasts at most: who goes on writing is answered all the same.
const longest = 5

// burst holds the answer to a burst to the pause behind its last line, or to the end that a burst comes to whatever is said. A replica
// that dies may leave a pause unanswered for so long that the next line is written just before that end.
func (c *checker) burst(r receipt, a arrival) {
	first, last := c.began(r.marks[0]), c.began(r.marks[len(r.marks)-1])
	due := last.Add(c.rules.gather)
	if end := first.Add(longest * c.rules.gather); end.Before(due) {
		due = end
	}
	if !last.IsZero() && a.at.Before(due.Add(-early)) {
		c.find(timerEarly, "%q came %v after its last line and %v after its first", a.text, a.at.Sub(last), a.at.Sub(first))
	}
}

// began is when somebody began to say a line; zero for one that was delivered an hour late.
func (c *checker) began(mark string) time.Time {
	for _, s := range c.accepted {
		if s.mark == mark && !s.late {
			return s.began
		}
	}
	return time.Time{}
}

// cause explains why a message came twice: the sender could not know that it had arrived, or did not live to note it.
func cause(line *timeline, first, again arrival, lease time.Duration) string {
	if first.answer != "" {
		return first.answer
	}
	soon := first.at.Add(lease)
	if i, ok := line.find(killed, first.replica, first.at, soon); ok {
		return i.String()
	}
	for _, n := range []int{first.replica, again.replica} {
		if i, ok := line.find(frozen, n, first.at.Add(-lease), again.at); ok {
			return i.String()
		}
	}
	if i, ok := line.find(outage, -1, first.at.Add(-time.Second), soon); ok {
		return i.String()
	}
	return ""
}
