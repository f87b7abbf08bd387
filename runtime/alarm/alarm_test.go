package alarm_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

func TestOnceAMinute(t *testing.T) {
	t.Parallel()
	clock, log := storetest.NewClock(), &testbed.Log{}
	a := alarm.New(log.Logger(), clock.Now)
	for i := range 10 { // every 15 seconds: at 0, 60 and 120
		a.Raise("day", fmt.Sprintf("đĩa đầy %d", i))
		clock.Advance(15 * time.Second)
	}
	a.Raise("khac", "việc khác")
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	want := []string{`"kind":"day","count":1,"advice":"đĩa đầy 0"`, `"kind":"day","count":4,"advice":"đĩa đầy 4"`, `"count":4,"advice":"đĩa đầy 8"`, `"kind":"khac","count":1`}
	if len(lines) != len(want) {
		t.Fatalf("%d lines:\n%s", len(lines), log)
	}
	for i := range want {
		if !strings.Contains(lines[i], want[i]) || !strings.Contains(lines[i], `"level":"ERROR"`) {
			t.Errorf("line %d is %s, want %s", i, lines[i], want[i])
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	clock, log := storetest.NewClock(), &testbed.Log{}
	a := alarm.New(log.Logger(), clock.Now)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { a.Raise("k", "a") })
	}
	wg.Wait()
	clock.Advance(alarm.Every)
	a.Raise("k", "b")
	if !strings.Contains(log.String(), `"count":50,"advice":"b"`) || strings.Count(log.String(), "\n") != 2 {
		t.Errorf("the log says %s", log)
	}
}

func TestNilRaisesNothing(t *testing.T) {
	t.Parallel()
	var a *alarm.Set
	a.Raise("k", "a") // it must not panic
}
