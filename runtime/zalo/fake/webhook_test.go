package fake_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"

	"github.com/google/go-cmp/cmp"
)

func TestEchoes(t *testing.T) {
	t.Parallel()
	for _, when := range []fake.Echo{fake.EchoAfter, fake.EchoBefore, fake.EchoNever} {
		t.Run(fmt.Sprint(when), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *fake.Config) { c.NoWindow, c.Echo = true, when })
			if err := w.say(t, text("xin chào")); err != nil {
				t.Fatal(err)
			}
			before := len(w.box.events())
			w.Wait()
			if when == fake.EchoNever {
				if n := len(w.box.events()); n != 0 {
					t.Fatalf("%d echoes", n)
				}
				return
			}
			if when == fake.EchoBefore && before != 1 {
				t.Errorf("%d echoes before the answer", before)
			}
			in, last := verified(t, w.box.got[0]), w.Since(0)[0]
			if in.Family != zalo.Echo || in.AdminID != "" || in.MessageID != last.MessageID || in.Office != office || in.Person != person {
				t.Errorf("echo %+v of %+v", in, last)
			}
			if e, ok := in.Event(1); ok {
				t.Errorf("our own echo became an event: %+v", e)
			}
		})
	}
}

// A late echo comes when its time has come, also beside the echo of a fault; echoes may come twice.
func TestLateAndDoubleEchoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) {
		c.NoWindow, c.Echo, c.EchoDelay, c.Rates.TwoEchoes = true, fake.EchoLate, 3*time.Second, 1
	})
	w.Script(fake.None, fake.Lost)
	if err := w.say(t, text("x")); err != nil {
		t.Fatal(err)
	}
	if e := asError(t, w.say(t, text("y"))); !e.Unknown {
		t.Fatalf("%v", e)
	}
	w.clock.Move(3*time.Second - time.Millisecond)
	w.Tick(t.Context())
	if n := len(w.box.events()); n != 0 {
		t.Fatalf("%d echoes came early", n)
	}
	w.clock.Move(time.Millisecond)
	w.Tick(t.Context())
	var got []string
	for _, h := range w.box.got {
		got = append(got, verified(t, h).MessageID)
		if h.Header.Get(zalo.HeaderRetry) != "" {
			t.Error("a late echo calls itself a repeat")
		}
	}
	ledger := w.Since(0)
	want := []string{ledger[0].MessageID, ledger[0].MessageID, ledger[1].MessageID, ledger[1].MessageID}
	if diff := cmp.Diff(want, got); diff != "" || w.Stats().Repeated != 0 {
		t.Errorf("%+v (-want +got):\n%s", w.Stats(), diff)
	}
}

func TestEchoOfALostAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	w.Script(fake.Lost)
	if e := asError(t, w.say(t, text("x"))); !e.Unknown {
		t.Fatalf("%v", e)
	}
	w.Wait()
	if in := verified(t, w.box.got[0]); in.MessageID != w.Since(0)[0].MessageID {
		t.Errorf("echo %+v", in)
	}
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.box.answers = []int{503, 0, 500, 401, 503}
	if status := w.Push(t.Context(), w.Person(office, person).Text("x")); status != 503 {
		t.Fatalf("status %d", status)
	}
	for _, pause := range zalo.Repeats() {
		w.clock.Move(pause - time.Millisecond)
		before := len(w.box.got)
		w.Tick(t.Context())
		if len(w.box.got) != before {
			t.Errorf("a repeat came before %v", pause)
		}
		w.clock.Move(time.Millisecond)
		w.Tick(t.Context())
		if len(w.box.got) != before+1 {
			t.Errorf("no repeat after %v", pause)
		}
	}
	for i, got := range w.box.got {
		if !bytes.Equal(got.Body, w.box.got[0].Body) {
			t.Errorf("repeat %d has another body", i)
		}
		want := []string{fmt.Sprint(i)}
		if i == 0 {
			want = nil
		}
		if diff := cmp.Diff(want, got.Header[zalo.HeaderRetry]); diff != "" {
			t.Errorf("num_retry of try %d (-want +got):\n%s", i, diff)
		}
	}
	want := fake.Stats{Delivered: 1, Failed: 5, Repeated: 5}
	if diff := cmp.Diff(want, w.Stats()); diff != "" || w.Unsubscribed() || w.Pending() != 0 {
		t.Errorf("unsubscribed %v, pending %d, stats (-want +got):\n%s", w.Unsubscribed(), w.Pending(), diff)
	}
}

func TestUnsubscribed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	w.box.answers = slices.Repeat([]int{500}, 6)
	w.Push(t.Context(), p.Text("x"))
	for _, pause := range zalo.Repeats() {
		w.clock.Move(pause)
		w.Tick(t.Context())
	}
	if !w.Unsubscribed() {
		t.Fatal("Zalo still believes in us")
	}
	if status := w.Push(t.Context(), p.Text("y")); status != 0 || w.Stats().Unsent != 1 {
		t.Errorf("status %d, stats %+v", status, w.Stats())
	}
	w.Resubscribe()
	if status := w.Push(t.Context(), p.Text("z")); status != http.StatusOK {
		t.Errorf("status %d after the human came", status)
	}
}

// TestUnkindWebhooks: with every chance on, each event still comes at least once, and duplicates are exact.
func TestUnkindWebhooks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) {
		c.Rates = fake.Rates{Duplicate: 0.2, Reorder: 0.2, Delay: 0.2}
	})
	p := w.Person(office, person)
	var sent []string
	for i := range 200 {
		hook := p.Text(fmt.Sprint(i))
		sent = append(sent, string(hook.Body))
		w.Push(t.Context(), hook)
		w.clock.Move(time.Second)
		w.Tick(t.Context())
	}
	for range 3 {
		w.clock.Move(time.Hour)
		w.Tick(t.Context())
	}
	count := map[string]int{}
	var order []string
	for _, hook := range w.box.got {
		if count[string(hook.Body)]++; count[string(hook.Body)] == 1 {
			order = append(order, string(hook.Body))
		}
	}
	twice := 0
	for _, b := range sent {
		if count[b] == 0 {
			t.Errorf("lost %s", b)
		}
		twice += count[b] - 1
	}
	stats := w.Stats()
	if twice == 0 || twice != stats.Duplicated || slices.Equal(order, sent) || stats.Held == 0 || stats.Repeated == 0 || w.Pending() != 0 {
		t.Errorf("%d came twice, stats %+v, pending %d", twice, stats, w.Pending())
	}
}

// TestPost sends to a real server: the very bytes and headers arrive.
func TestPost(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var bodies [][]byte
	var headers []http.Header
	engine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		bodies, headers = append(bodies, b), append(headers, r.Header)
		w.WriteHeader(http.StatusOK)
	}))
	defer engine.Close()
	w := newWorld(t, func(c *fake.Config) { c.Deliver = fake.Post(engine.Client(), engine.URL) })
	if status := w.Push(t.Context(), w.Person(office, person).Text("xin chào")); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	verified(t, fake.Webhook{Body: bodies[0], Header: headers[0]})
	gone := fake.Post(engine.Client(), "http://127.0.0.1:1")
	if status := gone(t.Context(), w.Probe()); status != 0 {
		t.Errorf("status %d of nobody", status)
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			p := w.Person(office, fmt.Sprint("24684588352919792", i))
			w.Push(t.Context(), p.Follow())
			calls, err := zalo.Render(text("x"), p.ID, zalo.DefaultCapabilities(), zalo.NewAssetCache(w.clock.Now))
			if err != nil {
				t.Error(err)
				return
			}
			for range 10 {
				if _, err := w.client.Send(t.Context(), office, calls[0]); err != nil {
					t.Error(err)
				}
			}
			if n := len(w.Ledger(office, p.ID)); n != 10 {
				t.Errorf("%d of 10 messages in the ledger", n)
			}
		})
	}
	wg.Wait()
	w.Wait()
	if n := len(w.box.events()); n != 88 {
		t.Errorf("%d webhooks, want 8 follows and 80 echoes", n)
	}
}

// TestHeldBack: a webhook that was held back comes after the next one, or with the next tick where there is none.
func TestHeldBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.Rates.Reorder = 1 })
	p := w.Person(office, person)
	if status := w.Push(t.Context(), p.Text("một")); status != 0 || w.Pending() != 1 || len(w.box.got) != 0 {
		t.Fatalf("status %d, %d pending, %d delivered", status, w.Pending(), len(w.box.got))
	}
	w.Tick(t.Context())
	if len(w.box.got) != 1 || w.Pending() != 0 {
		t.Errorf("%d delivered by the tick, %d pending", len(w.box.got), w.Pending())
	}
	half := newWorld(t, func(c *fake.Config) { c.Rates.Reorder, c.Seed = 0.5, 2 })
	p = half.Person(office, person)
	var order []string
	for i := range 40 {
		half.Push(t.Context(), p.Text(fmt.Sprintf("%02d", i)))
	}
	half.Tick(t.Context())
	for _, hook := range half.box.got {
		order = append(order, verified(t, hook).Text)
	}
	if slices.IsSorted(order) || len(order) != 40 {
		t.Errorf("order %v", order)
	}
	slices.Sort(order)
	if len(slices.Compact(order)) != 40 {
		t.Errorf("something came twice or never: %v", order)
	}
}

func TestPressOfOtherButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	p := w.Person(office, person)
	for kind, sends := range map[string]bool{
		zalo.TypeQueryHide: true, zalo.TypeQueryShow: true, zalo.TypeOpenURL: false, zalo.TypeOpenPhone: false, zalo.TypeOpenSMS: false,
	} {
		hook, ok := p.Press(fake.Button{Title: "A", Type: kind, Payload: "ht1.1.1"})
		if ok != sends {
			t.Errorf("%s sends: %v", kind, ok)
		}
		if ok && verified(t, hook).Text != "ht1.1.1" {
			t.Errorf("%s sends %s", kind, hook.Body)
		}
	}
	if _, found := (fake.Sent{}).Button("A"); found {
		t.Error("a button of no message")
	}
}
