package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

// errBehind says that too few replicas received a write in time. It may yet be lost, and whoever made it must not answer.
var errBehind = errors.New("too few replicas have received the write in time")

// repeated reports that an answer is that of a script which had done its work at an earlier attempt.
type repeated func(answer) bool

// runSure is run for what must not be acknowledged before enough replicas have it. Every attempt writes, so that the WAIT of a
// repetition covers the first attempt too; what the first one answered is not forgotten over that.
func (s *Store) runSure(ctx context.Context, what string, again repeated, sc *redis.Script, keys []string, args ...any) (answer, error) {
	if s.cfg.Wait.Replicas == 0 {
		return s.run(ctx, what, sc, keys, args...)
	}
	var first answer
	a, err := retry(ctx, s.cfg.Patience, func() (answer, error) {
		a, copies, err := s.attempt(ctx, sc, keys, args)
		if err != nil {
			return nil, err
		}
		if first != nil && again(a) {
			a = first
		}
		first = a
		if copies < int64(s.cfg.Wait.Replicas) {
			return nil, fmt.Errorf("%w: %d of %d", errBehind, copies, s.cfg.Wait.Replicas)
		}
		return a, nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return a, nil
}

// runFast is runSure for what nobody is told of yet.
func (s *Store) runFast(ctx context.Context, what string, _ repeated, sc *redis.Script, keys []string, args ...any) (answer, error) {
	return s.run(ctx, what, sc, keys, args...)
}

// attempt runs a script and WAIT on one connection to the node of its keys, and returns how many replicas have what it wrote.
func (s *Store) attempt(ctx context.Context, sc *redis.Script, keys []string, args []any) (answer, int64, error) {
	cluster, ok := s.client.(*redis.ClusterClient)
	if !ok {
		return s.pair(ctx, s.client, false, sc, keys, args)
	}
	master, err := cluster.MasterForKey(ctx, keys[0])
	if err != nil {
		return nil, 0, fmt.Errorf("find the node of a key: %w", err)
	}
	a, copies, err := s.pair(ctx, master, false, sc, keys, args)
	if to, moving := asked(err); moving {
		if master = nodeAt(ctx, cluster, to); master != nil {
			a, copies, err = s.pair(ctx, master, true, sc, keys, args)
		}
	}
	if err != nil {
		cluster.ReloadState(ctx) // the library looks again by itself only after calls that it routes
	}
	return a, copies, err
}

// asked is where a server sends us for one call, because the slot is moving there.
func asked(err error) (addr string, ok bool) {
	if err == nil {
		return "", false
	}
	rest, ok := strings.CutPrefix(err.Error(), "ASK ")
	_, addr, _ = strings.Cut(rest, " ")
	return addr, ok
}

// nodeAt is the master with an address; nil when none is known.
func nodeAt(ctx context.Context, cluster *redis.ClusterClient, addr string) *redis.Client {
	found := make(chan *redis.Client, len(tags))
	_ = cluster.ForEachMaster(ctx, func(_ context.Context, c *redis.Client) error {
		if c.Options().Addr == addr {
			found <- c
		}
		return nil
	})
	close(found)
	return <-found
}

// pair sends a script and WAIT together. A server that lost its scripts is given the text.
func (s *Store) pair(ctx context.Context, c redis.UniversalClient, asking bool, sc *redis.Script, keys []string, args []any) (answer, int64, error) {
	a, copies, err := s.send(ctx, c, asking, func(p redis.Pipeliner) *redis.Cmd { return sc.EvalSha(ctx, p, keys, args...) })
	if err != nil && strings.HasPrefix(err.Error(), "NOSCRIPT") {
		a, copies, err = s.send(ctx, c, asking, func(p redis.Pipeliner) *redis.Cmd { return sc.Eval(ctx, p, keys, args...) })
	}
	return a, copies, err
}

func (s *Store) send(ctx context.Context, c redis.UniversalClient, asking bool, call func(redis.Pipeliner) *redis.Cmd) (answer, int64, error) {
	pipe := c.Pipeline()
	if asking {
		pipe.Do(ctx, "ASKING")
	}
	script := call(pipe)
	wait := pipe.Do(ctx, "WAIT", s.cfg.Wait.Replicas, s.cfg.Wait.For.Milliseconds())
	_, _ = pipe.Exec(ctx) // each command has its own error
	a, err := script.Slice()
	if err != nil {
		return nil, 0, err
	}
	copies, err := wait.Int64()
	return a, copies, err
}
