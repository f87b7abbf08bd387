package engine

import (
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// onNear asks back when the message nearly names a button of the screen, or up to three: a slip of the hand, the label among other
// words, or words of the label. It is never taken for the button, and where a person confirms it is not even asked back.
func (x *stepper) onNear() (done bool, err error) {
	if x.gentle || x.stepPlan().confirm {
		return false, nil
	}
	found := x.nearest()
	if len(found) == 0 {
		return false, nil
	}
	sentence := sayMeant
	if len(found) == 1 {
		sentence = sayMeantPress(x.pressLabel(found[0]))
	}
	x.res.Kind = AskedBack
	x.offer(session.OfferPress, found, sentence, labelOther)
	return true, nil
}

// nearest returns the choices of the screen, options apart, that the message nearly names, none where it could be more than are
// offered. A slip goes before words that also stand elsewhere.
func (x *stepper) nearest() []int {
	for _, near := range [...]func(key, label string) bool{isSlip, isAmong} {
		var found []int
		for i, c := range x.screen {
			if label := x.pressKey(c); label != "" && !x.e.leadsOff(x.step(), c) && near(x.key, label) {
				found = append(found, i)
			}
		}
		if n := len(found); n > 0 && n <= maxOffer {
			return found
		}
	}
	return nil
}

// pressKey returns the folded label of a choice that is no value.
func (x *stepper) pressKey(c choice) string {
	switch c.kind {
	case pickButton:
		return x.buttonKey(c.index)
	case pickSkip:
		return keySkip
	case pickDone:
		return keyDone
	}
	return ""
}

// isAmong reports whether the label stands in the message, or the message, if it says anything, in the label.
func isAmong(key, label string) bool {
	return len(key) <= maxNear && fold.Contains(key, label) || len(key) > 2 && !isHollow(key) && fold.Contains(label, key)
}

// maxNear is the longest folded message that may be a slip of the hand or a label among polite words.
const maxNear = 60

// hollowWords say nothing alone, though a label may hold them.
var hollowWords = wordSet("a cho co the cua da em hoac la o thi toi tu va voi anh chi minh con ban xin di nay kia khong duoc roi viec")

func isHollow(key string) bool {
	return !slices.ContainsFunc(strings.Fields(key), func(w string) bool { return !hollowWords[w] })
}

// isSlip reports whether the message is the label with one letter more, less, other or swapped, with two in longer labels.
func isSlip(key, label string) bool {
	allowed := 0
	switch n := len(label); {
	case n >= 7:
		allowed = 2
	case n >= 4:
		allowed = 1
	}
	return allowed > 0 && len(key) <= len(label)+allowed && len(label) <= len(key)+allowed && slips(key, label, allowed)
}

// slips reports whether at most n slips make b of a.
func slips(a, b string, n int) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	switch {
	case a == "" || b == "":
		return len(a)+len(b) <= n
	case n == 0:
		return false
	case len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && slips(a[2:], b[2:], n-1):
		return true
	}
	return slips(a[1:], b[1:], n-1) || slips(a[1:], b, n-1) || slips(a, b[1:], n-1)
}

// pressLabel returns the label of choice i of the screen.
func (x *stepper) pressLabel(i int) string {
	if i >= len(x.screen) {
		return ""
	}
	labels, err := x.labels()
	if err != nil { // it was not shown either
		return ""
	}
	return labels[i].Label
}

// takePress takes a button that was asked back, unless it is no longer shown.
func (x *stepper) takePress(i int) error {
	x.at = x.top()
	if err := x.look(); err != nil {
		return err
	}
	if i >= len(x.screen) {
		return x.stale()
	}
	return x.choose(x.screen[i])
}

// exactly reports whether the option read from the message stands in it with its own words: where a person confirms, part of a
// label is not enough.
func (x *stepper) exactly(v value.Value) bool {
	if v.Kind != value.Choice || !x.stepPlan().confirm {
		return true
	}
	for _, words := range strings.Split(x.stepPlan().words[v.N], "\n") {
		if words != "" && fold.Contains(x.key, words) {
			return true
		}
	}
	return false
}

// exactWords says which words count at a step where a person confirms.
func (x *stepper) exactWords() (string, error) {
	labels, err := x.labels()
	if err != nil || len(labels) == 0 {
		return sayMenuWrong, err
	}
	quoted := make([]string, len(labels))
	for i, c := range labels {
		quoted[i] = "“" + c.Label + "”"
	}
	return sayExact(quoted), nil
}
