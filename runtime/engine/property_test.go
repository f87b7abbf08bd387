package engine_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// hostile is what people (and worse) send: words of the flows, numbers, markup, invisible signs, much too much.
var hostile = []string{
	"1", "2", "3", "9", "10", "0", "-1", "kt3", "báo tin", "hồ sơ", "chào", "menu", "có", "không", "thôi", "xong", "bỏ qua", "gia hạn", "phòng trọ",
	"26/11", "31/02", "hôm nay", "0901234567", "12 Lê Lợi", "quay lại", "nhắc lại", "bắt đầu lại", "trợ giúp", "hủy", "tóm tắt", "gặp cán bộ", "gặp người",
	"cứu tôi", "có người cầm dao", "tố cáo công an", "công an vòi tiền", "bán ma túy", "xin giấy", "ở trọ", "không phải", "tiếp tục", "làm tiếp", "đúng",
	"sửa ngày", "gửi", "{don_vi.ten}", "{{", "ht1.", "ht1.8.1", "ht1.0.1", "ht1.4294967295.2147483647", "<script>", "'; DROP TABLE", "\u202e\u200b", "🙂", "", " ",
	"a\x00b", "\xff\xfe", "https://lua.invalid/x?y=%00", "ＡＢＣ１２", "ạ̣̣̣̣̣̣̣̣̣", string(make([]byte, 5000)), "không không có có",
	"sửa", "sửa lại", "sửa ngày", "nhầm rồi", "tôi nhập sai chỗ ở", "đổi lại tên", "dat lik", "xem di", "lm tiep", "giúp", "đúng rồi",
}

// drawEvent draws the next event for k; some of them never happen, which must do no harm either.
func drawEvent(t *rapid.T, k *talk) event.Event {
	ev := event.Event{Kind: event.Text, Late: rapid.IntRange(0, 9).Draw(t, "late") == 0}
	switch rapid.IntRange(0, 19).Draw(t, "what") {
	case 0:
		ev.Kind = rapid.SampledFrom([]event.Kind{event.Follow, event.Sticker, event.Submit, event.Officer, event.Withheld}).Draw(t, "kind")
		ev.Name = rapid.SampledFrom([]string{"", event.Close, "phan_anh", "dang_ky"}).Draw(t, "name")
	case 1, 2:
		ev.Kind = rapid.SampledFrom([]event.Kind{event.Media, event.Place}).Draw(t, "kind")
		kind := rapid.SampledFrom([]string{"image", "file", "video", "location", "", "la"}).Draw(t, "media")
		for range rapid.IntRange(0, 4).Draw(t, "pieces") {
			ev.Media = append(ev.Media, value.Media{Kind: kind, URL: "https://p.invalid", Lat: "10.7", Long: rapid.SampledFrom([]string{"106.7", "x", ""}).Draw(t, "long")})
		}
		ev.Text = rapid.SampledFrom(hostile).Draw(t, "caption")
	case 3, 4:
		ev.Kind, ev.Name = event.Timer, rapid.SampledFrom([]string{engine.TimerSilence, engine.TimerKeep, engine.TimerTask, "la"}).Draw(t, "timer")
		ev.Gen = rapid.SampledFrom([]uint32{0, k.s.Armed, k.s.Kept, k.s.Timer, 1}).Draw(t, "gen")
	case 5, 6, 7:
		ev = drawResult(t, k)
	case 8, 9, 10:
		ev.Text = drawPress(t, k)
	default:
		ev.Text = rapid.SampledFrom(hostile).Draw(t, "text")
	}
	return ev
}

func drawResult(t *rapid.T, k *talk) event.Event {
	r := &event.Result{Call: "1.1.8", Task: "dat_lich", Failed: rapid.Bool().Draw(t, "failed")}
	if n := len(k.tasks); n > 0 {
		task := k.tasks[rapid.IntRange(0, n-1).Draw(t, "task")]
		r.Call, r.Task = task.Call, task.Name
	}
	r.Code = rapid.SampledFrom([]string{"", "*", "het_cho"}).Draw(t, "code")
	r.Values = rapid.SampledFrom([][]string{nil, {"M-1"}, {""}, {"quá dài để là một mã"}, {"a", "b"}}).Draw(t, "values")
	return event.Event{Kind: event.TaskResult, Task: r}
}

// drawPress draws a press of anything that was ever on the screen.
func drawPress(t *rapid.T, k *talk) string {
	var all []string
	for _, m := range k.seen {
		for _, c := range m.Choices {
			all = append(all, message.Payload(m.Turn, c.N), c.Label)
		}
	}
	if len(all) == 0 {
		return "ht1.8.1"
	}
	return rapid.SampledFrom(all[max(0, len(all)-12):]).Draw(t, "press")
}

// Whatever happens: no fault, no silence towards a person, no step out of the program, and the same again gives the same.
func TestWhateverHappens(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}})
		for range rapid.IntRange(1, 40).Draw(rt, "events") {
			k.now += rapid.SampledFrom([]int64{0, 1000, 60_000, 31 * 60_000, 3 * 3_600_000, 30 * 3_600_000}).Draw(rt, "pause")
			ev := drawEvent(rt, k)
			before := session.Append(nil, &k.s, p)
			k.do(ev)
			checkStep(rt, k, &ev)
			checkAgain(rt, k, before, ev)
		}
	})
}

func checkStep(t *rapid.T, k *talk, ev *event.Event) {
	if k.res.Kind == engine.Faulty || k.res.Fault != "" {
		t.Fatalf("a fault: %s", k.res.Fault)
	}
	byPerson := !slices.Contains([]event.Kind{event.Timer, event.TaskResult, event.Officer}, ev.Kind)
	mayBeSilent := k.res.Kind == engine.Held || k.res.Kind == engine.Closed || k.res.Kind == engine.Ignored && ev.Late
	if byPerson && !mayBeSilent && len(k.res.Messages) == 0 && len(k.res.Tasks) == 0 {
		t.Fatalf("%v %q is answered with silence, as %v", ev.Kind, ev.Text, k.res.Kind)
	}
	for _, m := range k.res.Messages {
		if m.Text == "" {
			t.Fatalf("an empty bubble: %+v", m)
		}
	}
	checkState(t, k)
	for _, e := range k.res.Edges {
		tr := program.Transition{Event: e.Event, From: e.From, To: e.To}
		if e.Event != "" && !slices.Contains(k.p.Flows[e.Flow].Machine.Transitions, tr) {
			t.Fatalf("edge %+v is not of the machine", e)
		}
	}
}

func checkState(t *rapid.T, k *talk) {
	want := map[program.EndingKind]session.Status{program.Ask: session.Waiting, program.Menu: session.Waiting, program.Do: session.Working}
	status := session.Idle
	if n := len(k.s.Runs); n > 0 {
		r := k.s.Runs[n-1]
		s, ok := want[k.p.Flows[r.Flow].Steps[r.Step].End.Kind]
		if !ok {
			t.Fatalf("the session stands at a step that waits for nobody: %+v", r)
		}
		status = s
	}
	if k.s.Until > k.now && status != session.Working {
		status = session.Human
	}
	if k.s.Status != status {
		t.Fatalf("the status is %d, want %d", k.s.Status, status)
	}
	for _, r := range k.s.Runs {
		if len(r.Back) > 16 {
			t.Fatalf("%d steps of history", len(r.Back))
		}
	}
	checkTimers(t, k)
}

// checkTimers compares what is armed with what the session believes.
func checkTimers(t *rapid.T, k *talk) {
	if got := k.timers[engine.TimerKeep].Gen; got != k.s.Kept {
		t.Fatalf("giu %d is armed, the session believes %d", got, k.s.Kept)
	}
	armed := k.timers[engine.TimerSilence].Gen + k.timers[engine.TimerTask].Gen + k.timers[engine.TimerReturn].Gen
	if armed != k.s.Armed {
		t.Fatalf("timer %d is armed, the session believes %d: %v", armed, k.s.Armed, k.timers)
	}
	desk := k.timers[engine.TimerDesk].Gen
	if waits := k.s.Wait.Since != 0 && !k.s.Wait.Told; waits && desk != k.s.Wait.Gen || !waits && desk != 0 {
		t.Fatalf("cho_ban %d is armed, the session believes %+v", desk, k.s.Wait)
	}
	if (k.s.Kept != 0) != (len(k.s.Runs) > 0) {
		t.Fatalf("%d runs live with giu %d", len(k.s.Runs), k.s.Kept)
	}
	if k.s.Status == session.Working && k.timers[engine.TimerTask].Gen == 0 {
		t.Fatal("a task is in flight without a deadline")
	}
}

// checkAgain steps the session before over the same event: the result must be the same to the last byte.
func checkAgain(t *rapid.T, k *talk, before []byte, ev event.Event) {
	var s session.Session
	if err := session.Decode(before, k.p, &s); err != nil {
		t.Fatal(err)
	}
	ev.At = k.now
	res, err := k.e.Step(&s, &ev)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(k.res, res, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("stepping again gives another result:\n%s", d)
	}
	if d := cmp.Diff(k.s, s, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("stepping again gives another session:\n%s", d)
	}
}

// A Result that is used again must not shine through, and an engine serves many people at once.
func TestStepIntoAndConcurrency(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	e := engine.New(p, engine.Config{Office: testOffice()})
	script := []string{"kt3", "1", "phòng trọ", "không", "zzz", "26/11", "thôi"}
	var want []engine.Result
	s := session.Session{}
	for i, text := range script {
		res, err := e.Step(&s, &event.Event{Kind: event.Text, At: morning + int64(i), Text: text})
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, res)
	}
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			var res engine.Result
			for range 20 {
				s := session.Session{}
				for i, text := range script {
					if err := e.StepInto(&res, &s, &event.Event{Kind: event.Text, At: morning + int64(i), Text: text}); err != nil {
						t.Fatal(err)
					}
					if d := cmp.Diff(want[i], res, cmpopts.EquateEmpty()); d != "" {
						t.Fatalf("%s (-alone +again):\n%s", text, d)
					}
				}
			}
		})
	}
}

// A year of reminders, deadlines and expiries leaves nothing behind.
func TestTimersEnd(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"kt3", "báo tin", "hồ sơ", "chào", "xin giấy", "gặp người"} {
		k := smart(t).say(open).wait(365 * 24 * time.Hour)
		if len(k.s.Runs) != 0 || len(k.timers) != 0 {
			t.Errorf("%s: %d runs and timers %v are left", open, len(k.s.Runs), k.timers)
		}
	}
}
