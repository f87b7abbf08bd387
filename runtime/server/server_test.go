package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/server"
	"hoithoai/runtime/zalo"
)

// public is the listener's handler with a door that says it was reached.
func public(ready error, proof http.Handler) http.Handler {
	door := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	return server.Handler(server.Routes{
		Webhook: webhook, Door: door, Proof: proof, Ready: func(context.Context) error { return ready },
	})
}

func proof() http.Handler {
	p := zalo.DomainProof{Codes: []string{"ABC-1"}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			p.ServeRoot(w, r)
			return
		}
		p.ServeFile(w, r)
	})
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		method, path string
		proof        http.Handler
		ready        error
		status       int
		body         string
	}{
		{"POST", webhook, nil, nil, 418, ""},
		{"POST", webhook, proof(), nil, 418, ""},
		{"GET", webhook, nil, nil, 405, ""},
		{"GET", webhook, proof(), nil, 405, ""}, // the proof must not take it
		{"PUT", webhook, proof(), nil, 405, ""},
		{"GET", "/healthz", proof(), nil, 200, "ok"},
		{"HEAD", "/healthz", proof(), nil, 200, ""},
		{"POST", "/healthz", nil, nil, 405, ""},
		{"GET", "/healthz", nil, errors.New("the disk is full"), 200, "ok"}, // alive is not ready
		{"GET", "/readyz", nil, nil, 200, "ready"},
		{"GET", "/readyz", nil, errors.New("the disk is full"), 503, "not ready"},
		{"GET", "/readyz", nil, fmt.Errorf("ask: %w", errors.Join(server.Unready("store, token"), errors.New("disk"))), 503, "not ready: store, token\n"},
		{"GET", "/zalo_verifierABC-1.html", proof(), nil, 200, "ABC-1"},
		{"GET", "/", proof(), nil, 200, `content="ABC-1"`},
		{"GET", "/zalo_verifierXYZ.html", proof(), nil, 404, ""},
		{"GET", "/zalo_verifierABC-1.html", nil, nil, 404, ""},
		{"GET", "/khac", nil, nil, 404, ""},
		{"POST", "/", proof(), nil, 405, ""},
	} {
		w := httptest.NewRecorder()
		public(tc.ready, tc.proof).ServeHTTP(w, httptest.NewRequest(tc.method, tc.path, nil))
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.body) {
			t.Errorf("%s %s (proof %v): %d %q, want %d %q", tc.method, tc.path, tc.proof != nil, w.Code, w.Body, tc.status, tc.body)
		}
		if w.Code == 503 && strings.Contains(w.Body.String(), "disk") {
			t.Errorf("the cause is told outside: %q", w.Body)
		}
		if w.Code == 405 && tc.path != "/" && w.Header().Get("Allow") == "" {
			t.Errorf("%s %s does not say what is allowed", tc.method, tc.path)
		}
	}
}

// served is a server that runs until the test ends it.
type served struct {
	t       *testing.T
	address string
	stop    context.CancelFunc
	ended   chan error
}

func serve(t *testing.T, h http.Handler) *served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &served{t: t, address: l.Addr().String(), stop: stop, ended: make(chan error, 1)}
	go func() { s.ended <- server.Serve(ctx, l, h) }()
	t.Cleanup(stop)
	return s
}

// end waits for the server and returns its error.
func (s *served) end() error {
	s.t.Helper()
	select {
	case err := <-s.ended:
		return err
	case <-time.After(time.Minute):
		s.t.Fatal("the server never ends")
		return nil
	}
}

func TestServeFinishesRequests(t *testing.T) {
	t.Parallel()
	arrived, goOn := make(chan struct{}), make(chan struct{})
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-goOn
		if r.Context().Err() == nil {
			fmt.Fprint(w, "xong")
		}
	}))
	answer := make(chan string, 1)
	go func() { answer <- get(s.address) }()
	<-arrived
	s.stop()
	close(goOn)
	if got := <-answer; got != "xong" {
		t.Errorf("the request under way got %q", got)
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
	if got := get(s.address); got == "xong" {
		t.Error("the server still answers")
	}
}

// get returns the body of a page, or the error.
func get(address string) string {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get("http://" + address)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// A page that streams ends with the program: it does not hold it up for the time that requests get.
func TestStreamEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, end := server.Streaming(r)
		defer end()
		fmt.Fprintln(w, "đầu")
		http.NewResponseController(w).Flush()
		<-ctx.Done()
		fmt.Fprintln(w, "cuối")
	}))
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.0\r\n\r\n")
	in := bufio.NewReader(conn)
	for line := ""; !strings.HasPrefix(line, "đầu"); {
		if line, err = in.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	s.stop()
	rest, err := io.ReadAll(in)
	if err != nil || !strings.Contains(string(rest), "cuối") {
		t.Errorf("the stream ends with %q, %v", rest, err)
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
}

func TestStreamEndsWithTheReader(t *testing.T) {
	t.Parallel()
	arrived, ended := make(chan struct{}), make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		ctx, end := server.Streaming(r)
		defer end()
		close(arrived)
		<-ctx.Done()
		close(ended)
	}))
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-arrived
		cancel()
	}()
	if res, err := http.DefaultClient.Do(req); err == nil {
		res.Body.Close()
	}
	<-ended
}

func TestServeOnAListenerThatIsGone(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := server.Serve(t.Context(), l, http.NotFoundHandler()); err == nil {
		t.Error("no error")
	}
}
