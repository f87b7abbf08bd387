package gate

import "time"

// The figures of the breaker, ours.
const (
	breakAfter = 10               // calls in a row without an answer
	breakMore  = 3                // of them of other offices than the first: fewer, and it is that office alone
	openMin    = time.Second      // closed to all for so long at first; doubles while the trial calls fail
	openMax    = 30 * time.Second //
	trialLimit = 10 * time.Second // a trial call that has not come back by then is forgotten
)

// breaker spares a Zalo that does not answer, and us the time-outs: after breakAfter failures in a row it stops all calls for
// a while, then lets single calls try. An answer of any kind closes it. Failures of one office alone (its token hangs, not Zalo)
// stop only that office.
type breaker struct {
	failures int
	first    string    // the office of the first of them
	others   int       // of them, of other offices
	opens    int       // in a row
	until    time.Time // nobody calls before
	trial    time.Time // when the trial call under way is forgotten; zero: none
}

func (b *breaker) open() bool { return b.failures >= breakAfter }

// holds reports whether it is open for an office.
func (b *breaker) holds(office string) bool {
	return b.open() && (b.others >= breakMore || office == b.first && b.failures-b.others >= breakAfter)
}

// wait is how long a call of an office must wait; 0: it may leave.
func (b *breaker) wait(now time.Time, office string) time.Duration {
	switch {
	case !b.holds(office):
		return 0
	case now.Before(b.until):
		return b.until.Sub(now)
	case now.Before(b.trial):
		return min(openMin, b.trial.Sub(now))
	}
	return 0
}

// enter notes that the trial call leaves.
func (b *breaker) enter(now time.Time) { b.trial = now.Add(trialLimit) }

// failed notes a call of an office without an answer; opened says that it was the last straw.
func (b *breaker) failed(now time.Time, office string) (opened bool) {
	if b.failures == 0 {
		b.first = office
	}
	b.failures++
	if office != b.first {
		b.others++
	}
	if !b.holds(office) || now.Before(b.until) {
		return false
	}
	b.until, b.trial = now.Add(min(openMin<<min(b.opens, 10), openMax)), time.Time{}
	b.opens++
	return b.opens == 1
}

// answered notes an answer, and reports whether it closes an open breaker.
func (b *breaker) answered() (closed bool) {
	closed = b.open()
	*b = breaker{}
	return closed
}
