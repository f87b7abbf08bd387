// Package testbed is what the tests of the outer runtime share: a small bundle that touches everything the runtime must carry
// (choices, several bubbles, files, timers, tasks, secrets, words that may not be kept), an office, keys, a log one can search,
// counters one can read, a fake Zalo over HTTP, a store that fails on demand, and a look for goroutines left behind.
//
// It is for tests only; nothing of the program imports it.
package testbed

import (
	"bytes"
	"context"
	"crypto/rand"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// The names the tests use. They mean nothing outside.
const (
	OfficeID = "3886132808788086450"
	Person   = "7700000000000001"
	App      = "3608465249409039670"
	Secret   = "thu-bi-mat"
	Token    = "thu-ma"
	Phone    = "028 3829 0000" // of the office
)

//go:embed bundle tasked
var flows embed.FS

// Files returns the files of the small bundle by name; with task also a flow that calls the task ghi, which a deployment has
// no handler for.
func Files(t testing.TB, task bool) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range []string{"bundle", "tasked"} {
		if folder == "tasked" && !task {
			continue
		}
		entries, err := flows.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			body, err := flows.ReadFile(folder + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			files[e.Name()] = string(body)
		}
	}
	return files
}

// FS is a folder that holds files.
func FS(files map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// Load compiles files as one bundle; any finding that refuses it fails the test.
func Load(t testing.TB, files map[string]string) dsl.Result {
	t.Helper()
	loaded, err := dsl.Load(FS(files), dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Program == nil {
		t.Fatalf("the bundle has errors: %v", loaded.Diagnostics)
	}
	return loaded
}

// Small compiles the small bundle.
func Small(t testing.TB) dsl.Result {
	t.Helper()
	return Load(t, Files(t, false))
}

// Office is the office of the tests.
func Office() *office.Office {
	of := office.Demo()
	of.ID, of.Fields["truc_ban"], of.Fields["nhan_tin"] = OfficeID, Phone, "age"
	return of
}

// Sealer returns a sealer whose keys are made of one byte: the same byte gives the same keys.
func Sealer(t testing.TB, key byte) *seal.Sealer {
	t.Helper()
	secret := seal.NewSecret(bytes.Repeat([]byte{key}, seal.KeySize))
	s, err := seal.New(seal.Keys{Ring: map[byte]seal.Secret{1: secret}, Names: seal.NewSecret(bytes.Repeat([]byte{1}, seal.KeySize))}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Embedded opens the real store on disk and returns it with its file.
func Embedded(t testing.TB, cfg store.Config, now func() time.Time) (*embedded.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kho.db")
	s, err := embedded.Open(embedded.Config{Path: path, Clock: now, Store: cfg})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, path
}

// Log is a log that is kept in memory. It is safe for concurrent use.
type Log struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write keeps a line.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// String returns everything that was logged.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Logger returns a logger that writes every level to l.
func (l *Log) Logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Counters is the metrics of one test.
type Counters struct {
	*metrics.Set
	reg *prometheus.Registry
}

// NewCounters returns metrics at zero.
func NewCounters() Counters {
	reg := prometheus.NewRegistry()
	return Counters{Set: metrics.New(reg), reg: reg}
}

// Count returns how often kind was counted.
func (c Counters) Count(t testing.TB, kind string) int {
	t.Helper()
	return c.All(t)[kind]
}

// All returns every counter that is not zero, by kind.
func (c Counters) All(t testing.TB) map[string]int {
	t.Helper()
	families, err := c.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if m.GetCounter() != nil {
				out[m.GetLabel()[0].GetValue()] = int(m.GetCounter().GetValue())
			}
		}
	}
	return out
}

// Zalo is the fake Zalo behind a real HTTP server, and a client for it.
type Zalo struct {
	*fake.Server
	Client *zalo.Client
	Assets *zalo.AssetCache
}

// NewZalo starts a fake Zalo for the office of the tests. change may alter its configuration.
func NewZalo(t testing.TB, now func() time.Time, change func(*fake.Config)) *Zalo {
	t.Helper()
	cfg := fake.Config{
		AppID: App, Secret: Secret, Offices: map[string]string{OfficeID: Token}, Now: now, Echo: fake.EchoNever, NoWindow: true,
	}
	if change != nil {
		change(&cfg)
	}
	z := &Zalo{Server: fake.New(cfg), Assets: zalo.NewAssetCache(now)}
	t.Cleanup(z.Wait)
	api := NewImpatient(t, z.Server)
	z.Client = zalo.NewClient(zalo.ClientConfig{
		BaseURL: api.URL, Tokens: zalo.StaticTokens{OfficeID: Token}, Timeout: patience, Transport: api,
	})
	return z
}

// Deliver hands a webhook to the door at an address and returns its status, 0 when there is no answer. It waits as long as it takes,
// where Zalo (fake.Post) hangs up after two seconds.
func Deliver(ctx context.Context, address string, w fake.Webhook) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(w.Body))
	if err != nil {
		return 0
	}
	req.Header = w.Header.Clone()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	return res.StatusCode
}

// Texts returns what a person of the office has read, attachments as "(kind)".
func (z *Zalo) Texts(person string) []string {
	var out []string
	for _, m := range z.Ledger(OfficeID, person) {
		if m.Text == "" {
			out = append(out, "("+m.Kind+")")
			continue
		}
		out = append(out, m.Text)
	}
	return out
}

// Still is a ticker that never ticks.
func Still(time.Duration) (<-chan time.Time, func()) { return nil, func() {} }

// Until waits for something that another goroutine brings about, and fails the test when it does not come.
func Until(t testing.TB, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("never came: %s", what)
		}
	}
}
