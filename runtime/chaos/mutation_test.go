package chaos

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
)

const lua = "runtime/store/redis/lua/"

// F23: a harness that finds nothing proves nothing. Each mutation takes one safeguard out of the program, and the fault made
// for it must break the promise it keeps.

// looks is how often a mutation has the chance to do harm: a fault that hits the right moment is a matter of luck.
const looks = 4

// mustNotice runs a program without a safeguard until one of the invariants is found broken; that none is in so many runs fails
// the test.
func mustNotice(t *testing.T, s scenario, invariants ...string) {
	t.Helper()
	for range looks {
		kinds := run(t, s).kinds()
		t.Logf("%s broke: %v", s.name, kinds)
		if slices.ContainsFunc(invariants, func(i string) bool { return kinds[i] > 0 }) {
			return
		}
	}
	t.Errorf("%s: in %d runs the harness does not see that %s is broken", s.name, looks, strings.Join(invariants, " or "))
}

// TestWithoutTheDueEntry: nobody else ever hears of the work of a process that died. Answers of Redis take their time, so that many
// a process dies between the accept and what it was about to do; and people say little, since each line would wake the person.
func TestWithoutTheDueEntry(t *testing.T) {
	t.Parallel()
	s := scenario{
		name: "F23 no due entry", patience: 8 * time.Second, store: behindProxies(3), people: 200, lines: 3,
		faults: []fault{killing(150 * time.Millisecond), func(_ context.Context, w *world) {
			for _, p := range w.store.(*single).proxies {
				p.setBack(100 * time.Millisecond)
			}
		}},
		bin: mutant(t, mutation{lua + "accept.lua", "if redis.call('ZADD', due, 'NX', ends, uk) == 0 then return {2} end", "if redis.call('ZSCORE', due, uk) then return {2} end"}),
	}
	mustNotice(t, s, lost)
}

// TestWithoutTheFence: a step that its owner sent long ago arrives when the person has moved on. Two conditions fence it out, the
// revision and the head of the mailbox: since a step always consumes the head, each alone would do.
func TestWithoutTheFence(t *testing.T) {
	t.Parallel()
	s := packetsStray(0.1)
	s.name, s.patience = "F23 no fence", 8*time.Second
	s.bin = mutant(t, mutation{lua + "commit.lua", `if rev ~= want then return {4, rev} end
local head = redis.call('LINDEX', mail, 0)
if not head or string.sub(head, 1, 8) ~= event then return {5, rev} end
`, ""})
	mustNotice(t, s, lost, half, twice, unsent)
}

// TestWithoutTheLease: people are claimed although somebody works on them.
func TestWithoutTheLease(t *testing.T) {
	t.Parallel()
	s := replicasKilled(0.1, time.Hour)
	s.name, s.patience, s.latency = "F23 no lease", 8*time.Second, 400*time.Millisecond
	s.bin = mutant(t, mutation{lua + "claim.lua", "redis.call('ZRANGEBYSCORE', due, '-inf', t,", "redis.call('ZRANGEBYSCORE', due, 0, 1e99,"})
	mustNotice(t, s, unexplained)
}

// TestWithoutOwnership: a replica does not ask whether the person is still its own, and says what another one has said meanwhile.
func TestWithoutOwnership(t *testing.T) {
	t.Parallel()
	s := answersLate(0.1)
	s.name, s.patience = "F23 no ownership", 8*time.Second
	s.bin = mutant(t, mutation{"runtime/actor/actor.go", "func (r *run) owns() bool { return r.a.cfg.Now().Before(r.until) }", "func (r *run) owns() bool { return true }"})
	mustNotice(t, s, unexplained)
}

// TestWithoutTheWatermark: a line from before all that is remembered comes again, hours later.
func TestWithoutTheWatermark(t *testing.T) {
	t.Parallel()
	s := longMemory()
	s.name, s.patience = "F23 no watermark", 8*time.Second
	s.bin = mutant(t, mutation{lua + "accept.lua", "if sent < mark and ARGV[7] == '0' then", "if false then"})
	mustNotice(t, s, twice, foreign, half)
}
