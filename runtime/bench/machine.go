package bench

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Machine is what the figures were taken on.
type Machine struct {
	Date   string `json:"date"` // given by the caller
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	System string `json:"system"`
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
	Store  string `json:"store"`
	Load   string `json:"load"` // the system's averages over 1, 5 and 15 minutes when the measurement began
}

// unknown stands where the system does not tell.
const unknown = "?"

// machine fills in what the caller has not given.
func (w *world) machine(ctx context.Context) (Machine, error) {
	m := w.cfg.Machine
	m.CPU, m.Cores, m.System, m.Go = cpuName(), runtime.NumCPU(), runtime.GOOS+"/"+runtime.GOARCH, runtime.Version()
	m.Kernel, m.Load = told("/proc/sys/kernel/osrelease"), load()
	m.Store = "bbolt"
	if w.engine.redis == nil {
		return m, nil
	}
	spent, err := w.engine.redis.Spent(ctx)
	if err != nil {
		return m, err
	}
	m.Store = "Redis " + spent.Version + ", " + written(spent.AOF, spent.Fsync)
	return m, nil
}

func written(aof bool, fsync string) string {
	if !aof {
		return "no append-only file"
	}
	if fsync == "" {
		fsync = unknown
	}
	return "appendfsync " + fsync
}

// cpuName reads the model from where Linux tells it.
func cpuName() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return unknown
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if name, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return unknown
}

// load is the averages of how many processes want to run.
func load() string {
	words := strings.Fields(told("/proc/loadavg"))
	if len(words) < 3 {
		return unknown
	}
	return fmt.Sprintf("%s %s %s", words[0], words[1], words[2])
}

// told is one line of the system's.
func told(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return unknown
	}
	return strings.TrimSpace(string(b))
}
