package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

const showFile = `luồng trung_bay "Trưng bày"
  từ khóa "trưng bày"
  bắt đầu hoi

dữ kiện
  le_phi   tiền 15.000   từ 01/01/2026   đến 31/12/2026   căn cứ "x"
  han      số 3          căn cứ "x"

dữ liệu
  loai    chọn        "Loại"
    mot   "Một"
    khi du_tuoi hai   "Hai"
  tuoi    số 1..120   "Tuổi"

điều kiện
  du_tuoi    co(tuoi) and tuoi >= 18
  nho_tuoi   co(tuoi) and tuoi < 18

bước hoi
  | Mấy tuổi?
  hỏi tuoi
  -> bay

bước bay
  khi nho_tuoi ảnh "anh/nho.png" "Ảnh trẻ em"
  | Chào {zalo.ten}, tại {don_vi.ten}.
  khi du_tuoi | Người lớn.
  bảng
    * Lệ phí: {le_phi}
    khi nho_tuoi * Hạn: {han} ngày
  [Bản đồ]   mở "https://{don_vi.trang_web}/{tuoi}"
  nói
  khi nho_tuoi | Chỉ cho trẻ em.
  nói
  danh sách
    * Một
    khi du_tuoi * Hai
  tệp "mau.pdf" "Mẫu đơn"
  -> chon

bước chon
  | Chọn loại.
  hỏi loai
  khi du_tuoi [Tất cả]   = "hai"
  khi nho_tuoi [Về]      -> hoi
  [Gọi]                  gọi số "113"
  -> ket

bước ket
  | Loại {loai}, sang năm {tuoi + 1} tuổi, {{nguyên văn}}.
  kết thúc đạt
`

func TestBubbles(t *testing.T) {
	t.Parallel()
	of := testOffice()
	of.Fields["trang_web"] = "phuong.invalid"
	k := newTalk(t, load(t, showFile), engine.Config{Office: of})
	k.say("trưng bày").say("20").want(
		"Chào, tại Công an phường Bến Thành. / Người lớn. / Lệ phí: 15.000 đ <Bản đồ https://phuong.invalid/20>",
		"• Một / • Hai",
		"(tệp mau.pdf) Mẫu đơn",
		"Chọn loại. [Một] [Hai] [Tất cả] <Gọi 113>")
	if m := k.res.Messages[2]; m.Kind != message.File || m.Program != k.p.Hash {
		t.Errorf("the file is %+v", m)
	}
	k.press("Tất cả").want("Loại Hai, sang năm 21 tuổi, {nguyên văn}.")
	k.s.Name = "Lan"
	k.say("trưng bày").say("7").want(
		"(ảnh anh/nho.png) Ảnh trẻ em",
		"Chào Lan, tại Công an phường Bến Thành. / Lệ phí: 15.000 đ / Hạn: 3 ngày <Bản đồ https://phuong.invalid/7>",
		"Chỉ cho trẻ em.",
		"• Một",
		"(tệp mau.pdf) Mẫu đơn",
		"Chọn loại. [Một] [Về] <Gọi 113>")
	k.say("hai").kind(engine.Wrong).say("tất cả").kind(engine.Wrong).say("3").kind(engine.Wrong)
	k.say("2").kind(engine.Pressed).at("trung_bay/hoi")
	if m := k.seen[len(k.seen)-1]; m.Turn == 0 || session.BubbleOf(m.Turn) != session.Question {
		t.Errorf("the question has turn %d", m.Turn)
	}
}

// Facts and sentences change under a person; the day is the event's.
func TestFactsByDay(t *testing.T) {
	t.Parallel()
	of := testOffice()
	of.Fields["trang_web"] = "phuong.invalid"
	k := newTalk(t, load(t, showFile), engine.Config{Office: of})
	k.now += 40 * 86_400_000 // 2027: no period holds
	k.say("trưng bày").say("20")
	if got := k.shown()[0]; got != "Chào, tại Công an phường Bến Thành. / Người lớn. / Lệ phí: cán bộ sẽ xác nhận <Bản đồ https://phuong.invalid/20>" {
		t.Errorf("without a fact: %q", got)
	}
}

func TestEnteredAndEdges(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3")
	if d := cmp.Diff([]engine.StepRef{{Flow: "dang_ky", Step: "viec"}}, k.res.Entered); d != "" {
		t.Errorf("entered (-want +got):\n%s", d)
	}
	k.say("gia hạn")
	if d := cmp.Diff([]engine.StepRef{{Flow: "dang_ky", Step: "xet"}, {Flow: "dang_ky", Step: "gia_han"}}, k.res.Entered); d != "" {
		t.Errorf("entered (-want +got):\n%s", d)
	}
	f := k.flow("dang_ky")
	steps := k.p.Flows[f].Steps
	if d := cmp.Diff([]engine.Edge{
		{Flow: f, From: index(steps, "viec"), Event: "tra_loi", To: index(steps, "xet")},
		{Flow: f, From: index(steps, "xet"), Event: "nhanh:0", To: index(steps, "gia_han")},
	}, k.res.Edges); d != "" {
		t.Errorf("edges (-want +got):\n%s", d)
	}
	k.say("quay lại")
	if d := cmp.Diff([]engine.Edge{{Flow: f, From: index(steps, "gia_han"), To: index(steps, "viec")}}, k.res.Edges); d != "" {
		t.Errorf("edges (-want +got):\n%s", d)
	}
}

func index(steps []*program.Step, name string) int {
	for i, s := range steps {
		if s.Name == name {
			return i
		}
	}
	return program.None
}

func TestStart(t *testing.T) {
	t.Parallel()
	k := smart(t).say("báo tin").start("dang_ky").kind(engine.Started).at("dang_ky/viec").want("Tôi hướng dẫn tạm trú.", askWork)
	k.ended(engine.Outcome{Flow: "bao_tin"}).say("1").at("dang_ky/cho_o")
}

func TestFixedCalls(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	talkWith := func(out engine.CallOutcome) *talk {
		return newTalk(t, p, engine.Config{Calls: func(flow string) (engine.CallOutcome, bool) { return out, flow == "hoi_nha" }})
	}
	done := engine.CallOutcome{Done: true, Values: map[string]string{"nha": "12 Lê Lợi"}}
	talkWith(done).say("hồ sơ").say("Lan").at("ho_so/tuoi").want("Lan ở 12 Lê Lợi bao nhiêu tuổi?")
	talkWith(engine.CallOutcome{}).say("hồ sơ").say("Lan").at("ho_so/khong_nha")
	done.Values["nha"] = ""
	talkWith(done).say("hồ sơ").say("Lan").kind(engine.Faulty)
}

// What the near readings of a choice are is asked back; nothing near is taken.
func TestNearMiss(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("phong trọo").kind(engine.AskedBack).at("dang_ky/cho_o")
	if got := k.shown(); len(got) != 1 {
		t.Fatalf("a near miss leads to %q", got)
	}
	if w := k.s.Runs[0].Wrong; w != 0 {
		t.Errorf("being asked back counts as %d wrong answers", w)
	}
	k.say("đúng").kind(engine.Answered).at("dang_ky/tre_em")
	if got := k.slot("cho_o"); got != "Nhà thuê, nhà trọ" {
		t.Errorf("cho_o is %q", got)
	}
	smart(t).say("kt3").say("1").say("phong trọo").say("không phải").kind(engine.Declined).at("dang_ky/cho_o")
	smart(t).say("kt3").say("1").say("phong trọo").press("Nhà thuê, nhà trọ").kind(engine.Answered).at("dang_ky/tre_em")
	smart(t).say("kt3").say("1").say("phong trọo").say("2").kind(engine.Declined).say("2").at("dang_ky/tre_em")
}
