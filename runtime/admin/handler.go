package admin

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"hoithoai/runtime/audit"
	"hoithoai/runtime/token"
)

// maxBody is more than any request needs.
const maxBody = 32 << 10

// forHeader names on whose behalf the account acts, as it says itself.
const forHeader = "Hoithoai-For"

// workLimit is how long one request may work.
const workLimit = 45 * time.Second

// Config is what the handler needs; every field but Token and Metrics is required.
type Config struct {
	Direct  *Direct
	Token   string       // see Door.Token; "": the listener itself keeps strangers out
	Metrics http.Handler // served at /metrics
	Log     *slog.Logger // of changes, one line each
	Audit   *audit.File  // of changes, see Noted
	Account string       // who serves: the one account that may come in

	Reloader Reloader // nil: what is served stays as it is
}

type (
	greeting struct{ Proof string }
	dropped  struct{ Dropped bool }
	done     struct{}
	refusal  struct{ Error string }
)

// tokenStatus is a token.Status whose trouble can travel.
type tokenStatus struct {
	token.Status
	Trouble string
}

// troubles are the sentinels of token.Status.Trouble by what they are called on the way.
var troubles = map[string]error{
	"missing": token.ErrMissing, "reauthorise": token.ErrReauthorise, "waiting": token.ErrWaiting, "busy": token.ErrBusy,
}

func wired(s token.Status) tokenStatus {
	w := tokenStatus{Status: s}
	w.Status.Trouble = nil
	for name, err := range troubles {
		if errors.Is(s.Trouble, err) {
			w.Trouble = name
			return w
		}
	}
	if s.Trouble != nil {
		w.Trouble = s.Trouble.Error()
	}
	return w
}

func (w tokenStatus) status() token.Status {
	s := w.Status
	if s.Trouble = troubles[w.Trouble]; s.Trouble == nil && w.Trouble != "" {
		s.Trouble = errors.New(w.Trouble)
	}
	return s
}

type handler struct{ cfg Config }

// Handler returns the routes of the admin listener. Give it a Door and nothing else.
func Handler(cfg Config) http.Handler {
	h := handler{cfg}
	m := mux.NewRouter()
	m.Handle("/v1/hello", bounded(http.HandlerFunc(h.hello))).Methods(http.MethodGet)
	m.Handle("/v1/archive", h.known(http.HandlerFunc(h.archive))).Methods(http.MethodGet) // as long as it takes
	in := m.NewRoute().Subrouter()
	in.Use(bounded, h.known)
	in.HandleFunc("/v1/erasures", h.erasures).Methods(http.MethodGet)
	in.HandleFunc("/v1/waiting", h.waiting).Methods(http.MethodGet)
	in.HandleFunc("/v1/deadletters", h.letters).Methods(http.MethodGet)
	in.HandleFunc("/v1/deadletters", h.drop).Methods(http.MethodDelete)
	in.HandleFunc("/v1/misses", h.misses).Methods(http.MethodGet)
	in.HandleFunc("/v1/misses", h.dropMiss).Methods(http.MethodDelete)
	in.HandleFunc("/v1/tokens", h.tokens).Methods(http.MethodGet)
	in.HandleFunc("/v1/tokens", h.give).Methods(http.MethodPost)
	in.HandleFunc("/v1/health", h.health).Methods(http.MethodGet)
	in.HandleFunc("/v1/depth", h.depth).Methods(http.MethodGet)
	in.HandleFunc("/v1/reload", h.reload).Methods(http.MethodPost)
	in.HandleFunc("/v1/reload", h.lastReload).Methods(http.MethodGet)
	if cfg.Metrics != nil {
		in.Handle("/metrics", cfg.Metrics).Methods(http.MethodGet)
	}
	return m
}

// bounded limits the size of a request and the time it may take.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), workLimit)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// known lets in who has the token. Digests are compared, so that not even the length of a guess shows.
func (h handler) known(next http.Handler) http.Handler {
	want := sha256.Sum256([]byte(h.cfg.Token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		got := sha256.Sum256([]byte(given))
		if h.cfg.Token != "" && (!ok || subtle.ConstantTimeCompare(got[:], want[:]) != 1) {
			refuse(w, http.StatusUnauthorized, errors.New("the token is missing or wrong"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (h handler) hello(w http.ResponseWriter, r *http.Request) {
	answer(w, greeting{proof(h.cfg.Token, r.URL.Query().Get("nonce"))}, nil)
}

func (h handler) erasures(w http.ResponseWriter, r *http.Request) {
	all, err := h.cfg.Direct.Erasures(r.Context())
	answer(w, all, err)
}

func (h handler) waiting(w http.ResponseWriter, r *http.Request) {
	all, err := h.cfg.Direct.Waiting(r.Context())
	answer(w, all, err)
}

func (h handler) letters(w http.ResponseWriter, r *http.Request) {
	all, err := h.cfg.Direct.Letters(r.Context())
	answer(w, all, err)
}

func (h handler) drop(w http.ResponseWriter, r *http.Request) {
	office, id := r.URL.Query().Get("office"), r.URL.Query().Get("id")
	gone, err := h.noted(r).Drop(r.Context(), office, id)
	answer(w, dropped{gone}, err)
}

func (h handler) tokens(w http.ResponseWriter, r *http.Request) {
	all, err := h.cfg.Direct.Tokens(r.Context())
	wire := make([]tokenStatus, 0, len(all))
	for _, s := range all {
		wire = append(wire, wired(s))
	}
	answer(w, wire, err)
}

func (h handler) give(w http.ResponseWriter, r *http.Request) {
	var g Grant
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&g); err != nil || (g.Refresh == "") == (g.Code == "") {
		refuse(w, http.StatusBadRequest, errors.New("want a refresh token or an authorization code")) // the error may quote a secret
		return
	}
	office := r.URL.Query().Get("office")
	err := h.noted(r).Give(r.Context(), office, g)
	answer(w, done{}, err)
}

func (h handler) health(w http.ResponseWriter, r *http.Request) {
	report, err := h.cfg.Direct.Health(r.Context())
	answer(w, report, err)
}

// noted is what changes the deployment for a request.
func (h handler) noted(r *http.Request) Noted {
	return Noted{Direct: h.cfg.Direct, File: h.cfg.Audit, Log: h.cfg.Log, Account: h.cfg.Account, For: r.Header.Get(forHeader)}
}

func answer(w http.ResponseWriter, body any, err error) {
	switch {
	case errors.Is(err, ErrUnknownOffice):
		refuse(w, http.StatusNotFound, err)
	case errors.Is(err, ErrNoTokens):
		refuse(w, http.StatusConflict, err)
	case err != nil:
		refuse(w, http.StatusBadGateway, err)
	default:
		write(w, http.StatusOK, body)
	}
}

func refuse(w http.ResponseWriter, status int, err error) { write(w, status, refusal{err.Error()}) }

func write(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		http.Error(w, fmt.Sprintf("encode answer: %v", err), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if _, err := w.Write(text); err != nil {
		return // the reader is gone
	}
}
