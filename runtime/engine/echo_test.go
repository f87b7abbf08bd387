package engine_test

import (
	"testing"

	"hoithoai/runtime/engine"
)

const echoFile = `luồng the "Thẻ"
  từ khóa "thẻ"

dữ liệu
  ten   chữ 1..20    "Tên"
  con   có/không     "Còn hạn"
  het   có/không     "Hết hạn"

bước ten
  | Tên?
  hỏi ten
  -> con

bước con
  | Thẻ của {ten} còn hạn không?
  hỏi con
  -> het

bước het
  | Thẻ đã hết hạn chưa?
  hỏi het
  -> het_roi

bước het_roi
  khi con | Còn.
  khi het | Hết.
  | Xong.
  kết thúc đạt
`

// The same words mean yes to one question and no to the next.
func TestAnswersAreHeldAgainstTheQuestion(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, commonFile, officerFile, echoFile), engine.Config{})
	k.say("thẻ").say("Lan").at("the/con").say("còn hạn").kind(engine.Answered).at("the/het")
	k.say("còn hạn").kind(engine.Answered).want("Còn. / Xong.")
	k.say("thẻ").say("Lan").say("hết rồi ạ").at("the/het").say("hết rồi ạ").want("Hết. / Xong.")
	k.say("thẻ").say("Lan").say("sắp tới hạn").kind(engine.Wrong).at("the/con")
	k.say("chưa hết hạn").at("the/het").say("lâu rồi").kind(engine.Wrong).say("rồi").want("Còn. / Hết. / Xong.")
}

// 👍 and 👎 answer a có/không and what was asked back; nothing that confirms, and no other question.
func TestThumbs(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, commonFile, officerFile, echoFile), engine.Config{}).say("thẻ").say("👍").kind(engine.Unreadable).at("the/ten")
	k.say("Lan").say("👍").kind(engine.Answered).at("the/het").say("🙂").kind(engine.Unreadable).say("👎").want("Còn. / Xong.")
	near(t).say("dat lik").kind(engine.AskedBack).say("👍🏻").at("hen/so")
	near(t).say("dat lik").say("👎").kind(engine.Declined).at("hen/chon")
	near(t).say("1").say("2").at("hen/chac").say("👍").kind(engine.Unreadable).at("hen/chac")
	k = near(t).say("xóa dữ liệu của tôi").kind(engine.AskedBack).say("👍").at("hen/chon")
	if k.res.Erase {
		t.Error("a sign erases everything")
	}
}
