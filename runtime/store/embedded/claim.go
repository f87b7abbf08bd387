package embedded

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"hoithoai/runtime/store"
)

// claimed is the answer of Claim.
type claimed struct {
	keys   []store.Key
	timers []store.Due
	next   int64 // 0: none
}

// Claim implements store.Scheduler. It writes, and so waits for the disk, only when somebody is due or something expired.
func (s *Store) Claim(ctx context.Context, partition, n int) ([]store.Key, []store.Due, time.Time, error) {
	if partition != 0 {
		return nil, nil, time.Time{}, fmt.Errorf("claim: partition %d, want 0", partition)
	}
	var c claimed
	var idle bool
	err := s.view(ctx, "claim", func(t *tx) error {
		idle = !t.ripe()
		return c.listTimers(t, n)
	})
	if err == nil && !idle {
		err = s.update(ctx, "claim", func(t *tx) (err error) {
			c, err = t.claim(n)
			return err
		})
	}
	if err != nil {
		return nil, nil, time.Time{}, err
	}
	return c.keys, c.timers, c.nextTime(), nil
}

func (c *claimed) nextTime() time.Time {
	if c.next == 0 {
		return time.Time{}
	}
	return time.UnixMilli(c.next)
}

// ripe reports whether somebody is due or something has expired.
func (t *tx) ripe() bool {
	due, _ := t.due.Cursor().First()
	sweep, _ := t.sweep.Cursor().First()
	return due != nil && timeOf(due) <= t.now || sweep != nil && timeOf(sweep) <= t.now
}

func (t *tx) claim(n int) (c claimed, err error) {
	if err := t.sweepUp(); err != nil {
		return c, err
	}
	each(t.due, nil, func(k, _ []byte) bool {
		if timeOf(k) > t.now || len(c.keys) == n {
			return false
		}
		c.keys = append(c.keys, store.Key(k[timeSize:]))
		return true
	})
	for _, key := range c.keys {
		p, err := t.person(key)
		if err != nil {
			return c, err
		}
		p.lease()
		if err := p.save(); err != nil {
			return c, err
		}
	}
	return c, c.listTimers(t, n)
}

// listTimers lists the due timers and finds the earliest entry that is not listed.
func (c *claimed) listTimers(t *tx, n int) (err error) {
	if due, _ := t.due.Cursor().First(); due != nil {
		c.next = timeOf(due)
	}
	each(t.timers, nil, func(k, _ []byte) bool {
		if at := timeOf(k); at > t.now || len(c.timers) == n {
			c.next = earlier(c.next, at)
			return false
		}
		var d store.Due
		d, err = parseTimer(k[timeSize:])
		c.timers = append(c.timers, d)
		return err == nil
	})
	return err
}

// earlier is the smaller of two times of which the first may be 0, none.
func earlier(a, b int64) int64 {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// parseTimer reads key 0 name 0 gen.
func parseTimer(k []byte) (store.Due, error) {
	key, rest, found := strings.Cut(string(k), "\x00")
	if !found || len(rest) < 6 {
		return store.Due{}, fmt.Errorf("timer index: %w", errDamaged)
	}
	name, gen := rest[:len(rest)-5], rest[len(rest)-4:]
	return store.Due{Key: store.Key(key), Name: name, Gen: binary.BigEndian.Uint32([]byte(gen))}, nil
}
