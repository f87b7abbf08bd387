package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hoithoai/runtime/store"
)

// genSize is the length of a timer's generation in decimal digits.
const genSize = 10

// timerName tells the timers of a person apart: name 0 gen.
func timerName(name string, gen uint32) string { return fmt.Sprintf("%s\x00%0*d", name, genSize, gen) }

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
	people, timers := a.list(0), a.list(1)
	for i := range people {
		keys = append(keys, store.Key(people.text(i)))
	}
	for i := range timers {
		d, err := parseTimer(timers.text(i))
		if err != nil {
			return nil, nil, next, fmt.Errorf("claim: %w", err)
		}
		due = append(due, d)
	}
	if at, err := strconv.ParseFloat(a.text(2), 64); err == nil {
		next = time.UnixMilli(int64(at))
	}
	return keys, due, next, nil
}

// parseTimer reads person 0 name 0 gen.
func parseTimer(member string) (store.Due, error) {
	parts := strings.Split(member, "\x00")
	if len(parts) != 3 {
		return store.Due{}, fmt.Errorf("timer of %d parts: %w", len(parts), errAnswer)
	}
	gen, err := strconv.ParseUint(parts[2], 10, 32)
	if err != nil {
		return store.Due{}, fmt.Errorf("generation of a timer: %w", errAnswer)
	}
	return store.Due{Key: store.Key(parts[0]), Name: parts[1], Gen: uint32(gen)}, nil
}

// Fire implements store.Scheduler.
func (s *Store) Fire(ctx context.Context, due store.Due, id store.ID8) (bool, *store.Work, error) {
	if err := due.Key.Check(); err != nil {
		return false, nil, fmt.Errorf("fire: %w", err)
	}
	a, err := s.run(ctx, "fire", s.scripts.fire,
		s.keys.person(due.Key, kindSession, kindMailbox, kindOutbox, kindDue, kindTimers, kindSchedule),
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
