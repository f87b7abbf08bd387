package actor

import (
	"sync"

	"hoithoai/runtime/store"
)

// maxRejected bounds the people remembered to be put back; beyond it their lease must end by itself.
const maxRejected = 1 << 16

// crew is the hands of a clockwork and who waits for one. The zero value with hands, room and freed set is ready.
type crew struct {
	hands int           // how many may work at once
	room  int           // how many may wait
	freed chan struct{} // told when a hand falls free that was missed, and when somebody must be put back

	wg     sync.WaitGroup
	mu     sync.Mutex
	busy   int
	queue  []Job
	back   []store.Key
	missed bool // a hand was missed since one last fell free
	closed bool
}

// take gives a job to a free hand, lets it wait, or remembers that the person must go back.
func (c *crew) take(job Job, work func(Job)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
	case c.busy < c.hands:
		c.busy++
		c.wg.Go(func() { c.work(job, work) })
	case len(c.queue) < c.room:
		c.queue = append(c.queue, job)
	case len(c.back) < maxRejected:
		c.back = append(c.back, job.Work.Key)
		c.tell()
	}
}

// work is one hand: it does a job and then those that wait.
func (c *crew) work(job Job, do func(Job)) {
	for ok := true; ok; job, ok = c.next() {
		do(job)
	}
}

// next takes the job that has waited longest; without one the hand is free.
func (c *crew) next() (Job, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) > 0 {
		job := c.queue[0]
		c.queue[0] = Job{}
		c.queue = c.queue[1:]
		return job, true
	}
	c.busy--
	if c.missed {
		c.missed = false
		c.tell()
	}
	return Job{}, false
}

// tell wakes the clockwork, unless it has been told already.
func (c *crew) tell() {
	select {
	case c.freed <- struct{}{}:
	default:
	}
}

// free is how many jobs would be worked on at once.
func (c *crew) free() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(0, c.hands-c.busy-len(c.queue))
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
func (c *crew) rejected() []store.Key {
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
