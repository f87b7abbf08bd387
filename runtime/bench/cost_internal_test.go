package bench

import "testing"

// Every moment of CPU is counted to one part, by the first rule that fits anywhere on its stack: a call of the store from the
// actor is the client's, a step within it is the engine's.
func TestPartOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want  string
		stack []string // innermost first
	}{
		{PartClient, []string{"syscall.Write", "github.com/redis/go-redis/v9.(*baseClient).process", "hoithoai/runtime/store/redis.(*together).send", "hoithoai/runtime/store/redis.(*together).work"}},
		{PartClient, []string{"hoithoai/runtime/store/redis.(*Store).Commit", "hoithoai/runtime/bench.(*counted).Commit", "hoithoai/runtime/actor.(*run).apply"}},
		{PartClient, []string{"go.etcd.io/bbolt.(*Tx).Commit", "hoithoai/runtime/store/embedded.(*Store).commit"}},
		{PartStep, []string{"hoithoai/dsl/expression.eval", "hoithoai/runtime/engine.(*Engine).Step", "hoithoai/runtime/actor.(*run).guarded"}},
		{PartStep, []string{"hoithoai/runtime/session.Decode", "hoithoai/runtime/actor.(*run).decode"}},
		{PartStep, []string{"hoithoai/runtime/understand.(*Classifier).Best", "hoithoai/runtime/engine.(*Engine).route"}},
		{PartActor, []string{"hoithoai/runtime/store/seal.(*Sealer).Seal", "hoithoai/runtime/actor.Entry", "hoithoai/runtime/server.(*Door).keep", "net/http.(*conn).serve"}},
		{PartActor, []string{"hoithoai/runtime/metrics.(*Set).Observe"}},
		{PartDoor, []string{"crypto/sha256.block", "hoithoai/runtime/zalo.Verifier.Verify", "hoithoai/runtime/server.(*Door).take", "net/http.(*conn).serve"}},
		{PartDoor, []string{"internal/poll.(*FD).Read", "net/http.(*connReader).Read"}},
		{PartGenerator, []string{"net/http.ReadResponse", "hoithoai/runtime/bench.(*wire).post", "hoithoai/runtime/bench.(*world).sender"}},
		{PartGenerator, []string{"time.Now", "hoithoai/runtime/bench.(*world).pace"}},
		{PartRuntime, []string{"runtime.gcDrain", "runtime.gcBgMarkWorker"}},
		{PartRuntime, []string{"runtime.findRunnable", "runtime.schedule"}},
		{PartRuntime, nil},
	} {
		if got := partOf(c.stack); got != c.want {
			t.Errorf("%q is counted to %s, want %s", c.stack, got, c.want)
		}
	}
}

// Every part has a name in the table of the README.
func TestPartNames(t *testing.T) {
	t.Parallel()
	for _, c := range costs(&profile{}, 0, 0, 1) {
		if partNames[c.Part] == "" {
			t.Errorf("the part %s has no name", c.Part)
		}
	}
	for _, rule := range rules {
		if partNames[rule.part] == "" {
			t.Errorf("%s is counted to the part %s, which has no name", rule.prefix, rule.part)
		}
	}
}
