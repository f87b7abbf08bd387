package testbed

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	"hoithoai/runtime/zalo/fake"
)

// headerCall numbers the calls of an Impatient client.
const headerCall = "X-Testbed-Call"

// Impatient is the way to a fake Zalo over a real HTTP server, on which a call that the fake will never answer ends at once as
// it would by a time-out. No test waits for a time-out, and none depends on how long one is. It is safe for concurrent use.
type Impatient struct {
	URL  string
	next http.RoundTripper

	mu    sync.Mutex
	calls map[string]context.CancelCauseFunc
	last  int
}

// NewImpatient serves api until the end of the test.
func NewImpatient(t testing.TB, api http.Handler) *Impatient {
	i := &Impatient{calls: map[string]context.CancelCauseFunc{}}
	server := httptest.NewServer(fake.OnHang(api, i.hung))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	i.URL, i.next = server.URL, server.Client().Transport
	return i
}

// timeoutError is what a call gets that is never answered.
type timeoutError struct{ error }

// Timeout reports that it is one.
func (timeoutError) Timeout() bool { return true }

// Temporary completes net.Error.
func (timeoutError) Temporary() bool { return true }

var errHung error = timeoutError{errors.New("the fake does not answer")}

// RoundTrip makes a call and reads the whole answer.
func (i *Impatient) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	r = r.Clone(ctx)
	name := i.enter(cancel)
	defer i.leave(name)
	r.Header.Set(headerCall, name)
	res, err := i.next.RoundTrip(r)
	if err != nil {
		return nil, hungOr(ctx, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, hungOr(ctx, err)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}

func hungOr(ctx context.Context, err error) error {
	if context.Cause(ctx) == errHung {
		return errHung
	}
	return err
}

func (i *Impatient) enter(cancel context.CancelCauseFunc) string {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last++
	name := strconv.Itoa(i.last)
	i.calls[name] = cancel
	return name
}

func (i *Impatient) leave(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.calls, name)
}

// hung ends a call that the fake will not answer.
func (i *Impatient) hung(r *http.Request) {
	i.mu.Lock()
	cancel := i.calls[r.Header.Get(headerCall)]
	i.mu.Unlock()
	if cancel != nil {
		cancel(errHung)
	}
}
