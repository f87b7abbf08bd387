package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

// timerName is what tells timers of a person apart: name 0 gen.
func timerName(name string, gen uint32) []byte {
	b := append(make([]byte, 0, len(name)+5), name...)
	return binary.BigEndian.AppendUint32(append(b, 0), gen)
}

// timerKey is the entry of a timer in the index.
func (p *person) timerKey(at int64, name []byte) []byte {
	return timeKey(at, []byte(p.key), []byte{0}, name)
}

// setTimer sets or clears a timer.
func (p *person) setTimer(timer *store.Timer) error {
	name := timerName(timer.Name, timer.Gen)
	if _, err := p.clearTimer(name); err != nil || timer.At.IsZero() {
		return err
	}
	at := max(1, store.Millis(timer.At))
	if err := p.t.timers.Put(p.timerKey(at, name), nil); err != nil {
		return fmt.Errorf("put timer: %w", err)
	}
	return p.put(p.at(kindTimer, name), append(timeKey(at), timer.Body...))
}

// start sets those of timers that are still set.
func (p *person) start(timers []store.Timer) error {
	for i := range timers {
		t := &timers[i]
		if p.t.people.Get(p.at(kindTimer, timerName(t.Name, t.Gen))) == nil {
			continue
		}
		if err := p.setTimer(t); err != nil {
			return err
		}
	}
	return nil
}

// clearTimer removes a timer and returns its body, nil when there was none.
func (p *person) clearTimer(name []byte) ([]byte, error) {
	k := p.at(kindTimer, name)
	v := p.t.people.Get(k)
	if v == nil {
		return nil, nil
	}
	if len(v) < timeSize {
		return nil, fmt.Errorf("timer of %d bytes: %w", len(v), errDamaged)
	}
	at, body := timeOf(v), append([]byte{}, v[timeSize:]...)
	if err := p.t.timers.Delete(p.timerKey(at, name)); err != nil {
		return nil, fmt.Errorf("delete timer: %w", err)
	}
	if err := p.t.people.Delete(k); err != nil {
		return nil, fmt.Errorf("delete timer: %w", err)
	}
	return body, nil
}

func (p *person) clearTimers() error {
	prefix := p.at(kindTimer)
	var names [][]byte
	each(p.t.people, prefix, func(k, _ []byte) bool {
		names = append(names, bytes.Clone(k[len(prefix):]))
		return true
	})
	for _, name := range names {
		if _, err := p.clearTimer(name); err != nil {
			return err
		}
	}
	return nil
}

// Fire implements store.Scheduler.
func (s *Store) Fire(ctx context.Context, due store.Due, id store.ID8) (bool, *store.Work, error) {
	var fired bool
	var work *store.Work
	err := s.person(ctx, "fire", due.Key, func(p *person) (err error) {
		fired, work, err = p.fire(due, id)
		return err
	})
	return fired, work, err
}

func (p *person) fire(due store.Due, id store.ID8) (bool, *store.Work, error) {
	name := timerName(due.Name, due.Gen)
	v := p.t.people.Get(p.at(kindTimer, name))
	if len(v) < timeSize || timeOf(v) > p.t.now {
		return false, nil, nil
	}
	at := time.UnixMilli(timeOf(v))
	body, err := p.clearTimer(name)
	if err != nil {
		return false, nil, err
	}
	if len(body) == 0 {
		body = store.TimerMark(due.Name, due.Gen, at)
	}
	if err := p.push(kindMail, store.Item{ID: id, Body: body}); err != nil || p.due != 0 {
		return err == nil, nil, err
	}
	p.lease()
	work, err := p.work()
	return true, &work, err
}
