package gate

import "time"

// limiter is a generic cell rate algorithm: one instant says it all. In any minute no more calls leave than it is made for:
// nine tenths come evenly, one tenth may come at once.
type limiter struct {
	every time.Duration // between two calls
	room  time.Duration // how far calls may run ahead of the even pace
	at    time.Time     // when the next call would come at the even pace
}

// newLimiter makes a limiter of so many calls in a span.
func newLimiter(calls int, span time.Duration) limiter {
	burst := max(calls/roomShare, 1)
	even := max(calls-burst, 1)
	every := span / time.Duration(even)
	return limiter{every: every, room: every * time.Duration(burst-1)}
}

// wait is how long a call of a class must wait; 0: none.
func (l *limiter) wait(now time.Time, c Class) time.Duration {
	if !l.at.After(now) {
		return 0
	}
	return max(l.at.Sub(now)-l.roomOf(c), 0)
}

// roomOf is how far calls of a class may run ahead.
func (l *limiter) roomOf(c Class) time.Duration { return l.room * share[c] / 100 }

// take takes a turn.
func (l *limiter) take(now time.Time) {
	if l.at.Before(now) {
		l.at = now
	}
	l.at = l.at.Add(l.every)
}
