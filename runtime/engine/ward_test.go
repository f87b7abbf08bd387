package engine_test

import (
	"testing"

	"hoithoai/runtime/engine"
)

const wardFile = `luồng noi_o "Nơi ở"
  từ khóa "nơi ở"

dữ liệu
  noi   phường   "Phường"

bước noi
  | Anh/chị ở phường nào?
  hỏi noi
  -> ghi

bước ghi
  | Đã ghi {noi}.
  kết thúc đạt
`

// What means several wards is asked back with buttons, and a press, the name, its number or nothing of it is taken.
func TestWardAskedBack(t *testing.T) {
	t.Parallel()
	p := load(t, commonFile, officerFile, wardFile)
	start := func() *talk { return newTalk(t, p, engine.Config{}).say("nơi ở").at("noi_o/noi") }
	asked := func() *talk {
		return start().say("hiep thanh").kind(engine.AskedBack).at("noi_o/noi").
			want("Anh/chị chọn rõ giúp: “Phường Thủ Dầu Một”, “Phường Phú Lợi” hay “Phường Tân Thới Hiệp”? [Phường Thủ Dầu Một] [Phường Phú Lợi] [Phường Tân Thới Hiệp] [Không phải]")
	}
	start().say("p. thoi an").want("Đã ghi Phường Thới An.")
	asked().press("Phường Tân Thới Hiệp").want("Đã ghi Phường Tân Thới Hiệp.")
	asked().say("phuong phu loi").want("Đã ghi Phường Phú Lợi.")
	asked().say("3").want("Đã ghi Phường Tân Thới Hiệp.")
	asked().say("4").kind(engine.Declined).at("noi_o/noi")
	asked().say("phường hiệp thành quận 12").want("Đã ghi Phường Tân Thới Hiệp.")
	start().say("quận 12").kind(engine.AskedBack).press("Phường Thới An").want("Đã ghi Phường Thới An.")
	start().say("phường thới ann").kind(engine.AskedBack).say("đúng").want("Đã ghi Phường Thới An.")
}

// A ward that several others share its name with can still be chosen by the name itself, once it was asked back.
func TestWardChosenByItsOwnName(t *testing.T) {
	t.Parallel()
	p := load(t, commonFile, officerFile, wardFile)
	newTalk(t, p, engine.Config{}).say("nơi ở").say("phường tân phú").kind(engine.AskedBack).at("noi_o/noi").say("phường tân phú").want("Đã ghi Phường Tân Phú.")
	newTalk(t, p, engine.Config{}).say("nơi ở").say("phường tân phú mới").want("Đã ghi Phường Tân Phú.")
}

// Too many wards for buttons are asked for in words, and the question stays.
func TestWardsTooManyForButtons(t *testing.T) {
	t.Parallel()
	p := load(t, commonFile, officerFile, wardFile)
	k := newTalk(t, p, engine.Config{}).say("nơi ở").want("Anh/chị ở phường nào?").say("phường 5").at("noi_o/noi").
		want("Có 10 phường, xã như vậy. Anh/chị nhắn rõ giúp tên phường, xã kèm quận, huyện cũ, ví dụ: phường 5 quận 3. / Anh/chị ở phường nào?")
	k.say("quận gò vấp").at("noi_o/noi").say("phường 5 quận gò vấp").want("Đã ghi Phường An Nhơn.")
}
