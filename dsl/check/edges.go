package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// linker collects the edges of one node.
type linker struct {
	g    *graph
	from int
	out  []edge
}

func (g *graph) link(i int) {
	l := &linker{g: g, from: i}
	step := g.nodes[i].step
	if step.End == nil {
		return
	}
	l.ending(step.End)
	switch step.End.Kind {
	case tree.Ask, tree.Menu, tree.Agree:
		l.listens()
		l.silences(step)
	case tree.Call: // the sub-flow waits inside the step, under the same mọi bước
		l.listens()
		l.silences(step)
	case tree.Do:
		if !l.g.irreversible(step.End) {
			l.listens()
		}
	}
	g.nodes[i].out = l.out
}

// irreversible reports whether a task must be awaited whatever the person says.
func (g *graph) irreversible(end *tree.Ending) bool {
	task := g.tasks[end.Callee.Text]
	return task != nil && task.Irreversible
}

func (l *linker) add(kind edgeKind, n int, t *tree.Target, word string) {
	l.out = append(l.out, edge{kind: kind, to: l.g.destination(t), n: n, target: t, word: word})
}

// proceed adds an edge that an edit redirects to the step it returns to.
func (l *linker) proceed(kind edgeKind, n int, t *tree.Target, word string) {
	if back := l.g.nodes[l.from].back; back != noReturn {
		l.out = append(l.out, edge{kind: kind, to: back, n: n, target: t, word: word})
		return
	}
	l.add(kind, n, t, word)
}

func (l *linker) ending(end *tree.Ending) {
	switch end.Kind {
	case tree.Go:
		l.add(edgeGo, 0, end.Next, "")
	case tree.Ask:
		l.ask(end)
	case tree.Menu, tree.Agree:
		l.buttons(end, edgePress)
		l.limit(end)
	case tree.Branch:
		l.branch(end)
	case tree.Call:
		l.proceed(edgeDone, 0, end.Done, "")
		l.add(edgeAbandon, 0, end.Abandon, "")
	case tree.Do:
		l.do(end)
	}
}

func (l *linker) ask(end *tree.Ending) {
	l.proceed(edgeAnswer, 0, end.Next, "")
	if slot := l.g.slot(end); slot != nil && slot.Decl.Optional {
		l.proceed(edgeSkip, 0, end.Next, "")
	}
	for i, b := range end.Buttons {
		if b.Kind == tree.Set {
			l.proceed(edgePick, i, end.Next, b.Label.Text)
		}
	}
	l.buttons(end, edgePress)
	l.limit(end)
}

func (l *linker) buttons(end *tree.Ending, kind edgeKind) {
	for i, b := range end.Buttons {
		if b.Kind == tree.GoTo {
			l.add(kind, i, &b.Target, b.Label.Text)
		}
	}
}

func (l *linker) limit(end *tree.Ending) {
	if end.Limit != nil {
		l.add(edgeLimit, end.Limit.Times, &end.Limit.Target, "")
	}
}

func (l *linker) branch(end *tree.Ending) {
	for i, arm := range end.Arms {
		l.add(edgeArm, i, &arm.Target, arm.Expr.Text)
	}
	if end.Else != nil {
		l.add(edgeElse, 0, end.Else, "")
	}
}

func (l *linker) do(end *tree.Ending) {
	l.add(edgeOK, 0, end.Done, "")
	for i, f := range end.Errors {
		word := ""
		if f.Code != nil {
			word = f.Code.Text
		}
		l.add(edgeFail, i, &f.Target, word)
	}
}

// listens adds what the flow's own mọi bước and the chung files hear at a waiting step.
func (l *linker) listens() {
	if own := l.g.flow.File.Always; own != nil {
		l.hear(own, false)
	}
	for _, always := range l.g.shared {
		l.hear(always, true)
	}
}

func (l *linker) hear(always *tree.Always, shared bool) {
	for i, listen := range always.Listens {
		word := ""
		if len(listen.Phrases) > 0 {
			word = listen.Phrases[0].Text
		}
		l.add(edgeListen, i, &listen.Target, word)
		l.out[len(l.out)-1].shared = shared
	}
}

func (l *linker) silences(step *tree.Step) {
	own, shared := l.g.silencesOf(step)
	for i, s := range own {
		l.silence(i, s, false)
	}
	for i, s := range shared {
		l.silence(i, s, true)
	}
}

func (l *linker) silence(i int, s *tree.Silence, shared bool) {
	before := len(l.out)
	if s.Target != nil {
		l.add(edgeSilence, i, s.Target, "")
	}
	for _, b := range s.Buttons {
		if b.Kind == tree.GoTo {
			l.add(edgeRemind, i, &b.Target, b.Label.Text)
		}
	}
	for at := before; at < len(l.out); at++ {
		l.out[at].shared = shared
	}
}

// silencesOf lists the im lặng that hold at a waiting step: its own alone, where it has any; else those of the flow's mọi
// bước and of the chung files.
func (g *graph) silencesOf(step *tree.Step) (own, shared []*tree.Silence) {
	if len(step.Silences) > 0 {
		return step.Silences, nil
	}
	if g.flow.File.Always != nil {
		own = g.flow.File.Always.Silences
	}
	for _, always := range g.shared {
		shared = append(shared, always.Silences...)
	}
	return own, shared
}

// how says by which outcome an edge leaves, as part of a sentence: "qua [Xong]".
func (e *edge) how() diag.Sentence {
	switch e.kind {
	case edgePick, edgePress, edgeRemind:
		return say("qua [%s]", "by [%s]", e.word)
	case edgeSkip:
		return say("qua [Bỏ qua]", "by [Bỏ qua]")
	case edgeAnswer:
		return say("qua câu trả lời", "by an answer")
	case edgeArm:
		return say("qua nhánh `nếu %s`", "by the branch `nếu %s`", e.word)
	case edgeLimit:
		return say("qua `sai %d lần`", "by `sai %d lần`", e.n)
	case edgeListen:
		return say("qua câu \"%s\"", "by the phrase \"%s\"", e.word)
	case edgeFail:
		return e.howFailed()
	}
	return plainHow(e.kind)
}

func (e *edge) howFailed() diag.Sentence {
	if e.word == "" {
		return say("qua `lỗi`", "by `lỗi`")
	}
	return say("qua `lỗi %s`", "by `lỗi %s`", e.word)
}

// plainHow is for the outcomes that a keyword alone names.
func plainHow(kind edgeKind) diag.Sentence {
	word := map[edgeKind]string{
		edgeGo: "->", edgeElse: "còn lại", edgeDone: "xong", edgeAbandon: "bỏ dở", edgeOK: "được", edgeSilence: "im lặng",
	}[kind]
	return say("qua `%s`", "by `%s`", word)
}
