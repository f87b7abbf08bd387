package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hoithoai/runtime/store"
)

// Commit implements store.Actor.
func (s *Store) Commit(ctx context.Context, in store.Commit) (res store.CommitResult, err error) {
	if err := in.Check(); err != nil {
		return res, fmt.Errorf("commit: %w", err)
	}
	run := s.runSure
	if !s.cfg.Wait.Commit {
		run = s.runFast
	}
	a, err := run(ctx, "commit", committedBefore, s.scripts.commit,
		s.keys.person(in.Key, kindSession, kindMailbox, kindOutbox, kindDue, kindSchedule, kindJournal),
		s.commitArgs(&in)...)
	if err != nil {
		return res, err
	}
	res.Status, res.Rev = store.CommitStatus(a.number(0)), uint64(a.number(1))
	var errs [2]error
	res.Next, errs[0] = a.item(2)
	res.Out, errs[1] = a.item(3)
	res.Lease = a.millis(4)
	return res, errors.Join(errs[:]...)
}

func committedBefore(a answer) bool { return store.CommitStatus(a.number(0)) == store.Already }

func (s *Store) commitArgs(in *store.Commit) []any {
	c := s.cfg.Store
	args := []any{
		s.clock(), string(in.Key), s.lease(), in.Rev, in.Event[:], in.Session, max(0, in.TTL.Milliseconds()),
		entryArg(in.Journal), c.Journal, c.JournalTTL.Milliseconds(), len(in.Out),
	}
	for i := range in.Out {
		args = append(args, append(in.Out[i].ID[:idSize:idSize], in.Out[i].Body...))
	}
	return appendTimers(args, in.Timers)
}

// appendTimers adds timers as scripts take them: name, time (an empty one clears), body.
func appendTimers(args []any, timers []store.Timer) []any {
	for i := range timers {
		t := &timers[i]
		at := ""
		if !t.At.IsZero() {
			at = strconv.FormatInt(max(1, store.Millis(t.At)), 10)
		}
		args = append(args, timerName(t.Name, t.Gen), at, t.Body)
	}
	return args
}

// entryArg tells an empty entry from none.
func entryArg(entry []byte) []byte {
	if entry == nil {
		return nil
	}
	return append([]byte{'j'}, entry...)
}

// Journal implements store.Journal.
func (s *Store) Journal(ctx context.Context, key store.Key) ([][]byte, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	entries, err := retry(ctx, s.cfg.Patience, func() ([]string, error) {
		return s.client.LRange(ctx, s.keys.person(key, kindJournal)[0], 0, -1).Result()
	})
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	var out [][]byte
	for _, e := range entries {
		out = append(out, []byte(e))
	}
	return out, nil
}
