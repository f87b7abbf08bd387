package server

import (
	"log/slog"
	"sync"
	"time"
)

// every is how often one kind of alarm is raised at most.
const every = time.Minute

// Alarms raises one alarm a minute for each kind, with how often it happened since. It is safe for concurrent use.
type Alarms struct {
	log  *slog.Logger
	now  func() time.Time
	mu   sync.Mutex
	last map[string]time.Time
	held map[string]int
}

// NewAlarms returns alarms that go to log.
func NewAlarms(log *slog.Logger, now func() time.Time) *Alarms {
	return &Alarms{log: log, now: now, last: map[string]time.Time{}, held: map[string]int{}}
}

// Raise reports kind with what to do about it, unless it was reported less than a minute ago.
func (a *Alarms) Raise(kind, advice string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.held[kind]++
	now := a.now()
	if last, ok := a.last[kind]; ok && now.Sub(last) < every {
		return
	}
	a.log.Error("alarm", "kind", kind, "count", a.held[kind], "advice", advice)
	a.last[kind], a.held[kind] = now, 0
}
