package chaos

import (
	"testing"
	"time"
)

// F1 on the embedded store: one process, killed and started again.
func fileKilled(size float64) scenario {
	s := replicasKilled(size, 400*time.Millisecond)
	s.name, s.store, s.replicas = "F1 on the file", onFile, 1
	return s
}

func TestFileKilled(t *testing.T) {
	t.Parallel()
	run(t, fileKilled(0.15)).mustHold(t)
}
