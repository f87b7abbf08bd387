package chaos

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// incident is something the harness did to the program.
type incident struct {
	what    string // killed, frozen, redis
	replica int    // -1: not a replica
	from    time.Time
	till    time.Time // zero while it lasts
	detail  string
}

func (i incident) String() string {
	who := "redis"
	if i.replica >= 0 {
		who = fmt.Sprintf("replica %d", i.replica)
	}
	return fmt.Sprintf("%s %s at %s%s", who, i.what, i.from.Format("15:04:05.000"), i.detail)
}

// The incidents.
const (
	killed  = "killed"
	frozen  = "frozen"
	outage  = "out of reach" // Redis was killed, cut off, slow or full
	startup = "did not start"
	paused  = "was told to wait" // Zalo answered -32
)

// timeline is every incident of a run, in order. It is safe for concurrent use.
type timeline struct {
	mu  sync.Mutex
	all []incident
}

// add notes an incident that begins now and returns what ends it.
func (l *timeline) add(what string, replica int, detail string) (over func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.all)
	l.all = append(l.all, incident{what: what, replica: replica, from: time.Now(), detail: detail})
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.all[n].till = time.Now()
	}
}

// count returns how many incidents of a kind there were.
func (l *timeline) count(what string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, i := range l.all {
		if i.what == what {
			n++
		}
	}
	return n
}

// find returns an incident of a kind that overlaps from to till and happened to the replica (-1: to Redis).
func (l *timeline) find(what string, replica int, from, till time.Time) (incident, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.all, func(i incident) bool {
		return i.what == what && i.replica == replica && !i.from.After(till) && (i.till.IsZero() || !i.till.Before(from))
	})
	if i < 0 {
		return incident{}, false
	}
	return l.all[i], true
}
