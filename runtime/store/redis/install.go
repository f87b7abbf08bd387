package redis

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Partitions at the first Open.
const (
	partitionsSingle  = 64
	partitionsCluster = 256
)

// layout is the version of keys and values. Scripts of another one must not touch them.
const layout = "2"

// install checks the servers and fixes, or reads, what is the same for all processes of a deployment.
func (s *Store) install(ctx context.Context) error {
	h, err := s.look(ctx)
	if err != nil {
		return err
	}
	for _, n := range h.nodes {
		if major(n.version) < minVersion {
			return fmt.Errorf("server has version %q, want %d.0 or newer", n.version, minVersion)
		}
	}
	if err := h.Falls(s.cfg.Level, s.cfg.Unseen); err != nil {
		return err
	}
	want := s.cfg.Partitions
	if want != 0 && (want < 0 || want > len(tags) || bits.OnesCount(uint(want)) != 1) {
		return fmt.Errorf("%d partitions, want a power of two up to %d", want, len(tags))
	}
	s.keys = keys{prefix: s.cfg.Prefix}
	if s.keys.partitions, err = s.fix(ctx, want); err != nil {
		return err
	}
	return s.loaded(ctx)
}

// fix writes layout and partitions if nobody has, and returns the partitions that hold from then on.
func (s *Store) fix(ctx context.Context, want int) (int, error) {
	first := want
	if first == 0 {
		first = partitionsSingle
		if _, cluster := s.client.(*redis.ClusterClient); cluster {
			first = partitionsCluster
		}
	}
	found, err := retry(ctx, s.cfg.Patience, func() ([]any, error) { return s.meta(ctx, first) })
	if err != nil {
		return 0, fmt.Errorf("fix partitions: %w", err)
	}
	if answer(found).text(0) != oldLayout {
		return agree(found, want)
	}
	n, err := agree([]any{layout, found[1]}, want)
	if err != nil {
		return 0, err
	}
	s.keys.partitions = n
	return n, s.migrate(ctx)
}

// meta reads layout and partitions. It writes only what is missing: a server that takes no writes can be looked at.
func (s *Store) meta(ctx context.Context, partitions int) ([]any, error) {
	found, err := s.client.HMGet(ctx, s.keys.meta(), "layout", "partitions").Result()
	if err != nil || found[0] != nil && found[1] != nil {
		return found, err
	}
	pipe := s.client.TxPipeline()
	wrote := pipe.HSetNX(ctx, s.keys.meta(), "layout", layout)
	pipe.HSetNX(ctx, s.keys.meta(), "partitions", partitions)
	values := pipe.HMGet(ctx, s.keys.meta(), "layout", "partitions")
	_, err = pipe.Exec(ctx)
	if refused := wrote.Err(); refused != nil {
		err = refused // it says why the whole was given up
	}
	return values.Val(), err
}

func agree(found []any, want int) (int, error) {
	a := answer(found)
	if a.text(0) != layout {
		return 0, fmt.Errorf("store has layout %q, this program writes %q", a.text(0), layout)
	}
	n, err := strconv.Atoi(a.text(1))
	if err != nil || n < 1 || n > len(tags) {
		return 0, fmt.Errorf("number of partitions: %w", errAnswer)
	}
	if want != 0 && want != n {
		return 0, fmt.Errorf("store was installed with %d partitions, %d are configured: they cannot change", n, want)
	}
	return n, nil
}

// major is the first number of a version; 0 when there is none.
func major(version string) int {
	first, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	return n
}

// node is what one master says about itself.
type node struct {
	addr     string
	version  string
	policy   string // maxmemory_policy
	aof      bool
	used     int64
	max      int64 // 0: no limit
	fsync    string
	replicas int64 // min-replicas-to-write; -1 when the server does not tell
	lag      int64 // min-replicas-max-lag, in seconds; -1 when the server does not tell
	good     int64 // replicas within that lag; -1 where the server demands none
	copies   int64 // replicas that are online

	run       string // another one after each start
	rewrites  int64  // of the append-only file since the start; -1 when the server does not tell
	rewriting bool   // one is under way, or will be
	failed    bool   // the last one
}

// info asks every master.
func (s *Store) info(ctx context.Context) ([]node, error) {
	nodes, err := retry(ctx, s.cfg.Patience, func() ([]node, error) {
		cluster, ok := s.client.(*redis.ClusterClient)
		if !ok {
			n, err := ask(ctx, s.client)
			return []node{n}, err
		}
		found := make(chan node, len(tags))
		err := cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error {
			n, err := ask(ctx, c)
			if err == nil {
				n.addr = c.Options().Addr
				found <- n
			}
			return err
		})
		close(found)
		var nodes []node
		for n := range found {
			nodes = append(nodes, n)
		}
		if err == nil && len(nodes) == 0 {
			err = errors.New("CLUSTERDOWN no master found")
		}
		return nodes, err
	})
	if err != nil {
		return nil, fmt.Errorf("ask the server about itself: %w", err)
	}
	return nodes, nil
}
