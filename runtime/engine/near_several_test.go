package engine_test

import (
	"testing"

	"hoithoai/runtime/engine"
)

const severalNearFile = `luồng ve "Mua vé"
  từ khóa "vé"

bước chon
  | Cần gì?
  [Xem giá vé]     -> mot
  [Đổi vé]         -> hai
  [Trả vé]         -> ba
  [Gửi thư]        -> hai

bước mot
  | Vé nào?
  [Vé tháng]     -> hai
  [Vé năm]       -> hai
  [Vé ngày]      -> hai
  [Vé tuần]      -> ba

bước hai
  | Hai.
  kết thúc đạt

bước ba
  | Ba.
  kết thúc đạt
`

// Up to three near buttons are offered, in the order of the screen; among more nobody can guess.
func TestSeveralNearButtonsAreOffered(t *testing.T) {
	t.Parallel()
	asked := func() *talk {
		k := newTalk(t, load(t, commonFile, officerFile, severalNearFile), engine.Config{}).say("vé").at("ve/chon")
		return k.say("cái vé").kind(engine.Wrong).say("đổi vé hay trả vé").kind(engine.AskedBack)
	}
	asked().want("Ý anh/chị là: [Đổi vé] [Trả vé] [Không phải]").press("Trả vé").want("Ba.")
	asked().say("2").want("Ba.")
	asked().say("1").want("Hai.")
	asked().say("đổi vé").want("Hai.")
	asked().say("3").kind(engine.Declined).at("ve/chon")
	asked().say("đúng").kind(engine.Wrong).at("ve/chon") // yes to which?
	k := asked().say("1")
	k.say("vé").say("1").at("ve/mot").say("vé").kind(engine.Repeated).say("loại vé").kind(engine.Wrong)
}
