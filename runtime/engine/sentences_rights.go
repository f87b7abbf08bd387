package engine

import (
	"strconv"
)

// What the engine says about a person's own data.
const (
	sayErase  = "Xóa hết dữ liệu tôi đang giữ của anh/chị? Việc đang làm dở sẽ mất. Tin báo, hồ sơ đã gửi cho cán bộ thì cán bộ giữ theo quy định."
	sayStays  = "Tôi giữ nguyên, không xóa gì."
	sayErased = "Tôi đã xóa dữ liệu của anh/chị ở đây. Tin nhắn trong khung chat nằm trên Zalo, anh/chị tự xóa trên máy mình. Khi cần, anh/chị cứ nhắn lại."

	sayHolds        = "Tôi đang giữ của anh/chị:"
	sayHoldsNothing = "Tôi không giữ câu trả lời nào của anh/chị."
	sayNoAnswers    = "chưa có câu trả lời nào"

	sayNoConsent    = "Tôi không giữ lời đồng ý nào của anh/chị."
	sayWithdrawn    = "Tôi đã ghi: anh/chị rút lại đồng ý. Lần sau cần đến thì tôi hỏi lại từ đầu."
	sayWithdrawnRun = "Tôi đã ghi: anh/chị rút lại đồng ý, nên tôi dừng việc đang làm và xóa phần anh/chị vừa trả lời. Khi cần, anh/chị cứ nhắn lại."

	sayRecall = "Tin vừa gửi có số giấy tờ, số thẻ hoặc mã xác thực. Tôi không bao giờ hỏi các số này và đã che trong nhật ký. Anh/chị nên thu hồi tin nhắn đó trên Zalo."
)

func sayAgreedTo(title string, version int, day string) string {
	return "Đã đồng ý: " + title + " (bản " + strconv.Itoa(version) + ", ngày " + day + "). Muốn rút thì nhắn: rút lại đồng ý."
}

func sayKeptUntil(day, clock string) string {
	return "Không nhắn gì nữa thì phần trả lời được giữ đến " + clock + " ngày " + day + "."
}

func sayJournal(c *Config) string {
	what := "Nhật ký chỉ ghi lần đồng ý, từ chối và trục trặc, không ghi lời anh/chị; giữ "
	if c.FullJournal {
		what = "Nhật ký trao đổi được giữ "
	}
	return what + strconv.Itoa(int(c.Journal.Hours()/24)) + " ngày. Muốn xóa hết thì nhắn: xóa dữ liệu của tôi."
}
