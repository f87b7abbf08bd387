package bench

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		aof   bool
		fsync string
		want  string
	}{
		{false, "", "no append-only file"}, {false, "always", "no append-only file"},
		{true, "", "appendfsync ?"}, {true, "everysec", "appendfsync everysec"},
	} {
		if got := written(c.aof, c.fsync); got != c.want {
			t.Errorf("append-only file %v, %q: %q, want %q", c.aof, c.fsync, got, c.want)
		}
	}
}

// What the system does not tell is said to be unknown, and is no fault.
func TestTold(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x")
	if got := told(path); got != unknown {
		t.Errorf("a file that is not there says %q", got)
	}
	if err := os.WriteFile(path, []byte("6.18 \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := told(path); got != "6.18" {
		t.Errorf("read as %q", got)
	}
}

func TestLoadOfTheMachine(t *testing.T) {
	t.Parallel()
	want := regexp.MustCompile(`^(\?|\d+\.\d\d \d+\.\d\d \d+\.\d\d)$`)
	if got := load(); !want.MatchString(got) || runtime.GOOS == "linux" && got == unknown {
		t.Errorf("the load is told as %q", got)
	}
}

// What the caller knows stays, everything else is filled in.
func TestMachine(t *testing.T) {
	t.Parallel()
	w := &world{cfg: Config{Machine: Machine{Date: "2026-11-25", Cores: 99}}}
	got, err := w.machine(t.Context())
	want := Machine{
		Date: "2026-11-25", CPU: cpuName(), Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
		Kernel: told("/proc/sys/kernel/osrelease"), Store: "bbolt", Load: got.Load,
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("%v, -want +got:\n%s", err, d)
	}
}
