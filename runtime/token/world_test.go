package token_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/token"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

func TestMain(m *testing.M) { testbed.Main(m) }

const appSecret = "canary-app-secret"

// world is a Zalo with a token endpoint, one store, and processes over it.
type world struct {
	t        *testing.T
	clock    *storetest.Clock
	zalo     *fake.Server
	url      string
	wire     *testbed.Impatient
	records  store.Records
	spool    string
	log      *testbed.Log
	counters testbed.Counters
}

func newWorld(t *testing.T) *world {
	t.Helper()
	clock := storetest.NewClock()
	w := &world{t: t, clock: clock, spool: filepath.Join(t.TempDir(), "ma"), log: &testbed.Log{}, counters: testbed.NewCounters()}
	w.zalo = fake.New(fake.Config{
		AppID: testbed.App, Secret: testbed.Secret, Offices: map[string]string{testbed.OfficeID: "first-access"}, Now: clock.Now,
		Echo: fake.EchoNever, NoWindow: true, OAuthSecret: appSecret,
	})
	w.wire = testbed.NewImpatient(t, w.zalo)
	w.url = w.wire.URL
	w.records, _ = testbed.Embedded(t, store.Config{}, clock.Now)
	return w
}

func (w *world) oauth() *zalo.OAuth {
	return zalo.NewOAuth(zalo.OAuthConfig{BaseURL: w.url, AppID: testbed.App, AppSecret: appSecret, Timeout: time.Minute, Transport: w.wire})
}

func (w *world) config() token.Config {
	return token.Config{
		Records: w.records, Seal: testbed.Sealer(w.t, 1), Authority: w.oauth(), Offices: []string{testbed.OfficeID}, Spool: w.spool,
		Replica: "máy một", Now: w.clock.Now, Log: w.log.Logger(), Metrics: w.counters.Set,
		Pause: func(_ context.Context, d time.Duration) error { w.clock.Advance(d); return nil },
	}
}

// started returns a process that has started.
func (w *world) started(change func(*token.Config)) *token.Keeper {
	w.t.Helper()
	cfg := w.config()
	if change != nil {
		change(&cfg)
	}
	k := token.New(cfg)
	if err := k.Start(w.t.Context()); err != nil {
		w.t.Fatalf("Start: %v", err)
	}
	return k
}

// given returns a process whose office has its first tokens.
func (w *world) given() *token.Keeper {
	w.t.Helper()
	k := w.started(nil)
	if err := k.GiveRefresh(w.t.Context(), testbed.OfficeID, w.zalo.RefreshToken(testbed.OfficeID)); err != nil {
		w.t.Fatalf("GiveRefresh: %v", err)
	}
	return k
}

func (w *world) grants(want int) {
	w.t.Helper()
	if got := w.zalo.Grants(testbed.OfficeID); got != want {
		w.t.Errorf("Zalo has made %d pairs of tokens, want %d", got, want)
	}
}

// good checks that a process gives a token that Zalo takes.
func (w *world) good(k *token.Keeper) {
	w.t.Helper()
	got, err := k.Token(w.t.Context(), testbed.OfficeID)
	if err != nil || got == "" || got != w.zalo.AccessToken(testbed.OfficeID) {
		w.t.Errorf("the token is good: %v, err = %v", got == w.zalo.AccessToken(testbed.OfficeID), err)
	}
}

func (w *world) trouble(k *token.Keeper, want error) token.Status {
	w.t.Helper()
	s, err := k.Inspect(w.t.Context(), testbed.OfficeID)
	if err != nil || !errors.Is(s.Trouble, want) {
		w.t.Errorf("Inspect = %+v, %v; want trouble %v", s, err, want)
	}
	return s
}

func (w *world) alarmed(want string) {
	w.t.Helper()
	if !strings.Contains(w.log.String(), want) {
		w.t.Errorf("no alarm says %q:\n%s", want, w.log)
	}
}

func (w *world) spooled(want int) {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.spool, "*"))
	if err != nil || len(files) != want {
		w.t.Errorf("the spool holds %v, want %d files, %v", files, want, err)
	}
}

// point is a boundary of the protocol.
type point string

const (
	beforeIntent point = "before the intent"
	afterIntent  point = "after the intent"
	beforeCall   point = "the call was not made"
	afterCall    point = "after the call, the answer unread"
	afterSpool   point = "after the spool"
	afterStore   point = "after the store"
)

// dying is a process that ends at a point, as if it were killed: its goroutine runs no further.
type dying struct {
	store.Records
	token.Authority
	at    point
	mu    sync.Mutex
	wrote int
}

func (d *dying) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	d.mu.Lock()
	d.wrote++
	n := d.wrote
	d.mu.Unlock()
	if n == 1 && d.at == beforeIntent || n == 2 && d.at == afterSpool {
		runtime.Goexit()
	}
	id, appended, err := d.Records.Append(ctx, list, by, body)
	if n == 1 && d.at == afterIntent || n == 2 && d.at == afterStore {
		runtime.Goexit()
	}
	return id, appended, err
}

func (d *dying) Refresh(ctx context.Context, refreshToken string) ([]byte, error) {
	if d.at == beforeCall {
		runtime.Goexit()
	}
	raw, err := d.Authority.Refresh(ctx, refreshToken)
	if d.at == afterCall {
		runtime.Goexit()
	}
	return raw, err
}

// dies runs a process that ends at a point of its first refresh.
func (w *world) dies(at point) {
	w.t.Helper()
	d := &dying{Records: w.records, Authority: w.oauth(), at: at}
	k := w.started(func(c *token.Config) { c.Records, c.Authority = d, d })
	reached := true
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.Tend(context.Background())
		reached = false
	}()
	<-done
	if !reached {
		w.t.Fatalf("the process did not come to the point %q", at)
	}
}

func tended(w *world, k *token.Keeper, times int, every time.Duration) {
	for range times {
		k.Tend(w.t.Context())
		w.clock.Advance(every)
	}
}

func name(i int) string { return fmt.Sprintf("máy %d", i) }
