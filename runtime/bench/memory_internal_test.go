package bench

import (
	"errors"
	"math"
	"testing"

	"hoithoai/runtime/store/redis"
)

// What is weighed is the mean over all who are weighed, by kind, and a kind that somebody has not is nothing for that one.
func TestMemoryAdd(t *testing.T) {
	t.Parallel()
	var m Memory
	sum := 0.0
	for i := range weighed {
		some := []redis.Usage{{Kind: redis.UsageSession, Bytes: 300}, {Kind: "schedule", Bytes: 100, Shared: true}}
		if i%2 == 0 {
			some = append(some, redis.Usage{Kind: redis.UsageJournal, Bytes: 50})
		}
		sum += m.add(some)
	}
	if m.Session != 300 || m.Kept != 25 || math.Abs(sum-425) > 1e-9 || len(m.Parts) != 3 {
		t.Fatalf("%v of %+v", sum, m)
	}
	for _, p := range m.Parts {
		if want := map[string]float64{redis.UsageSession: 300, "schedule": 100, redis.UsageJournal: 25}[p.Kind]; p.Bytes != want || p.Shared != (p.Kind == "schedule") {
			t.Errorf("%+v, want %v bytes", p, want)
		}
	}
}

// Everybody who is weighed waits at the last question, and is not what nobody remembers of their events any more.
func TestWeigh(t *testing.T) {
	t.Parallel()
	w := redisWorld(t)
	born := w.born
	m, err := w.weigh(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if m.Session < float64(len(w.tape.body)) || m.After < m.Session || m.Window <= m.After || w.born != born+weighed {
		t.Errorf("%+v; the sealed session has %d bytes", m, len(w.tape.body))
	}
	for i := range weighed {
		if err := w.event(t.Context(), &person{id: personID(born + i), next: lastWait}); err != nil {
			t.Fatalf("somebody who was weighed cannot go on: %v", err)
		}
	}
}

// Who has nothing that is remembered of past events is no person to weigh.
func TestWeighNobody(t *testing.T) {
	t.Parallel()
	w := redisWorld(t)
	var m Memory
	if err := w.weighOne(t.Context(), &person{id: personID(88), next: lastWait}, &m); !errors.Is(err, errLoss) {
		t.Errorf("somebody never seen is weighed: %+v, %v", m, err)
	}
}

func TestWeighAFile(t *testing.T) {
	t.Parallel()
	if m, err := smallWorld(t).weigh(t.Context()); m != nil || err != nil {
		t.Errorf("a file weighs %+v, %v", m, err)
	}
}
