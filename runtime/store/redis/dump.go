package redis

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"hoithoai/runtime/store"
)

// The size of a dump's work: keys asked for at once, and people read at the same time.
const (
	scanPage    = 256
	dumpWorkers = 16
)

// errMoved says that what SCAN promises does not hold: its cursor belongs to one process of a server and one home of a slot.
var errMoved = errors.New("a server was restarted, failed over or changed its slots meanwhile; repeat it")

// Dump implements store.Dumper. Everyone is read by one script. It keeps 16 bytes a person in memory, to give nobody twice.
func (s *Store) Dump(ctx context.Context, each func(store.Entry) error) error {
	before, err := s.homes(ctx)
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	d := &dump{s: s, each: each, seen: map[[16]byte]struct{}{}}
	for _, pass := range []func(context.Context, redis.Cmdable) error{d.beats, d.people, d.register} {
		if err := s.eachMaster(ctx, pass); err != nil {
			return err
		}
	}
	after, err := s.homes(ctx)
	if err == nil && after != before {
		err = errMoved
	}
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	return nil
}

// homes names the process behind every slot.
func (s *Store) homes(ctx context.Context) (string, error) {
	var b strings.Builder
	if cluster, ok := s.client.(*redis.ClusterClient); ok {
		slots, err := retry(ctx, s.cfg.Patience, func() ([]redis.ClusterSlot, error) { return cluster.ClusterSlots(ctx).Result() })
		if err != nil {
			return "", fmt.Errorf("ask for slots: %w", err)
		}
		for _, slot := range slots {
			fmt.Fprintln(&b, slot.Start, slot.End, slot.Nodes[:min(1, len(slot.Nodes))])
		}
	}
	err := s.eachMaster(ctx, func(ctx context.Context, c redis.Cmdable) error {
		text, err := retry(ctx, s.cfg.Patience, func() (string, error) { return c.Info(ctx, "server").Result() })
		_, run, _ := strings.Cut(text, "run_id:")
		run, _, _ = strings.Cut(run, "\r\n")
		fmt.Fprintln(&b, run)
		return err
	})
	return b.String(), err
}

// eachMaster visits every master, one after the other, in the order of their addresses.
func (s *Store) eachMaster(ctx context.Context, visit func(context.Context, redis.Cmdable) error) error {
	cluster, ok := s.client.(*redis.ClusterClient)
	if !ok {
		return visit(ctx, s.client)
	}
	found := make(chan *redis.Client, len(tags))
	err := cluster.ForEachMaster(ctx, func(_ context.Context, c *redis.Client) error {
		found <- c
		return nil
	})
	close(found)
	var masters []*redis.Client
	for c := range found {
		masters = append(masters, c)
	}
	slices.SortFunc(masters, func(a, b *redis.Client) int { return strings.Compare(a.Options().Addr, b.Options().Addr) })
	for i := 0; err == nil && i < len(masters); i++ {
		err = visit(ctx, masters[i])
	}
	return err
}

// scan gives the keys of some kinds, a page at a time, as kind and name. A key may come twice.
func (s *Store) scan(ctx context.Context, c redis.Cmdable, kinds string, page func([][2]string) error) error {
	pattern := escaped.Replace(s.keys.prefix) + ":{*}:" + kinds + ":*"
	for cursor := uint64(0); ; {
		keys, err := retry(ctx, s.cfg.Patience, func() (keys []string, err error) {
			at := cursor
			keys, at, err = c.Scan(ctx, cursor, pattern, scanPage).Result()
			if err == nil {
				cursor = at
			}
			return keys, err
		})
		if err != nil {
			return fmt.Errorf("list keys: %w", err)
		}
		named := make([][2]string, 0, len(keys))
		for _, key := range keys {
			_, rest, _ := strings.Cut(key[len(s.keys.prefix):], "}:")
			kind, name, _ := strings.Cut(rest, ":")
			named = append(named, [2]string{kind, name})
		}
		if err := page(named); err != nil || cursor == 0 {
			return err
		}
	}
}

// escaped keeps a prefix from being a pattern.
var escaped = strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `\`, `\\`)

// The kinds of keys that a dump looks for, as patterns. A list is found by its ids, which outlive its entries.
const (
	kindsOfPeople   = "[" + kindSession + kindMailbox + kindOutbox + kindRing + kindOld + kindJournal + kindEchoes + "]"
	kindsOfRegister = "[" + kindBundle + kindPlace + "r]*" // b, p and ri
)

// dump is one reading of all that is kept.
type dump struct {
	s    *Store
	each func(store.Entry) error
	seen map[[16]byte]struct{}
}

// beats gives when things were done last.
func (d *dump) beats(ctx context.Context, c redis.Cmdable) error {
	return d.s.scan(ctx, c, kindBeat, func(page [][2]string) error {
		for _, key := range page {
			at, _, err := d.s.LastBeat(ctx, key[1])
			if err != nil {
				return err
			}
			if at.IsZero() || d.again(kindBeat+key[1]) {
				continue
			}
			if err := d.each(store.Entry{Beat: &store.BeatEntry{What: key[1], At: at}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// people gives everyone a master keeps.
func (d *dump) people(ctx context.Context, c redis.Cmdable) error {
	return d.s.scan(ctx, c, kindsOfPeople, func(page [][2]string) error {
		found := make([]*store.PersonEntry, len(page))
		g, in := errgroup.WithContext(ctx)
		g.SetLimit(dumpWorkers)
		for i, key := range page {
			if d.again(key[1]) {
				continue
			}
			g.Go(func() (err error) {
				found[i], err = d.s.readPerson(in, store.Key(key[1]))
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return fmt.Errorf("dump: %w", err)
		}
		for _, p := range found {
			if p == nil {
				continue
			}
			if err := d.each(store.Entry{Person: p}); err != nil {
				return err
			}
		}
		return nil
	})
}

// again reports whether a person has come before.
func (d *dump) again(name string) bool {
	sum := sha256.Sum256([]byte(name))
	short := [16]byte(sum[:])
	_, known := d.seen[short]
	d.seen[short] = struct{}{}
	return known
}

// whole names all keys of a person in the order the scripts dump and put want.
func (s *Store) whole(key store.Key) []string {
	return s.keys.person(key, kindSession, kindMailbox, kindOutbox, kindRing, kindOld, kindDue, kindSchedule, kindJournal, kindEchoes)
}

// readPerson reads all that is kept of a person; nil for nothing.
func (s *Store) readPerson(ctx context.Context, key store.Key) (*store.PersonEntry, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("read person: %w", err)
	}
	a, err := s.run(ctx, "read person", s.scripts.dump, s.whole(key), s.clock(), string(key), s.cfg.Store.Window.Milliseconds())
	if err != nil {
		return nil, err
	}
	e := &store.PersonEntry{Key: key, SessionLife: a.life(1), JournalLife: a.life(7), MemoryLife: a.life(9), EchoLife: a.life(12)}
	var errs [7]error
	e.Session, errs[0] = a.session(0)
	e.Mail, errs[1] = a.list(2).items()
	e.Out, errs[2] = a.list(3).items()
	e.Timers, errs[3] = a.list(5).timers()
	for i := range a.list(6) {
		e.Journal = append(e.Journal, []byte(a.list(6).text(i)))
	}
	e.Ring, e.Mark, errs[4] = a.list(8).seen()
	e.Old, _, errs[5] = a.list(10).seen()
	e.Echoes, errs[6] = echoesOf(a.text(11))
	if err := errors.Join(errs[:]...); err != nil {
		return nil, fmt.Errorf("read person: %w", err)
	}
	if due := a.text(4); due != "" {
		e.Due = time.UnixMilli(score(due))
	}
	if e.Empty() {
		return nil, nil
	}
	return e, nil
}

// life is what PTTL answered: 0 for a key without end and for none.
func (a answer) life(i int) time.Duration {
	return time.Duration(max(0, a.number(i))) * time.Millisecond
}

// score reads a score in ms; that of a person may be half a one less (see untried).
func score(text string) int64 {
	f, _ := strconv.ParseFloat(text, 64)
	return int64(math.Ceil(f))
}

func (a answer) items() (all []store.Item, err error) {
	for i := range a {
		it, err := a.item(i)
		if err != nil || it == nil {
			return nil, errors.Join(err, errAnswer)
		}
		all = append(all, *it)
	}
	return all, nil
}

// timers reads timer, time, body, … in the order of the contract.
func (a answer) timers() (all []store.Timer, err error) {
	for i := 0; i+2 < len(a); i += 3 {
		d, err := parseTimer("", a.text(i))
		if err != nil {
			return nil, err
		}
		all = append(all, store.Timer{Name: d.Name, Gen: d.Gen, At: time.UnixMilli(score(a.text(i + 1))), Body: []byte(a.text(i + 2))})
	}
	store.SortTimers(all)
	return all, nil
}

// seen reads id, time, …; the id "" is the watermark.
func (a answer) seen() (all []store.Seen, mark int64, err error) {
	for i := 0; i+1 < len(a); i += 2 {
		switch id := a.text(i); len(id) {
		case 0:
			mark = score(a.text(i + 1))
		case idSize:
			all = append(all, store.Seen{ID: store.ID8([]byte(id)), At: score(a.text(i + 1))})
		default:
			return nil, 0, fmt.Errorf("remembered id of %d bytes: %w", len(id), errAnswer)
		}
	}
	return all, mark, nil
}

// register gives the lists, places and bundles of a master. It runs when everyone has been read.
func (d *dump) register(ctx context.Context, c redis.Cmdable) error {
	done := map[[2]string]bool{}
	return d.s.scan(ctx, c, kindsOfRegister, func(page [][2]string) error {
		for _, key := range page {
			if done[key] {
				continue
			}
			done[key] = true
			if err := d.named(ctx, key[0], key[1]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *dump) named(ctx context.Context, kind, name string) error {
	switch kind {
	case kindIDs:
		return d.list(ctx, name)
	case kindPlace:
		return d.place(ctx, name)
	case kindBundle:
		body, err := d.s.Bundle(ctx, name)
		if err != nil || body == nil {
			return err
		}
		return d.each(store.Entry{Bundle: &store.BundleEntry{Hash: name, Body: body}})
	}
	return nil
}

// pages gives the fields of a hash, a page at a time; the field "" is a count.
func (d *dump) pages(ctx context.Context, key string, each func(field, value string) error) error {
	given := map[string]bool{}
	for cursor := uint64(0); ; {
		all, err := retry(ctx, d.s.cfg.Patience, func() (all []string, err error) {
			at := cursor
			all, at, err = d.s.client.HScan(ctx, key, cursor, "", scanPage).Result()
			if err == nil {
				cursor = at
			}
			return all, err
		})
		if err != nil {
			return fmt.Errorf("dump: %w", err)
		}
		for i := 0; i+1 < len(all); i += 2 {
			if all[i] == "" || given[all[i]] {
				continue
			}
			given[all[i]] = true
			if err := each(all[i], all[i+1]); err != nil {
				return err
			}
		}
		if cursor == 0 {
			return nil
		}
	}
}

func (d *dump) list(ctx context.Context, name string) error {
	keys := d.s.keys.named(name, kindIDs, kindBodies)
	return d.pages(ctx, keys[0], func(by, id string) error {
		e := &store.RecordEntry{List: name, ID: id}
		if copy(e.By[:], by) != len(by) || len(by) != idSize {
			return fmt.Errorf("dump: task of %d bytes: %w", len(by), errAnswer)
		}
		body, err := retry(ctx, d.s.cfg.Patience, func() ([]byte, error) { return d.s.client.HGet(ctx, keys[1], id).Bytes() })
		if err != nil && !errors.Is(err, redis.Nil) {
			return fmt.Errorf("dump: %w", err)
		}
		if err == nil {
			e.Body = append([]byte{}, body...)
		}
		return d.each(store.Entry{Record: e})
	})
}

func (d *dump) place(ctx context.Context, name string) error {
	return d.pages(ctx, d.s.keys.named(name, kindPlace)[0], func(by, holds string) error {
		e := &store.PlaceEntry{Place: name, Holds: holds == "1"}
		if len(by) != idSize {
			return fmt.Errorf("dump: task of %d bytes: %w", len(by), errAnswer)
		}
		copy(e.By[:], by)
		return d.each(store.Entry{Place: e})
	})
}
