package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// given is what one person answers, in order, up to the last question.
type given struct {
	ten, ngay, may, ghi, loai, so, duong string
	pictures                             int
}

func drawGiven(t *rapid.T) given {
	return given{
		ten: rapid.SampledFrom([]string{"Lan", "Bùi Sửa", "sửa xe"}).Draw(t, "ten"), ngay: rapid.SampledFrom([]string{"1/2/1990", "hôm qua"}).Draw(t, "ngay"),
		may: "0912345678", ghi: rapid.SampledFrom([]string{"bỏ qua", "gấp", "nhầm rồi"}).Draw(t, "ghi"),
		loai: "làm mới", so: "12", duong: "Lê Lợi", pictures: rapid.IntRange(1, 3).Draw(t, "pictures"),
	}
}

// answer gives the first n of the answers; fewer are asked for where the last picture completes the collection.
func (g given) answer(k *talk, n int) {
	steps := []func(){
		func() { k.say(g.ten) }, func() { k.say(g.ngay) }, func() { k.say(g.may) }, func() { k.say(g.ghi) }, func() { k.say(g.loai) },
		func() { k.say(g.so) }, func() { k.say(g.duong) }, func() { g.send(k) },
	}
	for _, step := range steps[:n] {
		step()
	}
}

func (g given) send(k *talk) {
	for i := range g.pictures {
		k.picture(fmt.Sprintf("%d.jpg", i))
	}
	if g.pictures < 3 {
		k.say("xong")
	}
}

// Correcting an answer into itself changes nothing: the same step, the same slots, nothing kept behind.
func TestEditIntoItself(t *testing.T) {
	t.Parallel()
	p := forms(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{}).say("nộp đơn")
		g, n := drawGiven(rt), rapid.SampledFrom([]int{1, 2, 3, 4, 5, 7, 8}).Draw(rt, "answers")
		g.answer(k, n)
		k.settleTasks()
		before := clone(k)
		i := rapid.IntRange(0, min(n, 5)-1).Draw(rt, "which")
		edit := []string{"sửa họ tên", "sửa ngày sinh", "sửa số điện thoại", "sửa ghi chú", "sửa loại đơn"}[i]
		k.say(edit)
		if k.res.Kind != engine.Edited {
			rt.Fatalf("%s leads to %v %q", edit, k.res.Kind, k.shown())
		}
		k.say([]string{g.ten, g.ngay, g.may, g.ghi, g.loai}[i])
		k.settleTasks()
		after := clone(k)
		if d := cmp.Diff(before, after, cmpopts.EquateEmpty()); d != "" {
			rt.Fatalf("%s and the same answer change something (-before +after):\n%s", edit, d)
		}
	})
}

// settleTasks answers what is in flight.
func (k *talk) settleTasks() {
	for len(k.tasks) > 0 {
		k.finish("", "M-1")
	}
}

// clone keeps what a correction must not change.
func clone(k *talk) []session.Run {
	var out []session.Run
	for _, r := range k.s.Runs {
		out = append(out, session.Run{Flow: r.Flow, Step: r.Step, Link: r.Link, Return: r.Return, Slots: append(r.Slots[:0:0], r.Slots...), Back: r.Back, Again: r.Again})
	}
	return out
}

// Whatever is said at whichever step, a kept answer never stands against a phải, a hidden option or a skipped confirmation.
func TestCorrectionsEndAtAWait(t *testing.T) {
	t.Parallel()
	words := []string{
		"sửa", "sửa ngày sinh", "sửa họ tên", "đổi lại số điện thoại", "sửa loại đơn", "sửa địa chỉ", "sửa ảnh", "sửa ghi chú", "nhầm rồi", "1", "2", "3", "9",
		"hôm qua", "1/2/1990", "0912345678", "bỏ qua", "làm mới", "cấp lại", "xong", "quay lại", "bắt đầu lại", "giúp", "Lan", "gặp cán bộ", "nộp đơn", "không",
	}
	p := forms(t)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{}).say("nộp đơn")
		drawGiven(rt).answer(k, rapid.SampledFrom([]int{0, 2, 5, 7, 8}).Draw(rt, "answers"))
		for range rapid.IntRange(1, 12).Draw(rt, "events") {
			if rapid.IntRange(0, 9).Draw(rt, "press") == 0 {
				k.say(drawPress(rt, k))
			} else {
				k.say(rapid.SampledFrom(words).Draw(rt, "words"))
			}
			for _, task := range k.res.Tasks {
				sent := len(k.res.Entered) > 0 && task.Name == "nop"
				if sent && k.res.Kind != engine.Answered && k.res.Kind != engine.Pressed {
					rt.Fatalf("the form is sent by %v", k.res.Kind)
				}
			}
			checkStep(rt, k, &event.Event{Kind: event.Text})
			if len(k.tasks) > 0 && rapid.Bool().Draw(rt, "finish") {
				k.finish("", "M-1")
				checkStep(rt, k, &event.Event{Kind: event.TaskResult})
			}
		}
	})
}

// A sticker, a voice, a video, a place, a picture, a file and a link at each kind of question: each is answered with what is
// wanted here, and no question is lost.
func TestWrongKinds(t *testing.T) {
	t.Parallel()
	questions := map[string][]string{
		"don/ten": nil, "don/ngay_sinh": {"Lan"}, "don/so_may": {"Lan", "1/2/1990"}, "don/ghi_chu": {"Lan", "1/2/1990", "0912345678"},
		"don/loai": {"Lan", "1/2/1990", "0912345678", "x"}, "don/hinh": {"Lan", "1/2/1990", "0912345678", "x", "làm mới", "12", "Lê Lợi"},
	}
	p := forms(t)
	for at, said := range questions {
		for _, kind := range []string{"sticker", "audio", "video", "location", "image", "file", "link", "la"} {
			k := newTalk(t, p, engine.Config{}).say("nộp đơn")
			for _, s := range said {
				k.say(s)
			}
			k.at(at).do(wrongKind(kind))
			if at == "don/hinh" && kind == "image" {
				k.kind(engine.Collected)
				continue
			}
			if k.res.Kind != engine.Unasked && k.res.Kind != engine.Unreadable {
				t.Errorf("%s at %s is %v", kind, at, k.res.Kind)
			}
			k.at(at)
			if m := k.res.Messages[len(k.res.Messages)-1]; m.Kind != message.Words || len(k.res.Messages) != 1 {
				t.Errorf("%s at %s is answered with %q", kind, at, k.shown())
			}
		}
	}
}

func wrongKind(kind string) event.Event {
	if kind == "sticker" {
		return event.Event{Kind: event.Sticker}
	}
	ev := event.Event{Kind: event.Media, Media: []value.Media{{Kind: kind, Name: "a.x", URL: "https://p.invalid/a.x", Lat: "10.7", Long: "106.7"}}}
	if kind == "location" {
		ev.Kind = event.Place
	}
	return ev
}

// The reply names what was sent and what is wanted.
func TestWrongKindsAreNamed(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"audio": "Tôi chưa nghe được ghi âm", "video": "Tôi chưa xem được video", "location": "Tôi chưa hỏi tệp hay vị trí", "image": "Tôi chưa hỏi ảnh",
		"sticker": "Tôi chỉ đọc được chữ",
	}
	for kind, begin := range want {
		k := form(t).say("nộp đơn").do(wrongKind(kind))
		if got := k.shown()[0]; !strings.HasPrefix(got, begin) {
			t.Errorf("%s is answered with %q", kind, got)
		}
	}
	k := form(t).say("nộp đơn")
	for _, s := range []string{"Lan", "1/2/1990", "0912345678", "x", "làm mới", "12", "Lê Lợi"} {
		k.say(s)
	}
	if got := k.do(wrongKind("sticker")).shown()[0]; strings.Contains(got, "bằng chữ") || !strings.Contains(got, "gửi giúp từ 1 đến 3 ảnh") {
		t.Errorf("a sticker where pictures are asked is answered with %q", got)
	}
}
