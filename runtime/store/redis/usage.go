package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// Usage is what a person takes in the server's memory under one kind of key, in bytes.
type Usage struct {
	Kind   string // word for the kind: "session", "ring", …
	Bytes  int64  // MEMORY USAGE of the person's own key, or the person's part of a key that a whole partition shares
	Shared bool   // of a partition: its size by its entries, times the person's
}

// The kinds of Usage that a reader may look for.
const (
	UsageSession = "session"
	UsageJournal = "journal"
)

// usageKinds are the keys a person may have, by the word Usage tells them with.
var usageKinds = [...]struct{ kind, name string }{
	{kindSession, UsageSession}, {kindMailbox, "mailbox"}, {kindOutbox, "outbox"}, {kindRing, "ring"}, {kindOld, "old"},
	{kindEchoes, "echoes"}, {kindJournal, UsageJournal},
}

// Usage measures what the server keeps of a person. Kinds that the person has no key of are left out.
func (s *Store) Usage(ctx context.Context, key store.Key) ([]Usage, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("measure a person: %w", err)
	}
	var out []Usage
	for _, k := range usageKinds {
		n, err := s.bytesOf(ctx, s.keys.person(key, k.kind)[0])
		if err != nil {
			return nil, fmt.Errorf("measure %s: %w", k.name, err)
		}
		if n > 0 {
			out = append(out, Usage{Kind: k.name, Bytes: n})
		}
	}
	shared, err := s.scheduled(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("measure schedule: %w", err)
	}
	if shared > 0 {
		out = append(out, Usage{Kind: "schedule", Bytes: shared, Shared: true})
	}
	return out, nil
}

// bytesOf is the size of a key with all its entries; 0 for one that is not there.
func (s *Store) bytesOf(ctx context.Context, key string) (int64, error) {
	return retry(ctx, s.cfg.Patience, func() (int64, error) {
		n, err := s.client.MemoryUsage(ctx, key, 0).Result()
		if errors.Is(err, redis.Nil) {
			return 0, nil
		}
		return n, err
	})
}

// scheduled is the person's part of the partition's schedule.
func (s *Store) scheduled(ctx context.Context, key store.Key) (int64, error) {
	schedule := s.keys.person(key, kindSchedule)[0]
	all, err := retry(ctx, s.cfg.Patience, func() ([]string, error) { return s.client.ZRange(ctx, schedule, 0, -1).Result() })
	if err != nil || len(all) == 0 {
		return 0, err
	}
	own := 0
	for _, member := range all {
		if member == string(key) {
			own++
		}
	}
	n, err := s.bytesOf(ctx, schedule)
	return (n*int64(own) + int64(len(all))/2) / int64(len(all)), err
}

// Forget lets what is remembered of a person's past events expire, as the end of store.Config.Window does: for measurements.
func (s *Store) Forget(ctx context.Context, key store.Key) error {
	names := s.keys.person(key, kindRing, kindOld)
	_, err := retry(ctx, s.cfg.Patience, func() (int64, error) { return s.client.Del(ctx, names...).Result() })
	if err != nil {
		return fmt.Errorf("forget events of a person: %w", err)
	}
	return nil
}

// Spent is what a server has used up so far.
type Spent struct {
	CPU time.Duration // of its process, user and system
	// Memory is used_memory without what stands for connections and for the append-only file, in bytes: what is kept. Those come
	// and go by the second, and weigh more than a small store.
	Memory    int64
	Keys      int64 // in the database
	Version   string
	AOF       bool
	Rewriting bool   // the append-only file is being written anew: the server's process has less of the machine meanwhile
	Fsync     string // appendfsync; "" where the server does not tell
}

// Spent asks the server what it has used up; of a cluster, the node that answers.
func (s *Store) Spent(ctx context.Context) (Spent, error) {
	out, err := retry(ctx, s.cfg.Patience, func() (Spent, error) { return s.spent(ctx) })
	if err != nil {
		return out, fmt.Errorf("ask the server what it has used up: %w", err)
	}
	return out, nil
}

func (s *Store) spent(ctx context.Context) (out Spent, err error) {
	pipe := s.client.TxPipeline() // at one moment, or the connections of the one would not be those of the other
	info, clients := pipe.Info(ctx), pipe.ClientList(ctx)
	_, _ = pipe.Exec(ctx) // each command has its own error
	if err := info.Err(); err != nil {
		return out, fmt.Errorf("info: %w", err)
	}
	for line := range strings.Lines(info.Val()) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		out.set(name, value)
	}
	out.Memory -= ofClients(clients.Val()) // nothing where the server does not list them
	if conf, err := s.client.ConfigGet(ctx, "appendfsync").Result(); err == nil {
		out.Fsync = conf["appendfsync"]
	}
	out.Keys, err = s.client.DBSize(ctx).Result()
	return out, err
}

func (u *Spent) set(name, value string) {
	switch name {
	case "redis_version":
		u.Version = value
	case "used_memory":
		u.Memory += number(value)
	case "mem_aof_buffer":
		u.Memory -= number(value)
	case "aof_rewrite_in_progress":
		u.Rewriting = value == "1"
	case "aof_enabled":
		u.AOF = value == "1"
	case "used_cpu_sys", "used_cpu_user":
		seconds, _ := strconv.ParseFloat(value, 64)
		u.CPU += time.Duration(seconds * float64(time.Second))
	}
}

// ofClients is what the connections of a list (CLIENT LIST) take, in bytes.
func ofClients(list string) (sum int64) {
	for line := range strings.Lines(list) {
		for field := range strings.FieldsSeq(line) {
			if size, found := strings.CutPrefix(field, "tot-mem="); found {
				sum += number(size)
			}
		}
	}
	return sum
}
