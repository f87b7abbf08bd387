package fake

import (
	"context"
	"net/http"
)

// hungKey is the key of a context under which OnHang keeps what it was given.
type hungKey struct{}

// OnHang returns next, which tells hung of every call that it will never answer (Hang, HangAfter), once it has done what it does
// of it. A caller that gives such a call up at that moment needs no time-out, whose length would be a guess about the machine.
func OnHang(next http.Handler, hung func(r *http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), hungKey{}, hung)))
	})
}

// hang holds a call until its caller has gone.
func hang(r *http.Request) {
	if hung, ok := r.Context().Value(hungKey{}).(func(*http.Request)); ok {
		hung(r)
	}
	<-r.Context().Done()
}
