package otlp_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/tracing/otlp"
	"hoithoai/runtime/tracing/otlptest"
)

// Tests here do not run beside each other: the library has one handler of errors for the whole process.

func open(t *testing.T, cfg otlp.Config) *otlp.Exporter {
	t.Helper()
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	e, err := otlp.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestSpansReachTheCollector: four parts of one event, each the child of the one before it, linked as they are in the store.
func TestSpansReachTheCollector(t *testing.T) {
	c, clock := otlptest.Start(t), storetest.NewClock()
	e := open(t, otlp.Config{URL: c.URL, Now: clock.Now})
	link := ""
	for i, part := range []string{tracing.Accept, tracing.Step, tracing.Commit, tracing.Send} {
		s := e.Spans().Start(part, link) // each part may be in another process
		clock.Advance(time.Duration(i+1) * time.Millisecond)
		s.Say("status", "accepted")
		s.Say("text", "CANARY")
		s.Say("outcome", strings.Repeat("CANARY", 20))
		s.Count("messages", 2)
		s.Count("phone", 912345678)
		if link = s.Link(); len(link) != 55 {
			t.Errorf("the link is %q", link)
		}
		var err error
		if part == tracing.Send {
			err = errors.New("CANARY did not answer")
		}
		s.End(err)
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	spans := c.Spans()
	if len(spans) != 4 || strings.Contains(c.Raw(), "CANARY") || strings.Contains(c.Raw(), "phone") {
		t.Fatalf("the collector has %+v", spans)
	}
	parent := ""
	for i, s := range spans {
		if s.Parent != parent || s.Trace != spans[0].Trace || s.Trace == "" || s.Nanos != uint64(i+1)*1e6 || s.Failed != (i == 3) {
			t.Errorf("span %d is %+v, want a child of %q", i, s, parent)
		}
		if len(s.Attributes) != 2 || s.Attributes["status"] != "accepted" || s.Attributes["messages"] != "2" {
			t.Errorf("span %d says %v", i, s.Attributes)
		}
		parent = s.ID
	}
}

// TestCollectorThatIsGone costs spans and nothing else, and is told.
func TestCollectorThatIsGone(t *testing.T) {
	refuses := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) }))
	defer refuses.Close()
	told := make(chan error, 10)
	e := open(t, otlp.Config{URL: refuses.URL + "/v1/traces", Every: time.Millisecond, OnFailed: func(err error) { told <- err }})
	e.Spans().Start(tracing.Accept, "").End(nil)
	if err := <-told; err == nil {
		t.Error("nothing is told")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := e.Close(ctx); err != nil {
		t.Errorf("closing: %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for _, bad := range []string{"", "127.0.0.1:4318", "ftp://a", "http://", "http://a b", "://"} {
		if _, err := otlp.Open(t.Context(), otlp.Config{URL: bad, Now: time.Now}); err == nil || !strings.Contains(err.Error(), "4318") {
			t.Errorf("%q gives %v", bad, err)
		}
	}
	for _, good := range []string{"http://127.0.0.1:4318", "https://thu.gom.vn/otlp/v1/traces"} {
		if err := tracing.CheckURL(good); err != nil {
			t.Errorf("%q gives %v", good, err)
		}
	}
}
