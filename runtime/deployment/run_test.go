package deployment_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/office"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// A restart in the middle of a conversation, with another bundle: the person goes on where they were, in the old one.
func TestRestart(t *testing.T) {
	t.Parallel()
	w := newTown(t).publish(testbed.Small(t)).open()
	w.say("hỏi thăm", "1")
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	disk := w.store.(*embedded.Store)
	if err := disk.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := embedded.Open(embedded.Config{Path: w.path, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	files := testbed.Files(t, false)
	files["hoi.flow"] = strings.ReplaceAll(files["hoi.flow"], "Chào {ten}.", "Kính chào {ten}.")
	files["hoi.flow"] = strings.Replace(files["hoi.flow"], "kết thúc đạt", "kết thúc bỏ", 1) // another route: nobody is moved
	next := townOver(t, again, w.path, w.zalo).publish(testbed.Load(t, files)).open()
	if got := next.say("Lan"); !strings.Contains(got, "text: Chào Lan.") {
		t.Errorf("the old conversation goes on with %q", got)
	}
	if got := next.say("hỏi thăm", "1", "Lan"); !strings.Contains(got, "Kính chào Lan.") {
		t.Errorf("a new one says %q", got)
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	w := newTown(t).publish(testbed.Small(t)).open()
	look := func() deployment.Glance {
		t.Helper()
		g, err := w.dep.Look(t.Context(), testbed.OfficeID, testbed.Person)
		if err != nil {
			t.Error(err)
		}
		return g
	}
	if diff := cmp.Diff(deployment.Glance{Status: "chưa có việc"}, look()); diff != "" {
		t.Errorf("nobody (-want +got):\n%s", diff)
	}
	w.say("hỏi thăm", "1")
	want := deployment.Glance{Flow: "hoi", Step: "ten", Status: "chờ người dân", Slots: []deployment.Slot{{Label: "Màu", Value: "Đỏ"}}}
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Errorf("at a question (-want +got):\n%s", diff)
	}
	w.say("Lan", "chuyện kín", "CANARY-KIN")
	want = deployment.Glance{Flow: "kin", Step: "da_ke", Status: "chờ người dân", Slots: []deployment.Slot{{Label: "Chuyện", Value: "••• (bảo mật)"}}}
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Errorf("after a secret (-want +got):\n%s", diff)
	}
}

// To look at a person must not keep others from the work: only the first look asks the store.
func TestLookKeepsNobodyFromTheWork(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s := model.New(store.Config{}, clock.Now)
	w := &town{t: t, store: s, seal: testbed.Sealer(t, 1), log: &testbed.Log{}, counters: testbed.NewCounters()}
	key, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	w.key = key
	w.dep = deployment.New(w.config(nil))
	w.publish(testbed.Small(t))
	person := w.seal.Person(testbed.OfficeID, testbed.Person)
	if _, err := s.Accept(t.Context(), store.Accept{Key: person, ID: store.ID8{1}, Body: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	for range 16 { // seconds, like the page of the sandbox
		if _, err := w.dep.Look(t.Context(), testbed.OfficeID, testbed.Person); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Second)
	}
	keys, _, _, err := s.Claim(t.Context(), 0, 1)
	if err != nil || len(keys) != 1 {
		t.Errorf("after the lease %d people can be claimed, %v", len(keys), err)
	}
}

// crowded is a channel that holds everything but the sentence for those who write too fast.
type crowded struct {
	mu      sync.Mutex
	told    []string
	release chan struct{}
}

func (c *crowded) Deliver(_ context.Context, out envelope.Out, _ bool) actor.Delivery {
	if !strings.HasPrefix(out.Message.Text, "Anh/chị nhắn nhanh quá") {
		<-c.release
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = append(c.told, out.Person+" "+out.Message.Text)
	return actor.Delivery{Done: true}
}

func (c *crowded) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.told...)
}

func TestFloodIsToldOnceAMinute(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	w := &town{t: t, store: model.New(store.Config{MaxMail: 1}, clock.Now), seal: testbed.Sealer(t, 1), log: &testbed.Log{}, counters: testbed.NewCounters()}
	key, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	w.key = key
	c := &crowded{release: make(chan struct{})}
	cfg := w.config(c)
	cfg.Now = clock.Now
	w.dep = deployment.New(cfg)
	w.publish(testbed.Small(t))
	w.zalo = testbed.NewZalo(t, clock.Now, nil)
	w.open()
	push := func() {
		if got := testbed.Deliver(t.Context(), w.url+webhook, w.person().Text("hỏi thăm")); got != http.StatusOK {
			t.Errorf("status %d", got)
		}
	}
	push()
	testbed.Until(t, "the first step is done", func() bool { return w.counters.Count(t, "event_accepted") == 1 && w.stepped() })
	for range 4 { // one fits
		push()
	}
	testbed.Until(t, "the person is told", func() bool { return len(c.all()) == 1 })
	clock.Advance(time.Minute)
	push()
	testbed.Until(t, "the person is told again", func() bool { return len(c.all()) == 2 })
	if got := w.counters.Count(t, "event_flooded"); got != 4 {
		t.Errorf("%d events were too many", got)
	}
	close(c.release)
}

func (w *town) stepped() bool {
	work, err := w.store.Load(w.t.Context(), w.seal.Person(testbed.OfficeID, testbed.Person))
	return err == nil && work.Out != nil && work.Head == nil
}

// Events that come in the last moment before a stop are neither lost nor left to a lease.
func TestStopUnderLoad(t *testing.T) {
	t.Parallel()
	w := newTown(t).publish(testbed.Small(t)).open()
	var wg sync.WaitGroup
	accepted := make([]int, 8) // by person
	for i := range 8 {
		wg.Go(func() {
			who := w.zalo.Person(testbed.OfficeID, fmt.Sprintf("88%014d", i))
			for range 10 {
				hook := who.Text("hỏi thăm")
				if testbed.Deliver(context.Background(), w.url+webhook, hook) == http.StatusOK {
					accepted[i]++
				}
			}
		})
	}
	testbed.Until(t, "the first answers", func() bool { return len(w.zalo.Since(0)) > 3 })
	if err := w.stop(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	townOver(t, w.store, w.path, w.zalo).publish(testbed.Small(t)).open()
	for i, n := range accepted {
		testbed.Until(t, "an answer to everything that was accepted", func() bool {
			return len(w.zalo.Ledger(testbed.OfficeID, fmt.Sprintf("88%014d", i))) >= n
		})
	}
	for _, e := range []string{"actor_failed", "claim_failed"} {
		if n := w.counters.Count(t, e); n > 0 {
			t.Errorf("%s was counted %d times: %s", e, n, w.log)
		}
	}
}

// BenchmarkWebhook is a whole round in process: signed webhook over HTTP, step, commit, send to the fake Zalo over HTTP.
func BenchmarkWebhook(b *testing.B) {
	disk, _ := testbed.Embedded(b, store.Config{}, time.Now)
	counters, z := testbed.NewCounters(), testbed.NewZalo(b, time.Now, nil)
	sealer := testbed.Sealer(b, 1)
	send := delivery.New(delivery.Config{
		Client:  z.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: z.Assets}},
		Now:     time.Now, Log: (&testbed.Log{}).Logger(), Metrics: counters.Set,
	})
	dep := deployment.New(deployment.Config{
		Store: disk, Partitions: 1, Seal: sealer, Offices: map[string]*office.Office{testbed.OfficeID: testbed.Office()},
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}, Deliver: send, Webhook: webhook,
		Now: time.Now, Tick: ticker, Log: (&testbed.Log{}).Logger(), Metrics: counters.Set,
	})
	if err := dep.Publish(b.Context(), testbed.Small(b)); err != nil {
		b.Fatal(err)
	}
	handler := dep.Handler(b.Context())
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		hook := z.Person(testbed.OfficeID, fmt.Sprintf("99%014d", n)).Text("hỏi thăm")
		r := httptest.NewRequest(http.MethodPost, webhook, bytes.NewReader(hook.Body))
		r.Header = hook.Header
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, r)
		if rec.Code != http.StatusOK {
			b.Fatal(rec.Code)
		}
	}
	testbed.Until(b, "everything is sent", func() bool { return len(z.Since(0)) >= n })
}
