package flows_test

import (
	"testing"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/rehearsal"
	"hoithoai/runtime/session"
)

// bursts are thoughts in several messages, as people and attackers send them: text that is cut up, pictures and presses between
// the lines, another wish in the middle, much too much.
func bursts() [][]event.Event {
	say := func(lines ...string) (out []event.Event) {
		for _, l := range lines {
			out = append(out, event.Event{Kind: event.Text, Text: l})
		}
		return out
	}
	photo := media("image", mark+".jpg")
	place := event.Event{Kind: event.Place, Text: mark, Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78", Name: mark}}}
	sticker := event.Event{Kind: event.Sticker}
	return [][]event.Event{
		say("", "{", "{{don_vi.ten}}", mark, "\u202e\u200b", "\xff\xfe", "ht1.1.1"),
		append(say("dạ", "có"), photo, sticker, place),
		{photo, photo, media("audio", mark+".m4a"), media("video", mark+".mp4"), {Kind: event.Media}},
		append(append(say("em muốn", "hỏi thêm"), event.Event{Kind: event.Follow}, sticker), say("quay lại", "quay lại")...),
		say("tạm", "trú", "báo", "tin", "1", "2", "xong", "gửi"),
		say("sửa", "sửa lại thành "+mark, "không phải", "thành", "là là"),
		append(say("nhà tôi", "đang cháy"), say("mau lên", "2", "ừ")...),
		say("công an phường", "nhận hối lộ", "tên là "+mark),
		say("xóa dữ liệu của tôi", "1", "xem dữ liệu của tôi", "rút lại đồng ý"),
		{{Kind: event.Text, Text: longText()}, {Kind: event.Text, Text: longText()}, {Kind: event.Text, Text: longText(), Late: true}},
	}
}

func longText() string {
	text := make([]rune, 0, 2100)
	for len(text) < 2000 {
		text = append(text, []rune("ạ 1 {x} ")...)
	}
	return string(text) + mark
}

// everyBurst sends every burst to every step, which takes a quarter of a minute; else each step gets two, each burst a fifth of them.
const everyBurst = false

// TestHostileBursts sends bursts to every waiting step of every flow, as fast as people type and then all at once: nothing
// fails, loops or stays silent, nothing is shown back, and a person of the office stays one message away.
func TestHostileBursts(t *testing.T) {
	t.Parallel()
	loaded := load(t)
	d := open(loaded.Program)
	ways := approaches(t, d, loaded)
	all := bursts()
	for n, from := range places(ways) {
		for i := range all {
			if !everyBurst && (i+n)%5 != 0 {
				continue
			}
			v := d.burst(t, ways[from])
			v.hurry(t, from, all[i])
			if t.Failed() {
				t.Fatalf("burst %d at %v", i, from)
			}
		}
	}
}

// burst is arrive at an office that gathers bursts.
func (d door) burst(t *testing.T, said []string) *visit {
	t.Helper()
	of := office.Demo()
	of.Fields["nhan_tin"] = "age"
	const morning = 1795485600000
	v := &visit{prog: d.prog, stage: rehearsal.NewStage(rehearsal.Config{
		Program: d.prog, Understand: d.learnt, Office: of, Start: morning, Gather: engine.DefaultGather,
	})}
	for _, line := range said {
		v.complete(t, v.meant(line))
	}
	return v
}

// complete plays one event and the pause behind it.
func (v *visit) complete(t *testing.T, ev event.Event) {
	t.Helper()
	if err := v.stage.Say(ev, false, v.heard(t)); err != nil {
		t.Fatal(err)
	}
}

// heard keeps what a step says, and answers its tasks.
func (v *visit) heard(t *testing.T) func(engine.Result) bool {
	return func(res engine.Result) bool {
		v.res.Messages = append(v.res.Messages, res.Messages...)
		v.res.Kind, v.res.Fault, v.res.Handover = res.Kind, v.res.Fault+res.Fault, res.Handover
		for _, task := range v.stage.Pending() {
			values := make([]string, len(v.prog.Tasks[task.Index].Results))
			for i := range values {
				values[i] = "TB-0001"
			}
			done, err := v.stage.Finish(task, false, "", values)
			if err != nil {
				t.Error(err)
			}
			v.res.Messages = append(v.res.Messages, done.Messages...)
			v.res.Fault += done.Fault
		}
		return true
	}
}

// hurry sends a burst with a breath between its lines.
func (v *visit) hurry(t *testing.T, from place, burst []event.Event) {
	t.Helper()
	held := v.stage.Session().Status == session.Human
	v.res = engine.Result{}
	each := v.heard(t)
	for _, ev := range burst {
		if err := v.stage.Say(ev, true, each); err != nil {
			t.Fatal(err)
		}
		if err := v.stage.Breathe(each); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.stage.Rest(each); err != nil {
		t.Fatal(err)
	}
	if v.res.Fault != "" || len(v.res.Messages) == 0 && !held {
		t.Errorf("%v: %d bubbles, fault %q", from, len(v.res.Messages), v.res.Fault)
	}
	if most := 6 * len(burst); len(v.res.Messages) > most {
		t.Errorf("%v: %d bubbles after %d messages", from, len(v.res.Messages), len(burst))
	}
	for _, m := range v.res.Messages {
		checkBubble(t, m)
	}
	if v.stage.Session().Draft != (session.Draft{}) {
		t.Errorf("%v: the burst is not over: %+v", from, v.stage.Session().Draft)
	}
	if v.stage.Session().Status == session.Human {
		return
	}
	v.complete(t, event.Event{Kind: event.Text, Text: "gặp cán bộ"})
	if v.res.Handover != "truc_ban" {
		t.Errorf("%v: no person comes", from)
	}
	if err := v.stage.Wait(25*time.Hour, each); err != nil || v.res.Fault != "" {
		t.Errorf("%v: a day later: %v %s", from, err, v.res.Fault)
	}
}
