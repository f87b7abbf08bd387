package chaos

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"hoithoai/runtime/testbed"
)

var (
	seedFlag  = flag.Uint64("seed", 20261124, "the seed of everything left to chance")
	longFlag  = flag.Bool("long", false, "run TestLong, which takes an hour or more, with a progress bar")
	allFlag   = flag.Bool("all", false, "run every fault in its small size, not only those CI has time for")
	scaleFlag = flag.Float64("scale", 1, "size of TestLong: 0.1 is a tenth of the people")
)

func TestMain(m *testing.M) {
	code := testbed.Run(m)
	if soundPath != "" {
		_ = os.RemoveAll(filepath.Dir(soundPath))
	}
	os.Exit(code)
}
