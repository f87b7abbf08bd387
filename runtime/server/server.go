package server

import (
	"context"
	"errors"
	"fmt"
	"io"
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
// the domain proof on everything else. A method that is not for a path gives 405.
func Handler(r Routes) http.Handler {
	m := mux.NewRouter()
	only(m, r.Webhook, r.Door, http.MethodPost)
	only(m, "/healthz", http.HandlerFunc(alive), http.MethodGet, http.MethodHead)
	only(m, "/readyz", ready(r.Ready), http.MethodGet, http.MethodHead)
	if r.Proof != nil {
		m.PathPrefix("/").Handler(r.Proof).Methods(http.MethodGet, http.MethodHead)
	}
	return m
}

// only serves a path for some methods and refuses the others there, so that no route behind it takes them.
func only(m *mux.Router, path string, h http.Handler, methods ...string) {
	m.Handle(path, h).Methods(methods...)
	m.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Allow"] = methods
		w.WriteHeader(http.StatusMethodNotAllowed)
	})
}

func alive(w http.ResponseWriter, _ *http.Request) { say(w, "ok\n") }

// Unready names what is not well, in words of the program's own ("store, token") that may be told outside.
type Unready string

// Error returns what is not well.
func (u Unready) Error() string { return string(u) }

// ready answers 200 only while everything needed is well, else 503. Outside it is told which part is not well where check
// says so with Unready, and never why: that is for the operator (hoithoai doctor).
func ready(check func(ctx context.Context) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		if err := check(ctx); err != nil {
			text := "not ready"
			if part, ok := errors.AsType[Unready](err); ok {
				text += ": " + string(part)
			}
			http.Error(w, text, http.StatusServiceUnavailable)
			return
		}
		say(w, "ready\n")
	})
}

func say(w http.ResponseWriter, text string) {
	if _, err := io.WriteString(w, text); err != nil {
		return // the reader is gone
	}
}

// grace is how long requests under way may take when the program stops.
const grace = 5 * time.Second

// Serve serves handler on l until ctx ends, then lets requests under way finish for five seconds and cuts those that do not.
// A request that is a stream must end by itself: see Streaming. Slow and oversized requests are cut (design/security.md, threat 5).
func Serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.Background(), stopping{}, ctx.Done())
		},
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
	err := srv.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if err != nil {
		return fmt.Errorf("stop %s: %w", l.Addr(), err)
	}
	return nil
}

// stopping is the key under which a request's context holds the channel that closes when the program stops.
type stopping struct{}

// Streaming returns the context for a request that is answered until somebody goes away: it ends with the request, and when
// the program stops, so that an open page does not hold the program up. The caller calls the function in the end.
func Streaming(r *http.Request) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(r.Context())
	program, _ := ctx.Value(stopping{}).(<-chan struct{}) // nil outside Serve: never closed
	go func() {
		defer cancel()
		select {
		case <-program:
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
