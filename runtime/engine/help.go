package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/runtime/session"
)

// isHelp says whether the folded message asks for help at a waiting step; isIdleHelp, while nothing is under way.
func isHelp(key string) bool { return key == "tro giup" || key == "giup" || key == "help" }

func isIdleHelp(key string) bool {
	switch key {
	case "menu", "huong dan", "giup do", "giup toi", "giup voi", "can giup", "lam duoc gi":
		return true
	}
	return isHelp(key)
}

// maxHelp is how many lines help has at most, unless an author's own are more: an old person reads no page.
const maxHelp = 4

// help says where one is, the nearest trợ giúp, what can be typed here and which ways lead on; then the question again.
func (x *stepper) help() error {
	lines := []string{x.whereabouts()}
	own := x.helpLines()
	if len(own) > 0 {
		text, err := x.joined(own)
		if err != nil {
			return err
		}
		lines = append(lines, strings.Split(text, "\n")...)
	}
	x.at = x.top()
	if err := x.look(); err != nil {
		return err
	}
	if len(own) == 0 {
		lines = append(lines, x.howToAnswer())
	}
	if ways := x.unsaid(lines, x.waysOn()); len(lines) < maxHelp && len(ways) > 0 {
		lines = append(lines, sayWays(ways))
	}
	return x.sayAgain(Helped, strings.Join(lines, "\n"))
}

// whereabouts says which flow is under way and what is being asked.
func (x *stepper) whereabouts() string {
	where := sayWhere(x.flowAt(x.chain()).Title)
	if slot := x.asked(); slot != nil {
		where += sayAsked(slot.Label)
	}
	return where
}

// helpLines returns the sentences of the nearest trợ giúp and sets x.at to the run they speak for.
func (x *stepper) helpLines() []template.Template {
	for i := x.top(); i >= x.chain(); i-- {
		x.at = i
		f := x.flowAt(i)
		if own := f.Steps[x.s.Runs[i].Step].Help; len(own) > 0 {
			return own
		}
		if len(f.Always.Help) > 0 {
			return f.Always.Help
		}
	}
	x.at = x.top()
	return x.p.Shared.Help
}

// howToAnswer says what the question takes, with an example of its type.
func (x *stepper) howToAnswer() string {
	slot := x.asked()
	switch {
	case x.stepPlan().confirm:
		if text, err := x.exactWords(); err == nil {
			return text
		}
	case slot != nil:
		return slot.Type.Ask(x.context(slot))
	}
	return sayPressOrType
}

// waysOn lists what leads on from here in words: only what works.
func (x *stepper) waysOn() []string {
	var ways []string
	if slot := x.asked(); slot != nil && slot.Optional {
		ways = append(ways, wayASkip)
	}
	if x.backFrom() != program.None {
		ways = append(ways, wayABack)
	}
	if len(x.editable()) > 0 {
		ways = append(ways, wayAnEdit)
	}
	ways = append(ways, wayARestart)
	if x.takesPhrase(keyPerson) {
		ways = append(ways, wayAPerson)
	}
	return ways
}

// takesPhrase reports whether the words lead somewhere from the waiting step, by a nghe or a từ khóa.
func (x *stepper) takesPhrase(key string) bool {
	for i := x.top(); x.active() && i >= x.chain(); i-- {
		f := x.s.Runs[i].Flow
		if n := findPhrase(x.e.flows[f].listens, key); n != program.None {
			return !x.e.targetsOff(&x.p.Flows[f].Always.Listens[n].Target)
		}
	}
	if n := findPhrase(x.e.shared, key); n != program.None {
		return !x.e.targetsOff(&x.p.Shared.Listens[n].Target)
	}
	flow, keyword := x.e.keywords[key]
	return keyword && !x.e.off[flow]
}

// unsaid drops the ways that stand in lines already. An author who names ways has a word for starting over as well.
func (x *stepper) unsaid(lines, ways []string) []string {
	said := fold.Key(strings.Join(lines, " "))
	all := len(ways)
	left := slices.DeleteFunc(ways, func(w string) bool { return fold.Contains(said, fold.Key(w)) })
	if len(left) < all {
		left = slices.DeleteFunc(left, func(w string) bool { return w == wayARestart })
	}
	return left
}

// maxFlows is how many flows idle help offers; with the choice that declines they are as many as one question may have.
const maxFlows = 9

// idleHelp lists what a person can come here for.
func (x *stepper) idleHelp() error {
	items := x.entries()
	if len(items) == 0 {
		return x.fallback()
	}
	x.res.Kind = Helped
	x.offer(session.OfferFlow, items, sayCanHelp, labelElse)
	return nil
}

// entries returns the flows that residents ask for in words of their own: those with dân hỏi, else those with từ khóa. What
// greets, what does not understand, and what answers a single word of thanks or leave is no business.
func (x *stepper) entries() []int {
	var asked, named []int
	for _, f := range x.p.Flows {
		switch {
		case f.Sub || x.e.off[f.Index] || f.Index == x.p.OnFollow || f.Index == x.p.Fallback || utf8.RuneCountInString(f.Title) == 0:
		case f.Emergency || f.Unkept || x.isEntry(f):
			if len(f.Keywords) > 0 {
				named = append(named, f.Index)
			}
			if len(f.Examples) > 0 {
				asked = append(asked, f.Index)
			}
		}
	}
	if len(asked) == 0 {
		asked = named
	}
	return asked[:min(len(asked), maxFlows)]
}

// isEntry reports whether a flow has anything to do with a person: it asks, links, sends something or calls somebody.
func (x *stepper) isEntry(f *program.Flow) bool {
	for _, st := range f.Steps {
		switch st.End.Kind {
		case program.Ask, program.Menu, program.Do, program.Call, program.Human:
			return true
		}
		if len(st.End.Buttons) > 0 || slices.ContainsFunc(st.Bubbles, isMore) {
			return true
		}
	}
	return false
}

// isMore reports whether a bubble is more than a sentence: a picture, links, a table.
func isMore(b program.Bubble) bool {
	return b.Kind != program.Words || len(b.Links) > 0 ||
		slices.ContainsFunc(b.Lines, func(l program.Line) bool { return l.Style != program.Plain })
}

// stuckAfter is from which wrong answer in a row on a step without `sai N lần` says how one gets on.
const stuckAfter = 3

// wayOn says how one gets on who has answered wrong again and again, "" before that.
func (x *stepper) wayOn() string {
	if x.run().Wrong < stuckAfter || x.step().End.Limit > 0 {
		return ""
	}
	return sayStuck(x.waysOn(), x.e.cfg.Office)
}
