package actor

import (
	"slices"
	"sync"
	"time"

	"hoithoai/runtime/share"
	"hoithoai/runtime/store"
)

// maxRejected bounds the people remembered to be put back; beyond it their lease must end by itself.
const maxRejected = 1 << 16

// The distances at which people of an office are put back that has its share already.
const (
	backSoon = time.Second           // at the earliest
	backMost = time.Minute           // at the latest
	backGap  = 40 * time.Millisecond // between two, before it is known how quickly the office works
)

// crew is the hands of a clockwork and who waits for one, by office: a hand that falls free goes to the office whose turn it is
// among those that have less than their share (package share). The zero value with hands, room, shared, now and freed set is
// ready.
type crew struct {
	hands  int         // how many may work at once
	room   int         // how many may wait
	shared func() bool // whether there are several offices
	now    func() time.Time
	lease  time.Duration // how long a person is ours without a word of ours
	freed  chan struct{} // told when a hand falls free that was missed, and when somebody must be put back

	wg      sync.WaitGroup
	mu      sync.Mutex
	busy    int
	waiting int
	lines   map[string]*line // of offices that work or wait
	turns   []*line          // who has somebody waiting, the next one first
	back    []rejected
	missed  bool // a hand was missed since one last fell free
	closed  bool
}

// line is one office in a crew.
type line struct {
	office string
	busy   int
	queue  []Job
	gap    time.Duration // between two ends of work, smoothed
	ended  time.Time     // when one ended last
	back   time.Time     // until when people are put back already
}

// rejected is somebody who must go back to the store; at is zero for at once.
type rejected struct {
	key store.Key
	at  time.Time
}

// take gives a job to a free hand, lets it wait, or remembers that the person must go back.
func (c *crew) take(job Job, work func(Job)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	l := c.line(job.office)
	switch {
	case len(l.queue) == 0 && c.mayWork(l):
		c.begin(l, job, work)
	case c.mayWait(l):
		c.enqueue(l, job)
	case len(c.back) < maxRejected:
		c.back = append(c.back, rejected{job.Work.Key, c.backAt(l)})
		c.tell()
	}
}

// line returns the office's, which is made when there is none.
func (c *crew) line(office string) *line {
	if c.lines == nil {
		c.lines = map[string]*line{}
	}
	l := c.lines[office]
	if l == nil {
		l = &line{office: office, gap: backGap}
		c.lines[office] = l
	}
	return l
}

func (c *crew) mayWork(l *line) bool {
	free := c.hands - c.busy
	return free > 0 && (!c.shared() || share.Allowed(l.busy, free))
}

// mayWait reports whether an office may let somebody else wait here. Of several offices nobody waits who would hardly get a hand
// before the lease is over.
func (c *crew) mayWait(l *line) bool {
	free := c.room - c.waiting
	if !c.shared() {
		return free > 0
	}
	return share.Allowed(len(l.queue), free) && l.wait() < c.lease/2
}

// wait is about how long the next one in the queue will wait for a hand.
func (l *line) wait() time.Duration { return time.Duration(len(l.queue)) * l.gap }

// backAt is when somebody of an office is put back: at once where there is but one office, whose hands come free for nobody
// else; else about when the office will have worked off those before, so that the store is not asked for them all the time.
func (c *crew) backAt(l *line) time.Time {
	if !c.shared() {
		return time.Time{}
	}
	now := c.now()
	at := l.back
	if soon := now.Add(max(backSoon, l.wait())); at.Before(soon) {
		at = soon
	}
	if most := now.Add(backMost); at.After(most) {
		return most
	}
	l.back = at.Add(l.gap)
	return at
}

func (c *crew) enqueue(l *line, job Job) {
	l.queue = append(l.queue, job)
	c.waiting++
	if len(l.queue) == 1 {
		c.turns = append(c.turns, l)
	}
}

// begin gives a job to a hand of its own.
func (c *crew) begin(l *line, job Job, work func(Job)) {
	c.busy++
	l.busy++
	c.wg.Go(func() { c.work(l, job, work) })
}

// work is one hand: it does a job and then those that wait.
func (c *crew) work(l *line, job Job, do func(Job)) {
	for ok := true; ok; l, job, ok = c.next(l, do) {
		do(job)
	}
}

// next ends the work for an office and takes the job whose turn it is; without one the hand is free. A hand that falls free may
// let more than one office come nearer to its share: for the others it calls further hands.
func (c *crew) next(done *line, do func(Job)) (*line, Job, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended(done)
	l, job, ok := c.pick()
	for more := ok; more; {
		var other *line
		var next Job
		if other, next, more = c.pick(); more {
			other.busy--
			c.busy--
			c.begin(other, next, do)
		}
	}
	if ok {
		return l, job, true
	}
	if c.missed {
		c.missed = false
		c.tell()
	}
	return nil, Job{}, false
}

// ended notes that a hand has done its work for an office.
func (c *crew) ended(l *line) {
	c.busy--
	l.busy--
	if now := c.now(); !l.ended.IsZero() {
		l.gap += (min(now.Sub(l.ended), backMost) - l.gap) / 8
		l.ended = now
	} else {
		l.ended = now
	}
	if l.busy == 0 && len(l.queue) == 0 && !l.back.After(l.ended) {
		delete(c.lines, l.office)
	}
}

// pick takes the job that waits longest of the first office, in turn, that may have another hand, and counts the hand.
func (c *crew) pick() (*line, Job, bool) {
	i := slices.IndexFunc(c.turns, c.mayWork)
	if i < 0 {
		return nil, Job{}, false
	}
	l := c.turns[i]
	c.turns = slices.Delete(c.turns, i, i+1)
	job := l.queue[0]
	l.queue[0] = Job{}
	l.queue = l.queue[1:]
	c.waiting--
	if len(l.queue) > 0 {
		c.turns = append(c.turns, l)
	}
	c.busy++
	l.busy++
	return l, job, true
}

// tell wakes the clockwork, unless it has been told already.
func (c *crew) tell() {
	select {
	case c.freed <- struct{}{}:
	default:
	}
}

// free is how many people are claimed at once at most: those who would be worked on. Where there are several offices nobody knows
// whose they are, so that some may have to wait or go back.
func (c *crew) free() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	free := c.hands - c.busy
	if !c.shared() {
		free -= c.waiting
	}
	return max(0, free)
}

// hungry asks to be told when a hand falls free; it tells at once where one did meanwhile.
func (c *crew) hungry(missed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.missed = missed; missed && c.busy < c.hands {
		c.missed = false
		c.tell()
	}
}

// rejected returns and forgets who must be put back.
func (c *crew) rejected() []rejected {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := c.back
	c.back = nil
	return keys
}

// close takes no job any more and waits for those it has.
func (c *crew) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.wg.Wait()
}
