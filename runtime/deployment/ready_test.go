package deployment_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/deployment"
	"hoithoai/runtime/health"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// asked is what /readyz of a deployment says.
func asked(t *testing.T, dep *deployment.Deployment) string {
	t.Helper()
	rec := httptest.NewRecorder()
	dep.Handler(t.Context()).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if text := rec.Body.String(); (rec.Code == http.StatusOK) != (text == "ready\n") {
		t.Errorf("status %d with %q", rec.Code, text)
	}
	return strings.TrimSpace(rec.Body.String())
}

// TestReadyNamesWhatIsNotWell takes one thing after the other away.
func TestReadyNamesWhatIsNotWell(t *testing.T) {
	t.Parallel()
	w, clock := newTown(t), storetest.NewClock()
	var token error
	cfg := w.config(nil)
	cfg.Now = clock.Now
	cfg.Checks = []health.Check{{Name: "token", Needed: true, Ask: func(context.Context) error { return token }}}
	dep := deployment.New(cfg)
	want := func(text string) {
		t.Helper()
		clock.Advance(health.Fresh)
		if got := asked(t, dep); got != text {
			t.Errorf("it says %q, want %q", got, text)
		}
	}
	want("not ready: program")
	if err := dep.Publish(t.Context(), testbed.Small(t)); err != nil {
		t.Fatal(err)
	}
	want("ready")
	token = errors.New("canary: none lives")
	want("not ready: token")
	token = nil
	clock.Advance(time.Minute) // nobody sweeps: Run was never called
	want("not ready: clockwork")
	if err := w.store.(*embedded.Store).Close(); err != nil {
		t.Fatal(err)
	}
	want("not ready: store, clockwork")
	for _, p := range dep.Checks().Report(t.Context()).Parts {
		if p.Name == deployment.CheckClockwork && !strings.Contains(p.Why, "1m") {
			t.Errorf("the operator reads %q", p.Why)
		}
	}
}

// TestSweepingKeepsReady: while it runs, the sweeps of a real clockwork keep it ready, and one whose store is gone does not.
func TestSweepingKeepsReady(t *testing.T) {
	t.Parallel()
	w, clock := newTown(t), storetest.NewClock()
	ticks := make(chan time.Time)
	cfg := w.config(nil)
	cfg.Now = clock.Now
	cfg.Tick = func(time.Duration) (<-chan time.Time, func()) { return ticks, func() {} }
	w.dep = deployment.New(cfg)
	w.publish(testbed.Small(t)).open()
	clock.Advance(time.Minute)
	testbed.Until(t, "a sweep makes it ready", func() bool {
		select {
		case ticks <- clock.Now():
		default:
		}
		return status(t, w.url+"/readyz") == http.StatusOK
	})
}
