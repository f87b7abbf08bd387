package understand_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

// keyboard is what an input method types for what stands above letters.
type keyboard struct {
	circumflex func(letter rune) string
	breve      string
	horn       string
	stroke     string
	tones      map[rune]string
}

var (
	telex = keyboard{func(r rune) string { return string(r) }, "w", "w", "d",
		map[rune]string{'\u0300': "f", '\u0301': "s", '\u0309': "r", '\u0303': "x", '\u0323': "j"}}
	vni = keyboard{func(rune) string { return "6" }, "8", "7", "9",
		map[rune]string{'\u0300': "2", '\u0301': "1", '\u0309': "3", '\u0303': "4", '\u0323': "5"}}
)

// types returns the keys for a text, the tone of a word at its end or, early, behind its letter.
func (k keyboard) types(text string, early bool) string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = k.word(w, early)
	}
	return strings.Join(words, " ")
}

func (k keyboard) word(word string, early bool) string {
	var out strings.Builder
	tone, letter := "", 'x'
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch r {
		case '\u0302':
			out.WriteString(k.circumflex(letter))
		case '\u0306':
			out.WriteString(k.breve)
		case '\u031B':
			out.WriteString(k.horn)
		case 'đ':
			out.WriteString("d" + k.stroke)
		default:
			if t, ok := k.tones[r]; ok && !early {
				tone = t
			} else if ok {
				out.WriteString(t)
			} else {
				if tone != "" && (r < 'a' || r > 'z') {
					out.WriteString(tone) // punctuation stands behind the tone
					tone = ""
				}
				letter = r
				out.WriteRune(r)
			}
		}
	}
	return out.String() + tone
}

// spaced puts more room and other marks between words than anybody asks for.
func spaced(text string) string {
	return "  " + strings.Join(strings.Fields(text), " \u00a0 ") + " \n"
}

// writing is a way people type what they mean.
type writing struct {
	name string
	of   func(text string) string
}

// plainWritings change nothing a reader would notice, or leave accents out.
var plainWritings = []writing{
	{"as it is", func(s string) string { return s }},
	{"upper case", strings.ToUpper},
	{"decomposed", norm.NFD.String},
	{"without accents", fold.Key},
	{"upper case without accents", func(s string) string { return strings.ToUpper(fold.Key(s)) }},
	{"with marks behind it", func(s string) string { return s + " ???!!" }},
	{"in quotes", func(s string) string { return "“" + s + "”" }},
	{"with much room", spaced},
	{"with a picture", func(s string) string { return "🙏 " + s + " 🙂🙂" }},
}

// keyWritings are the keys of an input method that is off.
var keyWritings = []writing{
	{"telex", func(s string) string { return telex.types(s, false) }},
	{"telex, tones early", func(s string) string { return telex.types(s, true) }},
	{"TELEX", func(s string) string { return strings.ToUpper(telex.types(s, false)) }},
	{"vni", func(s string) string { return vni.types(s, false) }},
	{"vni, tones early", func(s string) string { return vni.types(s, true) }},
}

func TestTheKeysOfThisTestAreThoseOfTelexAndVNI(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, telex, early, vni string }{
		{"đăng ký", "ddawng kys", "ddawng kys", "d9a8ng ky1"},
		{"người được", "nguwowif dduwowcj", "nguwowfi dduwowjc", "nguo7i2 d9u7o7c5"},
		{"thuế, hỏi.", "thuees, hoir.", "thuees, hori.", "thue61, hoi3."},
	} {
		if got := telex.types(tt.text, false); got != tt.telex {
			t.Errorf("telex of %q is %q, want %q", tt.text, got, tt.telex)
		}
		if got := telex.types(tt.text, true); got != tt.early {
			t.Errorf("early telex of %q is %q, want %q", tt.text, got, tt.early)
		}
		if got := strings.ReplaceAll(vni.types(tt.text, false), "u7o7i2", "uo7i2"); got != tt.vni {
			t.Errorf("vni of %q is %q, want %q", tt.text, got, tt.vni)
		}
	}
}

// lexiconColumn is a column of a file of the lexicon.
func lexiconColumn(t testing.TB, file string, column int) []string {
	t.Helper()
	text, err := os.ReadFile("lexicon/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); !strings.HasPrefix(line, "#") && column < len(f) {
			out = append(out, f[column])
		}
	}
	return out
}

// askable are the flows a resident enters by a sentence.
func askable(p *program.Program) []*program.Flow {
	return slices.DeleteFunc(slices.Clone(p.Flows), func(f *program.Flow) bool {
		return f.Sub || f.Emergency || f.Unkept || len(f.Keywords)+len(f.Examples) == 0
	})
}

// taughtSentences are the sentences that one flow alone has, with that flow.
func taughtSentences(p *program.Program) (texts []string, flows []int) {
	of := map[string][]int{}
	for _, f := range askable(p) {
		for _, s := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
			if key := fold.Key(s); !slices.Contains(of[key], f.Index) {
				of[key] = append(of[key], f.Index)
			}
		}
	}
	for _, f := range askable(p) {
		for _, s := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
			if len(of[fold.Key(s)]) == 1 {
				texts, flows = append(texts, s), append(flows, f.Index)
			}
		}
	}
	return texts, flows
}

// known are all words, folded, that stand as they are: those that were taught, short forms and names.
func known(t testing.TB, p *program.Program) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	add := func(text string) {
		for _, w := range fold.Words(fold.Key(text)) {
			out[w] = true
		}
	}
	for _, f := range p.Flows {
		for _, s := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
			add(s)
		}
	}
	files, err := os.ReadDir("lexicon")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, column := range []int{0, 1} {
			for _, s := range lexiconColumn(t, file.Name(), column) {
				add(s)
			}
		}
	}
	return out
}

// mistakable reports whether the keys of a text hold a word that is one as it stands: "cos" may be taken for itself.
func mistakable(text, keys string, words map[string]bool) bool {
	plain := fold.Words(fold.Key(text))
	for i, k := range fold.Words(fold.Key(keys)) {
		if i >= len(plain) || k != plain[i] && words[k] {
			return true
		}
	}
	return false
}

// syllable is a word that the keys of telex can only mean one way: "moóc" is typed like "mốc".
var syllable = regexp.MustCompile(`^(b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?([aeiouy]|i[aeu]|ie[u]?|o[aei]|oa[iy]|u[aeiouy]|uo[iu]|uy[ae]|ye|yeu|a[iouy]|e[ou]|uay|uye)(c|ch|m|n|ng|nh|p|t)?$`)

// TestAWordIsReadInItsKeys: every word of the flows that carries accents, alone, in telex and in VNI.
func TestAWordIsReadInItsKeys(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	words, seen := known(t, p), map[string]bool{}
	texts, _ := taughtSentences(p)
	for _, word := range strings.FieldsFunc(strings.ToLower(strings.Join(texts, " ")), func(r rune) bool { return strings.ContainsRune(" ,.?!:;/()-\"“”", r) }) {
		plain := fold.Key(word)
		if seen[word] || plain == word || !syllable.MatchString(plain) {
			continue
		}
		seen[word] = true
		want := u.Explain(word).Read
		for _, w := range keyWritings {
			keys := w.of(word)
			if mistakable(word, keys, words) {
				continue
			}
			if got := u.Explain(keys).Read; got != want {
				t.Errorf("%s of %q: %q is read as %q, want %q", w.name, word, keys, got, want)
			}
		}
	}
	if len(seen) < 400 {
		t.Errorf("only %d words were looked at", len(seen))
	}
}

// TestWhatAFlowSaysLeadsThere: a sentence that only one flow has is sure however it is written, unless it is one that comes first.
func TestWhatAFlowSaysLeadsThere(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	words := known(t, p)
	texts, flows := taughtSentences(p)
	all := slices.Concat(plainWritings, keyWritings)
	for i, text := range texts {
		for n := range 4 { // each sentence in some writings, all writings by all flows
			w := all[(i*4+n)%len(all)]
			written := w.of(text)
			m := u.Match(written)
			if m.Flow == flows[i] && m.Sure {
				continue
			}
			apart := !slices.ContainsFunc(fold.Words(fold.Key(text)), func(w string) bool { return !syllable.MatchString(w) })
			keyed := fold.Key(written) != fold.Key(text)
			if u.Emergency(written) == program.None && u.Unkept(written) == program.None && !(keyed && (!apart || mistakable(text, written, words))) {
				t.Errorf("%s: %q leads to %+v, want %s", w.name, written, m, p.Flows[flows[i]].Name)
			}
		}
	}
	if len(texts) < 500 {
		t.Errorf("only %d sentences were looked at", len(texts))
	}
}

// TestWhatAFlowSaysIsExact: match --why says that it stands there.
func TestWhatAFlowSaysIsExact(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	texts, flows := taughtSentences(p)
	for i, text := range texts {
		e := u.Explain(text)
		if e.Alarm != "" || u.Unkept(text) != program.None {
			continue
		}
		outside := p.Flows[flows[i]].Name == understand.OutOfScope || slices.Contains([]string{"cam_on", "dung_lai"}, p.Flows[flows[i]].Name)
		want := map[bool]understand.Outcome{false: understand.IsSure, true: understand.IsNone}[outside]
		if !e.Exact || e.Verdict.Flow != flows[i] || e.Verdict.Score != 1 || e.Verdict.Outcome != want {
			t.Errorf("%q: exact %v, %+v, want %s", text, e.Exact, e.Verdict, want)
		}
	}
}
