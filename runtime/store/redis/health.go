package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Level is how much of what was acknowledged survives, as the server is configured.
type Level int

// The levels, from the design of durability.
const (
	LevelNone       Level = iota // nothing is written to disk, or keys may be evicted
	LevelEverySec                // D1: a crash of the host loses up to two seconds
	LevelAlways                  // D2: nothing, if the disk honours fsync
	LevelReplicated              // D3: a crash of the host loses what its replica had not received
)

// String names the level as the design does.
func (l Level) String() string { return [...]string{"D0", "D1", "D2", "D3"}[min(max(l, 0), 3)] }

// Health is what the servers say about themselves: the weakest of them counts.
type Health struct {
	Level    Level
	Version  string
	Masters  int
	Used     float64   // share of maxmemory in use; 0 without a limit
	Time     time.Time // of one server, to compare with the own clock
	Warnings []string  // for the operator, in Vietnamese
}

// memoryAlarm is the share of maxmemory from which the operator is warned.
const memoryAlarm = 0.75

// Health asks the servers how durable they are and what an operator should mend.
func (s *Store) Health(ctx context.Context) (Health, error) {
	nodes, err := s.info(ctx)
	if err != nil {
		return Health{}, fmt.Errorf("redis health: %w", err)
	}
	now, err := retry(ctx, s.cfg.Patience, func() (time.Time, error) { return s.client.Time(ctx).Result() })
	if err != nil {
		return Health{}, fmt.Errorf("redis health: %w", err)
	}
	h := Health{Level: LevelReplicated, Version: nodes[0].version, Masters: len(nodes), Time: now}
	for _, n := range nodes {
		h.Level = min(h.Level, n.level())
		if n.max > 0 {
			h.Used = max(h.Used, float64(n.used)/float64(n.max))
		}
		h.warn(n)
	}
	if h.Used >= memoryAlarm {
		h.add(fmt.Sprintf("Redis đã dùng %.0f %% maxmemory: tăng bộ nhớ trước khi đầy.", 100*h.Used))
	}
	return h, nil
}

func (n node) level() Level {
	switch {
	case !n.aof || n.policy != "noeviction":
		return LevelNone
	case n.replicas > 0:
		return LevelReplicated
	case n.fsync == "always":
		return LevelAlways
	}
	return LevelEverySec
}

func (h *Health) warn(n node) {
	if n.policy != "noeviction" {
		h.add("maxmemory-policy là " + n.policy + ": Redis có thể tự xóa phiên đang mở. Đặt noeviction.")
	}
	if !n.aof {
		h.add("appendonly tắt: khởi động lại Redis là mất dữ liệu. Đặt appendonly yes.")
	}
	if n.fsync == "no" {
		h.add("appendfsync là no: mất điện có thể mất hơn hai giây. Đặt everysec hoặc always.")
	}
	if n.fsync == "" {
		h.add("Không đọc được appendfsync (quyền CONFIG GET): coi như everysec.")
	}
}

// add keeps one of equal warnings of several masters.
func (h *Health) add(warning string) {
	for _, w := range h.Warnings {
		if w == warning {
			return
		}
	}
	h.Warnings = append(h.Warnings, warning)
}

// ask reads INFO, which every user may, and what CONFIG GET tells, which some may not.
func ask(ctx context.Context, c redis.Cmdable) (node, error) {
	n := node{replicas: -1}
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
	if conf, err := c.ConfigGet(ctx, "min-replicas-to-write").Result(); err == nil {
		n.replicas = number(conf["min-replicas-to-write"])
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
	}
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
