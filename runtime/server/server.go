package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/mux"
)

// Routes is what the listener serves.
type Routes struct {
	Webhook string // path
	Door    http.Handler
	Proof   http.Handler // domain proof: answers false paths with 404 itself; nil: none
	Ready   func(ctx context.Context) error
}

// Handler returns the router of the public listener: the webhook (POST), /healthz (alive), /readyz (able to accept), and
// the domain proof on everything else.
func Handler(r Routes) http.Handler {
	m := mux.NewRouter()
	m.Handle(r.Webhook, r.Door).Methods(http.MethodPost)
	m.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") }).Methods(http.MethodGet)
	m.HandleFunc("/readyz", ready(r.Ready)).Methods(http.MethodGet)
	if r.Proof != nil {
		m.PathPrefix("/").Handler(r.Proof).Methods(http.MethodGet, http.MethodHead)
	}
	return m
}

// ready answers 200 only while events can be made durable; the cause goes to the log of the caller's probe, not outside.
func ready(check func(ctx context.Context) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		if err := check(ctx); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	}
}

// grace is how long requests under way may take when the program stops.
const grace = 5 * time.Second

// Serve serves handler on l until ctx ends, then lets requests under way finish. Slow and oversized requests are cut
// (design/security.md, threat 5).
func Serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop %s: %w", l.Addr(), err)
	}
	return nil
}
