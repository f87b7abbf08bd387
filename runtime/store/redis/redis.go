// Package redis is the store of several processes: one Redis (single, behind Sentinel, or a cluster), one Lua script per
// operation, the server's own clock. It is the only place that knows names of keys and Lua.
//
// Every script of a person is idempotent, so this package repeats a call whose answer got lost; the client library itself never
// does.
// All that an operation needs lies under one hash tag, so that one script is one atomic step on a cluster too.
//
// It is not responsible for sealing what it is given, for the server's own configuration (Health says what it is worth), or
// for the tokens of offices.
package redis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"hoithoai/runtime/store"
)

// Config is what Open needs.
type Config struct {
	// URL says where the server is. A password may stand in it; it is never logged.
	//	redis://[user:password@]host[:port][/db]             rediss:// for TLS
	//	redis+sentinel://[user:password@]host[:port],…/master[?db=n&sentinel_user=…&sentinel_password=…]
	//	redis+cluster://[user:password@]host[:port],…        rediss+sentinel://, rediss+cluster:// for TLS
	URL        string
	Store      store.Config  // zero fields take the defaults of the contract
	Partitions int           // a power of two up to 256, fixed at the first Open; default: as installed, else 64, in a cluster 256
	Prefix     string        // what names of keys begin with; default "ht"
	Patience   time.Duration // how long a call is repeated when the server does not answer; default 1 s
	Timeout    time.Duration // how long one answer may take; default 1 s
	PoolSize   int           // connections at most, per node; default 10 for every CPU
	Level      store.Level   // what the servers must hold, or Open returns a *LevelError; default: nothing is demanded
	Unseen     bool          // what a managed server does not show counts as right
	Wait       Wait          // D4: what is acknowledged is with a replica first; default: nothing waits
	Loading    bool          // open a store whose load was interrupted too, to go on with it or to clear it; default: store.ErrLoading

	// Clock replaces the server's time in leases and timers, for tests; nil in a program. What expires always does by the
	// server's own clock.
	Clock func() time.Time
}

// Wait says which writes return only when replicas have received them (the command WAIT). A write that too few have got in time
// is store.ErrUnavailable: it may have happened, and its repetition says so.
type Wait struct {
	Replicas int           // that must have it; 0: nothing waits
	For      time.Duration // at most, for one attempt; default 200 ms, at most half of Config.Timeout
	Commit   bool          // commits wait too; else a failover may apply a step again, and say its answers twice
}

// String shows the configuration without the address: it may hold a password.
func (c Config) String() string { return "redis store with prefix " + c.Prefix }

// LogValue is String.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

func (c Config) withDefaults() Config {
	if c.Prefix == "" {
		c.Prefix = "ht"
	}
	if c.Patience == 0 {
		c.Patience = time.Second
	}
	if c.Timeout == 0 {
		c.Timeout = time.Second
	}
	if c.Wait.For == 0 {
		c.Wait.For = 200 * time.Millisecond
	}
	c.Wait.For = min(c.Wait.For, c.Timeout/2)
	c.Store = c.Store.WithDefaults()
	return c
}

// Store is an engine over Redis. It is safe for concurrent use.
type Store struct {
	cfg      Config
	keys     keys
	client   redis.UniversalClient
	together *together // nil on a cluster
	scripts  scripts
	met      chan struct{} // of one; see Met
}

// minVersion is the oldest server whose scripts can declare that they may be refused as a whole.
const minVersion = 7

// Open connects, checks that the servers are new enough and hold Config.Level, and fixes or checks the number of partitions.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	cfg = cfg.withDefaults()
	if strings.ContainsAny(cfg.Prefix, "{}") {
		return nil, errors.New("open redis store: prefix has braces in it")
	}
	options, err := parseURL(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("open redis store: %w", err)
	}
	limit(options, cfg)
	redis.SetLogger(&logging.VoidLogger{}) // the library's own log goes around ours; its errors come back from the calls
	s := &Store{cfg: cfg, scripts: newScripts(), met: make(chan struct{}, 1)}
	options.OnConnect = func(context.Context, *redis.Conn) error { s.note(); return nil }
	s.client = redis.NewUniversalClient(options)
	if _, cluster := s.client.(*redis.ClusterClient); !cluster {
		s.together = &together{client: s.client}
	}
	if err := s.install(ctx); err != nil {
		_ = s.client.Close()
		return nil, fmt.Errorf("open redis store: %w", err)
	}
	return s, nil
}

// Partitions returns how many partitions Claim is asked for.
func (s *Store) Partitions() int { return s.keys.partitions }

// Close lets go of the connections.
func (s *Store) Close() error {
	if err := s.client.Close(); err != nil && !errors.Is(err, redis.ErrClosed) {
		return fmt.Errorf("close redis store: %w", err)
	}
	return nil
}

// clock is the first argument of a script that needs the time: empty, and the server takes its own.
func (s *Store) clock() string {
	if s.cfg.Clock == nil {
		return ""
	}
	return strconv.FormatInt(s.cfg.Clock().UnixMilli(), 10)
}

func (s *Store) lease() int64 { return s.cfg.Store.Lease.Milliseconds() }

// run runs a script and returns its list of answers.
func (s *Store) run(ctx context.Context, what string, sc *redis.Script, keys []string, args ...any) (answer, error) {
	a, err := retry(ctx, s.cfg.Patience, func() (answer, error) {
		v, err := s.eval(ctx, sc, keys, args).Slice()
		return answer(v), err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return a, nil
}

// eval runs a script once. Scripts for a cluster go each by itself: one node that does not answer must not hold up the others'.
func (s *Store) eval(ctx context.Context, sc *redis.Script, keys []string, args []any) *redis.Cmd {
	if s.together == nil {
		return sc.Run(ctx, s.client, keys, args...)
	}
	return s.together.run(ctx, sc, keys, args)
}

// once runs a script that is not worth repeating.
func (s *Store) once(ctx context.Context, what string, sc *redis.Script, keys []string, args ...any) (answer, error) {
	v, err := sc.Run(ctx, s.client, keys, args...).Slice()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, mapError(err))
	}
	return v, nil
}

// runFlag runs a script that answers 1 or 0.
func (s *Store) runFlag(ctx context.Context, what string, sc *redis.Script, keys []string, args ...any) (bool, error) {
	yes, err := retry(ctx, s.cfg.Patience, func() (bool, error) {
		n, err := sc.Run(ctx, s.client, keys, args...).Int64()
		return n == 1, err
	})
	if err != nil {
		return false, fmt.Errorf("%s: %w", what, err)
	}
	return yes, nil
}
