package bind

import (
	"time"

	"hoithoai/dsl/tree"
)

// checkSilences: the lines im lặng of one place come one after another, so no two of them wait for the same time. The mọi bước of
// all chung files are one place.
func (b *binder) checkSilences(files []*tree.File) {
	var shared []*tree.Silence
	for _, f := range files {
		switch {
		case f.Always == nil:
		case f.Kind == tree.Shared:
			shared = append(shared, f.Always.Silences...)
		default:
			b.twoSilences(f.Always.Silences)
		}
		for _, s := range f.Steps {
			b.twoSilences(s.Silences)
		}
	}
	b.twoSilences(shared)
}

func (b *binder) twoSilences(place []*tree.Silence) {
	first := map[time.Duration]*tree.Silence{}
	for _, s := range place {
		if f := first[s.After]; f != nil {
			b.fail(codeTwoSilences, s.Span, say("Ở đây đã có một im lặng sau cùng thời gian này.", "There is an im lặng after the same time here already."),
				say("Gộp hai dòng làm một, hoặc đổi thời gian.", "Join the two, or change one of the times."), before(f.Span))
			continue
		}
		first[s.After] = s
	}
}
