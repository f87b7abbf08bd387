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
// stop only that office, until an answer to one of its own calls: that the others are answered says nothing about it.
type breaker struct {
	circuit                     // of all offices
	first   string              // the office of the first failure in a row
	others  int                 // failures in a row of other offices
	own     map[string]*circuit // of offices that were not answered last
}

// circuit is the calls of all, or of one office.
type circuit struct {
	failures int       // in a row
	opens    int       // in a row
	until    time.Time // nobody calls before
	trial    time.Time // when the trial call under way is forgotten; zero: none
}

// all reports whether it is open for everybody.
func (b *breaker) all() bool { return b.failures >= breakAfter && b.others >= breakMore }

// open returns the circuits that are open for an office.
func (b *breaker) open(office string) []*circuit {
	var open []*circuit
	if b.all() {
		open = append(open, &b.circuit)
	}
	if c := b.own[office]; c != nil && c.failures >= breakAfter {
		open = append(open, c)
	}
	return open
}

// wait is how long a call of an office must wait; 0: it may leave.
func (b *breaker) wait(now time.Time, office string) (wait time.Duration) {
	for _, c := range b.open(office) {
		switch {
		case now.Before(c.until):
			wait = max(wait, c.until.Sub(now))
		case now.Before(c.trial):
			wait = max(wait, min(openMin, c.trial.Sub(now)))
		}
	}
	return wait
}

// enter notes that a call of an office leaves, and names of what it is the trial; "" where nothing is open.
func (b *breaker) enter(now time.Time, office string) (trial string) {
	for _, c := range b.open(office) {
		c.trial = now.Add(trialLimit)
		trial = onlyTrial + laneOffice + office
	}
	if b.all() {
		return onlyTrial
	}
	return trial
}

// taken notes that another process makes the trial of an office until then.
func (b *breaker) taken(office string, until time.Time) {
	for _, c := range b.open(office) {
		c.trial = until
	}
}

// failed notes a call of an office without an answer; opened says that it was the last straw.
func (b *breaker) failed(now time.Time, office string) (opened bool) {
	if b.failures == 0 {
		b.first = office
	}
	b.failures++
	if office != b.first {
		b.others++
	}
	if b.own == nil {
		b.own = map[string]*circuit{}
	}
	if b.own[office] == nil {
		b.own[office] = &circuit{}
	}
	b.own[office].failures++
	for _, c := range b.open(office) {
		if !now.Before(c.until) {
			c.until, c.trial = now.Add(min(openMin<<min(c.opens, 10), openMax)), time.Time{}
			c.opens++
			opened = opened || c.opens == 1
		}
	}
	return opened
}

// answered notes an answer to a call of an office, and reports whether it closes something. An office whose own circuit is not
// open yet when everybody's closes begins anew.
func (b *breaker) answered(office string) (closed bool) {
	closed = len(b.open(office)) > 0
	if b.all() {
		for id, c := range b.own {
			if c.failures < breakAfter {
				delete(b.own, id)
			}
		}
	}
	delete(b.own, office)
	b.circuit, b.first, b.others = circuit{}, "", 0
	return closed
}
