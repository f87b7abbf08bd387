package engine

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// The buttons of a step that asks for consent, by position. Neither is a default (Luật 91/2025/QH15, Điều 9).
const (
	agreeButton = iota
	refuseButton
)

// Decision is what a person said to a consent.
type Decision struct {
	Consent session.Consent
	Answer  Answer
}

// Answer says how a consent was decided.
type Answer uint8

// The answers to a consent.
const (
	Agreed Answer = iota + 1
	Refused
	Withdrawn
)

// String returns the answer's name as it stands in the journal; it never changes.
func (a Answer) String() string {
	switch a {
	case Agreed:
		return "agreed"
	case Refused:
		return "refused"
	case Withdrawn:
		return "withdrawn"
	}
	return "unknown"
}

// passes reports whether the step asks for a consent that the person has given already, in this version: then it takes `có`
// without a word.
func (x *stepper) passes(e *program.Ending) bool {
	return e.Consent != nil && slices.ContainsFunc(x.s.Agreed, func(c session.Consent) bool {
		return c.Name == e.Consent.Name && c.Version == e.Consent.Version
	})
}

// decide notes what was said to the consent on screen. Whatever was agreed to before under this name is replaced: who refuses
// the new words has not agreed to the old ones still.
func (x *stepper) decide(b *program.Button) error {
	e := &x.step().End
	words, err := x.shownWords()
	if err != nil {
		return err
	}
	d := Decision{Answer: Refused, Consent: session.Consent{
		Name: e.Consent.Name, Version: e.Consent.Version, At: x.ev.At, Text: digest(words),
	}}
	x.s.Agreed = slices.DeleteFunc(x.s.Agreed, func(c session.Consent) bool { return c.Name == d.Consent.Name })
	if b == &e.Buttons[agreeButton] {
		d.Answer = Agreed
		x.s.Agreed = append(x.s.Agreed, d.Consent)
	}
	x.res.Decisions = append(x.res.Decisions, d)
	return nil
}

// pressConsent takes a button of a consent. Who agreed does not come back here by quay lại: the step would let pass at once.
func (x *stepper) pressConsent(b *program.Button) error {
	if err := x.decide(b); err != nil {
		return err
	}
	if x.passes(&x.step().End) {
		x.forsake()
	} else if b.Target.Kind != program.ToBack && b.Target.Kind != program.ToRepeat {
		x.remember()
	}
	return x.sprint(x.follow(b.Event, &b.Target))
}

// shownWords renders what the step on screen says, bubble by bubble. The program is the one that the question was shown from:
// the words of a consent are part of a program's shape.
func (x *stepper) shownWords() (string, error) {
	first := len(x.res.Messages)
	x.at = x.top()
	err := x.sayStep(true)
	var lines []string
	for _, m := range x.res.Messages[first:] {
		if m.Kind == message.Words {
			lines = append(lines, m.Text)
		}
	}
	x.res.Messages = x.res.Messages[:first]
	return strings.Join(lines, "\n"), err
}

// digest returns the first 8 bytes of the SHA-256 of words.
func digest(words string) uint64 {
	sum := sha256.Sum256([]byte(words))
	return binary.BigEndian.Uint64(sum[:8])
}

// decides reports whether the message, in clear words, is what a button of a consent says: "tôi đồng ý" agrees; a bare "ừ",
// "ok" or "có" does not, for it may answer anything. To refuse, any words that decline will do.
func (x *stepper) decides(button int) bool {
	if x.step().End.Consent == nil {
		return false
	}
	if button == agreeButton {
		return agreeing(x.key)
	}
	return value.Declines(x.text0) || refusing(x.key)
}

// politeness are the words around a consent that change nothing, folded; before it also who speaks.
var (
	agreeLead = wordSet("da vang u uh toi em anh chi con chau co chu bac minh ong ba tui xin hoan toan rat")
	agreeTail = wordSet("a nhe nha nhen roi ok")
)

const keyAgree = "dong y"

// agreeing reports whether a folded message says "đồng ý", polite words apart.
func agreeing(key string) bool { return bare(key) == keyAgree }

// refusing reports whether a folded message says "không đồng ý" or "không", polite words apart.
func refusing(key string) bool {
	switch bare(key) {
	case "khong", "khong dong y", "khong muon", "thoi", "khong dong y dau":
		return true
	}
	return false
}

func bare(key string) string {
	words := strings.Fields(key)
	for len(words) > 0 && agreeLead[words[0]] {
		words = words[1:]
	}
	for len(words) > 0 && agreeTail[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// withdraw forgets every consent. The runs that hold what was taken on the strength of one end with it.
func (x *stepper) withdraw() error {
	if len(x.s.Agreed) == 0 {
		return x.claimed(sayNoConsent)
	}
	base := x.basedOnConsent()
	for _, c := range x.s.Agreed {
		x.res.Decisions = append(x.res.Decisions, Decision{Consent: c, Answer: Withdrawn})
	}
	x.s.Agreed = nil
	if base == program.None {
		return x.claimed(sayWithdrawn)
	}
	x.dropTo(base)
	return x.claimed(sayWithdrawnRun)
}

// basedOnConsent returns the lowest run that stands behind a consent that was given, with those it was called from, or
// program.None.
func (x *stepper) basedOnConsent() int {
	for i := range x.s.Runs {
		r := &x.s.Runs[i]
		if !x.isBehind(x.e.flows[r.Flow].steps[r.Step].behind) {
			continue
		}
		for i > 0 && x.s.Runs[i].Link == session.Called {
			i--
		}
		return i
	}
	return program.None
}

func (x *stepper) isBehind(names []string) bool {
	return slices.ContainsFunc(x.s.Agreed, func(c session.Consent) bool { return slices.Contains(names, c.Name) })
}

// consentTitle names a consent for people: by the title of the flow that asks for it.
func (x *stepper) consentTitle(name string) string {
	for _, f := range x.p.Flows {
		for _, st := range f.Steps {
			if c := st.End.Consent; c != nil && c.Name == name {
				return f.Title
			}
		}
	}
	return fold.Clean(name)
}
