package server_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// doored is a porch whose door can be asked directly.
func doored(t *testing.T, change func(*server.Config)) (*porch, *server.Door) {
	t.Helper()
	var door *server.Door
	p := newPorch(t, func(_ *porch, cfg *server.Config) {
		if change != nil {
			change(cfg)
		}
	})
	cfg := server.Config{
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}, Known: func(id string) bool { return id == testbed.OfficeID },
		Unkept: func(text string) string {
			if text == "bí mật" {
				return "to_giac"
			}
			return ""
		},
		Seal: p.seal, Store: p.store, Now: p.clock.Now, Log: p.log.Logger(), Metrics: p.counters.Set, Start: p.start, Patience: time.Minute,
	}
	if change != nil {
		change(&cfg)
	}
	door = server.NewDoor(cfg)
	return p, door
}

// listed is a webhook as Zalo's list shows it.
func listed(t *testing.T, w fake.Webhook) zalo.Inbound {
	t.Helper()
	in, err := zalo.Decode(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestRecoverAndWebhookAreOneEvent, whichever of the two comes first.
func TestRecoverAndWebhookAreOneEvent(t *testing.T) {
	t.Parallel()
	p, door := doored(t, nil)
	first := p.zalo.Person(testbed.OfficeID, "1").Text("trước")
	if fresh, err := door.Recover(t.Context(), listed(t, first)); !fresh || err != nil {
		t.Fatalf("what never came: %v, %v", fresh, err)
	}
	if status := p.post(first.Body, first.Header); status != http.StatusOK || p.counters.Count(t, "event_duplicate") != 1 {
		t.Errorf("its webhook is answered %d, counted %v", status, p.counters.All(t))
	}
	second := p.zalo.Person(testbed.OfficeID, "1").Text("sau")
	if status := p.post(second.Body, second.Header); status != http.StatusOK {
		t.Fatalf("a webhook is answered %d", status)
	}
	if fresh, err := door.Recover(t.Context(), listed(t, second)); fresh || err != nil {
		t.Errorf("what had come: %v, %v", fresh, err)
	}
	if n := len(p.starts()); n != 1 {
		t.Errorf("%d owners were started", n)
	}
}

// TestRecoverTakesNothingElse: what is of nobody of ours, of no person, or older than a day.
func TestRecoverTakesNothingElse(t *testing.T) {
	t.Parallel()
	p, door := doored(t, nil)
	ours := listed(t, p.zalo.Person(testbed.OfficeID, "1").Text("x"))
	for name, change := range map[string]func(*zalo.Inbound){
		"another office": func(in *zalo.Inbound) { in.Office = "999" },
		"nobody":         func(in *zalo.Inbound) { in.Person = "" },
		"a receipt":      func(in *zalo.Inbound) { in.Family = zalo.Receipt },
		"a day old":      func(in *zalo.Inbound) { in.Timestamp -= zalo.EventAge.Milliseconds() + 60_000 },
	} {
		in := ours
		change(&in)
		if fresh, err := door.Recover(t.Context(), in); fresh || err != nil {
			t.Errorf("%s: %v, %v", name, fresh, err)
		}
	}
	if len(p.starts()) != 0 {
		t.Error("something was taken")
	}
}

// TestRecoverSaysWhatItCouldNotKeep, so that it is tried again: a store that does not answer, a mailbox that is full.
func TestRecoverSaysWhatItCouldNotKeep(t *testing.T) {
	t.Parallel()
	p, door := doored(t, nil)
	for i := range 65 {
		fresh, err := door.Recover(t.Context(), listed(t, p.zalo.Person(testbed.OfficeID, "1").Text(fmt.Sprint(i))))
		if wanted := i < 64; fresh != wanted || (err == nil) != wanted {
			t.Fatalf("message %d: %v, %v", i, fresh, err)
		}
	}
	_, broken := doored(t, func(cfg *server.Config) { cfg.Store = testbed.NewFaulty(p.store, 1, testbed.Before) })
	if fresh, err := broken.Recover(t.Context(), listed(t, p.zalo.Person(testbed.OfficeID, "2").Text("x"))); fresh || !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a store that is gone: %v, %v", fresh, err)
	}
}

// TestRecoverWithholdsToo: words that may not be kept are not, whichever way they come; and no event comes from the future.
func TestRecoverWithholdsToo(t *testing.T) {
	t.Parallel()
	p, door := doored(t, nil)
	in := listed(t, p.zalo.Person(testbed.OfficeID, "1").Text("bí mật"))
	in.Timestamp = p.clock.Now().Add(time.Hour).UnixMilli()
	if fresh, err := door.Recover(t.Context(), in); !fresh || err != nil {
		t.Fatalf("%v, %v", fresh, err)
	}
	work := p.starts()[0]
	plain, err := p.seal.Open(nil, seal.Mailbox, work.Key, work.Head.Body)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := envelope.DecodeIn(plain)
	if err != nil || kept.Event.Kind != event.Withheld || kept.Event.Text != "" || kept.Event.Sent > kept.Event.At {
		t.Errorf("kept is %+v, %v", kept.Event, err)
	}
}
