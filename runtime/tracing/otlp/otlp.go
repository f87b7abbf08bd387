// Package otlp sends spans to an OpenTelemetry collector over OTLP/HTTP, in batches and beside the work: a collector that is
// slow or gone costs spans, never time of a resident. What a span may say is the work of package tracing.
package otlp

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"hoithoai/runtime/tracing"
)

// Config says where spans go.
type Config struct {
	URL      string        // http://host:port or https://…; without a path /v1/traces is added
	Every    time.Duration // how often a batch leaves at the latest; default 5 s
	Timeout  time.Duration // of one batch; default 5 s
	OnFailed func(error)   // a batch was lost; default: nobody is told
	Now      func() time.Time
}

// Exporter sends spans until it is closed.
type Exporter struct {
	provider *sdk.TracerProvider
	now      func() time.Time
}

// Open prepares an exporter; it does not connect yet.
func Open(ctx context.Context, cfg Config) (*Exporter, error) {
	if err := tracing.CheckURL(cfg.URL); err != nil {
		return nil, err
	}
	if cfg.Every == 0 {
		cfg.Every = 5 * time.Second
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 5 * time.Second
	}
	if cfg.OnFailed == nil {
		cfg.OnFailed = func(error) {}
	}
	to, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint(cfg.URL)), otlptracehttp.WithTimeout(cfg.Timeout),
		otlptracehttp.WithRetry(otlptracehttp.RetryConfig{}))
	if err != nil {
		return nil, fmt.Errorf("open collector: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(cfg.OnFailed)) // the library's own would write to the standard error
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(to, sdk.WithBatchTimeout(cfg.Every), sdk.WithExportTimeout(cfg.Timeout)),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "hoithoai"))),
	)
	return &Exporter{provider, cfg.Now}, nil
}

// endpoint adds the path of the standard to an address without one.
func endpoint(text string) string {
	u, err := url.Parse(text)
	if err == nil && strings.Trim(u.Path, "/") == "" {
		u.Path = "/v1/traces"
		return u.String()
	}
	return text
}

// Spans is what the parts of the program start spans with.
func (e *Exporter) Spans() *tracing.Set { return tracing.New(e.provider.Tracer("hoithoai"), e.now) }

// Close sends what is left, as far as ctx allows, and ends.
func (e *Exporter) Close(ctx context.Context) error {
	if err := e.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("close collector: %w", err)
	}
	return nil
}
