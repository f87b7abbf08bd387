package rehearsal

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/runtime/engine"
)

// play answers a task as the transcript fixes it; an unfixed one fails the test.
func (sc *script) play(l *tree.TestLine, t engine.Task) bool {
	fake, ok := sc.fakes[t.Name]
	if !ok {
		return sc.fail(l.Span, "tác vụ %[1]s được gọi mà chưa giả; thêm dòng: giả làm %[1]s = được { … }",
			"task %[1]s is called and not faked; add the line: giả làm %[1]s = được { … }", t.Name)
	}
	if fake.Kind == tree.OutcomeHang {
		sc.hanging = append(sc.hanging, t)
		return true
	}
	return sc.answer(l, t, fake)
}

func (sc *script) answer(l *tree.TestLine, t engine.Task, fake *tree.Outcome) bool {
	code := ""
	if fake.Code != nil {
		code = fake.Code.Text
	}
	values, ok := sc.results(l, t, fake)
	if !ok {
		return false
	}
	res, err := sc.stage.Finish(t, fake.Kind != tree.OutcomeDone, code, values)
	if err != nil {
		return sc.fail(l.Span, "máy gặp lỗi: %v", "the engine failed: %v", err)
	}
	return sc.take(l, res)
}

// results puts the values of `{ tên: giá trị }` into the declared order of the task's results.
func (sc *script) results(l *tree.TestLine, t engine.Task, fake *tree.Outcome) ([]string, bool) {
	if fake.Kind != tree.OutcomeDone {
		return nil, true
	}
	declared := sc.prog.Tasks[t.Index].Results
	out := make([]string, len(declared))
	for _, f := range fake.Fields {
		i := position(declared, f.Name.Text)
		if i < 0 {
			return nil, sc.fail(f.Name.Span, "tác vụ %s không trả %s", "task %s does not return %s", t.Name, f.Name.Text)
		}
		out[i] = f.Value.Text
	}
	return out, true
}

func position(params []program.Param, name string) int {
	for i, p := range params {
		if p.Name == name {
			return i
		}
	}
	return -1
}

// machine is `Máy: TÊN = kq`: the answer of a task that hangs.
func (sc *script) machine(i int, l *tree.TestLine) bool {
	if !sc.begin(i) {
		return false
	}
	for n, t := range sc.hanging {
		if t.Name == l.Name.Text {
			sc.hanging = append(sc.hanging[:n:n], sc.hanging[n+1:]...)
			return sc.answer(l, t, l.Outcome)
		}
	}
	return sc.fail(l.Name.Span, "không có tác vụ %s nào đang treo", "no task %s is hanging", l.Name.Text)
}

// calls fixes sub-flows: `giả gọi TÊN = xong { … }` or `bỏ dở`.
func (sc *script) calls(settings []*tree.Setting) engine.Calls {
	fixed := map[string]engine.CallOutcome{}
	for _, s := range settings {
		if s.Kind != tree.FakeCall {
			continue
		}
		out := engine.CallOutcome{Done: s.Outcome.Kind == tree.OutcomeDone, Values: map[string]string{}}
		for _, f := range s.Outcome.Fields {
			out.Values[f.Name.Text] = f.Value.Text
		}
		fixed[s.Name.Text] = out
	}
	if len(fixed) == 0 {
		return nil
	}
	return func(flow string) (engine.CallOutcome, bool) {
		out, ok := fixed[flow]
		return out, ok
	}
}
