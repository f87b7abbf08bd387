package deployment_test

import (
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/tracing/otlp"
	"hoithoai/runtime/tracing/otlptest"
	"hoithoai/runtime/zalo"
)

// TestOneMessageIsOneTrace follows a message from the webhook over the store to Zalo, through a real collector: every part is the
// child of the one before it, and nothing that is sent names the person or says their words.
func TestOneMessageIsOneTrace(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	e, err := otlp.Open(t.Context(), otlp.Config{URL: c.URL, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := newTown(t)
	cfg := w.config(delivery.New(delivery.Config{
		Client:  w.zalo.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: w.zalo.Assets}},
		Now:     time.Now, Log: w.log.Logger(), Metrics: w.counters.Set,
	}))
	cfg.Spans = e.Spans()
	w.dep = deployment.New(cfg)
	w.publish(testbed.Small(t)).open()
	w.push(w.person().Text("hỏi thăm CANARY-CHUYEN"))
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	parts := map[string]otlptest.Span{}
	for _, s := range c.Spans() {
		if _, twice := parts[s.Name]; !twice {
			parts[s.Name] = s
		}
	}
	parent := ""
	for _, name := range []string{tracing.Accept, tracing.Step, tracing.Commit, tracing.Send} {
		s, ok := parts[name]
		if !ok || s.Parent != parent || s.Trace != parts[tracing.Accept].Trace || s.Failed {
			t.Errorf("%s is %+v, want a child of %q in the trace %s", name, s, parent, parts[tracing.Accept].Trace)
		}
		parent = s.ID
	}
	if parts[tracing.Accept].Attributes["status"] != "event_accepted" || parts[tracing.Send].Attributes["outcome"] != "done" {
		t.Errorf("the spans say %+v", parts)
	}
	for _, canary := range []string{"CANARY", "CHUYEN", testbed.Person, string(w.seal.Person(testbed.OfficeID, testbed.Person))} {
		if strings.Contains(c.Raw(), canary) {
			t.Errorf("the collector was told %s", canary)
		}
	}
}
