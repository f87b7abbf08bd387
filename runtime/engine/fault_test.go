package engine_test

import (
	"errors"
	"strings"
	"testing"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// Flows that the checks would refuse: the person gets an apology with a phone number, never silence and never a crash.
func TestFaults(t *testing.T) {
	t.Parallel()
	const head = "luồng hong \"Hỏng\"\n  từ khóa \"hỏng\"\n\ndữ liệu\n  a  số 1..9  \"A\"\n  b  số 1..9  \"B\"\n\n"
	for name, c := range map[string]struct {
		steps string
		fault string
	}{
		"a sentence reads what is unset":    {"bước x\n  | Số {a}.\n  hỏi b\n  -> het\n", "not set"},
		"a branch reads what is unset":      {"bước x\n  | Chào.\n  -> y\n\nbước y\n  tính b = 1\n  nếu a > b   -> het\n  còn lại     -> het\n", "not set"},
		"steps that go round":               {"bước x\n  tính a = 1\n  tính b = 1\n  | Chào.\n  -> y\n\nbước y\n  -> x\n", "too many steps"},
		"no branch holds":                   {"bước x\n  tính a = 1\n  tính b = 1\n  nếu a == b + 1 -> het\n", "còn lại"},
		"a phải that reads what is unset":   {"bước x\n  | Số?\n  hỏi b\n  phải b > a\n    | Lớn hơn.\n  -> het\n", "not set"},
		"a button that reads what is unset": {"bước x\n  | Số?\n  hỏi b\n  [Như trước] = a\n  -> het\n", "not set"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, load(t, head+c.steps+"\nbước het\n  | Hết.\n  kết thúc đạt\n"), engine.Config{}).say("hỏng")
			if k.res.Kind != engine.Faulty {
				k.say("như trước")
			}
			if k.res.Kind != engine.Faulty {
				k.say("5")
			}
			k.kind(engine.Faulty).at().status(session.Idle)
			k.want("Xin lỗi anh/chị, hệ thống đang gặp trục trặc nên chưa làm tiếp được. Việc gấp, anh/chị gọi 02838291234.")
			if !strings.Contains(k.res.Fault, c.fault) || k.res.Handover != "truc_ban" {
				t.Errorf("the fault is %q, handed over to %q", k.res.Fault, k.res.Handover)
			}
			if len(k.timers) != 0 || len(k.res.Tasks) != 0 {
				t.Errorf("timers %v and tasks %v are left", k.timers, k.res.Tasks)
			}
		})
	}
}

func TestSubFlowsThatCallThemselves(t *testing.T) {
	t.Parallel()
	p := load(t, `luồng goc "Gốc"
  từ khóa "gốc"

bước x
  gọi con_a()
  xong -> het
  bỏ dở -> het

bước het
  kết thúc đạt
`, `luồng con con_a "Con"

bước x
  | Sâu nữa.
  gọi con_b()
  xong -> het
  bỏ dở -> het

bước het
  kết thúc đạt
`, "luồng con con_b \"Con\"\n\nbước x\n  kết thúc đạt\n")
	for _, f := range p.Flows {
		if f.Name == "con_a" {
			f.Steps[0].End.Callee = f.Index
		}
	}
	k := newTalk(t, p, engine.Config{})
	k.say("gốc").kind(engine.Faulty).at()
	if !strings.Contains(k.res.Fault, "too deep") || len(k.res.Messages) != 1 {
		t.Errorf("the fault is %q, the answer %q", k.res.Fault, k.shown())
	}
}

// A machine that does not have an outcome of its steps is a fault of the compiler, found at the first use.
func TestMachineThatDisagrees(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*program.Machine){
		"no transition":      func(m *program.Machine) { m.Transitions = nil },
		"another transition": func(m *program.Machine) { m.Transitions[0].To = m.Transitions[0].From },
	} {
		p := load(t, "luồng hong \"Hỏng\"\n  từ khóa \"hỏng\"\n\nbước x\n  | Chào.\n  -> y\n\nbước y\n  kết thúc đạt\n")
		spoil(&p.Flows[0].Machine)
		k := newTalk(t, p, engine.Config{}).say("hỏng").kind(engine.Faulty)
		if !strings.Contains(k.res.Fault, "hong/x") {
			t.Errorf("%s: the fault is %q", name, k.res.Fault)
		}
	}
}

func TestStepRefuses(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	e := engine.New(p, engine.Config{})
	run := func(change func(*session.Session)) session.Session {
		s := session.Session{Program: p.Hash, Status: session.Waiting, Runs: []session.Run{{
			Flow: hints{p}.flow("bao_tin"), Return: program.None, Slots: make([]value.Value, 6),
		}}}
		change(&s)
		return s
	}
	for name, s := range map[string]session.Session{
		"another program": run(func(s *session.Session) { s.Program = "other" }),
		"no such flow":    run(func(s *session.Session) { s.Runs[0].Flow = 99 }),
		"no such step":    run(func(s *session.Session) { s.Runs[0].Step = 99 }),
		"no such return":  run(func(s *session.Session) { s.Runs[0].Return = 99 }),
		"fewer slots":     run(func(s *session.Session) { s.Runs[0].Slots = nil }),
		"a step between":  run(func(s *session.Session) { s.Runs[0].Step = len(p.Flows[s.Runs[0].Flow].Steps) - 1 }),
	} {
		if _, err := e.Step(&s, &event.Event{Kind: event.Text, Text: "x", At: morning}); !errors.Is(err, engine.ErrProgram) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := run(func(*session.Session) {})
	if _, err := e.Step(&s, &event.Event{Kind: event.Text, Text: "nhà bị trộm", At: morning}); err != nil {
		t.Errorf("a sound session: %v", err)
	}
	for _, kind := range []event.Kind{0, event.Withheld + 1, 255} {
		if _, err := e.Step(&session.Session{}, &event.Event{Kind: kind}); err == nil {
			t.Errorf("an event of kind %d is stepped", kind)
		}
	}
	for _, flow := range []int{-1, 99} {
		if _, err := e.Start(&session.Session{}, flow, &event.Event{Kind: event.Text}); err == nil {
			t.Errorf("flow %d is started", flow)
		}
	}
	// an idle session moves on to the engine's program
	idle := session.Session{Program: "older", Offer: session.Offer{Kind: session.OfferFlow, Items: []int{1}}}
	if _, err := e.Step(&idle, &event.Event{Kind: event.Text, Text: "1", At: morning}); err != nil || idle.Program != p.Hash {
		t.Errorf("an idle session of an older program: %v, now of %s", err, idle.Program)
	}
	if len(idle.Runs) != 1 || p.Flows[idle.Runs[0].Flow].Name != "chao" {
		t.Errorf("an offer of an older program is taken: %+v", idle.Runs)
	}
}

func TestApology(t *testing.T) {
	t.Parallel()
	for of, want := range map[*office.Office]string{
		nil:          "Xin lỗi anh/chị, hệ thống đang gặp trục trặc nên chưa làm tiếp được. Anh/chị nhắn lại sau ít phút giúp.",
		testOffice(): "Xin lỗi anh/chị, hệ thống đang gặp trục trặc nên chưa làm tiếp được. Việc gấp, anh/chị gọi 02838291234.",
		{Fields: map[string]string{"dien_thoai": "0281"}}: "Xin lỗi anh/chị, hệ thống đang gặp trục trặc nên chưa làm tiếp được. Việc gấp, anh/chị gọi 0281.",
	} {
		res := engine.Apology(of)
		if res.Kind != engine.Faulty || len(res.Messages) != 1 || res.Messages[0].Text != want {
			t.Errorf("the apology is %+v", res)
		}
	}
}

// A bundle without any way in answers all the same.
func TestBareBundle(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, registerFile, officerFile), engine.Config{})
	k.say("asdf").kind(engine.Fallback).want("Tôi chưa hiểu ý anh/chị. Anh/chị nhắn ngắn gọn việc cần hỏi, hoặc gọi 02838291234.")
	k.do(event.Event{Kind: event.Follow}).kind(engine.Fallback)
	k.say("bắt đầu lại").kind(engine.Restarted)
	if len(k.res.Messages) != 1 {
		t.Errorf("bắt đầu lại leads to %q", k.shown())
	}
	k.say("kt3").say("giúp").want("Anh/chị đang ở việc: Đăng ký tạm trú. Đang hỏi: Việc. / Anh/chị bấm một nút, hoặc nhắn số từ 1 đến 2. / " +
		"Cũng có thể nhắn: bắt đầu lại. / " + askWork)
	newTalk(t, &program.Program{Hash: "empty", OnFollow: program.None, Fallback: program.None}, engine.Config{Office: &office.Office{}}).
		say("xin chào").want("Tôi chưa hiểu ý anh/chị. Anh/chị nhắn ngắn gọn việc cần hỏi giúp.")
}

func TestKindNames(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for k := engine.Ignored; k <= engine.Faulty; k++ {
		if name := k.String(); name == "" || name == "unknown" || seen[name] {
			t.Errorf("kind %d is called %q", k, name)
		} else {
			seen[name] = true
		}
	}
	if name := engine.Kind(255).String(); name != "unknown" {
		t.Errorf("kind 255 is called %q", name)
	}
}
