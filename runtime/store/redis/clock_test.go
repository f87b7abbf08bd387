package redis_test

import (
	"testing"
	"time"

	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

func TestTimeIsTheServers(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s, err := redis.Open(t.Context(), redis.Config{URL: server.URL(), Patience: 50 * time.Millisecond, Clock: func() time.Time { return time.Unix(1, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before := time.Now().Add(-time.Minute)
	its, err := s.Time(t.Context())
	if err != nil || its.Before(before) || its.After(before.Add(2*time.Hour)) {
		t.Errorf("the server says %v, %v", its, err)
	}
	server.Kill()
	if _, err := s.Time(t.Context()); err == nil {
		t.Error("a dead server tells the time")
	}
}
