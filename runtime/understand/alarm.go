package understand

import "hoithoai/dsl/program"

// taught is how many sentences a khẩn cấp flow needs before what is merely like them counts too. Below it the flow is
// recognised by its phrases alone.
const taught = 20

// The thresholds of an alarm, chosen on the tuning part of testdata/sentences.tsv. Missing a person in danger is worse than
// answering one who is not, so all are low.
const (
	alarmLikely  = 0.40 // without a phrase, where nothing speaks against it
	alarmUnnamed = 0.60 // where no word names a danger
	alarmDenied  = 0.85 // where a word says that it is over, or only asked about
)

// fewest is how many words a message needs to be like an emergency without being one of its phrases: "có trộm" is a phrase,
// "đánh máy" an answer.
const fewest = 3

// Emergency returns the flow that must answer text at once, or program.None.
//
// A phrase of the flow (từ khóa, after trừ) is an emergency; so is a message like the flow's sentences. Words that say it is
// over ("hôm qua"), goes on for long ("mỗi tối") or is only asked about ("bị phạt bao nhiêu") speak against it, unless others
// say it is now ("đang", "lẹ lên").
func (u *Understander) Emergency(text string) int {
	return u.alarm(u.listen(text))
}

// heard is a message read once for all questions about it.
type heard struct {
	words  []token
	ranked []Score
}

func (u *Understander) listen(text string) heard {
	words := u.lexicon.normal(text, u.knows)
	return heard{words, u.rank(u.lexicon.content(words))}
}

func (u *Understander) alarm(h heard) int {
	if len(u.emergency) == 0 {
		return program.None
	}
	said, sign := messageOf(h.words), u.signs(h.words)
	against := sign.against() || excepted(u.emergency, said) || excepted(u.unkept, said)
	if flow := first(u.emergency, said); flow != program.None {
		if against && u.learns(flow) && u.likely(h, flow) < alarmDenied {
			return program.None
		}
		return flow
	}
	if first(u.unkept, said) != program.None {
		return program.None // "công an đánh tôi": told about, in the flow that is made for it
	}
	return u.alike(h, sign.danger, against)
}

// alike returns the khẩn cấp flow whose sentences a message without any phrase is like.
func (u *Understander) alike(h heard, danger, against bool) int {
	need := alarmLikely
	switch {
	case len(h.words) < fewest:
		return program.None
	case against, !danger && len(h.words) < 2*fewest:
		need = alarmDenied
	case !danger:
		need = alarmUnnamed
	}
	for _, w := range u.emergency {
		if u.likely(h, w.flow) >= need {
			return w.flow
		}
	}
	return program.None
}

// learns reports whether a flow has sentences enough to be a class of the model.
func (u *Understander) learns(flow int) bool { return len(u.program.Flows[flow].Examples) >= taught }

func (u *Understander) likely(h heard, flow int) float64 {
	for _, s := range h.ranked {
		if s.Flow == flow {
			return s.Value
		}
	}
	return 0
}

// signals are the words of lexicon/alarm.tsv that stand in a message.
type signals struct {
	danger    bool
	now, over bool // it happens now; it is over, goes on for long, or is only asked about
	paper     bool // it is about papers, whatever else is said
}

func (s signals) against() bool { return s.paper || s.over && !s.now }

func (u *Understander) signs(words []token) signals {
	var s signals
	for i := range words {
		for _, f := range u.lexicon.times.byFirst[words[i].word] {
			if stands(words, i, f.words, accents.fits) {
				s.note(f.name)
			}
		}
	}
	return s
}

func (s *signals) note(name string) {
	switch name {
	case "danger":
		s.danger = true
	case "now":
		s.now = true
	case "paper":
		s.paper = true
	default:
		s.over = true
	}
}

// messageOf is what the phrases of a flow are looked up in.
func messageOf(words []token) message {
	m := message{folded: make([]string, len(words)), words: make([]accents, len(words))}
	for i, t := range words {
		m.folded[i], m.words[i] = t.word, t.accents
	}
	return m
}
