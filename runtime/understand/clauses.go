package understand

import (
	"slices"
	"strings"

	"hoithoai/dsl/program"
)

// clearly is how likely the flow of one part of a message must be to count as a request of its own, chosen on the tuning part
// of testdata/sentences.tsv.
const clearly = 0.70

// joints are the words that join two requests; between the words of or the person asks which of two it is.
var (
	joints = set("voi va roi con san tien dong them")
	or     = set("hay hoac")
)

// clause is a part of a message, and whether it follows "hay".
type clause struct {
	words []token
	or    bool
}

// clauses splits a message at its punctuation and at words that join.
func (u *Understander) clauses(text string) []clause {
	var out []clause
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",.;?!\n", r) }) {
		c := clause{}
		for _, t := range u.lexicon.normal(piece, u.knows) {
			if joints[t.word] || or[t.word] {
				out = append(out, c)
				c = clause{or: or[t.word]}
				continue
			}
			c.words = append(c.words, t)
		}
		out = append(out, c)
	}
	return slices.DeleteFunc(out, func(c clause) bool { return len(c.words) < 2 })
}

// requests returns the flows that the parts of a message clearly ask for, in the order written, each once; or says that the
// person asks which of them it is.
func (u *Understander) requests(text string) (flows []int, or bool) {
	parts := u.clauses(text)
	if len(parts) < 2 {
		return nil, false
	}
	for _, c := range parts {
		flow := u.clear(c.words)
		if flow == program.None || slices.Contains(flows, flow) {
			continue
		}
		or = or || c.or && len(flows) > 0
		flows = append(flows, flow)
	}
	return flows, or
}

// clear returns the flow that words clearly ask for, if they are a request at all.
func (u *Understander) clear(words []token) int {
	if flows := u.exact[spell(words)]; len(flows) == 1 && !u.outside(flows[0]) && !u.small(flows[0]) {
		return flows[0]
	}
	best := u.calm(u.rank(u.lexicon.content(words)))[0]
	if best.Value < clearly || u.outside(best.Flow) || u.small(best.Flow) {
		return program.None
	}
	return best.Flow
}

// small reports whether a flow is what people say around a request: greeting, thanks, the way to a person.
func (u *Understander) small(flow int) bool {
	return flow == u.program.OnFollow || flow == u.program.Fallback || slices.Contains(smallTalk, u.program.Flows[flow].Name)
}

// smallTalk are the flows, by their customary names, that are never a second request.
var smallTalk = []string{"chao_hoi", "cam_on", "dung_lai"}
