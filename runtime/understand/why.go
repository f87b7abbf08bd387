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

// Sign is a sign of danger that stands in a message.
type Sign struct {
	Kind  string // a name of lexicon/perils.tsv
	Words string // as they were read
}

// Explanation is what decided about a message.
type Explanation struct {
	Read    string // the message as it was read: abbreviations written out, telex and VNI put together, without accents
	Verdict Verdict
	Exact   bool   // the message is a sentence of the flows
	Phrase  bool   // a phrase of a khẩn cấp flow stands in it
	Alarm   Cause  // what raised an alarm, or ""
	Signs   []Sign // two different signs of danger in it, or none
	Denied  bool   // words of time speak against an emergency
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
	if a, b, ok := u.lexicon.endangered(h.words); ok {
		e.Signs = []Sign{u.sign(h.words, a), u.sign(h.words, b)}
	}
	if len(h.ranked) > 1 {
		e.For, e.Against = u.compared(s, h, &e.Alarm)
		e.Reasons = u.reasons(h.words, e.For, e.Against)
	}
	e.Ranked = u.calm(slices.Clone(h.ranked))
	return e
}

// sign names a sign of danger for people.
func (u *Understander) sign(words []token, s sighting) Sign {
	return Sign{u.lexicon.names[s.kind], spell(words[s.from:s.to])}
}

// compared returns the two likeliest flows; where an alarm is raised, its flow and the likeliest other one.
func (u *Understander) compared(s *scratch, h heard, alarm *Cause) (best, next int) {
	best, next = h.ranked[0].Flow, h.ranked[1].Flow
	flow, cause := u.alarm(s, h)
	if flow == program.None {
		return best, next
	}
	*alarm = cause
	if flow != best && slices.Contains(u.classes, flow) {
		return flow, best
	}
	return best, next
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
	aWord: "từ", aPair: "hai từ", aSound: "âm", aVoice: "âm một từ", anAccent: "dấu", aConcept: "nghĩa", aBoth: "hai nghĩa", aTime: "lúc", anArch: "hai từ cách một",
}
