package program_test

import (
	"strings"
	"testing"
)

const consentFlow = `luồng a "A"
  từ khóa "a"

bước xin
  | Tôi ghi việc anh/chị hỏi để cán bộ {don_vi.ten} xem. Đổi ý thì nhắn: rút lại đồng ý.
  đồng ý ghi_viec bản 1
  có      -> het
  không   -> thoi
bước het
  | Đã ghi.
  kết thúc đạt
bước thoi
  | Vâng.
  kết thúc bỏ
`

func TestConsentIsLowered(t *testing.T) {
	t.Parallel()
	p := compiled(t, consentFlow)
	end := p.Flows[0].Steps[0].End
	if end.Consent == nil || end.Consent.Name != "ghi_viec" || end.Consent.Version != 1 || len(end.Buttons) != 2 {
		t.Fatalf("%+v", end)
	}
	for i, want := range []struct {
		label string
		step  int
	}{{"Đồng ý", 1}, {"Không đồng ý", 2}} {
		if b := end.Buttons[i]; b.Label.Text != want.label || b.Target.Index != want.step || b.Event == "" {
			t.Errorf("button %d is %+v", i, b)
		}
	}
	if fields := p.Demands().Fields; len(fields) != 1 || fields[0] != "ten" {
		t.Errorf("the office must have %v", fields)
	}
}

// A consent is to words: another version, another name and other words are another shape; words elsewhere are not.
func TestShapeHoldsTheWordsOfAConsent(t *testing.T) {
	t.Parallel()
	base := compiled(t, consentFlow).Shape()
	for change, same := range map[[2]string]bool{
		{"bản 1", "bản 2"}:                    false,
		{"ghi_viec", "ghi_ten"}:               false,
		{"cán bộ {don_vi.ten}", "cán bộ"}:     false,
		{"{don_vi.ten}", "{don_vi.dia_chi}"}:  false,
		{"Tôi ghi", "Tôi giữ"}:                false,
		{"có      -> het", "có      -> thoi"}: false,
		{"Đã ghi.", "Tôi đã ghi."}:            true,
	} {
		text := strings.Replace(consentFlow, change[0], change[1], 1)
		if change[1] == "có      -> thoi" {
			text = strings.Replace(text, "không   -> thoi", "không   -> het", 1)
		}
		if got := compiled(t, text).Shape() == base; got != same {
			t.Errorf("%q for %q: the same shape is %v, want %v", change[1], change[0], got, same)
		}
	}
}
