package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
)

// trigger is a keyword or an example sentence that leads to a flow.
type trigger struct {
	text    string
	at      diag.Span
	flow    string
	keyword bool
}

// checkTriggers reports example sentences and keywords of two flows that are equal without accents. Two equal keywords are a
// matter of names: bind refuses them.
func checkTriggers(p *pass) {
	first := map[string]trigger{}
	for _, g := range p.graphs {
		for _, t := range triggers(g) {
			key := fold.Key(t.text)
			before, known := first[key]
			if !known {
				first[key] = t
				continue
			}
			if before.flow != t.flow && !(before.keyword && t.keyword) {
				p.reportTrigger(before, t)
			}
		}
	}
	p.heardTriggers(first)
}

func triggers(g *graph) []trigger {
	file := g.flow.File
	var out []trigger
	for _, k := range file.Keywords {
		out = append(out, trigger{k.Text, k.Span, file.Name.Text, true})
	}
	for _, e := range file.Examples {
		out = append(out, trigger{e.Text, e.Span, file.Name.Text, false})
	}
	return out
}

func (p *pass) reportTrigger(before, t trigger) {
	p.fail(t.at,
		say("\"%s\" dẫn tới cả luồng `%s` và luồng `%s`.", "\"%s\" leads to the flow `%s` and to the flow `%s`.", t.text, before.flow, t.flow),
		say("Bỏ câu này ở một trong hai luồng.", "Remove it from one of the two."),
		diag.Related{Span: before.at, Message: say("Câu giống vậy ở luồng `%s`.", "The same in the flow `%s`.", before.flow)})
}

// heardTriggers reports what chung files listen for and another flow claims as its trigger: while a flow runs, the first
// wins, and the second looks broken.
func (p *pass) heardTriggers(first map[string]trigger) {
	for _, h := range p.sharedPhrases() {
		t, known := first[h.key]
		if !known || h.target.Name.Text == t.flow {
			continue
		}
		p.fail(t.at,
			say("\"%s\" dẫn tới luồng `%s`, nhưng đang ở luồng khác thì câu `nghe` của tệp chung bắt mất.",
				"\"%s\" leads to the flow `%s`, but inside another flow a `nghe` of a chung file takes it.", t.text, t.flow),
			say("Bỏ câu này ở một trong hai nơi.", "Remove it from one of the two."),
			diag.Related{Span: h.phrase.Span, Message: say("Câu `nghe` ở đây.", "The `nghe` phrase stands here.")})
	}
}
