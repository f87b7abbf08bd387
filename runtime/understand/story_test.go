package understand_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

// TestFirstWords: what the contract names, in the words of nobody's set.
func TestFirstWords(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for text, want := range map[string]string{
		"xin chào các anh chị ạ":                    "chao_hoi",
		"cho em gặp người thật với":                 "gap_can_bo",
		"phường 15 cũ của tôi giờ thuộc phường nào": "dia_chi",
		"ĐẶT LỊCH LÀM CĂN CƯỚC SÁNG MAI":            "lich_hen",
		"sổ hộ khẩu mất rồi xin cấp lại":            "xac_nhan_cu_tru",
		"ly hôn rồi muốn tách khẩu":                 "tach_ho",
		"rút hồ sơ gốc để bán xe":                   "thu_hoi_xe",
		"thẻ căn cước gãy làm đôi rồi":              "can_cuoc_cap_lai",
		"tich hop bang lai vao vneid":               "dinh_danh",
		"hàng xóm hát karaoke khuya hoài":           "bao_tin",
		"nguwowif lạ gọi baor chuyeenr tieenf":      "lua_dao",
		"làm hộ chiếu ở đâu":                        "none",
		"cảm ơn nhiều ạ":                            "none",
		"Tháng này má em lên nuôi em sanh hai chục ngày, chị chủ trọ đi vắng, vậy ai báo lưu trú cho má, em sợ bị phạt oan": "luu_tru",
	} {
		if v := u.Judge(text); verdictName(p, v) != want {
			t.Errorf("Judge(%q) = %s %.2f, want %s", text, verdictName(p, v), v.Score, want)
		}
	}
}

// TestThanksAreAnsweredAndNoRequest: they lead into the flow that answers them, and into no choice.
func TestThanksAreAnsweredAndNoRequest(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for text, flow := range map[string]string{"em cảm ơn ạ": "cam_on", "thoát": "dung_lai"} {
		v, m := u.Judge(text), u.Match(text)
		if v.Outcome != understand.IsNone || !m.Sure || p.Flows[m.Flow].Name != flow {
			t.Errorf("%q: %+v, %+v, want none and the flow %s", text, v, m, flow)
		}
	}
}

// TestVagueWordsDecideNothing: any flow may be meant.
func TestVagueWordsDecideNothing(t *testing.T) {
	t.Parallel()
	_, u := learned(t)
	for _, text := range []string{"xin giấy", "làm giấy", "đăng ký", "cần giấy tờ gì", "bao nhiêu tiền", "nop ho so", "cứu em với hồ sơ"} {
		if v := u.Judge(text); v.Outcome == understand.IsSure {
			t.Errorf("Judge(%q) = %+v: sure", text, v)
		}
	}
}

// TestGibberishIsNothing: keys struck at random ask for nothing. The seed is fixed.
func TestGibberishIsNothing(t *testing.T) {
	t.Parallel()
	_, u := learned(t)
	r := rand.New(rand.NewPCG(6, 6))
	const keys, all = "qwrtpsdfghjklzxcvbnm", 300
	sure := 0
	for range all {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			for range 3 + r.IntN(8) {
				b.WriteByte(keys[r.IntN(len(keys))])
			}
			b.WriteByte(' ')
		}
		if v := u.Judge(b.String()); v.Outcome != understand.IsNone {
			sure++
			t.Logf("%q: %s %.2f", b.String(), v.Outcome, v.Score)
		}
	}
	if sure > all/100 {
		t.Errorf("%d of %d are taken for something", sure, all)
	}
}

// TestEmergencies: what is happening is one wherever it stands; what is over, asked, told or read is none.
func TestEmergencies(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for _, text := range []string{
		"cứu", "CỨU CỨU", "chay nha roi ba con oi", "nos ddang caamf dao ruowtj tooi",
		"Em ở trọ lầu hai, nãy giờ ngồi coi phim thì nghe la, phòng bên đang có người bị đánh dữ lắm, cho người tới liền, còn giấy tạm trú mai em hỏi",
		"bé nhà em nuốt đồng xu tím mặt không thở được",
	} {
		if flow := u.Emergency(text); flow == program.None || p.Flows[flow].Name != "khan_cap" {
			t.Errorf("Emergency(%q) = %d", text, flow)
		}
	}
	for _, text := range []string{
		"cứu hộ xe máy gọi số nào", "cứu em với em mất căn cước rồi", "nóng muốn chết", "quán này chém giá quá",
		"tuần trước nhà tôi bị trộm, giờ muốn trình báo", "phim có cảnh giết người ghê quá", "cháy hàng rồi shop ơi",
		"cảm ơn các anh đã cứu con tôi hôm trước", "nếu cháy nhà thì gọi số nào", "đánh người thì bị phạt bao nhiêu",
	} {
		if flow := u.Emergency(text); flow != program.None {
			t.Errorf("Emergency(%q) = %s", text, p.Flows[flow].Name)
		}
	}
}

// TestALongMessageHasAnEnd: what a stranger sends is read to a bound, whatever it is made of.
func TestALongMessageHasAnEnd(t *testing.T) {
	t.Parallel()
	_, u := learned(t)
	for _, part := range []string{"tạm trú với tạm vắng, ", "a,", "cháy ", "đang . ", "hay "} {
		if v := u.Judge(strings.Repeat(part, 2000)); len(v.Candidates) > 3 || len(v.Then) > 1 {
			t.Errorf("%q many times: %+v", part, v)
		}
	}
}

// TestManyAskAtOnce: what one call thinks with is no other's.
func TestManyAskAtOnce(t *testing.T) {
	t.Parallel()
	_, u := learned(t)
	all := sentences(t)[:120]
	want := make([]understand.Verdict, len(all))
	for i, a := range all {
		want[i] = u.Judge(a.text)
	}
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for i, a := range all {
				if v := u.Judge(a.text); v.Flow != want[i].Flow || v.Score != want[i].Score || v.Outcome != want[i].Outcome {
					t.Errorf("%q: %+v, want %+v", a.text, v, want[i])
				}
			}
		})
	}
}
