package token_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/token"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

const day = 24 * time.Hour

func TestRefreshedAtHalfItsLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.given()
	w.grants(1)
	for range 12 { // hours
		k.Tend(t.Context())
		w.clock.Advance(time.Hour)
	}
	w.grants(1)
	w.good(k)
	tended(w, k, 3, time.Hour) // half of 25 hours and a twentieth are over
	w.grants(2)
	w.good(k)
	s := w.trouble(k, nil)
	if s.Generation != 2 || s.Replica != "máy một" || s.How != "refresh" || s.Till.Sub(s.Refreshed) != 25*time.Hour || s.Last.Sub(s.Refreshed) != 90*day {
		t.Errorf("Inspect = %+v", s)
	}
	tended(w, k, 300, time.Hour) // for weeks: nothing runs out, and nothing is kept for ever
	w.good(k)
	list, err := w.records.List(t.Context(), "token:"+testbed.OfficeID, "", 1000)
	if err != nil || len(list) > 6 {
		t.Errorf("%d records are kept, %v", len(list), err)
	}
	w.spooled(0)
}

func TestOfficeWithoutTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.started(nil)
	if _, err := k.Token(t.Context(), testbed.OfficeID); !errors.Is(err, token.ErrMissing) {
		t.Errorf("Token: %v", err)
	}
	if _, err := k.Token(t.Context(), "404"); !errors.Is(err, token.ErrUnknown) {
		t.Errorf("Token of a foreign office: %v", err)
	}
	if _, err := k.Renew(t.Context(), "404", "x"); !errors.Is(err, token.ErrUnknown) {
		t.Errorf("Renew of a foreign office: %v", err)
	}
	k.Tend(t.Context())
	w.alarmed("hoithoai token set")
	w.trouble(k, token.ErrMissing)
	other := w.given() // another process is given tokens: this one finds them
	w.clock.Advance(3 * time.Second)
	w.good(k)
	w.good(other)
}

func TestAnswersOfTheEndpoint(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		faults []fake.Fault
		good   bool // after so many minutes
		lost   bool
	}{
		{"nothing happens and nobody answers", []fake.Fault{fake.Hang}, true, true},
		{"carried out, nobody answers", []fake.Fault{fake.HangAfter}, false, true},
		{"carried out, cut off", []fake.Fault{fake.Lost}, false, true},
		{"a gateway answers", []fake.Fault{fake.Down}, true, true},
		{"a gateway answers, carried out", []fake.Fault{fake.DownAfter}, false, true},
		{"no JSON, carried out", []fake.Fault{fake.Garbage}, false, true},
		{"too many calls", []fake.Fault{fake.Limited, fake.Limited}, true, false},
		{"no answer for half an hour", slices.Repeat([]fake.Fault{fake.Down}, 5), true, true},
		{"never an answer", slices.Repeat([]fake.Fault{fake.Down}, 12), false, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			k := w.given()
			w.clock.Advance(14 * time.Hour)
			w.zalo.ScriptOAuth(tc.faults...)
			tended(w, k, 60+len(tc.faults)/12*360, time.Minute)
			if got := strings.Contains(w.log.String(), "token_lost"); got != tc.lost {
				t.Errorf("alarm of a lost answer: %v\n%s", got, w.log)
			}
			if tc.good {
				w.trouble(k, nil)
				w.good(k)
				w.grants(2)
				return
			}
			w.trouble(k, token.ErrReauthorise)
			w.alarmed("authorise the app again")
			before := len(w.zalo.Refusals())
			tended(w, k, 100, time.Hour)
			if len(w.zalo.Refusals()) != before {
				t.Error("a dead token is tried again and again")
			}
			if err := k.GiveRefresh(t.Context(), testbed.OfficeID, w.zalo.RefreshToken(testbed.OfficeID)); err != nil {
				t.Fatal(err)
			}
			w.good(k)
			w.trouble(k, nil)
		})
	}
}

// Nobody is there to answer: nothing is spent, and it is tried for as long as it takes.
func TestUnreachableEndpoint(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	k := w.started(func(c *token.Config) {
		c.Authority = zalo.NewOAuth(zalo.OAuthConfig{BaseURL: "http://127.0.0.1:1", AppID: testbed.App, AppSecret: appSecret})
	})
	tended(w, k, 600, time.Minute)
	s := w.trouble(k, token.ErrWaiting)
	if s.Attempts < 5 || s.Attempts > 30 {
		t.Errorf("%d attempts in ten hours", s.Attempts)
	}
	if strings.Contains(w.log.String(), "token_lost") {
		t.Errorf("a call that was never made counts as lost:\n%s", w.log)
	}
	w.grants(1)
	w.clock.Advance(time.Hour)
	back := w.started(nil)
	tended(w, back, 61, time.Minute)
	w.good(back)
	w.grants(2)
}

// TestManyProcessesRefreshOnce lets many see the same refused token together, on both engines.
func TestManyProcessesRefreshOnce(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if engine == "redis" {
				s, err := redis.Open(t.Context(), redis.Config{URL: redistest.Start(t).URL(), Patience: time.Minute, Timeout: time.Minute})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { s.Close() })
				w.records = s
			}
			first := w.given()
			old, err := first.Token(t.Context(), testbed.OfficeID)
			if err != nil {
				t.Fatal(err)
			}
			for round := range 3 {
				w.clock.Advance(2 * time.Minute)
				old = w.storm(old)
				w.grants(round + 2)
			}
		})
	}
}

// storm lets processes renew a token together, several calls each, and returns the new one.
func (w *world) storm(old string) string {
	w.t.Helper()
	const processes, calls = 8, 4
	got := make(chan string, processes*calls)
	var wg sync.WaitGroup
	var all []*token.Keeper
	for i := range processes {
		k := w.started(func(c *token.Config) {
			c.Replica, c.Pause = name(i), func(context.Context, time.Duration) error { runtime.Gosched(); return nil }
		})
		if _, err := k.Token(w.t.Context(), testbed.OfficeID); err != nil {
			w.t.Errorf("Token: %v", err)
		}
		all = append(all, k)
	}
	w.clock.Advance(2 * time.Minute)
	for _, k := range all {
		for range calls {
			wg.Go(func() {
				fresh, err := k.Renew(context.Background(), testbed.OfficeID, old)
				if err != nil {
					w.t.Errorf("Renew: %v", err)
				}
				got <- fresh
			})
		}
	}
	wg.Wait()
	want := w.zalo.AccessToken(testbed.OfficeID)
	for range processes * calls {
		if fresh := <-got; fresh != want {
			w.t.Errorf("a process has another token than Zalo")
		}
	}
	return want
}

// A clock that is wrong by an hour steals no intent from a process that is at work.
func TestWrongClockStealsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(afterIntent)
	for _, wrong := range []time.Duration{time.Hour, -time.Hour} {
		k := w.started(func(c *token.Config) { c.Now = func() time.Time { return w.clock.Now().Add(wrong) } })
		k.Tend(t.Context())
		w.clock.Advance(29 * time.Second)
		k.Tend(t.Context())
		w.grants(1)
		w.trouble(k, token.ErrBusy)
	}
}

// A process that was frozen between intent and call does not call: others may have taken its place.
func TestFrozenProcessDoesNotCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	k := w.started(func(c *token.Config) { c.Records = frozen{w.records, w.clock.Advance} })
	k.Tend(t.Context())
	w.grants(1)
	s := w.trouble(k, token.ErrWaiting)
	if s.Attempts != 1 {
		t.Errorf("Inspect = %+v", s)
	}
	tended(w, w.started(nil), 3, time.Minute)
	w.grants(2)
}

// frozen is a store after whose answers a minute is gone.
type frozen struct {
	store.Records
	advance func(time.Duration)
}

func (f frozen) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	id, appended, err := f.Records.Append(ctx, list, by, body)
	f.advance(time.Minute)
	return id, appended, err
}

// TestCallsAfterARefusal sends through the client: a token that died early costs the person nothing.
func TestCallsAfterARefusal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.given()
	client := zalo.NewClient(zalo.ClientConfig{BaseURL: w.url, Tokens: k, Timeout: time.Minute})
	send := func(text string) error {
		calls, err := zalo.Render(message.Message{Kind: message.Words, Text: text}, testbed.Person, zalo.DefaultCapabilities(), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.Send(t.Context(), testbed.OfficeID, calls[0])
		return err
	}
	if err := send("một"); err != nil {
		t.Fatal(err)
	}
	w.zalo.SetToken(testbed.OfficeID, "somebody-elses") // the console was used
	if err := send("hai"); !errors.Is(err, token.ErrRefused) {
		t.Errorf("a token of a moment ago: %v", err)
	}
	w.clock.Advance(2 * time.Minute)
	if err := send("hai"); err != nil {
		t.Errorf("later: %v", err)
	}
	w.clock.Advance(26 * time.Hour) // nobody tended: it has expired
	if err := send("ba"); err != nil {
		t.Errorf("after its end: %v", err)
	}
	w.grants(3)
	var texts []string
	for _, m := range w.zalo.Ledger(testbed.OfficeID, testbed.Person) {
		texts = append(texts, m.Text)
	}
	if got := strings.Join(texts, " "); got != "một hai ba" {
		t.Errorf("the person has read %q", got)
	}
}

func TestGivenCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.started(nil)
	const verifier = "canary-verifier-canary-verifier-canary-very"
	sum := sha256.Sum256([]byte(verifier))
	challenge := base64.RawURLEncoding.EncodeToString(sum[:])
	code := w.zalo.AuthorizationCode(testbed.OfficeID, challenge)
	give := func(code, verifier string, want int) {
		t.Helper()
		err := k.GiveCode(t.Context(), testbed.OfficeID, code, verifier)
		if e, ok := errors.AsType[*zalo.Error](err); want == 0 && err != nil || want != 0 && (!ok || e.Code != want) {
			t.Errorf("GiveCode: %v, want %d", err, want)
		}
	}
	give(code, verifier, 0)
	w.good(k)
	give(code, verifier, -118) // used
	w.good(k)
	give(w.zalo.AuthorizationCode(testbed.OfficeID, challenge), "another", -118)
	late := w.zalo.AuthorizationCode(testbed.OfficeID, "")
	w.clock.Advance(11 * time.Minute)
	give(late, "", -118)
	if s := w.trouble(k, nil); s.Generation != 1 || s.How != "code" {
		t.Errorf("Inspect = %+v", s)
	}
	if err := k.GiveCode(t.Context(), "404", code, ""); !errors.Is(err, token.ErrUnknown) {
		t.Errorf("a foreign office: %v", err)
	}
	w.spooled(0)
}

// A refresh that a human overtook leaves the human's tokens alone.
func TestHumanAndRefreshAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(afterSpool)
	human := w.started(func(c *token.Config) { c.Spool = filepath.Join(t.TempDir(), "khác") })
	if err := human.GiveRefresh(t.Context(), testbed.OfficeID, w.zalo.RefreshToken(testbed.OfficeID)); err != nil {
		t.Fatal(err)
	}
	next := w.started(nil)
	w.good(next)
	w.grants(3)
	w.spooled(0)
	w.alarmed("overtaken")
}

// TestNoSecretAnywhere runs good and bad cases and looks for tokens in all that people or disks may see.
func TestNoSecretAnywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disk, path := testbed.Embedded(t, store.Config{}, w.clock.Now)
	w.records = disk
	k := w.given()
	var seen bytes.Buffer
	note := func(what any) { fmt.Fprintf(&seen, "%v %+v %#v\n", what, what, what) }
	w.zalo.ScriptOAuth(fake.Garbage, fake.Limited, fake.None)
	w.clock.Advance(14 * time.Hour)
	tended(w, k, 20, time.Minute)
	note(k.GiveCode(t.Context(), testbed.OfficeID, "fake-code-canary", "fake-verifier-canary"))
	note(k.GiveRefresh(t.Context(), testbed.OfficeID, "fake-refresh-canary"))
	_, err := k.Renew(t.Context(), testbed.OfficeID, "fake-access-canary")
	note(err)
	w.dies0(afterSpool)
	s, err := k.Inspect(t.Context(), testbed.OfficeID)
	note(s)
	note(err)
	note(k)
	slog.New(slog.NewJSONHandler(&seen, nil)).Info("x", "keeper", k, "status", s)
	for kind := range w.counters.All(t) {
		seen.WriteString(kind)
	}
	seen.WriteString(w.log.String())
	for _, file := range append(glob(t, w.spool), path) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen.Write(body)
	}
	for _, secret := range []string{"fake-access", "fake-refresh", "fake-code", "fake-verifier", "canary", appSecret} {
		if bytes.Contains(seen.Bytes(), []byte(secret)) {
			t.Errorf("%q is seen", secret)
		}
	}
	if seen.Len() < 10_000 || len(glob(t, w.spool)) == 0 {
		t.Errorf("there was too little to see: %d bytes", seen.Len())
	}
}

// dies0 gives the office new tokens and kills a process in the middle of the next refresh.
func (w *world) dies0(at point) {
	w.t.Helper()
	w.given()
	w.clock.Advance(14 * time.Hour)
	w.dies(at)
}

func glob(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The store of a running process stays the judge when the process comes back with an old file.
func TestReopened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disk, path := testbed.Embedded(t, store.Config{}, w.clock.Now)
	w.records = disk
	w.given()
	if err := disk.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := embedded.Open(embedded.Config{Path: path, Clock: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	w.records = again
	w.good(w.started(nil))
	w.grants(1)
}

// Run tends at once and at every tick, and ends with its context.
func TestRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.given()
	w.clock.Advance(14 * time.Hour)
	ctx, stop := context.WithCancel(t.Context())
	tick, ended := make(chan time.Time), make(chan struct{})
	go func() { defer close(ended); k.Run(ctx, tick) }()
	testbed.Until(t, "the first refresh", func() bool {
		s, err := k.Inspect(t.Context(), testbed.OfficeID)
		return err == nil && s.Generation == 2
	})
	w.clock.Advance(14 * time.Hour)
	tick <- w.clock.Now()
	testbed.Until(t, "the second refresh", func() bool { return w.zalo.Grants(testbed.OfficeID) == 3 })
	stop()
	<-ended
}

// BenchmarkToken is what every call of the API pays.
func BenchmarkToken(b *testing.B) {
	disk, _ := testbed.Embedded(b, store.Config{}, time.Now)
	k := token.New(token.Config{
		Records: disk, Seal: testbed.Sealer(b, 1), Authority: granting{}, Offices: []string{testbed.OfficeID}, Spool: b.TempDir(),
		Now: time.Now, Log: (&testbed.Log{}).Logger(),
	})
	if err := k.GiveRefresh(b.Context(), testbed.OfficeID, "x"); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := k.Token(b.Context(), testbed.OfficeID); err != nil {
			b.Fatal(err)
		}
	}
}

// granting is an authority that always grants.
type granting struct{}

func (granting) Refresh(context.Context, string) ([]byte, error) {
	return []byte(`{"access_token":"a","refresh_token":"r","expires_in":"90000"}`), nil
}

func (granting) Exchange(context.Context, string, string) ([]byte, error) {
	return nil, errors.New("not asked for")
}

func (granting) PermissionURL() string { return "" }
