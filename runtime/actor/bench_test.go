package actor_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
)

// sink is a channel that takes everything.
type sink struct{}

func (sink) Deliver(context.Context, envelope.Out, bool) actor.Delivery {
	return actor.Delivery{Done: true}
}

// BenchmarkEvent is one whole event with one answer: accept, step, commit, send into a sink, done.
func BenchmarkEvent(b *testing.B) {
	b.Run("model", func(b *testing.B) { whole(b, model.New(store.Config{}, time.Now)) })
	b.Run("embedded", func(b *testing.B) {
		s, _ := testbed.Embedded(b, store.Config{}, time.Now)
		whole(b, s)
	})
}

// BenchmarkEventsOfMany is the same for many people at once, which share the flushes of the store.
func BenchmarkEventsOfMany(b *testing.B) {
	s, _ := testbed.Embedded(b, store.Config{}, time.Now)
	sc := benchScene(b, s)
	a := actor.New(sc.cfg)
	b.ReportAllocs()
	b.SetParallelism(32)
	people := make(chan int, 1<<16)
	for i := range 1 << 16 {
		people <- i
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			one(b, sc, a, fmt.Sprintf("88%014d", <-people), "a")
		}
	})
}

func benchScene(b *testing.B, s testbed.Whole) *scene {
	b.Helper()
	sc := sceneOver(b, nil, s, testbed.Small(b))
	sc.cfg.Deliver, sc.cfg.Now, sc.cfg.Tick = sink{}, time.Now, nil
	return sc
}

func whole(b *testing.B, s testbed.Whole) {
	sc := benchScene(b, s)
	a := actor.New(sc.cfg)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		one(b, sc, a, testbed.Person, fmt.Sprint(n))
	}
}

func one(b *testing.B, sc *scene, a *actor.Actor, person, id string) {
	now := time.Now()
	in := envelope.In{Address: envelope.Address{Office: testbed.OfficeID, Person: person}, Event: event.Event{
		Kind: event.Text, ID: id, At: now.UnixMilli(), Sent: now.UnixMilli(), Text: "hỏi thăm",
	}}
	entry, err := actor.Entry(sc.seal, sc.seal.Person(in.Office, in.Person), in)
	if err != nil {
		b.Fatal(err)
	}
	entry.Retry = true
	res, err := sc.store.Accept(b.Context(), entry)
	if err != nil || res.Status != store.Accepted {
		b.Fatal(res.Status, err)
	}
	a.Run(b.Context(), actor.Job{Work: res.Work, Since: now})
}
