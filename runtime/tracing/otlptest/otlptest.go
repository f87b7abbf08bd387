// Package otlptest is a collector for tests: it takes spans over OTLP/HTTP as a real one does, and keeps them. It is for tests
// only.
package otlptest

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Span is one span as it came over the wire.
type Span struct {
	Name       string
	Trace      string // hex
	ID         string // hex
	Parent     string // hex; "" for none
	Failed     bool
	Nanos      uint64 // how long it took
	Attributes map[string]string
}

// Collector keeps what is sent to it. It is safe for concurrent use.
type Collector struct {
	URL string

	mu    sync.Mutex
	spans []Span
	raw   strings.Builder
}

// Start starts a collector that ends with the test.
func Start(tb testing.TB) *Collector {
	tb.Helper()
	c := &Collector{}
	s := httptest.NewServer(c)
	tb.Cleanup(s.Close)
	c.URL = s.URL
	return c
}

// ServeHTTP takes a batch.
func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var batch collector.ExportTraceServiceRequest
	if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, &batch) != nil {
		http.Error(w, "no batch of spans", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw.Write(body)
	for _, rs := range batch.GetResourceSpans() {
		for _, ss := range rs.GetScopeSpans() {
			for _, s := range ss.GetSpans() {
				c.spans = append(c.spans, read(s))
			}
		}
	}
}

func read(s *trace.Span) Span {
	out := Span{
		Name: s.GetName(), Trace: hex.EncodeToString(s.GetTraceId()), ID: hex.EncodeToString(s.GetSpanId()),
		Parent: hex.EncodeToString(s.GetParentSpanId()), Failed: s.GetStatus().GetCode() == trace.Status_STATUS_CODE_ERROR,
		Nanos: s.GetEndTimeUnixNano() - s.GetStartTimeUnixNano(), Attributes: map[string]string{},
	}
	for _, a := range s.GetAttributes() {
		out.Attributes[a.GetKey()] = value(a.GetValue())
	}
	return out
}

func value(v *common.AnyValue) string {
	if s, ok := v.GetValue().(*common.AnyValue_StringValue); ok {
		return s.StringValue
	}
	return fmt.Sprint(v.GetIntValue())
}

// Spans returns what came so far, in the order of arrival.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.spans)
}

// Raw returns every byte that came.
func (c *Collector) Raw() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}
