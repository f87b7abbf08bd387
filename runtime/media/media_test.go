package media_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/media"
)

func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }

func pictures(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/anh.jpg", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("jpeg bytes")) })
	mux.HandleFunc("/di-noi-khac", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/anh.jpg", http.StatusFound) })
	mux.HandleFunc("/to", func(w http.ResponseWriter, _ *http.Request) { w.Write(bytes.Repeat([]byte("x"), 4096)) })
	mux.HandleFunc("/mat", http.NotFound)
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

func TestFetchFromAnAllowedNetwork(t *testing.T) {
	t.Parallel()
	srv := pictures(t)
	f := media.New(media.Config{Private: loopback(), Limit: 1024})
	body, err := f.Fetch(context.Background(), srv.URL+"/anh.jpg")
	if err != nil || string(body) != "jpeg bytes" {
		t.Fatalf("Fetch = %q, %v", body, err)
	}
}

func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	srv := pictures(t)
	tests := map[string]struct {
		cfg     media.Config
		address string
		refused bool
	}{
		"loopback by default":   {media.Config{}, srv.URL + "/anh.jpg", true},
		"loopback over https":   {media.Config{}, strings.Replace(srv.URL, "http:", "https:", 1) + "/anh.jpg", true},
		"a name for loopback":   {media.Config{}, strings.Replace(strings.Replace(srv.URL, "http:", "https:", 1), "127.0.0.1", "localhost", 1), true},
		"plain http to a name":  {media.Config{Private: loopback()}, strings.Replace(srv.URL, "127.0.0.1", "localhost", 1), true},
		"cloud metadata":        {media.Config{}, "https://169.254.169.254/latest/meta-data", true},
		"private network":       {media.Config{}, "https://10.0.0.1/", true},
		"IPv6 loopback":         {media.Config{}, "https://[::1]/", true},
		"IPv4 written as IPv6":  {media.Config{}, "https://[::ffff:127.0.0.1]/", true},
		"shared address space":  {media.Config{}, "https://100.64.0.1/", true},
		"file scheme":           {media.Config{Private: loopback()}, "file:///etc/passwd", true},
		"no host":               {media.Config{Private: loopback()}, "https:///x", true},
		"not an address":        {media.Config{Private: loopback()}, "::::", true},
		"control characters":    {media.Config{Private: loopback()}, "https://a\r\nb/", true},
		"redirect":              {media.Config{Private: loopback()}, srv.URL + "/di-noi-khac", false},
		"larger than the limit": {media.Config{Private: loopback(), Limit: 1024}, srv.URL + "/to", true},
		"missing":               {media.Config{Private: loopback()}, srv.URL + "/mat", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, err := media.New(tt.cfg).Fetch(context.Background(), tt.address)
			if err == nil {
				t.Fatalf("Fetch(%q) = %q, want an error", tt.address, body)
			}
			if got := errors.Is(err, media.ErrRefused); got != tt.refused {
				t.Errorf("Fetch(%q): %v; refused = %v, want %v", tt.address, err, got, tt.refused)
			}
		})
	}
}

// A picture of exactly the limit is taken, one of a byte more is not.
func TestLimit(t *testing.T) {
	t.Parallel()
	srv := pictures(t)
	for limit, fits := range map[int64]bool{4095: false, 4096: true, 4097: true} {
		body, err := media.New(media.Config{Private: loopback(), Limit: limit}).Fetch(t.Context(), srv.URL+"/to")
		if (err == nil) != fits || fits && len(body) != 4096 || !fits && !errors.Is(err, media.ErrRefused) {
			t.Errorf("limit %d: %d bytes, %v", limit, len(body), err)
		}
	}
}

// A redirect leads nowhere: the address behind it is not asked, for it may be one of ours.
func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer inside.Close()
	outside := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusTemporaryRedirect))
	defer outside.Close()
	if body, err := media.New(media.Config{Private: loopback()}).Fetch(t.Context(), outside.URL); err == nil || asked.Load() != 0 {
		t.Errorf("%q, %v; behind the redirect %d questions arrive", body, err, asked.Load())
	}
}

// Half a picture is none: a connection that breaks in the middle, and one that never ends.
func TestHalfAPicture(t *testing.T) {
	t.Parallel()
	for name, rest := range map[string]func(*http.Request){
		"cut":         func(*http.Request) { panic(http.ErrAbortHandler) },
		"never ended": func(r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", "100")
				w.Write([]byte("half"))
				http.NewResponseController(w).Flush()
				rest(r)
			}))
			defer srv.Close()
			f := media.New(media.Config{Private: loopback(), Timeout: time.Second})
			if body, err := f.Fetch(t.Context(), srv.URL); err == nil || errors.Is(err, media.ErrRefused) {
				t.Errorf("Fetch = %q, %v", body, err)
			}
		})
	}
}

// What the environment says of proxies does not count: a proxy would be asked for any address, also those inside.
func TestNoProxy(t *testing.T) {
	var asked atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer proxy.Close()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	srv := pictures(t)
	f := media.New(media.Config{Private: loopback()})
	if body, err := f.Fetch(t.Context(), srv.URL+"/anh.jpg"); err != nil || string(body) != "jpeg bytes" {
		t.Errorf("Fetch = %q, %v", body, err)
	}
	if _, err := f.Fetch(t.Context(), "https://10.0.0.1/"); !errors.Is(err, media.ErrRefused) || asked.Load() != 0 {
		t.Errorf("%v; the proxy was asked %d times", err, asked.Load())
	}
}

func FuzzFetchNeverReachesLoopback(f *testing.F) {
	for _, s := range []string{"https://127.0.0.1/", "http://[::]/", "https://0x7f.1/", "https://2130706433/", "//x", "https://user@127.0.0.1:443"} {
		f.Add(s)
	}
	fetcher := media.New(media.Config{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // no packet leaves: only the choice of address is tried
	f.Fuzz(func(t *testing.T, address string) {
		if _, err := fetcher.Fetch(ctx, address); err == nil {
			t.Fatalf("Fetch(%q) succeeded without a network", address)
		}
	})
}
