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
