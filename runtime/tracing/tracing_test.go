package tracing_test

import (
	"testing"

	"go.opentelemetry.io/otel/trace/noop"

	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/tracing"
)

func TestOffSaysNothing(t *testing.T) { // counts allocations, so nothing may run beside it
	var off *tracing.Set
	s := off.Start(tracing.Step, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	s.Say("status", "accepted")
	s.Count("messages", 1)
	if link := s.Link(); link != "" || s != (tracing.Span{}) {
		t.Errorf("a span that is none has the link %q", link)
	}
	s.End(nil)
	if n := testing.AllocsPerRun(100, func() { whole(off) }); n != 0 {
		t.Errorf("tracing that is off takes %v allocations an event", n)
	}
}

// TestDamagedLinks begin anew: what lies in the store may be of another version.
func TestDamagedLinks(t *testing.T) {
	t.Parallel()
	s := tracing.New(noop.NewTracerProvider().Tracer(""), storetest.NewClock().Now)
	for _, link := range []string{"x", "00-00-00-00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"} {
		span := s.Start(tracing.Step, link)
		if got := span.Link(); got != "" {
			t.Errorf("%q is taken on as %q", link, got)
		}
		span.End(nil)
	}
	const whole = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	if got := s.Start(tracing.Step, whole).Link(); got != whole {
		t.Errorf("a link is taken on as %q", got)
	}
}

// whole is all that is said of one event.
func whole(s *tracing.Set) {
	link := ""
	for _, part := range [...]string{tracing.Accept, tracing.Step, tracing.Commit, tracing.Send} {
		p := s.Start(part, link)
		p.Say("status", "accepted")
		p.Count("messages", 1)
		link = p.Link()
		p.End(nil)
	}
}

// BenchmarkEvent is what an event costs while nobody traces, beside what it costs with spans nobody keeps.
func BenchmarkEvent(b *testing.B) {
	for name, s := range map[string]*tracing.Set{"off": nil, "on": tracing.New(noop.NewTracerProvider().Tracer(""), storetest.NewClock().Now)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				whole(s)
			}
		})
	}
}
