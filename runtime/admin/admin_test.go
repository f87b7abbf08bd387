package admin_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/audit"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/depth"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/health"
	"hoithoai/runtime/message"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/token"
	"hoithoai/runtime/waiting"
)

func TestMain(m *testing.M) { testbed.Main(m) }

// desk is what Direct and Client both are.
type desk interface {
	Erasures(ctx context.Context) ([]admin.Erasures, error)
	Letters(ctx context.Context) ([]admin.Letters, error)
	Drop(ctx context.Context, office, id string) (bool, error)
}

// keeping is the rest of them.
type keeping interface {
	Tokens(ctx context.Context) ([]token.Status, error)
	Give(ctx context.Context, office string, g admin.Grant) error
	Health(ctx context.Context) (health.Report, error)
}

var _ = []struct {
	desk
	keeping
}{{&admin.Direct{}, &admin.Direct{}}, {&admin.Client{}, &admin.Client{}}}

// authority is Zalo's token endpoint with answers written down: one refresh token and one code are good.
type authority struct{}

func (authority) Refresh(_ context.Context, refresh string) ([]byte, error) {
	if refresh == "canary-good" {
		return []byte(`{"access_token":"canary-access","refresh_token":"canary-next","expires_in":"90000","refresh_token_expires_in":"7776000"}`), nil
	}
	return []byte(`{"error":-14014,"error_name":"invalid refresh token"}`), nil
}

func (a authority) Exchange(ctx context.Context, code, verifier string) ([]byte, error) {
	if code == "canary-code" && verifier == "v" {
		return a.Refresh(ctx, "canary-good")
	}
	return a.Refresh(ctx, "")
}

func (authority) PermissionURL() string { return "https://example.vn" }

// site is a store with one letter, one open and one done erasure, and a listener before it.
type site struct {
	t      *testing.T
	direct *admin.Direct
	place  admin.Place
	log    *testbed.Log
	book   *audit.File
	books  string // its folder
}

func newSite(t *testing.T, address string) *site {
	t.Helper()
	disk, _ := testbed.Embedded(t, store.Config{}, time.Now)
	sealer := testbed.Sealer(t, 1)
	s := &site{t: t, log: &testbed.Log{}, place: admin.Place{Folder: short(t), Address: address}}
	s.books = t.TempDir()
	s.book = audit.New(audit.Config{Folder: s.books, Key: audit.Key(sealer), Now: time.Now})
	s.direct = &admin.Direct{
		Offices: []string{testbed.OfficeID, "77"},
		Book:    &erasure.Book{Records: disk, Seal: sealer},
		Waits:   &waiting.Book{Records: disk, Seal: sealer},
		Box:     &deadletter.Box{Records: disk, Seal: sealer, Now: time.Now},
		Keeper: token.New(token.Config{
			Records: disk, Seal: sealer, Offices: []string{testbed.OfficeID, "77"}, Spool: filepath.Join(t.TempDir(), "ma"), Replica: "may-1",
			Authority: authority{}, Now: time.Now, Log: s.log.Logger(),
		}),
		Gauge:  depth.Gauge{Store: disk, Partitions: 1, Seal: sealer, Now: time.Now},
		Checks: health.New(time.Now, health.Check{Name: "store", Needed: true, Ask: func(context.Context) error { return store.ErrFull }}),
	}
	if err := s.direct.Keeper.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.fill()
	return s
}

// short is a folder whose path fits a socket.
func short(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "qt")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (s *site) fill() {
	s.t.Helper()
	out := envelope.Out{Address: envelope.Address{Office: testbed.OfficeID, Person: "canary-person"}, At: 1, Message: &message.Message{Text: "canary-words"}}
	if err := s.direct.Box.Keep(s.t.Context(), out, false, errors.New("Zalo refuses: -201")); err != nil {
		s.t.Fatal(err)
	}
	if err := s.direct.Waits.Open(s.t.Context(), waiting.Entry{Office: testbed.OfficeID, Key: "nguoi-cho", Desk: "cu_tru", Since: 5, Gen: 1}); err != nil {
		s.t.Fatal(err)
	}
	for i, key := range []store.Key{"nguoi-mo", "nguoi-xong"} {
		r, err := s.direct.Book.Open(s.t.Context(), store.ID8{byte(i)}, erasure.Request{Office: testbed.OfficeID, Key: key, Kind: erasure.Left, Asked: 5, Due: 9})
		if err == nil && i == 1 {
			err = s.direct.Book.Close(s.t.Context(), r, time.UnixMilli(7))
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// open serves the site and returns a client and what ends the serving.
func (s *site) open() (*admin.Client, func()) {
	s.t.Helper()
	door, err := admin.Listen(s.t.Context(), s.place, rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	handler := admin.Handler(admin.Config{
		Direct: s.direct, Token: door.Token, Log: s.log.Logger(), Audit: s.book, Account: "may",
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hoithoai_events_total 1") }),
	})
	go func() { ended <- errors.Join(server.Serve(ctx, door, handler), door.Leave()) }()
	stop := func() {
		cancel()
		if err := <-ended; err != nil {
			s.t.Error(err)
		}
	}
	c, err := admin.Dial(s.t.Context(), s.place)
	if err != nil {
		s.t.Fatal(err)
	}
	return c, stop
}

// TestClientSaysWhatTheStoreSays asks both for everything, over a socket and over loopback TCP.
func TestClientSaysWhatTheStoreSays(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]string{"socket": "", "loopback": "127.0.0.1:0"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, address)
			c, stop := s.open()
			same(t, "erasures", s.direct.Erasures, c.Erasures)
			same(t, "waiting", s.direct.Waiting, c.Waiting)
			same(t, "letters", s.direct.Letters, c.Letters)
			same(t, "depth", s.direct.Depth, c.Depth)
			same(t, "tokens before", s.direct.Tokens, c.Tokens)
			if err := c.Give(t.Context(), testbed.OfficeID, admin.Grant{Refresh: "canary-wrong"}); err == nil || !strings.Contains(err.Error(), "-14014") {
				t.Errorf("a refused token: %v", err)
			}
			if err := c.Give(t.Context(), testbed.OfficeID, admin.Grant{Refresh: "canary-good"}); err != nil {
				t.Error(err)
			}
			if err := c.Give(t.Context(), "77", admin.Grant{Code: "canary-code", Verifier: "v"}); err != nil {
				t.Error(err)
			}
			if err := c.Give(t.Context(), "78", admin.Grant{Refresh: "canary-good"}); err == nil || !strings.Contains(err.Error(), admin.ErrUnknownOffice.Error()) {
				t.Errorf("an office nobody has: %v", err)
			}
			if err := c.Give(t.Context(), "77", admin.Grant{}); err == nil {
				t.Error("nothing is taken for a token")
			}
			all, err := c.Tokens(t.Context())
			if err != nil || len(all) != 2 || all[0].Generation != 1 || all[0].How != "given" || all[1].How != "code" || all[1].Replica != "may-1" {
				t.Errorf("afterwards: %+v, %v", all, err)
			}
			if r, err := c.Health(t.Context()); err != nil || r.Unready() != "store" || r.Parts[0].Why != store.ErrFull.Error() {
				t.Errorf("health: %+v, %v", r, err)
			}
			dropped(t, s, c)
			stop()
			if _, err := admin.Dial(t.Context(), s.place); !errors.Is(err, admin.ErrNone) {
				t.Errorf("afterwards somebody is there: %v", err)
			}
			if left, err := os.ReadDir(s.place.Folder); err != nil || len(left) > 0 {
				t.Errorf("it leaves %v, %v", left, err)
			}
			if log := s.log.String(); strings.Contains(log, "canary") || strings.Count(log, `"action":"set_token"`) != 4 || strings.Count(log, `"action":"drop_dead_letter"`) != 2 {
				t.Errorf("the log: %s", log)
			}
			if r, err := audit.Verify(t.Context(), audit.Wanted{Folder: s.books, Show: 100}); err != nil || r.Fault != nil || len(r.Shown) != 12 ||
				r.Shown[0].Account != "may" || r.Shown[9].Outcome != audit.Done || r.Shown[11].Outcome != audit.Nothing || r.Shown[1].Outcome != audit.Failed {
				t.Errorf("the audit file: %+v, %v", r, err)
			}
		})
	}
}

func same[T any](t *testing.T, what string, direct, asked func(context.Context) (T, error)) {
	t.Helper()
	want, err := direct(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := asked(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateErrors(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-store +process):\n%s", what, diff)
	}
}

func dropped(t *testing.T, s *site, c *admin.Client) {
	t.Helper()
	all, err := c.Letters(t.Context())
	if err != nil || len(all[0].Letters) != 1 || all[0].Letters[0].ID == "" || !strings.Contains(all[0].Letters[0].Why, "-201") {
		t.Fatalf("letters: %+v, %v", all, err)
	}
	for _, want := range []bool{true, false} {
		if gone, err := c.Drop(t.Context(), testbed.OfficeID, all[0].Letters[0].ID); err != nil || gone != want {
			t.Errorf("drop: %v, %v, want %v", gone, err, want)
		}
	}
	same(t, "letters after the drop", s.direct.Letters, c.Letters)
}

// TestNoSecretLeaves reads every answer as it comes over the wire.
func TestNoSecretLeaves(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:0")
	c, stop := s.open()
	defer stop()
	if err := c.Give(t.Context(), testbed.OfficeID, admin.Grant{Refresh: "canary-good"}); err != nil {
		t.Fatal(err)
	}
	n := s.note()
	for _, path := range []string{"/v1/erasures", "/v1/waiting", "/v1/deadletters", "/v1/depth", "/v1/tokens", "/v1/health", "/v1/hello?nonce=x", "/metrics"} {
		status, body := s.raw(http.MethodGet, path, n.Token, "")
		if status != http.StatusOK || strings.Contains(body, "canary") || strings.Contains(body, n.Token) {
			t.Errorf("GET %s: %d %s", path, status, body)
		}
	}
}

type note struct{ Address, Token string }

func (s *site) note() note {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.place.Folder, "quan-tri.json"))
	var n note
	if err = errors.Join(err, json.Unmarshal(text, &n)); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *site) raw(method, path, token, body string) (int, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, "http://"+s.note().Address+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// TestLoopbackKeepsStrangersOut: without the token nothing but the greeting is answered, and too much is not read.
func TestLoopbackKeepsStrangersOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:0")
	_, stop := s.open()
	defer stop()
	good := s.note().Token
	if raw := len(good); raw < 43 { // 256 bits in base64
		t.Errorf("the token has %d characters", raw)
	}
	for _, tc := range []struct {
		method, path, token, body string
		want                      int
	}{
		{"GET", "/v1/tokens", "", "", 401},
		{"GET", "/v1/tokens", good + "x", "", 401},
		{"GET", "/v1/tokens", good[1:], "", 401},
		{"GET", "/metrics", "", "", 401},
		{"GET", "/v1/archive", "", "", 401},
		{"DELETE", "/v1/deadletters?office=1&id=1", "", "", 401},
		{"GET", "/v1/tokens", good, "", 200},
		{"POST", "/v1/tokens?office=77", good, `{"refresh":"a","code":"b"}`, 400},
		{"POST", "/v1/tokens?office=77", good, `{"khac":"a"}`, 400},
		{"POST", "/v1/tokens?office=77", good, `{"refresh":"` + strings.Repeat("a", 64<<10) + `"}`, 400},
		{"PUT", "/v1/tokens", good, "", 405},
		{"GET", "/v1/khac", good, "", 404},
	} {
		if got, body := s.raw(tc.method, tc.path, tc.token, tc.body); got != tc.want {
			t.Errorf("%s %s with %.5q: %d %s, want %d", tc.method, tc.path, tc.token, got, body, tc.want)
		}
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	for address, name := range map[string]string{"": "quan-tri.sock", "127.0.0.1:0": "quan-tri.json"} {
		s := newSite(t, address)
		_, stop := s.open()
		defer stop()
		info, err := os.Lstat(filepath.Join(s.place.Folder, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", name, info.Mode(), err)
		}
	}
}

// TestLeftByAKilledProcess: what lies there is replaced; a living process is not.
func TestLeftByAKilledProcess(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "127.0.0.1:0"} {
		s := newSite(t, address)
		dead, err := admin.Listen(t.Context(), s.place, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if err := dead.Close(); err != nil { // and never Leave: kill -9
			t.Fatal(err)
		}
		if _, err := admin.Dial(t.Context(), s.place); !errors.Is(err, admin.ErrNone) {
			t.Errorf("%q: the dead answers: %v", address, err)
		}
		c, stop := s.open()
		if _, err := admin.Listen(t.Context(), s.place, rand.Reader); !errors.Is(err, admin.ErrTaken) {
			t.Errorf("%q: a second process: %v", address, err)
		}
		if err := dead.Leave(); err != nil {
			t.Error(err)
		}
		if _, err := c.Letters(t.Context()); err != nil {
			t.Errorf("%q: the dead took the living's place away: %v", address, err)
		}
		stop()
	}
}

// TestStrangerOnTheOldPort: somebody else listens where a killed process did, and is told nothing.
func TestStrangerOnTheOldPort(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:0")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var heard bytes.Buffer
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.Write(&heard)
		io.WriteString(w, `{"Proof":"6e6f"}`)
	})}
	go srv.Serve(l)
	body, err := json.Marshal(map[string]string{"address": l.Addr().String(), "token": "canary-token"})
	if err == nil {
		err = os.WriteFile(filepath.Join(s.place.Folder, "quan-tri.json"), body, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Dial(t.Context(), s.place); !errors.Is(err, admin.ErrNone) {
		t.Errorf("the stranger is believed: %v", err)
	}
	srv.Close()
	if heard.Len() == 0 || strings.Contains(heard.String(), "canary") {
		t.Errorf("the stranger heard %q", heard.String())
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	long := admin.Place{Folder: filepath.Join(short(t), strings.Repeat("d", 100))}
	if !long.IsLoopback() || (admin.Place{Folder: "du-lieu"}).IsLoopback() {
		t.Error("a path too long for a socket must have loopback, a short one a socket")
	}
	if err := os.Mkdir(long.Folder, 0o700); err != nil {
		t.Fatal(err)
	}
	door, err := admin.Listen(t.Context(), long, rand.Reader)
	if err != nil || door.Token == "" {
		t.Fatalf("with a long path: %v", err)
	}
	door.Close()
	file := filepath.Join(short(t), "tep")
	if err := os.WriteFile(file, []byte("quan trọng"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Listen(t.Context(), admin.Place{Address: file}, rand.Reader); err == nil || !strings.Contains(err.Error(), "is no socket") {
		t.Errorf("a file is taken for a socket: %v", err)
	}
	if body, _ := os.ReadFile(file); string(body) != "quan trọng" {
		t.Error("the file is overwritten")
	}
	if _, err := admin.Listen(t.Context(), admin.Place{Folder: short(t), Address: "0.0.0.0:0"}, rand.Reader); err == nil {
		t.Error("it listens for the world")
	}
	if _, err := admin.Listen(t.Context(), admin.Place{Folder: short(t), Address: "127.0.0.1:0"}, strings.NewReader("short")); err == nil {
		t.Error("a token of too little randomness is taken")
	}
}

func TestDamagedNote(t *testing.T) {
	t.Parallel()
	p := admin.Place{Folder: short(t), Address: "127.0.0.1:0"}
	if err := os.WriteFile(filepath.Join(p.Folder, "quan-tri.json"), []byte(`{"address":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Dial(t.Context(), p); err == nil || errors.Is(err, admin.ErrNone) || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged note: %v", err)
	}
}

func TestGrantShowsNothing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "grant", admin.Grant{Refresh: "canary", Code: "canary"})
	g := admin.Grant{Refresh: "canary", Code: "canary", Verifier: "canary"}
	fmt.Fprintf(&b, "%v %+v %#v %s %q", g, g, g, g, &g)
	if strings.Contains(b.String(), "canary") || !strings.Contains(b.String(), "***") {
		t.Error(b.String())
	}
}

func TestNoTokensKept(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.direct.Keeper = nil
	c, stop := s.open()
	defer stop()
	if _, err := c.Tokens(t.Context()); err == nil || !strings.Contains(err.Error(), "app.secret") {
		t.Errorf("tokens: %v", err)
	}
	if err := c.Give(t.Context(), "77", admin.Grant{Refresh: "x"}); err == nil || !strings.Contains(err.Error(), "app.secret") {
		t.Errorf("give: %v", err)
	}
}
