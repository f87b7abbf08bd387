package rehearsal

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/message"
)

// Talk is a rehearsal line by line, as `hoithoai chat` leads it, with a record that is a transcript.
type Talk struct {
	stage  *Stage
	prog   *program.Program
	fakes  map[string]*tree.Outcome
	flow   string // of the first run: the transcript is named after it
	start  int64
	record []string
}

// Reply is what came of one line: a problem with the line itself, or what was said. Calls are the tasks that were answered.
type Reply struct {
	Problem  *diag.Sentence
	Messages []message.Message
	Calls    []string
}

// NewTalk returns a talk before its first line.
func NewTalk(cfg Config) *Talk {
	return &Talk{stage: NewStage(cfg), prog: cfg.Program, fakes: map[string]*tree.Outcome{}, start: cfg.Start}
}

// Spoken is a bubble as a person reads it in a terminal, lines kept.
func Spoken(m message.Message) string {
	if m.Kind == message.File || m.Kind == message.Image {
		return spoken(m)
	}
	return m.Text
}

// Open begins with a flow, as if its own words had been sent.
func (t *Talk) Open(f *program.Flow) (Reply, error) {
	if len(f.Keywords) > 0 && !f.Emergency && !f.Unkept {
		return t.Line(f.Keywords[0])
	}
	res, err := t.stage.Start(f.Index)
	return t.reply(res, err)
}

// Line plays one line: a message, `[Nhãn]`, `(ảnh x.jpg)` …, `/cho 30 phút`, or `/may TÊN = kq`.
func (t *Talk) Line(line string) (Reply, error) {
	switch {
	case strings.HasPrefix(line, "/cho ") || strings.HasPrefix(line, "/chờ "):
		return t.wait(strings.TrimSpace(line[strings.Index(line, " "):]))
	case strings.HasPrefix(line, "/may ") || strings.HasPrefix(line, "/máy "):
		return t.fix(strings.TrimSpace(line[strings.Index(line, " "):]))
	case strings.HasPrefix(line, "/"):
		return Reply{Problem: &diag.Sentence{
			VI: "không có lệnh này; có: /cho 30 phút, /may TÊN = được { … }, /thoát",
			EN: "there is no such command; there are: /cho 30 phút, /may NAME = được { … }, /thoát",
		}}, nil
	}
	ev, problem := t.stage.said(line)
	if problem != nil {
		return Reply{Problem: problem}, nil
	}
	t.record = append(t.record, "Dân: "+line)
	return t.reply(t.stage.Do(ev))
}

// reply gathers what a step said, playing the tasks it asks for.
func (t *Talk) reply(res engine.Result, err error) (Reply, error) {
	var r Reply
	if err != nil {
		return r, err
	}
	t.gather(&r, res)
	for _, task := range t.stage.Pending() {
		if err := t.play(&r, task); err != nil {
			return r, err
		}
	}
	t.note(r.Messages)
	return r, nil
}

func (t *Talk) gather(r *Reply, res engine.Result) {
	r.Messages = append(r.Messages, res.Messages...)
	if t.flow == "" && len(res.Entered) > 0 {
		t.flow = res.Entered[0].Flow
	}
}

// play answers a task as it was fixed, or with sample values: a terminal has no register to write to.
func (t *Talk) play(r *Reply, task engine.Task) error {
	fake, fixed := t.fakes[task.Name]
	if !fixed {
		fake = t.sample(task)
		t.fakes[task.Name] = fake
	}
	r.Calls = append(r.Calls, "làm "+task.Name+" = "+outcomeText(fake))
	code := ""
	if fake.Code != nil {
		code = fake.Code.Text
	}
	sc := &script{prog: t.prog, stage: t.stage}
	values, _ := sc.results(&tree.TestLine{}, task, fake)
	res, err := t.stage.Finish(task, fake.Kind != tree.OutcomeDone, code, values)
	if err != nil {
		return err
	}
	t.gather(r, res)
	return nil
}

func (t *Talk) sample(task engine.Task) *tree.Outcome {
	out := &tree.Outcome{Kind: tree.OutcomeDone}
	for _, p := range t.prog.Tasks[task.Index].Results {
		out.Fields = append(out.Fields, tree.Field{Name: tree.Name{Text: p.Name}, Value: tree.Str{Text: "MAU-1"}})
	}
	return out
}

// outcomeText writes an outcome as a transcript does.
func outcomeText(o *tree.Outcome) string {
	switch {
	case o.Kind == tree.OutcomeHang:
		return "treo"
	case o.Kind == tree.OutcomeAbandon:
		return "bỏ dở"
	case o.Kind == tree.OutcomeError && o.Code != nil:
		return "lỗi " + o.Code.Text
	case o.Kind == tree.OutcomeError:
		return "lỗi"
	case len(o.Fields) == 0:
		return "được"
	}
	var fields []string
	for _, f := range o.Fields {
		fields = append(fields, fmt.Sprintf("%s: %q", f.Name.Text, f.Value.Text))
	}
	return "được { " + strings.Join(fields, ", ") + " }"
}

func (t *Talk) wait(text string) (Reply, error) {
	line, problem := oneLine("… " + text)
	if problem != nil || line.Kind != tree.LineWait {
		return Reply{Problem: &diag.Sentence{
			VI: "viết là /cho 30 phút, /cho 2 giờ hoặc /cho 1 ngày", EN: "write /cho 30 phút, /cho 2 giờ or /cho 1 ngày",
		}}, nil
	}
	t.record = append(t.record, "… "+text)
	return t.pass(line.Wait)
}

func (t *Talk) pass(d time.Duration) (Reply, error) {
	var r Reply
	results, err := t.stage.Wait(d)
	if err != nil {
		return r, err
	}
	for _, res := range results {
		t.gather(&r, res)
	}
	t.note(r.Messages)
	return r, nil
}

func (t *Talk) fix(text string) (Reply, error) {
	line, problem := oneLine("giả làm " + text)
	if problem != nil || line.Kind != tree.LineSetting {
		return Reply{Problem: &diag.Sentence{
			VI: "viết là /may TÊN = được { tên: \"giá trị\" } hoặc /may TÊN = lỗi MÃ",
			EN: "write /may NAME = được { name: \"value\" } or /may NAME = lỗi CODE",
		}}, nil
	}
	t.fakes[line.Setting.Name.Text] = line.Setting.Outcome
	return Reply{}, nil
}

// oneLine reads one line of a transcript with the transcript parser itself.
func oneLine(text string) (*tree.TestLine, *diag.Sentence) {
	tests, found := parse.Tests("chat", []byte("hôm nay 01/01/2026\nthử x \"y\"\n  "+text+"\n"))
	if found.HasErrors() {
		return nil, &found[0].Message
	}
	if len(tests.Tests) == 0 || len(tests.Tests[0].Lines) == 0 {
		return nil, &diag.Sentence{VI: "dòng này không đọc được", EN: "this line cannot be read"}
	}
	return tests.Tests[0].Lines[0], nil
}

func (t *Talk) note(bubbles []message.Message) {
	t.record = append(t.record, written("", Turn{Bubbles: bubbles})...)
}

// Transcript is the talk so far as a transcript that passes.
func (t *Talk) Transcript() string {
	var b strings.Builder
	day, minute := value.DayOf(t.start)
	y, m, d := value.Civil(day)
	fmt.Fprintf(&b, "hôm nay %02d/%02d/%04d %02d:%02d\n\nthử %s \"ghi lại\"\n", d, m, y, minute/60, minute%60, t.flow)
	for _, name := range slices.Sorted(maps.Keys(t.fakes)) {
		fmt.Fprintf(&b, "  giả làm %s = %s\n", name, outcomeText(t.fakes[name]))
	}
	for _, line := range t.record {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	return b.String()
}
