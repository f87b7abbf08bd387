package engine_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
)

// editFile has every kind of step a correction can cross: conditions, a sub-flow, a tùy question, a picture, a task that may
// run twice, a question that sends something off.
const editFile = `luồng don "Nộp đơn"
  từ khóa "nộp đơn"

dữ liệu
  ten        chữ 2..40                "Họ tên"
  ngay_sinh  ngày                     "Ngày sinh"
  so_may     điện thoại bảo mật       "Số điện thoại"   để "báo kết quả"
  ghi_chu    chữ 1..40 tùy            "Ghi chú"
  loai       chọn                     "Loại đơn"
    moi      "Làm mới", "cấp mới"
    khi lon  lai  "Cấp lại"
  nha        chữ 1..40                "Địa chỉ"
  hinh       ảnh 1..3                 "Ảnh chân dung"
  ma         chữ 1..12 máy            "Mã tra"
  gui        chọn                     "Gửi đi hay không"
    gui      "Gửi đơn", "gửi đi"
    khong    "Không gửi"
  so_don     chữ 1..12 máy            "Số đơn"

điều kiện
  lon   tuoi(ngay_sinh) >= 14

tác vụ tra(loai chữ) trả (ma chữ) trong 10 giây
tác vụ nop(ten chữ) trả (so_don chữ) trong 10 giây không hoàn tác

bước ten
  | Anh/chị tên gì?
  hỏi ten
  -> ngay_sinh

bước ngay_sinh
  | {ten} sinh ngày nào?
  hỏi ngay_sinh
  phải ngay_sinh < hom_nay()
    | Ngày sinh phải trước hôm nay.
  -> so_may

bước so_may
  | Số điện thoại?
  hỏi so_may
  -> ghi_chu

bước ghi_chu
  | Có ghi chú gì không?
  hỏi ghi_chu
  -> loai

bước loai
  | Loại đơn nào?
  hỏi loai
  [Bỏ đơn]   -> thoi
  -> nha

bước nha
  gọi noi_o("nhà") nhận nha
  xong    -> hinh
  bỏ dở   -> thoi

bước hinh
  | Gửi ảnh chân dung.
  hỏi hinh
  -> tra

bước tra
  làm tra(loai) nhận ma
  được   -> gui
  lỗi    -> thoi

bước gui
  | Đơn của {ten}, sinh {ngay_sinh}, {loai}, {nha}, mã {ma}.
  hỏi gui
  -> xet

bước xet
  nếu gui == "gui"   -> nop
  còn lại            -> thoi

bước nop
  làm nop(ten) nhận so_don
  được   -> het
  lỗi    -> thoi

bước het
  | Đã nộp, số {so_don}.
  [Đánh giá]   -> danh_gia
  [Thôi]       -> thoi

bước danh_gia
  | Cảm ơn.
  [Xong]   -> thoi

bước thoi
  | Dạ.
  kết thúc bỏ
`

const noiOFile = `luồng con noi_o "Nơi ở"

dữ liệu
  dip     chữ 1..20 vào   "Dịp"
  so_nha  chữ 1..20       "Số nhà"
  duong   chữ 1..20       "Tên đường"
  nha     chữ 1..60 ra    "Địa chỉ"

bước so_nha
  | Số nhà?
  hỏi so_nha
  -> duong

bước duong
  | Đường nào?
  hỏi duong
  -> ghep

bước ghep
  tính nha = so_nha + " " + duong
  kết thúc đạt
`

func form(t testing.TB) *talk {
	t.Helper()
	return newTalk(t, forms(t), engine.Config{})
}

func forms(t testing.TB) *program.Program {
	t.Helper()
	return load(t, commonFile, officerFile, editFile, noiOFile)
}

// filled answers everything up to the question that sends the form.
func filled(t testing.TB) *talk {
	t.Helper()
	k := form(t).say("nộp đơn").say("Lan").say("1/2/1990").say("0912345678").say("bỏ qua").say("cấp lại").say("12").say("Lê Lợi")
	return k.at("don/hinh").picture("a.jpg").say("xong").finish("", "M-1").at("don/gui")
}

func TestEditKeepsTheOtherAnswers(t *testing.T) {
	t.Parallel()
	k := filled(t).want("Đơn của Lan, sinh 01/02/1990, Cấp lại, 12 Lê Lợi, mã M-1. [Gửi đơn] [Không gửi]")
	k.say("sửa ngày sinh").kind(engine.Edited).at("don/ngay_sinh")
	k.want("Tôi giữ các câu trả lời khác của anh/chị. / Lan sinh ngày nào?")
	if got := k.slot("so_may") + k.slot("nha") + k.slot("ma"); got != "" {
		t.Errorf("while the correction is open, later answers stand: %q", got)
	}
	k.say("hôm qua").kind(engine.Answered).at("don/loai") // a baby has no "Cấp lại": that answer does not stand
	k.want("Loại đơn nào? [Làm mới] [Bỏ đơn]").say("1").at("don/tra")
	k.finish("", "M-2").want("Đơn của Lan, sinh 23/11/2026, Làm mới, 12 Lê Lợi, mã M-2. [Gửi đơn] [Không gửi]")
	if k.s.Runs[0].Again != nil {
		t.Errorf("answers are kept although none is open: %v", k.s.Runs[0].Again)
	}
	if got := k.slot("so_may") + "|" + k.slot("ghi_chu") + "|" + k.slot("hinh"); got != "0912 345 678||1" {
		t.Errorf("kept answers are %q", got)
	}
}

// Wrong answers, help and a digression on the way keep what is kept; quay lại and bắt đầu lại do not.
func TestEditInterrupted(t *testing.T) {
	t.Parallel()
	open := func() *talk { return filled(t).say("đổi lại ngày sinh").at("don/ngay_sinh") }
	open().say("qqq").kind(engine.Wrong).say("giúp").kind(engine.Helped).say("3/4/1991").at("don/tra")
	k := open().say("quay lại").at("don/ten").say("Lan").at("don/ngay_sinh").say("3/4/1991").at("don/so_may")
	if k.s.Runs[0].Again != nil {
		t.Error("quay lại keeps answers")
	}
	open().say("bắt đầu lại").at("don/ten").say("Lan").say("1/2/1990").at("don/so_may")
	// another correction before the first is done keeps both
	open().say("sửa họ tên").at("don/ten").say("Mai").at("don/tra").finish("", "M-2").
		want("Đơn của Mai, sinh 01/02/1990, Cấp lại, 12 Lê Lợi, mã M-2. [Gửi đơn] [Không gửi]")
}

// A way out by a button gives up what the question had for an answer.
func TestEditLeftByAButton(t *testing.T) {
	t.Parallel()
	k := filled(t).say("sửa loại đơn").at("don/loai").press("Bỏ đơn").at().ended(engine.Outcome{Flow: "don"})
	k.say("nộp đơn").at("don/ten")
}

func TestEditOffersTheAnswers(t *testing.T) {
	t.Parallel()
	k := filled(t).say("sửa").kind(engine.AskedBack).want("Anh/chị muốn sửa câu nào? [Họ tên: Lan] [Ngày sinh: 01/02/1990] " +
		"[Số điện thoại: 0912•••678] [Ghi chú: bỏ qua] [Loại đơn: Cấp lại] [Địa chỉ: 12 Lê Lợi] [Ảnh chân dung: 1] [Không, làm tiếp]")
	k.say("8").kind(engine.Declined).at("don/gui").say("sửa lại").say("2").kind(engine.Edited).at("don/ngay_sinh")
	k.say("1/2/1990").at("don/tra")
	// by press, by label, and a press that is too old
	k = filled(t).say("tôi nhập sai rồi")
	old := k.payload("Ghi chú: bỏ qua")
	k.press("Ghi chú: bỏ qua").at("don/ghi_chu").say("gấp").at("don/tra").finish("", "M").at("don/gui")
	if got := k.slot("ghi_chu"); got != "gấp" {
		t.Errorf("the corrected note is %q", got)
	}
	k.say(old).kind(engine.Stale).at("don/gui")
	filled(t).say("sửa").say("ghi chú: bỏ qua").at("don/ghi_chu")
	// a number names the list, also where a number is the answer
	form(t).say("nộp đơn").say("Lan").say("1/2/1990").at("don/so_may").say("nhầm rồi").say("1").at("don/ten")
}

func TestEditWords(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"sửa ngày sinh":                  "don/ngay_sinh",
		"SUA NGAY SINH":                  "don/ngay_sinh",
		"đổi lại số điện thoại":          "don/so_may",
		"cho em đổi số điện thoại với ạ": "don/so_may",
		"tôi nhập sai sđt":               "don/so_may",
		"dạ em ghi nhầm tên rồi":         "don/ten",
		"sửa lại năm sinh giúp tôi":      "don/ngay_sinh",
		"nhập nhầm địa chỉ":              "don/nha noi_o/so_nha",
		"sửa ảnh":                        "don/hinh",
		"sửa phần ghi chú":               "don/ghi_chu",
		"muốn thay đổi loại đơn":         "don/loai",
		"sai ngày sinh rồi":              "don/ngay_sinh",
		"sửa cấp lại":                    "don/loai",
		"gửi đi":                         "don/nop",
		"đổi":                            "don/gui",
		"sai":                            "don/gui",
		"sửa chữa nhà cửa thì đăng ký ở đâu ạ": "don/gui",
	} {
		k := filled(t).say(words)
		k.at(strings.Fields(want)...)
		if len(k.res.Messages)+len(k.res.Tasks) == 0 {
			t.Errorf("%q is answered with silence", words)
		}
	}
}

// Where any words are an answer, only the bare wish counts.
func TestEditInFreeText(t *testing.T) {
	t.Parallel()
	note := func() *talk {
		return form(t).say("nộp đơn").say("Lan").say("1/2/1990").say("0912345678").at("don/ghi_chu")
	}
	for _, words := range []string{"tôi nhập sai ngày sinh", "nhầm rồi", "đổi lại họ tên", "sửa họ tên giúp em", "sửa xe máy", "sửa chữa"} {
		k := note().say(words).kind(engine.Answered).at("don/loai")
		if got := k.slot("ghi_chu"); got != words {
			t.Errorf("%q is kept as %q", words, got)
		}
	}
	note().say("sửa họ tên").kind(engine.Edited).at("don/ten")
	note().say("Sửa lại ngày sinh").kind(engine.Edited).at("don/ngay_sinh")
	note().say("sửa").kind(engine.AskedBack).say("Họ tên: Lan").at("don/ten")
	note().say("sửa").say("không, làm tiếp").kind(engine.Declined).at("don/ghi_chu")
}

// In a sub-flow its own answers go first; leaving it for an answer of the caller asks its questions again.
func TestEditAcrossSubFlows(t *testing.T) {
	t.Parallel()
	inside := func() *talk {
		return form(t).say("nộp đơn").say("Lan").say("1/2/1990").say("0912345678").say("bỏ qua").say("làm mới").at("don/nha", "noi_o/so_nha")
	}
	inside().say("sửa loại đơn").at("don/loai").say("cấp lại").at("don/nha", "noi_o/so_nha")
	inside().say("sửa").kind(engine.AskedBack).say("1").at("don/ten").say("Mai").at("don/nha", "noi_o/so_nha")
	inside().say("12").say("sửa").at("don/nha", "noi_o/so_nha").say("14").at("don/nha", "noi_o/duong")
	k := inside().say("12").say("sửa ngày sinh").at("don/ngay_sinh").say("2/2/1990").at("don/nha", "noi_o/so_nha").want("Số nhà?")
	k.say("12").say("Lê Lợi").at("don/hinh")
}

// Pictures sent before a correction are not asked for again, finished or not.
func TestEditKeepsPictures(t *testing.T) {
	t.Parallel()
	k := form(t).say("nộp đơn").say("Lan").say("1/2/1990").say("0912345678").say("không").say("làm mới").say("12").say("Lê Lợi")
	k.picture("a.jpg").picture("b.jpg").kind(engine.Collected).say("sửa số điện thoại").at("don/so_may").say("0987654321")
	k.at("don/hinh").want("Gửi ảnh chân dung. [Xong]").picture("c.jpg").at("don/tra")
	if got := k.slot("hinh"); got != "3" {
		t.Errorf("%s pictures are kept", got)
	}
	k.finish("", "M-1").say("sửa ảnh").at("don/hinh").want("Tôi giữ các câu trả lời khác của anh/chị. / Gửi ảnh chân dung.")
}

// Nothing is corrected across what was sent off, and nothing where nothing was answered.
func TestEditHasAnEnd(t *testing.T) {
	t.Parallel()
	k := filled(t).say("1").finish("", "M-1") // whatever the queue holds first
	for k.tasks != nil && len(k.tasks) > 0 {
		k.finish("", "D-1")
	}
	k.at("don/het").say("sửa họ tên").at("don/het").say("sửa").at("don/het")
	if got := k.shown()[0]; !strings.HasPrefix(got, "Phần trước đã gửi đi nên không sửa ở đây được nữa. / Đã nộp") {
		t.Errorf("sửa leads to %q", got)
	}
	k.press("Đánh giá").say("sửa").at("don/danh_gia")
	smart(t).say("kt3").say("sửa").at("dang_ky/viec").want("Ở đây chưa có câu trả lời nào sửa được. / " + askWork)
	smart(t).say("sửa").kind(engine.Fallback)
}

// A correction of an answer that was itself given by `rồi` returns where that returned.
func TestEditOfAnEdit(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("2").say("không").say("26/11").press("Sửa chỗ ở").say("1").at("dang_ky/xem_lai")
	k.say("sửa chỗ ở").at("dang_ky/cho_o") // the button's label
	k.say("2").at("dang_ky/xem_lai").say("đổi lại chỗ ở").kind(engine.Edited).at("dang_ky/cho_o").say("1").at("dang_ky/xem_lai")
	if got := k.slot("cho_o") + ", " + k.slot("ngay_hen"); got != "Nhà thuê, nhà trọ, 26/11/2026" {
		t.Errorf("after the corrections: %q", got)
	}
}

// A question that sends something off is never answered by what is kept.
func TestEditNeverSends(t *testing.T) {
	t.Parallel()
	k := filled(t).say("không gửi").at()
	k = filled(t).do(event.Event{Kind: event.Sticker})
	k.say("sửa họ tên").say("Mai").at("don/tra").finish("", "M").at("don/gui").kind(engine.TaskDone)
}
