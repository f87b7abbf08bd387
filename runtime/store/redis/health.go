package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/store"
)

// slotsAll is how many hash slots a cluster has. One server that is no cluster serves all of them.
const slotsAll = 16384

// Health is what the servers say about themselves: the weakest of them counts.
type Health struct {
	Level    store.Level // the best that is kept, as far as it can be seen; D4 only where we WAIT
	Version  string
	Masters  int
	Used     float64         // share of maxmemory in use; 0 without a limit
	Time     time.Time       // of one server, to compare with the own clock
	Warnings []diag.Sentence // what an operator should mend, whatever the level

	nodes  []node
	slots  int64 // that are served
	copies int64 // replicas that must have what is acknowledged, from D3 on
}

// memoryAlarm is the share of maxmemory from which the operator is warned.
const memoryAlarm = 0.75

// Health asks the servers how durable they are and what an operator should mend.
func (s *Store) Health(ctx context.Context) (Health, error) {
	h, err := s.look(ctx)
	if err != nil {
		return Health{}, fmt.Errorf("redis health: %w", err)
	}
	h.Time, err = retry(ctx, s.cfg.Patience, func() (time.Time, error) { return s.client.Time(ctx).Result() })
	if err != nil {
		return Health{}, fmt.Errorf("redis health: %w", err)
	}
	return h, nil
}

// look asks every master, and a cluster for its slots.
func (s *Store) look(ctx context.Context) (Health, error) {
	nodes, err := s.info(ctx)
	if err != nil {
		return Health{}, err
	}
	h := Health{Version: nodes[0].version, Masters: len(nodes), nodes: nodes, slots: slotsAll, copies: int64(max(1, s.cfg.Wait.Replicas))}
	if _, cluster := s.client.(*redis.ClusterClient); cluster {
		if h.slots, err = s.served(ctx); err != nil {
			return Health{}, err
		}
	}
	h.judge(s.cfg.Wait.Replicas > 0)
	return h, nil
}

// judge finds the level and the warnings.
func (h *Health) judge(waits bool) {
	h.Level = h.best(waits)
	for _, k := range h.lacks(store.D1) {
		h.Warnings = addOnce(h.Warnings, k.sentence())
	}
	for _, n := range h.nodes {
		if n.max > 0 {
			h.Used = max(h.Used, float64(n.used)/float64(n.max))
		}
	}
	if h.Used >= memoryAlarm {
		h.Warnings = addOnce(h.Warnings, diag.Sentence{
			VI: fmt.Sprintf("Redis đã dùng %.0f %% maxmemory: tăng bộ nhớ trước khi đầy.", 100*h.Used),
			EN: fmt.Sprintf("Redis uses %.0f %% of maxmemory: give it more before it is full.", 100*h.Used),
		})
	}
}

// best is the highest level nothing seen speaks against. Of what is not seen only the usual is believed: everysec.
func (h *Health) best(waits bool) store.Level {
	switch {
	case h.Falls(store.D1, true) != nil:
		return store.D0
	case h.Falls(store.D3, true) == nil && waits:
		return store.D4
	case h.Falls(store.D3, true) == nil && h.shows(func(n node) bool { return n.replicas >= 0 || n.good >= 0 }):
		return store.D3
	case h.Falls(store.D2, true) == nil && h.shows(func(n node) bool { return n.fsync != "" }):
		return store.D2
	}
	return store.D1
}

func (h *Health) shows(of func(node) bool) bool {
	for _, n := range h.nodes {
		if !of(n) {
			return false
		}
	}
	return true
}

// served is how many slots of a cluster somebody serves.
func (s *Store) served(ctx context.Context) (int64, error) {
	text, err := retry(ctx, s.cfg.Patience, func() (string, error) { return s.client.ClusterInfo(ctx).Result() })
	if err != nil {
		return 0, fmt.Errorf("ask the cluster about its slots: %w", err)
	}
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, "cluster_slots_ok:"); ok {
			return number(strings.TrimSpace(value)), nil
		}
	}
	return 0, fmt.Errorf("slots of the cluster: %w", errAnswer)
}

// ask reads INFO, which every user may, and what CONFIG GET tells, which some may not.
func ask(ctx context.Context, c redis.Cmdable) (node, error) {
	n := node{replicas: -1, lag: -1, good: -1, rewrites: -1}
	text, err := c.Info(ctx).Result()
	if err != nil {
		return n, fmt.Errorf("info: %w", err)
	}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		n.set(name, value)
	}
	if conf, err := c.ConfigGet(ctx, "appendfsync").Result(); err == nil {
		n.fsync = conf["appendfsync"]
	}
	if conf, err := c.ConfigGet(ctx, "min-replicas-*").Result(); err == nil && len(conf) > 1 {
		n.replicas, n.lag = number(conf["min-replicas-to-write"]), number(conf["min-replicas-max-lag"])
	}
	return n, nil
}

func (n *node) set(name, value string) {
	switch name {
	case "redis_version":
		n.version = value
	case "maxmemory_policy":
		n.policy = value
	case "aof_enabled":
		n.aof = value == "1"
	case "used_memory":
		n.used = number(value)
	case "maxmemory":
		n.max = number(value)
	case "min_slaves_good_slaves":
		n.good = number(value)
	case "run_id":
		n.run = value
	case "aof_rewrites":
		n.rewrites = number(value)
	case "aof_rewrite_in_progress", "aof_rewrite_scheduled":
		n.rewriting = n.rewriting || value == "1"
	case "aof_last_bgrewrite_status":
		n.failed = value != "ok"
	default:
		if strings.HasPrefix(name, "slave") && strings.Contains(value, "state=online") {
			n.copies++
		}
	}
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
