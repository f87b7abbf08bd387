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
	values, unknown := declared(sc.prog, t, fake)
	if unknown != nil {
		return sc.fail(unknown.Span, "tác vụ %s không trả %s", "task %s does not return %s", t.Name, unknown.Text)
	}
	res, err := sc.stage.Finish(t, fake.Kind != tree.OutcomeDone, code, values)
	if err != nil {
		return sc.fail(l.Span, "máy gặp lỗi: %v", "the engine failed: %v", err)
	}
	return sc.take(l, res)
}

// declared puts the values of `{ tên: giá trị }` into the declared order of the task's results; unknown is a name that is
// not among them.
func declared(p *program.Program, t engine.Task, fake *tree.Outcome) (values []string, unknown *tree.Name) {
	if fake.Kind != tree.OutcomeDone {
		return nil, nil
	}
	results := p.Tasks[t.Index].Results
	values = make([]string, len(results))
	for i := range fake.Fields {
		f := &fake.Fields[i]
		n := position(results, f.Name.Text)
		if n < 0 {
			return nil, &f.Name
		}
		values[n] = f.Value.Text
	}
	return values, nil
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
