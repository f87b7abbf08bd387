package understand

import (
	"testing"

	"pgregory.net/rapid"
)

// taughtWords is a reader that was taught a few words, the accents of which it knows, and the real lexicon.
func taughtWords(words ...string) *Understander {
	u := &Understander{lexicon: newLexicon()}
	for _, w := range words {
		for _, t := range tokens(w) {
			u.known.put(t.id, 0)
			u.spellings.put(t.spelling(), 0)
		}
	}
	return u
}

func TestMendReadsWordsOfDangerThatAreMistyped(t *testing.T) {
	t.Parallel()
	u := taughtWords("cháy chạy nhà đang cứu nhau chào chợ thêm đêm kiên trung")
	tests := []struct{ text, want string }{
		{"chém nhao", "chem nhau"},   // one letter wrong
		{"tiếng súgn", "tieng sung"}, // two letters changed places
		{"lưar", "lua"},              // one too many
		{"bat tnh", "bat tinh"},      // one missing
		{"bat tnih", "bat tinh"},     // changed places, with an accent
		{"nhà chấy", "nha chay"},     // a known word with an accent it never has
		{"cứu", "cuu"},               // as it is
		{"đêm thêm", "dem them"},     // known words are never touched, whatever they are near to
		{"shopee", "shopee"},         // a name of the lexicon
		{"zz xy", "zz xy"},           // too short to tell
		{"kiên trung", "kien trung"}, // near to nothing
	}
	for _, tt := range tests {
		words := tokens(tt.text)
		u.mend(words)
		if got := spell(words); got != tt.want {
			t.Errorf("mend(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestMendLetsGoOfAccentsNobodyWrites: "chấy" may be "cháy" then, "chạy" never.
func TestMendLetsGoOfAccentsNobodyWrites(t *testing.T) {
	t.Parallel()
	u := taughtWords("cháy chạy")
	for text, fits := range map[string]bool{"chấy": true, "chãy": true, "chay": true, "cháy": true, "chạy": false} {
		words := tokens(text)
		u.mend(words)
		if got := words[0].accents.fits(accentsOf("cháy")); got != fits {
			t.Errorf("%q may be cháy: %v, want %v", text, got, fits)
		}
	}
}

func TestOneMistake(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"nhao", "nhau", true}, {"chme", "chem", true}, {"doa", "dao", true}, {"chem", "chm", true}, {"chemm", "chem", true},
		{"dao", "dap", false}, // a short word with a wrong letter may be any other
		{"ao", "dao", false}, {"tham", "cham", false}, {"chemno", "chem", false}, {"chem", "chao", false}, {"", "a", false}, {"ab", "ba", false},
	}
	for _, tt := range tests {
		if got := oneMistake(tt.a, tt.b); got != tt.want {
			t.Errorf("oneMistake(%q, %q) = %v", tt.a, tt.b, got)
		}
		if oneMistake(tt.a, tt.b) != oneMistake(tt.b, tt.a) {
			t.Errorf("oneMistake(%q, %q) depends on the order", tt.a, tt.b)
		}
	}
}

// TestNearbyFindsEveryMistake: whatever single letter of a long word is wrong, missing, doubled or swapped behind the first, the word
// is found again where no other stands as near.
func TestNearbyFindsEveryMistake(t *testing.T) {
	t.Parallel()
	var n nearby
	n.add(tokens("trom nghien quynh"))
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(n.words).Draw(t, "word").word
		at := rapid.IntRange(1, len(word)-2).Draw(t, "at")
		letter := string(rune(rapid.IntRange('a', 'z').Draw(t, "letter")))
		wrong := rapid.SampledFrom([]string{
			word[:at] + letter + word[at+1:], word[:at] + word[at+1:], word[:at] + letter + word[at:],
			word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:],
		}).Draw(t, "wrong")
		got := []token{tokenOf(wrong, accentsOf("ạ"))}
		n.mend(got, 0)
		if got[0].word != word || got[0].accents != 0 {
			t.Fatalf("%q is read as %q", wrong, got[0].word)
		}
	})
}

// TestNeighboursDecide: of two words that are as near, the one that makes a sign of danger with what stands beside it.
func TestNeighboursDecide(t *testing.T) {
	t.Parallel()
	var n nearby
	n.add(tokens("nhay cau"))
	n.add(tokens("chem nhau"))
	for text, want := range map[string]string{"chem nhao": "chem nhau", "nhao cau": "nhay cau", "nhao": "nhay", "chem": "chem"} {
		words := tokens(text)
		for i := range words {
			n.mend(words, i)
		}
		if got := spell(words); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestDrawnOutWordsAreShortened(t *testing.T) {
	t.Parallel()
	u := taughtWords("cứu cháy")
	for text, want := range map[string]string{
		"chayyyyy": "chay", "cứuuuuu": "cuu", "CHÁYYYY": "chay", "trờiiii": "troi", "xoong": "xoong", "aaaa": "aaaa", "yyy": "yyy", "zzzan": "zzzan", "11111": "11111", "chaaaay": "chay",
	} {
		words := tokens(text)
		for i := range words {
			u.typed(&words[i])
		}
		if got := spell(words); got != want {
			t.Errorf("typed(%q) = %q, want %q", text, got, want)
		}
	}
	words := tokens("cứuuuu")
	if u.typed(&words[0]); words[0].accents != accentsOf("cứu") {
		t.Error("the accents before what was drawn out are lost")
	}
}
