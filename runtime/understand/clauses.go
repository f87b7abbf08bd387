package understand

import (
	"slices"
	"strings"

	"hoithoai/dsl/program"
)

// clearly is how likely the flow of one part of a message must be to count as a request of its own, chosen on the tuning part
// of testdata/sentences.tsv.
const clearly = 0.70

// plainly is how likely it must be in a part that asks, for the part to count although the message as a whole hardly tells it.
const plainly = 0.90

// joints are the words that join two requests; between the words of or the person asks which of two it is. After "rồi" and "còn"
// a request begins only where none of the words of goesOn follows ("chết rồi thì", "còn lại").
var (
	joints  = ids("voi va san tien dong them roi con")
	maybe   = ids("roi con")
	goesOn  = ids("thi ma gio nay nen nhung bi chua do a ha nhe khong lai han nho be trai gai dau re em toi chau nuoi moi chu")
	either  = ids("hay hoac")
	asking  = ids("muon can xin hoi sao dau gi nao may nhieu lam doi dat nho dinh tinh phai khai dang nop giup chi duoc")
	closers = ids("khong hong ko")
)

// clause is a part of a message, and whether it follows "hay" or a word that joins.
type clause struct {
	words      []token
	or, joined bool
}

// asks reports whether the words of a part want something: what is only told is no request.
func (c clause) asks() bool {
	for i := range c.words {
		t := &c.words[i]
		if t.isOneOf(asking) || i >= len(c.words)-2 && t.isOneOf(closers) {
			return true
		}
	}
	return false
}

// clauses calls each with the parts of a message between its punctuation and the words that join.
func (u *Understander) clauses(s *scratch, text string, each func(clause)) {
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(partEnds, r) }) {
		words, c, from := u.normal(s, piece), clause{}, 0
		for i := range words {
			alternative := words[i].isOneOf(either)
			if !alternative && !joins(words, i) {
				continue
			}
			c.words = words[from:i]
			each(c)
			c, from = clause{or: alternative, joined: !alternative}, i+1
		}
		c.words = words[from:]
		each(c)
	}
}

// joins reports whether a request may begin behind the i-th word.
func joins(words []token, i int) bool {
	if !words[i].isOneOf(joints) {
		return false
	}
	return !words[i].isOneOf(maybe) || i+1 < len(words) && !words[i+1].isOneOf(goesOn)
}

// requests returns the flows that the parts of a message clearly ask for, in the order written, each once; or says that the
// person asks which of them it is. heard says how likely a flow is in the message as a whole.
func (u *Understander) requests(s *scratch, text string, heard func(flow int) float64) (flows []int, or bool) {
	least, faint := audible(s.words)
	choice := slices.ContainsFunc(s.words, func(t token) bool { return t.isOneOf(either) })
	asked := false // what is named beside something asked for is asked for too: "làm tạm trú với sang tên xe"
	u.clauses(s, text, func(c clause) {
		if len(c.words) < 2 {
			return
		}
		asked = c.asks() || asked && c.joined
		flow, likely := u.clear(s, c.words)
		if flow == program.None || slices.Contains(flows, flow) {
			return
		}
		which := c.or && len(flows) > 0
		whole := heard(flow)
		if which || (choice || asked) && (whole >= least || likely >= plainly && whole >= faint) {
			or = or || which
			flows = append(flows, flow)
		}
	})
	return flows, or
}

// clear returns the flow that words clearly ask for, if they are a request at all, and how likely that is.
func (u *Understander) clear(s *scratch, words []token) (flow int, likely float64) {
	if flows := u.exact.of(words); len(flows) == 1 && !u.outside(flows[0]) && !u.small(flows[0]) {
		return flows[0], 1
	}
	s.part = u.rank(s, words, s.part)
	best := u.calm(s.part)[0]
	if best.Value < clearly || u.outside(best.Flow) || u.small(best.Flow) {
		return program.None, 0
	}
	return best.Flow, best.Value
}

// small reports whether a flow is what people say around a request: a greeting, the way to a person.
func (u *Understander) small(flow int) bool {
	return flow == u.program.OnFollow || flow == u.program.Fallback || u.program.Flows[flow].Name == "chao_hoi"
}
