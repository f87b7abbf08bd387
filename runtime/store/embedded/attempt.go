package embedded

import (
	"context"
	"encoding/binary"
	"fmt"

	"hoithoai/runtime/store"
)

const attemptSize = timeSize + idSize + 8

// Attempt implements store.Attempts.
func (s *Store) Attempt(ctx context.Context, key store.Key, a store.Attempt) error {
	return s.person(ctx, "attempt", key, func(p *person) error {
		if a.N < 1 {
			return p.forgetAttempt()
		}
		end := p.t.now + p.t.s.cfg.AttemptTTL.Milliseconds()
		p.lookAt(end)
		return p.put(p.at(kindAttempt), binary.BigEndian.AppendUint64(timeKey(end, a.Item[:]), uint64(a.N)))
	})
}

// attempt reads what was noted and still lives.
func (p *person) attempt() (a store.Attempt, err error) {
	v := p.t.people.Get(p.at(kindAttempt))
	if v == nil {
		return a, nil
	}
	if len(v) != attemptSize {
		return a, fmt.Errorf("attempt of %d bytes: %w", len(v), errDamaged)
	}
	if over(timeOf(v), p.t.now) {
		return a, nil
	}
	return store.Attempt{Item: store.ID8(v[timeSize : timeSize+idSize]), N: int(binary.BigEndian.Uint64(v[timeSize+idSize:]))}, nil
}

// expireAttempt removes a note whose time is over, and else asks for another look.
func (p *person) expireAttempt() error {
	v := p.t.people.Get(p.at(kindAttempt))
	if v == nil {
		return nil
	}
	if len(v) >= timeSize && !over(timeOf(v), p.t.now) {
		p.lookAt(timeOf(v))
		return nil
	}
	return p.forgetAttempt()
}

func (p *person) forgetAttempt() error {
	if err := p.t.people.Delete(p.at(kindAttempt)); err != nil {
		return fmt.Errorf("delete attempt: %w", err)
	}
	return nil
}
