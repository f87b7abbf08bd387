package engine_test

import (
	"testing"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/message"
)

// lead returns the label that opens the first bubble with words; no other bubble may have one.
func (k *talk) lead() string {
	k.t.Helper()
	lead, first := "", true
	for _, m := range k.res.Messages {
		if m.Lead != "" && (!first || m.Kind != message.Words) {
			k.t.Errorf("a bubble that is not the first with words opens with %q", m.Lead)
		}
		if m.Kind == message.Words && first {
			lead, first = m.Lead, false
		}
	}
	return lead
}

// The label opens the next bubble, unless the person wrote it.
func TestLead(t *testing.T) {
	t.Parallel()
	home := func() *talk { return smart(t).say("kt3").say("1").at("dang_ky/cho_o") }
	for words, want := range map[string]string{
		"2": "Ở nhờ", "phòng trọ": "Nhà thuê, nhà trọ", "nha tro": "Nhà thuê, nhà trọ", "dạ ở nhờ ạ": "Ở nhờ",
		"ở nhờ": "", "O NHO": "", "qqq": "", "giúp": "",
	} {
		if got := home().say(words).lead(); got != want {
			t.Errorf("%q opens with %q, want %q", words, got, want)
		}
	}
	k := home().press("Ở nhờ")
	if got := k.lead(); got != "Ở nhờ" {
		t.Errorf("a press opens with %q", got)
	}
	for words, want := range map[string]string{"dạ": "Có", "1": "Có", "2": "Không", "thôi": "Không", "có": "", "không": ""} {
		if got := home().say("2").say(words).lead(); got != want {
			t.Errorf("%q opens with %q, want %q", words, got, want)
		}
	}
	if got := home().say("o nhoo").kind(engine.AskedBack).say("đúng").lead(); got != "Ở nhờ" {
		t.Errorf("what was asked back opens with %q", got)
	}
	k = near(t).say("dat lik")
	if got := k.lead(); got != "" {
		t.Errorf("the question back opens with %q", got)
	}
	if got := k.say("ừ").lead(); got != "Đặt lịch" {
		t.Errorf("the button asked back opens with %q", got)
	}
	if got := smart(t).say("giúp").say("1").lead(); got != "Đăng ký tạm trú" {
		t.Errorf("a flow that was chosen opens with %q", got)
	}
	old := home().payload("Đăng ký mới")
	if got := home().say(old).kind(engine.Stale).lead(); got != "" {
		t.Errorf("a stale press opens with %q", got)
	}
}

// A choice that is bảo mật stands in no message.
func TestLeadKeepsSecrets(t *testing.T) {
	t.Parallel()
	p := load(t, `luồng kin "Kín"
  từ khóa "kín"

dữ liệu
  benh   chọn bảo mật   "Bệnh"   để "xếp hàng"
    a    "Cúm"
    b    "Sốt"

bước benh
  | Bệnh gì?
  hỏi benh
  [Khác]   -> het
  -> het

bước het
  | Cảm ơn.
  kết thúc đạt
`)
	for _, words := range []string{"1", "Khác", "cúm ạ"} {
		if got := newTalk(t, p, engine.Config{}).say("kín").say(words).lead(); got != "" {
			t.Errorf("%q opens with %q", words, got)
		}
	}
	if got := newTalk(t, p, engine.Config{}).say("kín").press("Sốt").lead(); got != "" {
		t.Errorf("a press opens with %q", got)
	}
}
