package bind

import (
	"strings"

	"hoithoai/dsl/tree"
)

// callCircle: sub-flows do not call each other in a circle. A session keeps every run on its stack, so even a circle with a
// way out would let a person make it grow; without circles the stack is as deep as there are sub-flows.
func (b *binder) callCircle(path []*Flow, at tree.Name) {
	names := make([]string, 0, len(path)+1)
	for _, f := range path {
		names = append(names, f.File.Name.Text)
	}
	names = append(names, path[0].File.Name.Text)
	circle := strings.Join(names, " → ")
	b.fail(codeCircle, at.Span, say("Các luồng con gọi vòng: %s.", "These sub-flows call each other in a circle: %s.", circle),
		say("Bỏ một lần gọi để không luồng con nào gọi lại chính nó.", "Remove one of the calls, so that none calls itself again."))
}

// judgeCalls looks for circles among the calls of sub-flows, each reported once.
func (b *binder) judgeCalls() {
	state := make([]state, len(b.out.Flows))
	var path []*Flow
	var visit func(f *Flow)
	visit = func(f *Flow) {
		state[f.Index], path = running, append(path, f)
		for _, s := range f.File.Steps {
			callee := b.calledBy(s)
			if callee == nil {
				continue
			}
			switch state[callee.Index] {
			case running:
				b.callCircle(since(path, callee), s.End.Callee)
			case waiting:
				visit(callee)
			}
		}
		state[f.Index], path = done, path[:len(path)-1]
	}
	for _, f := range b.out.Flows {
		if state[f.Index] == waiting {
			visit(f)
		}
	}
}

// calledBy is the sub-flow that a step calls, nil where it calls none.
func (b *binder) calledBy(s *tree.Step) *Flow {
	if s.End == nil || s.End.Kind != tree.Call {
		return nil
	}
	if f := b.out.ByName[s.End.Callee.Text]; f != nil && f.File.Kind == tree.Sub {
		return f
	}
	return nil // to call a luồng is another mistake
}

func since(path []*Flow, f *Flow) []*Flow {
	for i := range path {
		if path[i] == f {
			return path[i:]
		}
	}
	return path
}
