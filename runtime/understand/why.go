package understand

import (
	"cmp"
	"slices"

	"hoithoai/dsl/program"
)

// Reason is one thing a message says and how much it speaks for the flow that was chosen, against the next one.
type Reason struct {
	Kind   string
	Words  string
	Weight float64
}

// Explanation is what decided about a message.
type Explanation struct {
	Read    string // the message as it was read: abbreviations written out, telex and VNI put together, without accents
	Verdict Verdict
	Exact   bool // the message is a sentence of the flows
	Phrase  bool // a phrase of a khẩn cấp flow stands in it
	Denied  bool // words of time speak against an emergency
	Ranked  []Score
	For     int      // the flow that Reasons speak for, or program.None, for nothing any flow does
	Against int      // the next likely one
	Reasons []Reason // the strongest first
}

// Explain judges text and says what decided.
func (u *Understander) Explain(text string) Explanation {
	s := u.scratches.take()
	defer u.scratches.give(s)
	h := u.listen(s, text)
	e := Explanation{Read: spell(h.words), Verdict: u.Judge(text)}
	e.Exact = len(u.sentence(h)) > 0
	e.Phrase = first(u.emergency, s, h.words) != program.None
	e.Denied = u.signs(h.words).against()
	if len(h.ranked) > 1 {
		e.For, e.Against = h.ranked[0].Flow, h.ranked[1].Flow
		e.Reasons = u.reasons(h.words, e.For, e.Against)
	}
	e.Ranked = u.calm(slices.Clone(h.ranked))
	return e
}

// reasons weighs every feature for one flow against another.
func (u *Understander) reasons(words []token, best, next int) []Reason {
	a, b := slices.Index(u.classes, best), slices.Index(u.classes, next)
	words = u.lexicon.content(nil, words)
	shares := u.model.read(u.lexicon, words, nil)
	var out []Reason
	at := 0
	u.lexicon.features(words, func(f feature) {
		if !u.model.rows.has(f.hash) {
			return
		}
		s := shares[at]
		at++
		row := u.model.weights[int(s.row)*u.model.classes:]
		out = append(out, Reason{kindNames[f.kind], u.lexicon.spoken(words, f), float64(s.value * (row[a] - row[b]))})
	})
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(abs(b.Weight), abs(a.Weight)) })
	return out
}

func abs(x float64) float64 { return max(x, -x) }

// kindNames are the kinds of features for people.
var kindNames = [kinds]string{
	aWord: "từ", aPair: "hai từ", aSound: "âm", aVoice: "âm một từ", anAccent: "dấu", aConcept: "nghĩa", aBoth: "hai nghĩa", aTime: "lúc",
}
