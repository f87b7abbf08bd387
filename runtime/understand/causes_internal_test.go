package understand

import (
	"testing"

	"hoithoai/dsl/program"
)

// apiary is an office with one request and an emergency of sentences enough to be learned.
func apiary() *program.Program {
	who := []string{"bà nội", "em trai", "ông ngoại", "chị tôi", "thằng bé"}
	what := []string{" đang bị ong bu kín mặt thở không nổi", " nằm im dưới giàn ong gọi không dậy", " té vô tổ ong sưng hết người rồi", " bị cả đàn ong rượt xuống ao chưa thấy lên"}
	alarm := &program.Flow{Index: 1, Name: "khan_cap", Emergency: true, Keywords: []string{"vỡ đê"}, Except: []string{"phim vỡ đê"}}
	for _, a := range who {
		for _, b := range what {
			alarm.Examples = append(alarm.Examples, a+b)
		}
	}
	return &program.Program{Fallback: program.None, OnFollow: program.None, Flows: []*program.Flow{
		{Index: 0, Name: "nuoi_ong", Title: "Giấy nuôi ong", Examples: []string{"muốn nuôi ong phải xin phép ở đâu", "nuôi ong cần giấy gì"}}, alarm}}
}

// heardAs reads a message, and takes the emergency for so likely.
func heardAs(u *Understander, text string, likely float64) heard {
	h := u.listen(&scratch{}, text)
	h.ranked = []Score{{0, 1 - likely}, {1, likely}}
	return h
}

// TestTwoSignsRaiseAnAlarm where the message is hardly like one, unless words speak against it.
func TestTwoSignsRaiseAnAlarm(t *testing.T) {
	t.Parallel()
	u := New(apiary())
	for _, tt := range []struct {
		text   string
		likely float64
		want   int
		cause  Cause
	}{
		{"qwxz cầm dao blorf máu me", alarmTwice + 0.01, 1, BySigns},
		{"qwxz cầm dao blorf máu me", alarmTwice - 0.01, program.None, BySigns},
		{"qwxz cầm dao blorf", alarmTwice + 0.01, program.None, BySigns},
		{"hôm qua cầm dao máu me", alarmTwice + 0.01, program.None, BySigns},
		{"phim vỡ đê cầm dao máu me", alarmTwice + 0.01, program.None, BySigns},
		{"qwxz cầm dao blorf máu me", alarmLikely + 0.01, 1, ByLikeness},
		{"vỡ đê cầm dao máu me", alarmNamed + 0.01, 1, ByPhrase},
	} {
		h := heardAs(u, tt.text, tt.likely)
		flow, cause := u.raised(&scratch{}, h, u.signs(h.words))
		if flow != tt.want || flow != program.None && cause != tt.cause {
			t.Errorf("%q at %.2f: flow %d by %q, want %d by %q", tt.text, tt.likely, flow, cause, tt.want, tt.cause)
		}
	}
}

// TestAPartRaisesAnAlarm where the whole is about something else.
func TestAPartRaisesAnAlarm(t *testing.T) {
	t.Parallel()
	u := New(apiary())
	const inside = "chào anh chị em tính hỏi giấy nuôi ong, mà ông ngoại té vô tổ ong sưng hết người rồi, giấy tính sau"
	for _, tt := range []struct {
		text   string
		likely float64
		want   int
	}{
		{inside, alarmNamed + 0.01, 1},
		{inside, alarmNamed - 0.01, program.None},
		{"chào anh chị em tính hỏi giấy nuôi ong, đàn ong đang lớn, giấy làm mấy ngày", alarmNamed + 0.01, program.None},
	} {
		if got := u.within(heardAs(u, tt.text, tt.likely)); got != tt.want {
			t.Errorf("within %q at %.2f: %d, want %d", tt.text, tt.likely, got, tt.want)
		}
	}
}

// TestTheCalmClassIsLearnedAgainstDangerAlone: without an emergency that is learned there is none.
func TestTheCalmClassIsLearnedAgainstDangerAlone(t *testing.T) {
	t.Parallel()
	p := apiary()
	if u := New(p); u.classes[len(u.classes)-1] != sounding {
		t.Errorf("classes %v", u.classes)
	}
	p.Flows[1].Examples = p.Flows[1].Examples[:taught-1]
	for _, c := range New(p).classes {
		if c == sounding {
			t.Error("a calm class without a learned emergency")
		}
	}
	scores := []float32{3, 2, 1, 0}
	oppose(scores, 1, 3)
	if soften(scores); scores[0] != 0 || scores[2] != 0 || scores[1] < 0.8 || scores[3] <= 0 {
		t.Errorf("opposed: %v", scores)
	}
}
