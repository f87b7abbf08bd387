package depth_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/depth"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// bed is a store whose depth is measured.
type bed struct {
	t     *testing.T
	clock *storetest.Clock
	store *model.Store
	seal  *seal.Sealer
}

func newBed(t *testing.T) *bed {
	b := &bed{t: t, clock: storetest.NewClock(), seal: testbed.Sealer(t, 1)}
	b.store = model.New(store.Config{}, b.clock.Now)
	return b
}

// writes puts an event of a person into the store.
func (b *bed) writes(person, id string) store.Key {
	b.t.Helper()
	key := b.seal.Person(testbed.OfficeID, person)
	entry, err := actor.Entry(b.seal, key, envelope.In{
		Address: envelope.Address{Office: testbed.OfficeID, Person: person},
		Event:   event.Event{Kind: event.Text, ID: id, At: b.clock.Now().UnixMilli(), Text: "xin chào"},
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.store.Accept(b.t.Context(), entry); err != nil {
		b.t.Fatal(err)
	}
	return key
}

// answers steps the head of a person's mailbox, with one message.
func (b *bed) answers(key store.Key, id string) {
	b.t.Helper()
	plain, err := envelope.EncodeOut(envelope.Out{At: b.clock.Now().UnixMilli(), Message: &message.Message{Kind: message.Words, Text: "chào"}})
	if err != nil {
		b.t.Fatal(err)
	}
	body, err := b.seal.Seal(nil, seal.Outbox, key, plain)
	if err != nil {
		b.t.Fatal(err)
	}
	_, err = b.store.Commit(b.t.Context(), store.Commit{
		Key: key, Event: b.seal.ID(key, id), Session: []byte("s"), Out: []store.Item{{ID: store.ID8{1}, Body: body}},
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bed) gauge() depth.Gauge {
	return depth.Gauge{Store: b.store, Partitions: 1, Seal: b.seal, Now: b.clock.Now}
}

func (b *bed) measures(want depth.Depth) {
	b.t.Helper()
	got, err := b.gauge().Measure(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Error(diff)
	}
}

func TestDepthOfACalmDayIsExact(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	b.measures(depth.Depth{Whole: true})
	key := b.writes("1", "a")
	b.clock.Advance(time.Minute)
	b.writes("1", "b")
	b.writes("2", "a")
	b.clock.Advance(time.Minute)
	b.measures(depth.Depth{People: 2, Whole: true, Mailbox: depth.Queue{Entries: 3, Oldest: 2 * time.Minute}})
	b.answers(key, "a")
	b.clock.Advance(time.Second)
	b.measures(depth.Depth{
		People: 2, Whole: true,
		Mailbox: depth.Queue{Entries: 2, Oldest: time.Minute + time.Second}, Outbox: depth.Queue{Entries: 1, Oldest: time.Second},
	})
}

// TestDepthOfAFloodIsReckoned: every person writes twice, so that every sample gives the same.
func TestDepthOfAFloodIsReckoned(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	const many = 10 * depth.Sample
	for i := range many {
		b.writes(fmt.Sprint(i), "a")
		b.writes(fmt.Sprint(i), "b")
	}
	b.measures(depth.Depth{People: many, Mailbox: depth.Queue{Entries: 2 * many}})
}

func TestEntriesOfOtherKeysHaveNoAge(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	b.answers(b.writes("1", "a"), "a")
	b.writes("1", "b")
	b.seal = testbed.Sealer(t, 2)
	b.clock.Advance(time.Hour)
	b.measures(depth.Depth{People: 1, Whole: true, Mailbox: depth.Queue{Entries: 1}, Outbox: depth.Queue{Entries: 1}})
}

func TestDepthOfAStoreThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if d, err := b.gauge().Measure(ctx); !errors.Is(err, store.ErrUnavailable) || d != (depth.Depth{}) {
		t.Errorf("it measures %+v, %v", d, err)
	}
}

// A timer that has fired and says only which one it is waits since the time it was set for.
func TestDepthOfATimer(t *testing.T) {
	t.Parallel()
	b := newBed(t)
	at := b.clock.Now()
	key := b.seal.Person(testbed.OfficeID, "1")
	if _, err := b.store.Accept(t.Context(), store.Accept{Key: key, ID: store.ID8{1}, Body: store.TimerMark("im_lang", 3, at)}); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(time.Hour)
	b.measures(depth.Depth{People: 1, Whole: true, Mailbox: depth.Queue{Entries: 1, Oldest: time.Hour}})
}
