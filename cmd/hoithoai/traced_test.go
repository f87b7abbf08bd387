package main

import (
	"strings"
	"testing"

	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/tracing"
	"hoithoai/runtime/tracing/otlptest"
)

// TestServeTraces sends spans where the configuration says, from a real process over a real Redis, also those of its last moment.
func TestServeTraces(t *testing.T) {
	t.Parallel()
	c := otlptest.Start(t)
	s := serveTwo(t, "otel = \""+c.URL+"\"\n[store]\nurl = { env = \"REDIS_URL\" }\n", "", "REDIS_URL="+redistest.Start(t).URL())
	s.say(firstOffice, "903", "tạm trú", "Công an phường Một")
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
	await(t, "the spans are there", func() bool { return len(c.Spans()) >= 4 })
	traces := map[string][]string{}
	for _, span := range c.Spans() {
		traces[span.Trace] = append(traces[span.Trace], span.Name)
	}
	for _, parts := range traces {
		all := strings.Join(parts, " ")
		if strings.Contains(all, tracing.Accept) && strings.Contains(all, tracing.Step) && strings.Contains(all, tracing.Commit) && strings.Contains(all, tracing.Send) {
			return
		}
	}
	t.Errorf("no trace has every part: %v", traces)
}

// TestServeWithoutACollector: spans that nobody takes cost spans, and no resident an answer.
func TestServeWithoutACollector(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "otel = \"http://"+freePort(t)+"\"\n", "")
	s.say(firstOffice, "904", "tạm trú", "Công an phường Một")
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
}
