package redis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoithoai/runtime/store"
)

// timerName tells the timers of a person apart: name 0 gen.
func timerName(name string, gen uint32) string {
	return name + "\x00" + strconv.FormatUint(uint64(gen), 10)
}

// Claim implements store.Scheduler.
func (s *Store) Claim(ctx context.Context, partition, n int) (keys []store.Key, due []store.Due, next time.Time, err error) {
	if partition < 0 || partition >= s.keys.partitions {
		return nil, nil, next, fmt.Errorf("claim: partition %d of %d", partition, s.keys.partitions)
	}
	a, err := s.run(ctx, "claim", s.scripts.claim,
		[]string{s.keys.key(partition, kindDue, ""), s.keys.key(partition, kindSchedule, "")}, s.clock(), s.lease(), n)
	if err != nil {
		return nil, nil, next, err
	}
	people := a.list(0)
	for i := range people {
		keys = append(keys, store.Key(people.text(i)))
	}
	if at, err := strconv.ParseFloat(a.text(2), 64); err == nil {
		next = time.UnixMilli(int64(math.Ceil(at)))
	}
	if len(a.list(1)) == 0 {
		return keys, nil, next, nil
	}
	timers, err := s.timersOf(ctx, partition, a.list(1))
	if err != nil {
		return keys, nil, next, err
	}
	due, later := ripe(timers, n, time.UnixMilli(a.number(3)))
	if !later.IsZero() && (next.IsZero() || later.Before(next)) {
		next = later
	}
	return keys, due, next, nil
}

// scheduled is a timer and its time.
type scheduled struct {
	store.Due
	at time.Time
}

// timersOf lists all timers of people of a partition, in the order of the contract.
func (s *Store) timersOf(ctx context.Context, partition int, people answer) (out []scheduled, err error) {
	keys := []string{s.keys.key(partition, kindSchedule, "")}
	args := []any{s.clock()}
	for i := range people {
		keys, args = append(keys, s.keys.key(partition, kindSession, people.text(i))), append(args, people.text(i))
	}
	a, err := s.run(ctx, "list timers", s.scripts.timers, keys, args...)
	if err != nil {
		return nil, err
	}
	for i := range a {
		timers := a.list(i)
		for j := 0; j+1 < len(timers); j += 2 {
			d, err := parseTimer(store.Key(people.text(i)), timers.text(j))
			if err != nil {
				return nil, fmt.Errorf("claim: %w", err)
			}
			out = append(out, scheduled{d, time.UnixMilli(timers.number(j + 1))})
		}
	}
	slices.SortFunc(out, func(a, b scheduled) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Gen, b.Gen))
	})
	return out, nil
}

// ripe is the timers, at most n, whose time has come, and when the first of the others falls due (zero: there is none).
func ripe(timers []scheduled, n int, now time.Time) (due []store.Due, later time.Time) {
	for _, t := range timers {
		if len(due) == n || t.at.After(now) {
			return due, t.at
		}
		due = append(due, t.Due)
	}
	return due, later
}

// parseTimer reads name 0 gen.
func parseTimer(key store.Key, member string) (store.Due, error) {
	name, gen, found := strings.Cut(member, "\x00")
	n, err := strconv.ParseUint(gen, 10, 32)
	if !found || err != nil {
		return store.Due{}, fmt.Errorf("name of a timer: %w", errAnswer)
	}
	return store.Due{Key: key, Name: name, Gen: uint32(n)}, nil
}

// Fire implements store.Scheduler.
func (s *Store) Fire(ctx context.Context, due store.Due, id store.ID8) (bool, *store.Work, error) {
	if err := due.Key.Check(); err != nil {
		return false, nil, fmt.Errorf("fire: %w", err)
	}
	a, err := s.run(ctx, "fire", s.scripts.fire,
		s.keys.person(due.Key, kindSession, kindMailbox, kindOutbox, kindDue, kindSchedule),
		s.clock(), string(due.Key), s.lease(), timerName(due.Name, due.Gen), id[:])
	if err != nil {
		return false, nil, err
	}
	if a.number(0) < 2 {
		return a.number(0) == 1, nil, nil
	}
	w, err := a.work(due.Key, 1)
	return true, &w, err
}
