package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/dsl/diag"
)

// RewriteError says that servers do not write their append-only files anew though they must. Operators read it, so that it speaks
// both languages.
type RewriteError struct {
	Sentences []diag.Sentence // one a server: what it says, what may come of it, what to do
}

// Error lists all in English.
func (e *RewriteError) Error() string { return e.In("en") }

// In lists all in a language, a line each.
func (e *RewriteError) In(lang diag.Lang) string {
	var lines []string
	for _, s := range e.Sentences {
		lines = append(lines, s.In(lang))
	}
	return strings.Join(lines, "\n")
}

// unwritten is what an operator reads about a server that says no.
func unwritten(addr, says string) diag.Sentence {
	at := strings.TrimSpace("Redis " + addr)
	return diag.Sentence{
		VI: fmt.Sprintf("%s chưa viết lại tệp AOF từ khi khởi động (nó trả lời: %s). Nếu lần trước máy mất điện, lần khởi động sau Redis có thể không chạy được, hoặc trả về nửa việc của một người. Chạy redis-cli BGREWRITEAOF sau mỗi lần Redis khởi động, hoặc cho hoithoai làm: ACL SETUSER TÊN +bgrewriteaof. Redis thuê ngoài: hỏi nơi quản lý; khi chắc họ tự lo việc này, viết level_unchecked = true dưới [store].", at, says),
		EN: fmt.Sprintf("%s has not written its append-only file anew since it started (it says: %s). If the power failed before, the next start of Redis may fail, or bring half of one person's work back. Run redis-cli BGREWRITEAOF after each start of Redis, or let hoithoai do it: ACL SETUSER NAME +bgrewriteaof. A rented Redis: ask who runs it; once sure that they see to this, write level_unchecked = true under [store].", at, says),
	}
}

// askAgain is how long nobody else asks a server that somebody was about to ask, who may have died before.
const askAgain = 2 * time.Minute

// Renew lets each master that h shows not to have written its append-only file anew since its start do so (BGREWRITEAOF). One
// caller asks, however many look. It returns a *RewriteError for those that do not, and store.ErrUnavailable (or store.ErrFull)
// where a server cannot be asked now; then Met tells that it is time to look again.
//
// After a loss of power Redis 7.0 cuts a file that ends inside a transaction behind its last whole command, not before the
// transaction. That is read rightly once; but the half stays open in the file, so that what is appended completes it, and comes back with
// it at the start after next. Nothing tells that a file was cut, so that every start counts.
func (s *Store) Renew(ctx context.Context, h Health) error {
	no := &RewriteError{}
	var errs []error
	for _, n := range h.nodes {
		if !n.stale() {
			continue
		}
		says, err := s.renew(ctx, n)
		if err != nil {
			errs = append(errs, fmt.Errorf("let redis %s write its file anew: %w", n.addr, err))
		}
		if says != "" {
			no.Sentences = append(no.Sentences, unwritten(n.addr, says))
		}
	}
	if len(errs) > 0 {
		s.note()
	}
	if len(no.Sentences) > 0 {
		errs = append(errs, no)
	}
	return errors.Join(errs...)
}

// stale reports whether a master appends to a file of before its start.
func (n node) stale() bool {
	return n.aof && n.rewrites >= 0 && !n.rewriting && (n.rewrites == 0 || n.failed)
}

// renew asks one master, unless somebody has, and returns what it says against it.
func (s *Store) renew(ctx context.Context, n node) (says string, err error) {
	if n.failed {
		says = "aof_last_bgrewrite_status:err"
	}
	c, key, err := s.at(ctx, n)
	if err != nil || c == nil {
		return "", mapError(err)
	}
	ours, err := retry(ctx, s.cfg.Patience, func() (bool, error) { return claimRewrite(ctx, c, key) })
	if err != nil || !ours {
		return says, err
	}
	err = c.BgRewriteAOF(ctx).Err()
	var reply redis.Error
	switch {
	case err == nil || strings.Contains(err.Error(), "already in progress"):
		return says, nil
	case passing(err) || !errors.As(err, &reply):
		return says, mapError(err)
	}
	_ = c.Del(ctx, key).Err() // else it is told again two minutes later
	return err.Error(), nil
}

// claimRewrite takes the right to ask a master, in a transaction of two writes or none. The two are written as a transaction, whose
// end completes one that was cut open: Redis refuses to start from a file that ends inside one where another file follows it, as
// it does while a rewrite is under way.
func claimRewrite(ctx context.Context, c redis.Cmdable, key string) (ours bool, err error) {
	var set *redis.BoolCmd
	_, err = c.TxPipelined(ctx, func(p redis.Pipeliner) error {
		set = p.SetNX(ctx, key, "1", 0)
		p.ExpireNX(ctx, key, askAgain)
		return nil
	})
	if refused := set.Err(); refused != nil {
		err = refused // it says why the whole was given up
	}
	return set.Val(), err
}

// at is a master of its own and a key that lies there; nil where nothing of ours can.
func (s *Store) at(ctx context.Context, n node) (redis.Cmdable, string, error) {
	name := "aof-" + n.run
	cluster, ok := s.client.(*redis.ClusterClient)
	if !ok {
		return s.client, s.keys.named(name, kindClaim)[0], nil
	}
	for p := range s.keys.partitions {
		key := s.keys.key(p, kindClaim, name)
		c, err := cluster.MasterForKey(ctx, key)
		if err != nil {
			return nil, "", err
		}
		if c.Options().Addr == n.addr {
			return c, key, nil
		}
	}
	return nil, "", nil
}

// Met receives when a connection was made since it last did: the server may have started anew, and should be looked at.
func (s *Store) Met() <-chan struct{} { return s.met }

// note lets Met receive.
func (s *Store) note() {
	select {
	case s.met <- struct{}{}:
	default:
	}
}
