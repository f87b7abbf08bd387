package rehearsal

import (
	"errors"
	"fmt"
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
	cfg    Config
	stage  *Stage
	fakes  map[string]*tree.Outcome
	flow   string   // of the first run: the transcript is named after it
	head   []string // settings that hold from the beginning
	record []string
	open   bool // more of the burst was announced
}

// Reply is what came of one line: a problem with the line itself, or what was said. Calls are the tasks that were answered.
type Reply struct {
	Problem  *diag.Sentence
	Messages []message.Message
	Calls    []string
}

// NewTalk returns a talk before its first line. It begins at a full minute, since a transcript knows no seconds.
func NewTalk(cfg Config) *Talk {
	cfg.Start -= cfg.Start % time.Minute.Milliseconds()
	cfg.Name = strings.ReplaceAll(fold(cfg.Name), `"`, "”") // the language has no sign for it within a text
	cfg.Gather = engine.DefaultGather                       // as a transcript has it
	return &Talk{cfg: cfg, stage: NewStage(cfg), fakes: map[string]*tree.Outcome{}}
}

// Spoken is a bubble as a person reads it in a terminal, lines kept.
func Spoken(m message.Message) string {
	if m.Kind == message.File || m.Kind == message.Image {
		return spoken(m)
	}
	return m.Text
}

// Open begins with a flow, as if its own words had been sent. A flow that has none is begun without a message; what follows
// then is no transcript that could be played.
func (t *Talk) Open(f *program.Flow) (Reply, error) {
	if words := ownWords(f); words != "" {
		return t.Line(words)
	}
	res, err := t.stage.Start(f.Index)
	if err != nil {
		return Reply{}, err
	}
	return t.reply(res)
}

// ownWords is a message that leads into the flow: the first từ khóa, all its parts, or the first dân hỏi.
func ownWords(f *program.Flow) string {
	if len(f.Keywords) > 0 {
		return fold(strings.ReplaceAll(f.Keywords[0], "+", " "))
	}
	if len(f.Examples) > 0 {
		return f.Examples[0]
	}
	return ""
}

// Line plays one line: a message, `[Nhãn]`, `(ảnh x.jpg)` …, `/tiep LỜI`, `/cho 30 phút`, or `/may TÊN = kq`. A line is a complete
// message: whoever types here is not made to wait for the pause, it passes on the talk's own clock. After /tiep it does not.
func (t *Talk) Line(line string) (Reply, error) {
	line = fold(line)
	switch {
	case strings.HasPrefix(line, "/tiep ") || strings.HasPrefix(line, "/tiếp "):
		return t.speak(strings.TrimSpace(line[strings.Index(line, " "):]), true)
	case strings.HasPrefix(line, "/cho ") || strings.HasPrefix(line, "/chờ "):
		return t.wait(strings.TrimSpace(line[strings.Index(line, " "):]))
	case strings.HasPrefix(line, "/may ") || strings.HasPrefix(line, "/máy "):
		return t.fix(strings.TrimSpace(line[strings.Index(line, " "):]))
	case strings.HasPrefix(line, "/"):
		return Reply{Problem: &diag.Sentence{
			VI: "không có lệnh này; có: /tiep LỜI, /cho 30 phút, /may TÊN = được { … }, /thoát",
			EN: "there is no such command; there are: /tiep WORDS, /cho 30 phút, /may NAME = được { … }, /thoát",
		}}, nil
	}
	return t.speak(line, false)
}

// speak sends a message; more says that the burst goes on behind it.
func (t *Talk) speak(line string, more bool) (Reply, error) {
	ev, problem := t.stage.said(line)
	if problem != nil {
		return Reply{Problem: problem}, nil
	}
	onward := t.open
	t.open = more
	if !onward {
		t.record = append(t.record, "Dân: "+line)
		return t.watch(func(each func(engine.Result) bool) error { return t.stage.Say(ev, more, each) })
	}
	t.record = append(t.record, "Dân tiếp: "+line)
	return t.watch(func(each func(engine.Result) bool) error {
		return errors.Join(t.stage.Breathe(each), t.stage.Say(ev, more, each))
	})
}

// watch gathers and records all that comes of what happens on the stage.
func (t *Talk) watch(happen func(each func(engine.Result) bool) error) (Reply, error) {
	var r Reply
	var failed error
	err := happen(func(res engine.Result) bool {
		failed = t.gather(&r, res)
		return failed == nil
	})
	t.note(r.Messages)
	return r, errors.Join(err, failed)
}

// reply gathers and records what a step said.
func (t *Talk) reply(res engine.Result) (Reply, error) {
	var r Reply
	err := t.gather(&r, res)
	t.note(r.Messages)
	return r, err
}

// gather adds what a step said, and plays the tasks it asks for.
func (t *Talk) gather(r *Reply, res engine.Result) error {
	r.Messages = append(r.Messages, res.Messages...)
	if t.flow == "" && len(res.Entered) > 0 {
		t.flow = res.Entered[0].Flow
	}
	for _, task := range t.stage.Pending() {
		if err := t.play(r, task); err != nil {
			return err
		}
	}
	return nil
}

// play answers a task as it was fixed, or with sample values: a terminal has no register to write to. One that hangs is left
// to its deadline.
func (t *Talk) play(r *Reply, task engine.Task) error {
	fake, fixed := t.fakes[task.Name]
	if !fixed {
		fake = t.sample(task)
		t.fakes[task.Name] = fake
		t.head = append(t.head, "giả làm "+task.Name+" = "+outcomeText(fake))
	}
	r.Calls = append(r.Calls, "làm "+task.Name+" = "+outcomeText(fake))
	if fake.Kind == tree.OutcomeHang {
		return nil
	}
	code := ""
	if fake.Code != nil {
		code = fake.Code.Text
	}
	values, unknown := declared(t.cfg.Program, task, fake)
	if unknown != nil {
		r.Problem = &diag.Sentence{
			VI: fmt.Sprintf("tác vụ %s không trả %s", task.Name, unknown.Text), EN: fmt.Sprintf("task %s does not return %s", task.Name, unknown.Text),
		}
	}
	res, err := t.stage.Finish(task, fake.Kind != tree.OutcomeDone, code, values)
	if err != nil {
		return err
	}
	return t.gather(r, res)
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
		fields = append(fields, f.Name.Text+`: "`+f.Value.Text+`"`)
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
	var r Reply
	if t.open { // nothing came behind it: the pause passes before anything else
		t.open = false
		var err error
		if r, err = t.watch(t.stage.Rest); err != nil {
			return r, err
		}
	}
	t.record = append(t.record, "… "+text)
	then, err := t.watch(func(each func(engine.Result) bool) error { return t.stage.Wait(line.Wait, each) })
	then.Messages, then.Calls = append(r.Messages, then.Messages...), append(r.Calls, then.Calls...)
	return then, err
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
	t.record = append(t.record, "giả làm "+line.Setting.Name.Text+" = "+outcomeText(line.Setting.Outcome))
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
	day, minute := value.DayOf(t.cfg.Start)
	y, m, d := value.Civil(day)
	flow := t.flow
	if flow == "" { // nothing was entered, but a test belongs to a flow
		flow = t.cfg.Program.Flows[0].Name
	}
	fmt.Fprintf(&b, "hôm nay %02d/%02d/%04d %02d:%02d\n\nthử %s \"ghi lại\"\n", d, m, y, minute/60, minute%60, flow)
	if t.cfg.Name != "" {
		fmt.Fprintf(&b, "  giả zalo.ten = \"%s\"\n", t.cfg.Name)
	}
	for _, line := range slices.Concat(t.head, t.record) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	return b.String()
}
