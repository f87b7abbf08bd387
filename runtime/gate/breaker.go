package gate

import "time"

// The figures of the breaker, ours.
const (
	breakAfter = 10               // calls in a row without an answer
	openMin    = time.Second      // closed to all for so long at first; doubles while the trial calls fail
	openMax    = 30 * time.Second //
	trialLimit = 10 * time.Second // a trial call that has not come back by then is forgotten
)

// breaker spares a Zalo that does not answer, and us the time-outs: after breakAfter failures in a row it stops all calls for
// a while, then lets single calls try. An answer of any kind closes it.
type breaker struct {
	failures int
	opens    int       // in a row
	until    time.Time // nobody calls before
	trial    time.Time // when the trial call under way is forgotten; zero: none
}

func (b *breaker) open() bool { return b.failures >= breakAfter }

// wait is how long a call must wait; 0: it may leave.
func (b *breaker) wait(now time.Time) time.Duration {
	switch {
	case !b.open():
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

// failed notes a call without an answer; opened says that it was the last straw.
func (b *breaker) failed(now time.Time) (opened bool) {
	b.failures++
	if !b.open() || now.Before(b.until) {
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
