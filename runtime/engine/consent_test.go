package engine_test

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

const consentWords = "Tôi ghi số điện thoại để cán bộ gọi lại.\nĐổi ý thì anh/chị nhắn: rút lại đồng ý."

// consenting is a bundle of one flow that asks for a consent of the given version behind a first question, and of another that
// asks for nothing.
func consenting(t testing.TB, version string) *program.Program {
	t.Helper()
	return load(t, `luồng goi "Gọi lại"
  căn cứ "Quy ước"   hiệu lực 01/01/2026   rà soát 01/01/2099
  từ khóa "gọi lại"

dữ liệu
  viec   chữ 2..60               "Việc"
  so     điện thoại   bảo mật    "Số điện thoại"   để "cán bộ gọi lại"

bước viec
  | Việc gì?
  hỏi viec
  -> xin_phep

bước xin_phep
  | Tôi ghi số điện thoại để cán bộ gọi lại.
  | Đổi ý thì anh/chị nhắn: rút lại đồng ý.
  đồng ý goi_lai bản `+version+`
  có      -> so
  không   -> thoi

bước so
  | Số nào?
  hỏi so
  -> het

bước het
  | Cán bộ gọi {so} về {viec}.
  kết thúc đạt

bước thoi
  | Vâng, tôi không ghi số.
  kết thúc bỏ
`, `luồng khac "Việc khác"
  căn cứ "Quy ước"   hiệu lực 01/01/2026   rà soát 01/01/2099
  từ khóa "việc khác"

dữ liệu
  ghi   chữ 2..200   "Ghi"

bước ghi
  | Ghi gì?
  hỏi ghi
  -> het

bước het
  | Đã ghi.
  kết thúc đạt
`)
}

// says is say, one message after the other.
func (k *talk) says(texts ...string) *talk {
	k.t.Helper()
	for _, text := range texts {
		k.say(text)
	}
	return k
}

func consentTalk(t testing.TB) *talk { return newTalk(t, consenting(t, "1"), engine.Config{}) }

func digestOf(words string) uint64 {
	sum := sha256.Sum256([]byte(words))
	return binary.BigEndian.Uint64(sum[:8])
}

// agreedTo is what the session must remember.
func agreedTo(k *talk) []session.Consent {
	return []session.Consent{{Name: "goi_lai", Version: 1, At: k.now, Text: digestOf(consentWords)}}
}

func TestClearWordsAgree(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"đồng ý", "Đồng ý", "dong y", "tôi đồng ý", "em đồng ý ạ", "dạ con đồng ý", "vâng, tôi đồng ý.", "hoàn toàn đồng ý", "1",
	} {
		k := consentTalk(t).says("gọi lại", "hỏi giấy tờ", words)
		if diff := cmp.Diff(agreedTo(k), k.s.Agreed); diff != "" {
			t.Errorf("%q (-want +got):\n%s", words, diff)
		}
		want := []engine.Decision{{Consent: agreedTo(k)[0], Answer: engine.Agreed}}
		if diff := cmp.Diff(want, k.res.Decisions); diff != "" {
			t.Errorf("%q decides (-want +got):\n%s", words, diff)
		}
	}
}

func TestNothingNearAgrees(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"ừ", "ok", "có", "dạ", "vâng", "được", "yes", "đồng", "dong i", "đồng ý không?", "chắc là đồng ý", "ừ thì đồng ý nếu không tốn tiền",
		"đồng ý cái gì", "3", "👍", "tôi không biết", "chưa đồng ý", "đông y",
	} {
		k := consentTalk(t).says("gọi lại", "hỏi giấy tờ", words)
		switch {
		case words == "đông y": // without its accents it is the very answer, and people type without accents
			continue
		case len(k.s.Agreed) > 0:
			t.Errorf("%q agrees", words)
		case k.s.Runs[0].Step != 1:
			t.Errorf("%q leads away from the question", words)
		case len(lastChoices(k)) != 2:
			t.Errorf("%q: the buttons are not shown again", words)
		}
	}
}

func lastChoices(k *talk) []message.Choice { return k.seen[len(k.seen)-1].Choices }

func TestAnyWayOfRefusingRefuses(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"không", "không đồng ý", "khong dong y", "tôi không đồng ý", "dạ không ạ", "thôi", "2"} {
		k := consentTalk(t).says("gọi lại", "hỏi giấy tờ", words)
		if len(k.s.Agreed) > 0 || len(k.s.Runs) > 0 {
			t.Errorf("%q: agreed %v, runs %d", words, k.s.Agreed, len(k.s.Runs))
		}
		if len(k.res.Decisions) != 1 || k.res.Decisions[0].Answer != engine.Refused {
			t.Errorf("%q decides %+v", words, k.res.Decisions)
		}
	}
}

func TestAgreedOnceIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	k := consentTalk(t).says("gọi lại", "hỏi giấy tờ", "đồng ý", "0912345678", "gọi lại", "hỏi lệ phí")
	if got := k.seen[len(k.seen)-1].Text; !strings.HasSuffix(got, "Số nào?") {
		t.Errorf("the second time it says %q", got)
	}
	if len(k.res.Decisions) > 0 {
		t.Errorf("it is decided again: %+v", k.res.Decisions)
	}
	k.say("quay lại")
	if got := k.s.Runs[0].Step; got != 0 {
		t.Errorf("quay lại leads to step %d, want the one before the consent", got)
	}
}

func TestANewVersionAsksAgain(t *testing.T) {
	t.Parallel()
	old := consentTalk(t).says("gọi lại", "hỏi giấy tờ", "đồng ý", "0912345678")
	k := newTalk(t, consenting(t, "2"), engine.Config{})
	k.s = old.s
	k.says("gọi lại", "hỏi lệ phí")
	if k.s.Runs[0].Step != 1 {
		t.Fatalf("version 2 is at step %d", k.s.Runs[0].Step)
	}
	k.say("không")
	if len(k.s.Agreed) > 0 {
		t.Errorf("who refuses version 2 still agrees to %+v", k.s.Agreed)
	}
}

func TestBackAfterAgreeing(t *testing.T) {
	t.Parallel()
	k := consentTalk(t).says("gọi lại", "hỏi giấy tờ", "đồng ý", "quay lại")
	if k.s.Runs[0].Step != 0 || k.s.Runs[0].Slots[0].IsSet() {
		t.Errorf("at step %d with %+v", k.s.Runs[0].Step, k.s.Runs[0].Slots)
	}
}

// Withdrawing ends what was done on the strength of the consent, and nothing else.
func TestWithdrawing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		said []string
		runs int
		want string
	}{
		"nothing was agreed to":        {[]string{"việc khác"}, 1, "Tôi không giữ lời đồng ý"},
		"behind the consent":           {[]string{"gọi lại", "giấy tờ", "đồng ý"}, 0, "nên tôi dừng việc đang làm"},
		"before it, given earlier":     {[]string{"gọi lại", "giấy tờ", "đồng ý", "0912345678", "gọi lại"}, 1, "Lần sau cần đến"},
		"in a flow that asks for none": {[]string{"gọi lại", "giấy tờ", "đồng ý", "0912345678", "việc khác"}, 1, "Lần sau cần đến"},
		"idle":                         {[]string{"gọi lại", "giấy tờ", "đồng ý", "0912345678"}, 0, "Lần sau cần đến"},
		"another flow above it":        {[]string{"gọi lại", "giấy tờ", "đồng ý", "việc khác"}, 0, "nên tôi dừng việc đang làm"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := consentTalk(t).says(c.said...)
			had := len(k.s.Agreed)
			from := len(k.seen)
			k.say("rút lại đồng ý")
			if len(k.s.Agreed) > 0 || len(k.s.Runs) != c.runs || len(k.res.Decisions) != had {
				t.Errorf("agreed %v, %d runs, decided %v", k.s.Agreed, len(k.s.Runs), k.res.Decisions)
			}
			if got := k.seen[from].Text; !strings.Contains(got, c.want) {
				t.Errorf("it says %q, want %q", got, c.want)
			}
			if k.res.Kind != engine.Claimed {
				t.Errorf("it is %v", k.res.Kind)
			}
		})
	}
}

func TestErasingAsksOnce(t *testing.T) {
	t.Parallel()
	for _, idle := range []bool{true, false} {
		k := consentTalk(t)
		if !idle {
			k.says("gọi lại", "hỏi giấy tờ", "đồng ý")
		}
		k.say("xoá dữ liệu của tôi")
		if k.res.Erase || k.s.Offer.Kind != session.OfferErase {
			t.Fatalf("idle %v: erase %v, offer %+v", idle, k.res.Erase, k.s.Offer)
		}
		k.say("giữ lại")
		if k.res.Erase || k.res.Kind != engine.Declined {
			t.Errorf("idle %v: giữ lại is %v", idle, k.res.Kind)
		}
		k.says("xóa dữ liệu của tôi", "xóa hết")
		if !k.res.Erase || len(k.s.Agreed) > 0 || len(k.s.Runs) > 0 {
			t.Errorf("idle %v: %+v", idle, k.s)
		}
		if len(k.timers) > 0 {
			t.Errorf("idle %v: timers are left: %v", idle, k.timers)
		}
	}
}

func TestHeldMasksAndSaysHowLong(t *testing.T) {
	t.Parallel()
	k := consentTalk(t)
	k.s.Name = "Lan"
	k.says("gọi lại", "hỏi giấy tờ", "đồng ý", "xem dữ liệu của tôi")
	got := k.seen[len(k.seen)-2].Text
	for _, part := range []string{
		"• Việc: hỏi giấy tờ", "Đã đồng ý: Gọi lại (bản 1, ngày 24/11/2026)", "Tên trên Zalo: Lan", "9:00 ngày 25/11/2026", "30 ngày",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing in %q", part, got)
		}
	}
	if k.s.Runs[0].Step != 2 {
		t.Errorf("the question is left: step %d", k.s.Runs[0].Step)
	}
}

// In free text the person is told once; at a question whose answer is a number, a wrong number is no paper.
func TestToldOnceToRecall(t *testing.T) {
	t.Parallel()
	told := func(k *talk) (n int) {
		for _, m := range k.seen {
			n += strings.Count(m.Text, "thu hồi tin nhắn đó")
		}
		return n
	}
	k := consentTalk(t).says("gọi lại", "căn cước 079203012345", "đồng ý", "cmnd 271345688", "079203012345")
	if n := told(k); n != 1 {
		t.Errorf("told %d times", n)
	}
	if got := k.s.Runs[0].Slots[0].S; got != "căn cước 079203012345" {
		t.Errorf("the answer is %q: the flow needs the words as they are", got)
	}
	k = consentTalk(t).says("gọi lại", "hỏi giấy tờ", "đồng ý", "912345678")
	if n := told(k); n != 0 {
		t.Error("a telephone number with a digit too few is taken for a paper")
	}
	k = consentTalk(t).say("thẻ 4111111111111111")
	if n := told(k); n != 1 {
		t.Errorf("while nothing is under way: told %d times", n)
	}
}

func TestLeavingForgetsEverything(t *testing.T) {
	t.Parallel()
	for _, kind := range []event.Kind{event.Unfollow, event.Withdraw} {
		k := consentTalk(t).says("gọi lại", "hỏi giấy tờ", "đồng ý")
		k.do(event.Event{Kind: kind})
		if !k.res.Erase || len(k.res.Messages) > 0 || len(k.s.Agreed)+len(k.s.Runs) > 0 || k.s.Told != 0 || len(k.timers) > 0 {
			t.Errorf("%v: %+v, timers %v", kind, k.s, k.timers)
		}
	}
}
