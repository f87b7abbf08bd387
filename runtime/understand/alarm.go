package understand

import (
	"slices"
	"strings"

	"hoithoai/dsl/program"
)

// taught is how many sentences a khẩn cấp flow needs before what is merely like them counts too. Below it the flow is
// recognised by its phrases alone.
const taught = 20

// The thresholds of an alarm, chosen by leaving out a fifth of the examinations at a time. Missing a person in danger is worse than
// answering one who is not, so all are low.
const (
	alarmNamed  = 0.06 // where a phrase of the flow stands in the message and nothing speaks against it
	alarmLikely = 0.12 // without a phrase
	alarmShort  = 0.97 // where no word names a danger nor says that it is now, in a message of few words: an answer
	alarmDenied = 0.15 // where a word of danger and one that says that it is over, asked about or about papers stand together
	alarmNever  = 0.95 // where the latter stands and no danger is named
)

// fewest is how many words a message needs to be like an emergency without being one of its phrases: "có trộm" is a phrase,
// "đánh máy" an answer.
const fewest = 3

// Emergency returns the flow that must answer text at once, or program.None.
//
// A phrase of the flow (từ khóa, after trừ) is an emergency, unless the message is quite unlike the flow's sentences ("cứu em bài
// tập này"); so is a message like them. Words that say it is
// over ("hôm qua"), goes on for long ("mỗi tối") or is only asked about ("bị phạt bao nhiêu") speak against it, unless others
// say it is now ("đang", "lẹ lên").
func (u *Understander) Emergency(text string) int {
	s := u.scratches.take()
	defer u.scratches.give(s)
	flow, _ := u.alarm(s, u.listen(s, text))
	return flow
}

// Cause is what raised an alarm.
type Cause string

// The causes, in the order in which they are looked for.
const (
	ByPhrase   Cause = "phrase"   // a từ khóa or a whole sentence of the flow stands in the message
	ByLikeness Cause = "likeness" // the message is like the sentences of the flow
	BySigns    Cause = "signs"    // two different signs of danger stand in it
	ByPart     Cause = "part"     // a part of a long message is an emergency by itself
)

// heard is a message read once for all questions about it. It stands in the scratch.
type heard struct {
	text       string
	raw, words []token // as written, as read
	ranked     []Score
}

func (u *Understander) listen(s *scratch, text string) heard {
	words := u.normal(s, text)
	u.mend(words)
	s.ranked = u.rank(s, words, s.ranked)
	return heard{text, s.raw, words, s.ranked}
}

// alarm returns the khẩn cấp flow that a message is for, and why, or program.None.
func (u *Understander) alarm(s *scratch, h heard) (int, Cause) {
	if len(u.emergency) == 0 {
		return program.None, ""
	}
	sign := u.signs(h.words)
	if flow, cause := u.raised(s, h, sign); flow != program.None {
		return flow, cause
	}
	if sign.danger && sign.now && len(h.words) > longAlarm && first(u.unkept, s, h.words) == program.None {
		return u.within(h), ByPart
	}
	return program.None, ""
}

// raised returns the khẩn cấp flow that a message as a whole is for: by a phrase, by its likeness or by two signs of danger.
func (u *Understander) raised(s *scratch, h heard, sign signals) (int, Cause) {
	least := u.least(h, sign)
	if flow := first(u.emergency, s, h.words); flow != program.None {
		if u.learns(flow) && likely(h, flow) < max(least, alarmNamed) {
			return program.None, ""
		}
		return flow, ByPhrase
	}
	if first(u.unkept, s, h.words) != program.None {
		return program.None, "" // "công an đánh tôi": told about, in the flow that is made for it
	}
	if flow := u.alike(h, sign, least); flow != program.None {
		return flow, ByLikeness
	}
	return u.twice(h, sign), BySigns
}

// least is how likely an emergency must be where words speak against it.
func (u *Understander) least(h heard, sign signals) float64 {
	switch {
	case !sign.against() && !excepted(u.emergency, h.words) && !excepted(u.unkept, h.words):
		return 0
	case sign.danger:
		return alarmDenied
	}
	return alarmNever
}

// longAlarm is how many words a message has at least in which an emergency may be a part among others.
const longAlarm = 12

// within returns the khẩn cấp flow that a part of a message, or two neighbouring ones, are like, unless the whole is quite unlike it.
func (u *Understander) within(h heard) int {
	if !slices.ContainsFunc(u.emergency, func(w *watch) bool { return likely(h, w.flow) >= alarmNamed }) {
		return program.None
	}
	s, text := u.scratches.take(), h.text
	defer u.scratches.give(s)
	from, last := 0, 0
	for i, r := range text + "." {
		if !strings.ContainsRune(partEnds, r) {
			continue
		}
		for _, part := range []string{text[last:i], text[from:i]} {
			if flow := u.loud(s, u.listen(s, part)); flow != program.None {
				return flow
			}
		}
		from, last = last, i
	}
	return program.None
}

// partEnds are the signs that end a part of a message.
const partEnds = ",.;?!\n"

// How likely an emergency must be in a part of a message, which taken alone may mean anything, and where a phrase stands in it.
const (
	partAlone = 0.95
	partNamed = 0.85
)

// loud returns the khẩn cấp flow that words are very much like, where nothing in them speaks against it.
func (u *Understander) loud(s *scratch, h heard) int {
	sign := u.signs(h.words)
	if !sign.danger || sign.against() || len(h.words) < fewest {
		return program.None
	}
	least := partAlone
	switch {
	case first(u.emergency, s, h.words) != program.None:
		least = partNamed
	case len(h.words) < 2*fewest:
		return program.None
	case !slices.ContainsFunc(h.words, func(t token) bool { return t.accents != 0 }):
		return program.None // without accents a few words may say anything
	}
	for _, w := range u.emergency {
		if likely(h, w.flow) >= least {
			return w.flow
		}
	}
	return program.None
}

// alike returns the khẩn cấp flow whose sentences a message without any phrase is like, at least so much.
func (u *Understander) alike(h heard, sign signals, least float64) int {
	need := alarmLikely
	switch {
	case len(h.words) < fewest:
		return program.None
	case !sign.danger && !sign.now && len(h.words) < 2*fewest:
		need = alarmShort
	}
	for _, w := range u.emergency {
		if likely(h, w.flow) >= max(need, least) {
			return w.flow
		}
	}
	return program.None
}

// learns reports whether a flow has sentences enough to be a class of the model.
func (u *Understander) learns(flow int) bool { return len(u.program.Flows[flow].Examples) >= taught }

func likely(h heard, flow int) float64 {
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
	never     bool // it is about papers, thanks for help or passes on advice, whatever else is said
}

// against reports whether the words speak against an emergency.
func (s signals) against() bool { return s.never || s.over && !s.now }

func (u *Understander) signs(words []token) signals {
	var s signals
	careful := accented(words)
	for i := range words {
		list := u.lexicon.times.under(words[i].id)
		for k := range list {
			f := &list[k]
			if f.in(words, i) && !(careful && len(f.words) == 1 && words[i].accents != f.words[0].accents) {
				s.note(u.lexicon.names[f.name])
			}
		}
	}
	return s
}

// accented reports whether most of a message is written with accents, so that a word without them has none: about half of the
// words of any text carry some.
func accented(words []token) bool {
	n := 0
	for i := range words {
		if words[i].accents != 0 {
			n++
		}
	}
	return 2*n >= len(words)
}

func (s *signals) note(name string) {
	switch name {
	case "danger":
		s.danger = true
	case "now":
		s.now = true
	case "paper", "thanks", "forward", "scam":
		s.never = true
	default:
		s.over = true
	}
}
