// Package sandbox is the page on which one chats as a resident, without Zalo: it looks like a phone in Zalo, or like a PC
// where buttons are not shown. What one types goes to the fake Zalo, which sends it on as a signed webhook; what the engine
// sends to the fake Zalo appears. Nothing of the path a real message takes is left out.
// It is for the loopback interface only and refuses requests that other pages of a browser may send here.
package sandbox

import (
	"context"
	"embed"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/gorilla/mux"

	"hoithoai/runtime/deployment"
	"hoithoai/runtime/zalo/fake"
)

//go:embed page
var page embed.FS

// Config is what the page needs; every field is required.
type Config struct {
	Zalo     *fake.Server
	Office   string // id of the demonstration office
	Name     string // its name
	Look     func(ctx context.Context, office, person string) (deployment.Glance, error)
	Picture  []byte // what "send a picture" sends
	Document []byte // what "send a file" sends
	Address  string // http://127.0.0.1:port: where Picture and Document are fetched from
}

// Bundle is what the page says of the flows: a line, what is wrong with them, and first words to try (none: the page's own).
type Bundle struct {
	Text     string   `json:"text"`
	Problems string   `json:"problems,omitempty"`
	Hints    []string `json:"hints,omitempty"`
}

// Page serves the sandbox. It is safe for concurrent use.
type Page struct {
	cfg Config

	mu      sync.Mutex
	bundle  Bundle
	changed chan struct{} // closed and replaced when bundle changes
	said    map[string][]line
	people  map[string]chan struct{}
}

// line is one message as the page shows it.
type line struct {
	seq  int // of the fake's ledger before it was said
	text string
}

// New returns the page.
func New(cfg Config) *Page {
	return &Page{cfg: cfg, changed: make(chan struct{}), said: map[string][]line{}, people: map[string]chan struct{}{}}
}

// Tell shows what became of the flows.
func (p *Page) Tell(b Bundle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bundle = b
	close(p.changed)
	p.changed = make(chan struct{})
}

// Handler returns the page, its event stream and its door for what one types.
func (p *Page) Handler() http.Handler {
	files, err := fs.Sub(page, "page")
	if err != nil {
		return http.NotFoundHandler() // cannot be: the folder is embedded
	}
	m := mux.NewRouter()
	m.HandleFunc("/api/send", p.send).Methods(http.MethodPost)
	m.HandleFunc("/api/stream", p.stream).Methods(http.MethodGet)
	m.HandleFunc("/asset/{id}", p.asset).Methods(http.MethodGet)
	m.HandleFunc("/sent/anh.png", serve("image/png", p.cfg.Picture)).Methods(http.MethodGet)
	m.HandleFunc("/sent/tep.pdf", serve("application/pdf", p.cfg.Document)).Methods(http.MethodGet)
	m.PathPrefix("/").Handler(http.FileServerFS(files)).Methods(http.MethodGet)
	return guard(m)
}

// guard keeps other pages out: the name must be a loopback address (DNS rebinding), and what is sent must be JSON from this
// page (a form of another page cannot send JSON without asking first).
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) || !sameOrigin(r) {
			http.Error(w, "trang chạy thử chỉ mở trên máy này", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

func sameOrigin(r *http.Request) bool {
	if r.Method == http.MethodPost && !isJSON(r.Header.Get("Content-Type")) {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}

func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "application/json"
}

func serve(kind string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(w, kind, body) }
}

func write(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	if _, err := w.Write(body); err != nil {
		return // the page is gone
	}
}

// asset shows what the engine uploaded to the fake Zalo. Only what cannot run in a page is named by its kind.
func (p *Page) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := p.cfg.Zalo.Asset(mux.Vars(r)["id"])
	if !ok {
		http.NotFound(w, r)
		return
	}
	kind := http.DetectContentType(a.Data)
	if !strings.HasPrefix(kind, "image/") && kind != "application/pdf" {
		kind = "application/octet-stream"
	}
	write(w, kind, a.Data)
}
