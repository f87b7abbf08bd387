package redis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"hoithoai/runtime/store"
)

// limitsLife is how long anything about limits is kept that nobody uses.
const limitsLife = time.Hour

// pausesName is the name all pauses are kept under: there are few, and one script reads them together.
const pausesName = "all"

// Draw implements store.Limits. It is not repeated: an answer that got lost costs turns, and who waits for one could as well
// have made the call.
func (s *Store) Draw(ctx context.Context, in store.Draw) (t store.Turns, err error) {
	if err := in.Check(); err != nil {
		return t, fmt.Errorf("draw: %w", err)
	}
	a, err := s.once(ctx, "draw", s.scripts.draw, s.keys.named(in.Lane, kindPace),
		s.clock(), millis(in.Every), millis(in.Room), in.Most, millis(in.Wait))
	if err != nil {
		return t, err
	}
	micro := func(i int) time.Duration { return time.Duration(a.number(i)) * time.Microsecond }
	return store.Turns{N: int(a.number(0)), Ahead: micro(1), Wait: micro(2)}, nil
}

// millis is a duration in milliseconds with fractions.
func millis(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 6, 64)
}

// Tell implements store.Limits.
func (s *Store) Tell(ctx context.Context, in store.Told) (k store.Known, err error) {
	if err := in.Check(); err != nil {
		return k, fmt.Errorf("tell: %w", err)
	}
	args := []any{s.clock(), in.Process, store.ProcessLife.Milliseconds(), limitsLife.Milliseconds(), in.After}
	for _, p := range in.News {
		left := p.Left.Milliseconds()
		if p.Left > 0 {
			left = max(left, 1)
		}
		args = append(args, p.Lane, left, p.Since.Milliseconds(), p.Count, p.By, digit(p.Sure), p.Seq)
	}
	a, err := s.once(ctx, "tell", s.scripts.tell, s.keys.named(pausesName, kindPauses, kindAlive), args...)
	if err != nil {
		return k, err
	}
	k.Processes, k.Seq = int(a.number(0)), uint64(a.number(1))
	for i := 2; i < len(a); i++ {
		k.Pauses = append(k.Pauses, pauseOf(a.list(i)))
	}
	slices.SortFunc(k.Pauses, func(a, b store.Pause) int { return cmp.Compare(a.Seq, b.Seq) })
	return k, nil
}

func pauseOf(p answer) store.Pause {
	ms := func(i int) time.Duration { return time.Duration(p.number(i)) * time.Millisecond }
	return store.Pause{
		Lane: p.text(0), Left: ms(1), Since: ms(2), Count: int(p.number(3)), By: p.text(4), Sure: p.number(5) == 1, Seq: uint64(p.number(6)),
	}
}

func digit(v bool) int {
	if v {
		return 1
	}
	return 0
}

// Only implements store.Limits.
func (s *Store) Only(ctx context.Context, what string, d time.Duration) (time.Duration, error) {
	if err := store.CheckName(what); err != nil {
		return 0, fmt.Errorf("only: %w", err)
	}
	a, err := s.once(ctx, "only", s.scripts.only, s.keys.named(what, kindClaim), max(d.Milliseconds(), 1))
	if err != nil {
		return 0, err
	}
	return time.Duration(a.number(0)) * time.Millisecond, nil
}
