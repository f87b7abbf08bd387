package understand_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

// station is the desk with an emergency flow of sentences enough to be learned.
func station() *program.Program {
	p := desk()
	f := p.Flows[7]
	for _, who := range []string{"bà nội", "em trai", "ông ngoại", "chị tôi", "thằng bé"} {
		for _, what := range []string{"đang bị ong bu kín mặt thở không nổi", "nằm im dưới giàn ong gọi không dậy", "té vô tổ ong sưng hết người rồi", "bị cả đàn ong rượt xuống ao chưa thấy lên"} {
			f.Examples = append(f.Examples, fmt.Sprintf("%s %s", who, what))
		}
	}
	return p
}

var stationOnce = sync.OnceValue(func() *understand.Understander { return understand.New(station()) })

// TestEachCauseIsNamed by messages that have no earlier one.
func TestEachCauseIsNamed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want understand.Cause
	}{
		{"vỡ đê rồi", understand.ByPhrase},
		{"bà nội đang bị ong bu kín mặt thở không nổi", understand.ByPhrase},
		{"bà ngoại đang bị đàn ong bu kín cả mặt thở không nổi", understand.ByLikeness},
		{"nuôi ong cần giấy gì", ""},
		{"", ""},
	} {
		e := stationOnce().Explain(tt.text)
		if e.Alarm != tt.want || (e.Alarm != "") != (stationOnce().Emergency(tt.text) == 7) {
			t.Errorf("Explain(%q).Alarm = %q, want %q", tt.text, e.Alarm, tt.want)
		}
	}
}

// TestWithoutAnEmergencyFlowNothingAlarms, whatever is told.
func TestWithoutAnEmergencyFlowNothingAlarms(t *testing.T) {
	t.Parallel()
	p := desk()
	p.Flows = p.Flows[:7]
	u := understand.New(p)
	for _, text := range []string{"cháy nhà cứu với", "nó cầm dao chém người", strings.Repeat("đang cháy, ", 50)} {
		if e := u.Explain(text); e.Alarm != "" || u.Emergency(text) != program.None {
			t.Errorf("Explain(%q).Alarm = %q", text, e.Alarm)
		}
	}
}

// TestExplanationsAgreeWithVerdicts: the reasons stand strongest first.
func TestExplanationsAgreeWithVerdicts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "nuôi ong cần giấy gì", "muốn nuôi ong", "vỡ đê", "thả diều hay múa lân", "qwxz"} {
		u := stationOnce()
		e, v := u.Explain(text), u.Judge(text)
		if fmt.Sprint(e.Verdict) != fmt.Sprint(v) {
			t.Errorf("Explain(%q) says %+v, Judge %+v", text, e.Verdict, v)
		}
		for i, r := range e.Reasons {
			if r.Kind == "" || r.Words == "" || i > 0 && max(r.Weight, -r.Weight) > max(e.Reasons[i-1].Weight, -e.Reasons[i-1].Weight) {
				t.Errorf("Explain(%q): reason %d is %+v", text, i, r)
			}
		}
	}
}
