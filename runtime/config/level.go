package config

import (
	"fmt"
	"time"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/store"
)

// Promised is the level that the store must hold.
func (s *Store) Promised() store.Level {
	l, _ := store.ParseLevel(s.Level) // validated
	return l
}

// StepsWait reports whether steps return only when replicas have received them.
func (s *Store) StepsWait() bool { return s.Commits != nil && *s.Commits }

func (s *Store) fill() {
	if s.URL.IsSet() {
		def(&s.Level, store.D1.String())
	}
	def(&s.Level, store.D2.String())
	if s.Promised() == store.D4 {
		if s.Copies == 0 {
			s.Copies = 1
		}
		defPeriod(&s.Wait, 200*time.Millisecond)
		if s.Commits == nil {
			yes := true
			s.Commits = &yes
		}
	}
}

// longestWait is how long one attempt may wait for replicas: the door answers Zalo within 1.5 s.
const longestWait = 500 * time.Millisecond

// wrong says what is wrong with the level, and under which key; "" when nothing is.
func (s *Store) wrong() (key string, says diag.Sentence) {
	level, err := store.ParseLevel(s.Level)
	switch {
	case err != nil:
		return "store.level", diag.Sentence{
			VI: fmt.Sprintf("store.level là %q; viết \"D1\", \"D2\", \"D3\" hoặc \"D4\"", s.Level),
			EN: "store.level: " + err.Error(),
		}
	case !s.URL.IsSet() && level > store.D2:
		return "store.level", diag.Sentence{
			VI: fmt.Sprintf("store.level là %s, nhưng kho trong tệp chỉ ở một máy (D2); khai url của một Redis có bản sao, hoặc hạ mức", level),
			EN: fmt.Sprintf("store.level is %s, but the embedded store is one file on one machine (D2); write the url of a Redis with a replica, or a lower level", level),
		}
	case level != store.D4 && (s.Copies != 0 || s.Wait != 0 || s.Commits != nil):
		return "store.level", diag.Sentence{
			VI: fmt.Sprintf("wait_replicas, wait và wait_commit chỉ dùng ở mức D4; store.level là %s", level),
			EN: fmt.Sprintf("wait_replicas, wait and wait_commit belong to level D4; store.level is %s", level),
		}
	case s.Copies < 0:
		return "store.wait_replicas", diag.Sentence{
			VI: fmt.Sprintf("store.wait_replicas là %d; viết 1 hoặc hơn", s.Copies), EN: fmt.Sprintf("store.wait_replicas is %d; write 1 or more", s.Copies),
		}
	case time.Duration(s.Wait) > longestWait:
		return "store.wait", diag.Sentence{
			VI: fmt.Sprintf("store.wait là %s; viết nhiều nhất %s: Zalo chỉ đợi hai giây", time.Duration(s.Wait), longestWait),
			EN: fmt.Sprintf("store.wait is %s; write at most %s: Zalo waits two seconds for everything", time.Duration(s.Wait), longestWait),
		}
	}
	return "", says
}
