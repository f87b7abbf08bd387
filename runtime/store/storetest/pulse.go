package storetest

import (
	"strings"
	"time"

	"hoithoai/runtime/store"
)

func pulseTests() []test {
	return []test{
		{name: "what was never done has no time", run: pulseNever},
		{name: "the last time counts", run: pulseLast},
		{name: "names that no engine takes", run: pulseNames},
	}
}

// beats reads a pulse, which must be at want, zero for never.
func (b *bed) beats(what string, want time.Time) {
	b.Helper()
	last, now, err := b.engine.LastBeat(b.ctx, what)
	b.must("last beat", err)
	if !last.Equal(want) || last.IsZero() != want.IsZero() {
		b.Fatalf("%s was done at %v, want %v", what, last, want)
	}
	if !now.Equal(b.in(0)) {
		b.Fatalf("it is %v, want %v", now, b.in(0))
	}
}

func pulseNever(b *bed) {
	b.beats("heard", time.Time{})
	b.must("beat", b.engine.Beat(b.ctx, "told"))
	b.beats("heard", time.Time{})
}

func pulseLast(b *bed) {
	first := b.in(0)
	b.must("beat", b.engine.Beat(b.ctx, "heard"))
	b.clock.Advance(time.Minute)
	b.beats("heard", first)
	b.must("beat", b.engine.Beat(b.ctx, "heard"))
	second := b.in(0)
	b.must("beat", b.engine.Beat(b.ctx, "told"))
	b.clock.Lapse(1000 * time.Hour) // nothing of it expires
	b.beats("heard", second)
	b.beats("told", second)
}

func pulseNames(b *bed) {
	for _, name := range []string{"", "a\x00b", strings.Repeat("x", store.MaxName+1)} {
		if err := b.engine.Beat(b.ctx, name); err == nil {
			b.Errorf("%.10q is noted", name)
		}
		if _, _, err := b.engine.LastBeat(b.ctx, name); err == nil {
			b.Errorf("%.10q is known", name)
		}
	}
}
