package understand

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTableIsAMap: whatever is put in any order, a table answers as a map does.
func TestTableIsAMap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var got table
		want := map[uint64]int32{}
		keys := rapid.Uint64Range(1, 40)
		for range rapid.IntRange(0, 200).Draw(t, "puts") {
			// keys that share their low bits meet in the same slots
			key, value := keys.Draw(t, "key")<<rapid.SampledFrom([]int{0, 8, 32}).Draw(t, "shift"), rapid.Int32().Draw(t, "value")
			got.put(key, value)
			want[key] = value
		}
		if got.n != len(want) {
			t.Fatalf("%d entries, want %d", got.n, len(want))
		}
		for key, value := range want {
			if v, ok := got.get(key); !ok || v != value {
				t.Fatalf("get(%d) = %d, %v, want %d", key, v, ok, value)
			}
		}
		if absent := keys.Draw(t, "absent") << 50; got.has(absent) {
			t.Fatalf("%d is in the table", absent)
		}
	})
}

func TestHashes(t *testing.T) {
	t.Parallel()
	if hashOf("tam") != hashOf([]byte("tam")) || hashOf("") == 0 {
		t.Error("a word and its bytes have two hashes, or nothing has the hash of a free slot")
	}
	if joined(1, 2, 3) == joined(1, 3, 2) || joined(1, 2, 3) == joined(2, 2, 3) {
		t.Error("the order of two parts, or the name, tells nothing")
	}
	seen := map[uint64]string{}
	for _, a := range []string{"a", "b", "ab", "ba", "tam", "tru"} {
		for _, b := range []string{"", "a", "b", "ab", "tam", "tru"} {
			key := joined(3, hashOf(a), hashOf(b))
			if before, ok := seen[key]; ok {
				t.Errorf("%q %q has the hash of %s", a, b, before)
			}
			seen[key] = a + " " + b
		}
	}
}

func TestTheLongestPhraseStands(t *testing.T) {
	t.Parallel()
	var p phrases
	for _, s := range []string{"chào", "chào các anh", "chào anh"} {
		p.word(phrase{words: tokens(s)})
	}
	p.word(phrase{}) // no words: nothing to find it by
	for text, want := range map[string]int{"chào các anh chị": 3, "chào anh ơi": 2, "chào cả nhà": 1, "cháo gà": 0, "các anh": 0} {
		f, ok := p.at(tokens(text), 0, accents.fits)
		if ok != (want > 0) || ok && len(f.words) != want {
			t.Errorf("in %q stand %v words, want %d", text, f, want)
		}
	}
}

func TestTokensSurviveSymbols(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"a,b": "a b", "🙂 tạm": "tam", "1.000đ": "1.000d", "tạm/trú": "tam tru", "(tạm)": "tam", "x₫": "xd"} {
		if got := spell(tokens(text)); got != want {
			t.Errorf("tokens(%q) = %q, want %q", text, got, want)
		}
	}
	if a := tokens("tạm/trú"); len(a) != 2 || a[0].accents != accentsOf("tạm") || a[1].accents != accentsOf("trú") {
		t.Errorf("accents are lost at a stroke: %+v", a)
	}
}

func TestWithoutTakesEveryPlaceOut(t *testing.T) {
	t.Parallel()
	text := tokens("trộm vía bé, trộm vía con, có trộm")
	without(text, tokens("trộm vía"))
	left := 0
	for i := range text {
		if text[i].id != 0 {
			left++
		}
	}
	if left != 4 || holds(text, tokens("trộm vía")) || !holds(text, tokens("có trộm")) || holds(text, tokens("bé con")) {
		t.Errorf("%d words are left: %+v", left, text)
	}
}

// TestTheModelLearnsWhatItIsTold on sentences that leave no doubt, and does not where it is told both.
func TestTheModelLearnsWhatItIsTold(t *testing.T) {
	t.Parallel()
	l := newLexicon()
	var texts [][]token
	var classes []int
	for range 4 {
		for class, s := range []string{"nuôi cá cảnh", "trồng hoa hồng"} {
			texts, classes = append(texts, tokens(s)), append(classes, class)
		}
		for class := range 2 {
			texts, classes = append(texts, tokens("xin giấy")), append(classes, class)
		}
	}
	m := newModel(defaults(), l, texts, classes, 2)
	likely := func(s string) float32 {
		scores := make([]float32, 2)
		m.score(m.read(l, tokens(s), nil), scores)
		soften(scores)
		return scores[0]
	}
	if fish, rose, both := likely("nuôi cá"), likely("hoa hồng"), likely("xin giấy"); fish < 0.8 || rose > 0.2 || both < 0.4 || both > 0.6 {
		t.Errorf("likely %.2f, %.2f, %.2f", fish, rose, both)
	}
}

func TestStrideVisitsAll(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 10, 100, 997, 5000} {
		seen, at := map[int]bool{}, 0
		for range n {
			seen[at] = true
			at = (at + stride(n)) % n
		}
		if len(seen) != n {
			t.Errorf("stride(%d) = %d visits %d", n, stride(n), len(seen))
		}
	}
}
