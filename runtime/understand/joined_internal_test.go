package understand

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWordsRunTogetherAreTakenApart into known words only, which together are what was typed, and never more than were run together.
func TestWordsRunTogetherAreTakenApart(t *testing.T) {
	t.Parallel()
	u := &Understander{lexicon: newLexicon()}
	words := strings.Fields("khai bao tam vang nop lai bien so khi ban xe mat tien")
	addWords(&u.known, strings.Join(words, " "))
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 2, 8).Draw(t, "parts")
		typed := strings.Join(parts, "")
		got := u.joined(typed)
		spelt := ""
		for _, w := range got {
			spelt += w.word
			if !u.known.has(w.id) {
				t.Fatalf("%q holds %q, which nobody taught", typed, w.word)
			}
		}
		if len(typed) <= longestJoined && (spelt != typed || len(got) > len(parts)) {
			t.Fatalf("%q is taken apart into %q", typed, spell(got))
		}
		if len(typed) > longestJoined && got != nil {
			t.Fatalf("%d letters are taken apart", len(typed))
		}
	})
	for _, typed := range []string{"", "xe", "qwxzk", "khaiqw", "qwkhai", strings.Repeat("xe", 30)} {
		if got := u.joined(typed); got != nil {
			t.Errorf("%q is taken apart into %q", typed, spell(got))
		}
	}
}

// TestHowLikelyAnAlarmMustBe where words speak against it: less where a danger is named.
func TestHowLikelyAnAlarmMustBe(t *testing.T) {
	t.Parallel()
	u := New(apiary())
	for text, want := range map[string]float64{
		"nó cầm dao":                     0,
		"hôm qua nó cầm dao":             alarmDenied,
		"hồ sơ bị cháy":                  alarmDenied,
		"hôm qua xin giấy":               alarmNever,
		"hôm qua cầm dao giờ nó cầm dao": 0, // it happens again
		"phim vỡ đê":                     alarmNever,
		"":                               0,
	} {
		h := u.listen(&scratch{}, text)
		if got := u.least(h, u.signs(h.words)); got != want {
			t.Errorf("least of %q is %.2f, want %.2f", text, got, want)
		}
	}
}

// TestWhatIsLearnedRests: a lesson that is known rests two rounds, one that is certain four, and one that is neither not at all.
func TestWhatIsLearnedRests(t *testing.T) {
	t.Parallel()
	tuned := defaults()
	for bias, want := range map[float32]int{0: 0, 3: 2, 8: 4} {
		m := &model{classes: 2, bias: []float32{bias, 0}}
		e := &lesson{class: 0}
		m.step(tuned, e, 1, make([]float32, 2))
		if e.rest != want {
			t.Errorf("ahead by %.0f it rests %d rounds, want %d", bias, e.rest, want)
		}
		if before := m.bias[0]; want > 0 {
			if m.step(tuned, e, 1, make([]float32, 2)); m.bias[0] != before || e.rest != want-1 {
				t.Errorf("a resting lesson taught something, or rests %d", e.rest)
			}
		}
	}
}
