package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"hoithoai/runtime/store"
)

// The fields of the key meta that mark a load under way.
const (
	metaLoad = "load"      // name of the dump
	metaDone = "load-done" // what the last PutEntries said
)

// errNoLoad says that PutEntries came without StartLoad.
var errNoLoad = errors.New("no load was started")

// underWay returns what the mark of a load says; dump "" when there is none.
func (s *Store) underWay(ctx context.Context) (dump string, done uint64, err error) {
	found, err := retry(ctx, s.cfg.Patience, func() ([]any, error) {
		return s.client.HMGet(ctx, s.keys.meta(), metaLoad, metaDone).Result()
	})
	if err != nil {
		return "", 0, fmt.Errorf("look for a load under way: %w", err)
	}
	done, _ = strconv.ParseUint(answer(found).text(1), 10, 64)
	return answer(found).text(0), done, nil
}

// loaded refuses a store whose load was interrupted.
func (s *Store) loaded(ctx context.Context) error {
	if s.cfg.Loading {
		return nil
	}
	dump, _, err := s.underWay(ctx)
	if err == nil && dump != "" {
		err = store.ErrLoading
	}
	return err
}

// StartLoad implements store.Loader.
func (s *Store) StartLoad(ctx context.Context, dump string) (uint64, error) {
	if err := store.CheckName(dump); err != nil {
		return 0, fmt.Errorf("start load: %w", err)
	}
	under, done, err := s.underWay(ctx)
	if err != nil || under == dump {
		return done, err
	}
	empty, err := s.empty(ctx)
	if err != nil {
		return 0, fmt.Errorf("start load: %w", err)
	}
	if under != "" || !empty {
		return 0, fmt.Errorf("start load: %w", store.ErrNotEmpty)
	}
	return 0, s.markLoad(ctx, dump, 0)
}

func (s *Store) markLoad(ctx context.Context, dump string, done uint64) error {
	_, err := retry(ctx, s.cfg.Patience, func() (int64, error) {
		return s.client.HSet(ctx, s.keys.meta(), metaLoad, dump, metaDone, done).Result()
	})
	if err != nil {
		return fmt.Errorf("mark load: %w", err)
	}
	return nil
}

// errFull stops a scan at the first key.
var errFull = errors.New("something is kept")

// empty reports whether nothing is kept. What processes share about their calls does not count, nor do beats.
func (s *Store) empty(ctx context.Context) (bool, error) {
	some := func(page [][2]string) error {
		if len(page) > 0 {
			return errFull
		}
		return nil
	}
	err := s.eachMaster(ctx, func(ctx context.Context, c redis.Cmdable) error {
		if err := s.scan(ctx, c, kindsOfPeople, some); err != nil {
			return err
		}
		return s.scan(ctx, c, kindsOfRegister, some)
	})
	if errors.Is(err, errFull) {
		return false, nil
	}
	return err == nil, err
}

// PutEntries implements store.Loader: each entry is one script.
func (s *Store) PutEntries(ctx context.Context, entries []store.Entry, done uint64) error {
	dump, _, err := s.underWay(ctx)
	if err == nil && dump == "" {
		err = errNoLoad
	}
	for i := 0; err == nil && i < len(entries); i++ {
		err = entries[i].Check()
	}
	if err != nil {
		return fmt.Errorf("put entries: %w", err)
	}
	g, in := errgroup.WithContext(ctx)
	g.SetLimit(dumpWorkers)
	for _, e := range entries {
		g.Go(func() error { return s.putEntry(in, e) })
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("put entries: %w", err)
	}
	return s.markLoad(ctx, dump, done)
}

func (s *Store) putEntry(ctx context.Context, e store.Entry) error {
	switch {
	case e.Person != nil:
		_, err := s.runFlag(ctx, "put person", s.scripts.put, s.whole(e.Person.Key), s.putArgs(e.Person)...)
		return err
	case e.Record != nil:
		return s.putRecord(ctx, e.Record)
	case e.Place != nil:
		_, err := s.runFlag(ctx, "put place", s.scripts.putPlace, s.keys.named(e.Place.Place, kindPlace), e.Place.By[:], bit(e.Place.Holds))
		return err
	}
	if e.Beat != nil {
		_, err := retry(ctx, s.cfg.Patience, func() (string, error) {
			return s.client.Set(ctx, s.keys.named(e.Beat.What, kindBeat)[0], e.Beat.At.UnixMilli(), 0).Result()
		})
		return err
	}
	_, err := retry(ctx, s.cfg.Patience, func() (string, error) {
		return s.client.Set(ctx, s.keys.named(e.Bundle.Hash, kindBundle)[0], e.Bundle.Body, 0).Result()
	})
	return err
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (s *Store) putRecord(ctx context.Context, e *store.RecordEntry) error {
	n, err := store.RecordNumber(e.ID, e.By)
	if err != nil {
		return err
	}
	body := []byte{}
	if e.Body != nil {
		body = append([]byte{'r'}, e.Body...)
	}
	_, err = s.runFlag(ctx, "put record", s.scripts.putRecord, s.keys.named(e.List, kindIDs, kindBodies, kindOrder), e.By[:], e.ID, n, body)
	return err
}

// putArgs are the arguments of the script put.
func (s *Store) putArgs(e *store.PersonEntry) []any {
	var session []byte
	if e.Session != nil {
		session = append(fmt.Appendf(nil, "%0*d", revSize, e.Session.Rev), e.Session.Last[:]...)
		session = append(session, e.Session.Body...)
	}
	due := ""
	if !e.Due.IsZero() {
		due = strconv.FormatInt(max(1, store.Millis(e.Due)), 10)
	}
	ring := seenArgs(e.Ring)
	if e.Mark != 0 && len(ring) > 0 {
		ring = append(ring, "", e.Mark)
	}
	old := seenArgs(e.Old)
	args := []any{
		string(e.Key), session, max(0, e.SessionLife.Milliseconds()), e.JournalLife.Milliseconds(), e.MemoryLife.Milliseconds(), due,
		len(e.Mail), len(e.Out), len(e.Journal), len(ring) / 2, len(old) / 2, echoArg(e.Echoes), max(1, e.EchoLife.Milliseconds()),
		s.clock(),
	}
	for _, it := range append(e.Mail[:len(e.Mail):len(e.Mail)], e.Out...) {
		args = append(args, append(it.ID[:idSize:idSize], it.Body...))
	}
	for _, entry := range e.Journal {
		args = append(args, entry)
	}
	args = append(append(args, ring...), old...)
	for i := range e.Timers {
		t := &e.Timers[i]
		args = append(args, timerName(t.Name, t.Gen), max(1, store.Millis(t.At)), t.Body)
	}
	return args
}

func seenArgs(all []store.Seen) []any {
	var args []any
	for i := range all {
		args = append(args, all[i].ID[:], all[i].At)
	}
	return args
}

// FinishLoad implements store.Loader.
func (s *Store) FinishLoad(ctx context.Context) error {
	_, err := retry(ctx, s.cfg.Patience, func() (int64, error) {
		return s.client.HDel(ctx, s.keys.meta(), metaLoad, metaDone).Result()
	})
	if err != nil {
		return fmt.Errorf("finish load: %w", err)
	}
	return nil
}

// Clear implements store.Cleaner. The store is marked while it goes on, so that nobody opens what is left.
func (s *Store) Clear(ctx context.Context) error {
	if err := s.markLoad(ctx, "clear", 0); err != nil {
		return fmt.Errorf("clear: %w", err)
	}
	for empty := false; !empty; {
		err := s.eachMaster(ctx, s.clearMaster)
		if err == nil {
			empty, err = s.empty(ctx)
		}
		if err != nil {
			return fmt.Errorf("clear: %w", err)
		}
	}
	return s.FinishLoad(ctx)
}

func (s *Store) clearMaster(ctx context.Context, c redis.Cmdable) error {
	pattern := escaped.Replace(s.keys.prefix) + ":{*}:*"
	for cursor := uint64(0); ; {
		keys, at, err := c.Scan(ctx, cursor, pattern, scanPage).Result()
		if err != nil {
			return fmt.Errorf("list keys: %w", mapError(err))
		}
		_, err = s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
			for _, key := range keys {
				pipe.Unlink(ctx, key)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("remove keys: %w", mapError(err))
		}
		if cursor = at; cursor == 0 {
			return nil
		}
	}
}
