package main

import (
	"context"
	"time"

	"hoithoai/runtime/config"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/tracing/otlp"
)

// lastSpans is how long the end of the program waits for the last spans to leave.
const lastSpans = 5 * time.Second

// collector is the way to where spans go; nil where the configuration names none.
type collector struct {
	exporter *otlp.Exporter
}

// collect prepares the way to the collector of a configuration. Lost spans are a line in the log, not more.
func (a *app) collect(d config.Deployment) (*collector, error) {
	if d.Otel == "" {
		return nil, nil
	}
	log := a.logger()
	e, err := otlp.Open(context.Background(), otlp.Config{URL: d.Otel, Now: a.now, OnFailed: func(err error) {
		log.Warn("spans are lost; residents are served all the same", "error", err)
	}})
	if err != nil {
		return nil, err
	}
	return &collector{e}, nil
}

func (c *collector) spans() *tracing.Set {
	if c == nil {
		return nil
	}
	return c.exporter.Spans()
}

// close sends what is left.
func (c *collector) close() {
	if c == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastSpans)
	defer cancel()
	_ = c.exporter.Close(ctx) // the log has it already
}
