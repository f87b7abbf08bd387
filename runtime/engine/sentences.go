package engine

import (
	"strconv"
	"strings"

	"hoithoai/dsl/office"
	"hoithoai/runtime/message"
)

// Everything the engine says of its own accord stands here. A flow's own sentences always go first where it has any.

// The labels of standard choices.
const (
	labelYes   = "Có"
	labelNo    = "Không"
	labelSkip  = "Bỏ qua"
	labelDone  = "Xong"
	labelOther = "Không phải"
	labelStay  = "Không, làm tiếp"
	labelErase = "Xóa hết"
	labelKeep  = "Giữ lại"

	labelElse    = "Việc khác"
	labelSkipped = "bỏ qua" // in place of a value
)

// The same labels folded, and the words that work at every waiting step.
const (
	keyYes     = "co"
	keyNo      = "khong"
	keySkip    = "bo qua"
	keyDone    = "xong"
	keyOther   = "khong phai"
	keyStay    = "khong lam tiep"
	keyElse    = "viec khac"
	keyKeep    = "giu lai"
	keyBack    = "quay lai"
	keyRepeat  = "nhac lai"
	keyRestart = "bat dau lai"
	keyPerson  = "gap can bo"
	keyBot     = "tro ly"
	keyTheBot  = "tro ly tu dong"
)

// What can be typed at a waiting step to get on, as it is said.
const (
	wayASkip    = "bỏ qua"
	wayABack    = "quay lại"
	wayAnEdit   = "sửa"
	wayARestart = "bắt đầu lại"
	wayAPerson  = "gặp cán bộ"
)

const point = "• "

// Standard sentences.
const (
	sayChoose       = "Anh/chị chọn giúp:"
	sayMenuWrong    = "Tôi chưa hiểu ý anh/chị. Anh/chị bấm một nút, hoặc gõ số của nút."
	sayPressOrType  = "Anh/chị bấm một nút, gõ số của nút, hoặc gõ chữ trên nút."
	sayCanHelp      = "Tôi giúp được các việc sau. Anh/chị bấm một việc, gõ số, hoặc nhắn việc cần hỏi:"
	sayNoWayBack    = "Đến đây không quay lại bước trước được nữa. Anh/chị có thể nhắn: bắt đầu lại."
	sayStale        = "Nút này thuộc câu hỏi trước nên không còn dùng được. Anh/chị xem câu hỏi hiện tại giúp:"
	sayStaleIdle    = "Nút này thuộc câu hỏi đã kết thúc. Anh/chị nhắn việc cần hỏi để bắt đầu lại giúp."
	sayPicture      = "Tôi chưa hỏi ảnh nên không lưu ảnh này. Nếu là ảnh giấy tờ, anh/chị thu hồi tin vừa gửi để giữ an toàn."
	sayPictureAgain = "Tôi chưa hỏi ảnh nên không lưu ảnh này."
	sayAttachment   = "Tôi chưa hỏi tệp hay vị trí nên không lưu phần này. Anh/chị trả lời bằng chữ hoặc bấm nút giúp."
	sayVoice        = "Tôi chưa nghe được ghi âm nên không lưu phần này. Anh/chị trả lời bằng chữ hoặc bấm nút giúp."
	sayVideo        = "Tôi chưa xem được video nên không lưu phần này. Anh/chị trả lời bằng chữ hoặc bấm nút giúp."
	sayNoSticker    = "Nhãn dán thì tôi chưa hiểu."
	sayNoWords      = "Tôi chưa hiểu ý anh/chị."
	sayNotKept      = "Phần vừa gửi tôi không lưu."
	sayUnreadable   = "Tôi chỉ đọc được chữ. Anh/chị nhắn bằng chữ giúp."
	sayBusy         = "Tôi đang xử lý, anh/chị chờ một chút giúp."
	sayNotSure      = "Anh/chị muốn hỏi việc nào?"
	sayTypeDone     = "Anh/chị gửi tiếp, hoặc bấm Xong."
	saySendMore     = "Anh/chị gửi tiếp giúp."
	sayTooMuch      = "Tôi chỉ giữ được số lượng đã nêu, phần sau không lưu."
	sayNoted        = "Tôi đã ghi nhận. Cần hỏi thêm, anh/chị cứ nhắn."
	sayWhichEdit    = "Anh/chị muốn sửa câu nào?"
	sayKeptAnswers  = "Tôi giữ các câu trả lời khác của anh/chị."
	sayNoEdit       = "Ở đây chưa có câu trả lời nào sửa được."
	sayEditSent     = "Phần trước đã gửi đi nên không sửa ở đây được nữa."
	sayMeant        = "Ý anh/chị là:"
	sayAllOrDone    = "Anh/chị chọn tất cả, hay đã chọn xong? Nhắn giúp: tất cả, hoặc: xong."
	sayNotTaken     = "Điều anh/chị vừa viết tôi chưa ghi."
	sayBotBack      = "Trợ lý tự động trả lời tiếp đây."
	sayStandBy      = "Tin này nằm trong khung chat, cán bộ mở ra là thấy, nhưng không có người trực từng giây. Anh/chị gọi 113 ngay (cháy: 114, cấp cứu: 115), đừng chờ trả lời ở đây."
)

// saySwitch asks whether to leave the question for another flow.
func saySwitch(title string) string {
	return "Anh/chị muốn chuyển sang việc “" + title + "”?"
}

// sayNotOffered says that an office does not offer a flow here; person is what to type for an officer, "" where that is no way.
func sayNotOffered(title, person string, of *office.Office) string {
	text := "Việc “" + title + "” cơ quan hiện không nhận qua trang này."
	phone := of.Fields["dien_thoai"]
	if phone == "" {
		phone = of.Fields["truc_ban"]
	}
	switch {
	case phone != "" && person != "":
		return text + " Anh/chị gọi " + phone + ", hoặc nhắn: " + person + "."
	case phone != "":
		return text + " Anh/chị gọi " + phone + " hoặc đến cơ quan giúp."
	case person != "":
		return text + " Anh/chị nhắn: " + person + "."
	}
	return text + " Anh/chị đến cơ quan giúp."
}

// sayOwnWard asks back whether an old name is that of the office's own ward, where too many others have it.
func sayOwnWard(label string) string { return "Ý anh/chị là nơi nay thuộc “" + label + "”?" }

// sayLater names a request that something else went before.
func sayLater(title string) string {
	return "Anh/chị vừa hỏi “" + title + "”: xong việc này, anh/chị nhắn lại giúp."
}

// sayAfter says that the second request of a message is kept.
func sayAfter(title string) string {
	return "Xong việc này tôi hỏi tiếp về “" + title + "”."
}

// sayNext offers the second request of a message.
func sayNext(title string) string {
	return "Anh/chị còn hỏi về “" + title + "”, tôi giúp luôn?"
}

// sayWhere and sayAsked say where one is.
func sayWhere(title string) string { return "Anh/chị đang ở việc: " + title + "." }

func sayAsked(label string) string { return " Đang hỏi: " + label + "." }

// sayWays names what can be typed to get on.
func sayWays(ways []string) string {
	return "Cũng có thể nhắn: " + strings.Join(ways, ", ") + "."
}

// sayStuck shows a way out to one who does not get on.
func sayStuck(ways []string, of *office.Office) string {
	return "Nếu khó trả lời, anh/chị nhắn: " + strings.Join(ways, ", ") + phone(of, "; hoặc gọi ", ".")
}

// sayBackTo introduces the question that a digression interrupted.
func sayBackTo(title string) string { return "Ta quay lại việc “" + title + "”." }

// sayMeantPress asks back about a button.
func sayMeantPress(label string) string {
	return "Ý anh/chị là “" + label + "”? Đúng thì nhắn: đúng."
}

// sayExact says which words count where a person confirms.
func sayExact(quoted []string) string {
	return "Để khỏi nhầm, bước này chỉ nhận đúng chữ trên nút. Anh/chị bấm nút, hoặc gõ: " + strings.Join(quoted, ", ") + "."
}

// sayTold acknowledges a piece of a kể without asking the question again.
func sayTold(pieces string) string {
	return "Tôi đã ghi " + pieces + ". Anh/chị kể tiếp, xong thì nhắn: xong."
}

// chooseMore says how to go on with a chọn nhiều of which n options are chosen.
func chooseMore(n, lo, hi int) string {
	switch {
	case n == 0:
		return "Anh/chị bấm hoặc nhắn số các mục cần chọn."
	case n < lo:
		return "Anh/chị chọn thêm giúp, cần ít nhất " + strconv.Itoa(lo) + " mục."
	case n >= hi:
		return "Xong thì nhắn: xong. Nhắn lại số nào thì bỏ mục đó."
	}
	return "Anh/chị chọn thêm, xong thì nhắn: xong. Nhắn lại số nào thì bỏ mục đó."
}

func sayTooManyChosen(most int) string {
	return "Anh/chị chọn nhiều nhất " + strconv.Itoa(most) + " mục giúp."
}

func sayReceived(pieces string) string { return "Tôi đã nhận " + pieces + "." }

// sayLost is what is said where no flow answers.
func sayLost(of *office.Office) string {
	return "Tôi chưa hiểu ý anh/chị." + phone(of, " Anh/chị nhắn ngắn gọn việc cần hỏi, hoặc gọi ", " Anh/chị nhắn ngắn gọn việc cần hỏi giúp.")
}

// sayFault is the apology for a fault of ours.
func sayFault(of *office.Office) string {
	return "Xin lỗi anh/chị, hệ thống đang gặp trục trặc nên chưa làm tiếp được." +
		phone(of, " Việc gấp, anh/chị gọi ", " Anh/chị nhắn lại sau ít phút giúp.")
}

// phone puts the office's number behind lead, or says otherwise where it has none.
func phone(of *office.Office, lead, otherwise string) string {
	for _, field := range [...]string{"truc_ban", "dien_thoai"} {
		if n := of.Fields[field]; n != "" {
			return lead + n + "."
		}
	}
	return otherwise
}

// Apology is what a caller sends when stepping itself failed (an error, an unreadable session): one sentence with the
// office's phone.
func Apology(of *office.Office) Result {
	if of == nil {
		of = &office.Office{}
	}
	return Result{Kind: Faulty, Messages: []message.Message{{Kind: message.Words, Text: sayFault(of)}}}
}
