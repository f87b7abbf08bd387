package redis_test

import (
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
)

// Bytes of one person's key that were overwritten cost that person, not the timers of everybody in the partition.
func TestDamagedTimersCostOnePerson(t *testing.T) {
	t.Parallel()
	s := connect(t, redis.Config{URL: redistest.Start(t).URL(), Partitions: 1})
	ctx := t.Context()
	for _, key := range []store.Key{"well", "hurt"} {
		in := store.Accept{Key: key, ID: store.ID8{1}, Body: []byte("event"), Sent: time.Now().UnixMilli()}
		if _, err := s.Accept(ctx, in); err != nil {
			t.Fatal(err)
		}
		timer := store.Timer{Name: "silence", At: time.Now().Add(-time.Minute)}
		if _, err := s.Commit(ctx, store.Commit{Key: key, Event: in.ID, Session: []byte("session"), Timers: []store.Timer{timer}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Client().SetRange(ctx, s.PersonKeys("hurt")[0], 1, "\xff\xff\xff\xff").Err(); err != nil {
		t.Fatal(err)
	}
	_, due, _, err := s.Claim(ctx, 0, 10)
	if err != nil || len(due) != 2 {
		t.Fatalf("due %+v, %v", due, err)
	}
	for _, d := range due {
		fired, _, err := s.Fire(ctx, d, store.ID8{2})
		if fired != (d.Key == "well") || (err != nil) != (d.Key == "hurt") {
			t.Errorf("%+v: fired %v, %v", d, fired, err)
		}
	}
	if _, due, next, err := s.Claim(ctx, 0, 10); err != nil || len(due) != 0 || next.IsZero() {
		t.Errorf("asked again at once: due %+v, next %v, %v", due, next, err)
	}
}
