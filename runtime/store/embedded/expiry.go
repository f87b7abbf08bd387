package embedded

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"hoithoai/runtime/store"
)

// sweepStep coarsens the index of expiry to hours, so that a life that is prolonged with every event does not move its entry
// each time. What has expired is never shown; it may stay in the file up to this long, in ms.
const sweepStep = 3600 * 1000

// maxSweep is how many people one Claim looks at for what has expired.
const maxSweep = 64

// move changes the time of the person in an index; 0 is no entry.
func (p *person) move(index *bbolt.Bucket, from, to int64) error {
	if from != 0 {
		if err := index.Delete(timeKey(from, []byte(p.key))); err != nil {
			return fmt.Errorf("delete index entry: %w", err)
		}
	}
	if to == 0 {
		return nil
	}
	if err := index.Put(timeKey(to, []byte(p.key)), nil); err != nil {
		return fmt.Errorf("put index entry: %w", err)
	}
	return nil
}

// expire removes the parts whose time has passed.
func (p *person) expire() error {
	if p.hasSession && over(p.sessionEnd, p.t.now) {
		p.hasSession, p.sessionEnd = false, 0
		if err := p.t.people.Delete(p.at(kindSession)); err != nil {
			return fmt.Errorf("delete session: %w", err)
		}
	}
	if over(p.journalEnd, p.t.now) {
		if err := p.dropJournal(); err != nil {
			return err
		}
	}
	if over(p.memoryEnd, p.t.now) {
		return p.forget()
	}
	return nil
}

// over reports whether an end has come; 0 never comes.
func over(end, now int64) bool { return end != 0 && end <= now }

func (p *person) dropJournal() error {
	p.entries, p.journalEnd = 0, 0
	return removeAll(p.t.people, p.at(kindJournal))
}

func (p *person) forget() error {
	p.mark, p.memoryEnd = 0, 0
	for _, kind := range []byte{kindRing, kindOld} {
		if err := p.t.people.Delete(p.at(kind)); err != nil {
			return fmt.Errorf("delete remembered ids: %w", err)
		}
	}
	return nil
}

// schedule moves the next look at the person's expiry nearer if need be; it is moved away only by the look itself.
func (p *person) schedule() {
	first := p.firstEnd()
	if first != 0 && (p.sweep == 0 || first < p.sweep) {
		p.sweep = first
	}
}

// firstEnd is when the first part expires, rounded up to sweepStep; 0: nothing does.
func (p *person) firstEnd() int64 {
	var first int64
	for _, end := range []int64{p.sessionEnd, p.journalEnd, p.memoryEnd} {
		if end != 0 && (first == 0 || end < first) {
			first = end
		}
	}
	if first == 0 {
		return 0
	}
	return stepped(first)
}

// lookAt asks for a look at the person's expiry when something ends.
func (p *person) lookAt(end int64) {
	if p.sweep == 0 || stepped(end) < p.sweep {
		p.sweep = stepped(end)
	}
}

// stepped rounds an end up to sweepStep.
func stepped(end int64) int64 { return (end + sweepStep - 1) / sweepStep * sweepStep }

// sweepUp removes what has expired of the people whose look has come.
func (t *tx) sweepUp() error {
	var keys []store.Key
	each(t.sweep, nil, func(k, _ []byte) bool {
		if timeOf(k) > t.now || len(keys) == maxSweep {
			return false
		}
		keys = append(keys, store.Key(k[timeSize:]))
		return true
	})
	for _, key := range keys {
		p, err := t.fresh(key)
		if err != nil {
			return err
		}
		p.sweep = 0
		if err := errors.Join(p.expireEchoes(), p.expireAttempt()); err != nil {
			return err
		}
		p.schedule()
		if err := p.save(); err != nil {
			return err
		}
	}
	return nil
}
