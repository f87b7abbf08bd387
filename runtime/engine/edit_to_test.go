package engine_test

import (
	"testing"

	"hoithoai/runtime/engine"
)

// A new answer that comes with the wish is taken, in one message; the others stay.
func TestEditToANewAnswer(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"sửa họ tên thành Mai":                        "Tôi đã sửa: Họ tên: Mai.",
		"Sửa lại họ tên thành Trần Mai giúp em với ạ": "Tôi đã sửa: Họ tên: Trần Mai.",
		"sua ho ten thanh Thanh":                      "Tôi đã sửa: Họ tên: Thanh.",
		"tôi ghi nhầm ngày sinh, là 2/3/1991":         "Tôi đã sửa: Ngày sinh: 02/03/1991.",
		"đổi ngày sinh thành 2 tháng 3 năm 1991 nhé":  "Tôi đã sửa: Ngày sinh: 02/03/1991.",
		"sửa số điện thoại thành 0987 654 321":        "Tôi đã sửa: Số điện thoại: 0987•••321.",
		"sửa loại đơn thành làm mới":                  "Tôi đã sửa: Loại đơn: Làm mới.",
		"đổi loại đơn là cấp mới":                     "Tôi đã sửa: Loại đơn: Làm mới.",
		"sửa ghi chú thành thành phố gọi lại":         "Tôi đã sửa: Ghi chú: thành phố gọi lại.",
	} {
		filled(t).say(said).kind(engine.Edited).at("don/tra").want(want)
	}
	k := filled(t).say("sửa họ tên thành Mai").finish("", "M-2").
		want("Đơn của Mai, sinh 01/02/1990, Cấp lại, 12 Lê Lợi, mã M-2. [Gửi đơn] [Không gửi]")
	k.say("quay lại").at("don/hinh")
}

// What is no value of the question is asked for as by sửa alone; nothing is changed by half.
func TestEditToWhatIsNoValue(t *testing.T) {
	t.Parallel()
	const asks = "Tôi giữ các câu trả lời khác của anh/chị. / Lan sinh ngày nào?"
	for said, at := range map[string]string{
		"sửa ngày sinh thành ngày khác": "don/ngay_sinh",
		"sửa ngày sinh thành 31/2/1990": "don/ngay_sinh",
		"sửa loại đơn thành loại kia":   "don/loai",
		"sửa ảnh thành ảnh khác":        "don/hinh",
		"sửa địa chỉ thành 15 Lê Lai":   "don/nha", // a sub-flow asks for it piece by piece
		"sửa thành 2/3/1991":            "don/gui",
		"sửa màu xe thành đỏ":           "don/gui",
	} {
		k := filled(t).say(said)
		if at == "don/nha" {
			k.at("don/nha", "noi_o/so_nha")
			continue
		}
		k.at(at)
		if at == "don/ngay_sinh" {
			k.want(asks)
		}
	}
	// a newborn cannot have "Cấp lại": the dialog stops where the kept answer does not stand
	filled(t).say("sửa ngày sinh thành hôm qua").at("don/loai").
		want("Tôi đã sửa: Ngày sinh: 23/11/2026. / Loại đơn nào? [Làm mới] [Bỏ đơn]")
}

// A phải speaks for itself, and the question is open then.
func TestEditToWhatMustNotBe(t *testing.T) {
	t.Parallel()
	k := smart(t).say("kt3").say("1").say("nhà thuê").say("không").say("30/11").at("dang_ky/xem_lai")
	k.say("sửa ngày đến thành hôm nay").kind(engine.Wrong).at("dang_ky/hoi_ngay").
		want("Anh/chị chọn từ ngày mai. / Anh/chị muốn đến ngày nào?")
	k.say("1/12").at("dang_ky/xem_lai")
	k.say("sửa ngày đến thành 2/12").kind(engine.Edited).at("dang_ky/xem_lai")
	if got := k.slot("ngay_hen"); got != "02/12/2026" {
		t.Errorf("the day is %s", got)
	}
	k.say("sửa ngày đến thành 3/12").say("quay lại").at("dang_ky/hoi_ngay")
}
