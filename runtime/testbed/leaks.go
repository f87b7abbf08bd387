package testbed

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Main runs the tests of a package and fails when goroutines are left behind: call it from TestMain.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main for who has something to clean up afterwards: it returns the exit code.
func Run(m *testing.M) int {
	code := m.Run()
	if left := leaked(); code == 0 && left != "" {
		fmt.Fprintf(os.Stderr, "goroutines are left behind:\n%s\n", left)
		code = 1
	}
	return code
}

// patience is how long a test waits for what must come, goroutines that end included: long enough for a machine that does much
// else, since only a test that fails ever waits so long.
const patience = time.Minute

// leaked returns the stacks of goroutines of this module, or of HTTP servers and clients, that do not end.
func leaked() string {
	deadline := time.After(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		left := suspicious()
		if left == "" {
			return ""
		}
		select {
		case <-tick.C:
		case <-deadline:
			return left
		}
	}
}

func suspicious() string {
	buf := make([]byte, 4<<20)
	buf = buf[:runtime.Stack(buf, true)]
	var left []string
	for i, g := range strings.Split(string(buf), "\n\n") {
		ours := strings.Contains(g, "hoithoai/") || strings.Contains(g, "net/http.")
		if i > 0 && ours && !strings.Contains(g, "testing.Main") && !strings.Contains(g, "testing.(*M)") { // 0 is ourselves
			left = append(left, g)
		}
	}
	return strings.Join(left, "\n\n")
}
