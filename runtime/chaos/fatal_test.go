package chaos

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// The words at which the program of F15 ends: as it steps them, and as it says them.
const (
	deadly   = "chết máy"
	deadlier = "p8 vỡ 1"
)

// overflow overflows the stack, which no recover catches.
const overflow = "var f func(n int) int\n\t\tf = func(n int) int {\n\t\t\tvar pad [1 << 16]byte\n\t\t\tpad[n&0xffff] = 1\n\t\t\treturn f(n+1) + int(pad[n&1])\n\t\t}\n\t\t_ = f(0)\n"

// overflows is the program with an engine that ends the process at certain words, and a sender that does at others.
func overflows(t *testing.T) []string {
	t.Helper()
	return []string{mutant(t, mutation{
		"runtime/engine/engine.go", "	res.reset()\n	x, err := e.begin(res, s, ev)\n",
		"	res.reset()\n	if ev.Text == \"" + deadly + "\" {\n		" + overflow + "	}\n	x, err := e.begin(res, s, ev)\n",
	}, mutation{
		"runtime/delivery/delivery.go", "	outlet := s.cfg.Outlets[out.Office]\n",
		"	if out.Message != nil && strings.Contains(out.Message.Text, \"" + deadlier + "\") {\n		" + overflow + "	}\n	outlet := s.cfg.Outlets[out.Office]\n",
	})}
}

// F15: an event that ends whatever process steps it, and a message that ends whatever process sends it, while replicas are killed as
// well. Both are given up, and nothing else is.
func fatal(size float64) scenario {
	return scenario{
		name: "F15 fatal", build: overflows, store: everysec(), people: max(20, int(500*size)), lines: 20, duplicates: 0.1, ahead: 2, lease: 2 * time.Second,
		latency: 100 * time.Millisecond, fatal: "fatal error: stack overflow", allowed: 0.05,
		faults: []fault{
			func(_ context.Context, w *world) { w.kills("8800000000000091", deadly, opening) },
			func(_ context.Context, w *world) { w.kills("8800000000000092", deadlier, "p8 lời 2") },
		},
	}
}

// kills takes one person, who is none of the crowd, through words that end processes, and lets them go on.
func (w *world) kills(name, words, then string) {
	counts := func(text string) bool { return strings.HasPrefix(text, "Ghi ") && !strings.Contains(text, words) }
	w.talk(name, opening, counts)
	w.talk(name, words, func(text string) bool { return strings.Contains(text, "trục trặc") })
	w.talk(name, then, counts)
}

func TestFatal(t *testing.T) {
	small(t)
	t.Parallel()
	o := run(t, fatal(0.05))
	o.mustHold(t)
	o.gaveUpOnly(t, 2)
}

// gaveUpOnly holds a run to what may be given up in it: so many pieces of work, each with its letter.
func (o *outcome) gaveUpOnly(t *testing.T, want int) {
	t.Helper()
	logs := strings.Join(o.logs, "")
	if n := strings.Count(logs, "work is given up: "); n != want {
		t.Errorf("%d pieces of work were given up, want %d", n, want)
	}
	if n := strings.Count(logs, o.scenario.fatal); n < 5 || n > 6*want { // two may share a death, while neither is suspect
		t.Errorf("processes ended by themselves %d times, want 5 or 6 for each of %d", n, want)
	}
	if !strings.Contains(logs, `"kind":"poison"`) {
		t.Error("no alarm called for anybody")
	}
	for _, kind := range []string{"event", "words"} {
		if n := strings.Count(o.letters, " "+kind+"/"); n != want/2 {
			t.Errorf("%d letters tell of a kind %q:\n%s", n, kind, o.letters)
		}
	}
}

// deadLetters is what the operator's verb lists.
func (w *world) deadLetters() string {
	r := w.replicas[0]
	cmd := exec.Command(r.bin, "deadletters", "--config", "office.toml")
	cmd.Dir, cmd.Env = r.dir, append(cmd.Environ(), r.env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.t.Errorf("list dead letters: %v\n%s", err, out)
	}
	return string(out)
}
