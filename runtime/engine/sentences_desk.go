package engine

import "hoithoai/dsl/office"

// sayDesk says who answers at a desk, and when: until when today, or when the desk opens next. below is the question that waits
// meanwhile, "" where there is none.
func sayDesk(of *office.Office, desk string, day int64, minute int, below string) string {
	who := of.DeskName(desk)
	text := who + " sẽ trả lời anh/chị trong khung chat này."
	if closes, open := of.Closing(desk, day, minute); open {
		text = who + " sẽ trả lời anh/chị trong khung chat này. Giờ làm việc đến " + closes + "."
	} else if opens, ok := of.Opening(desk, day, minute); ok {
		text = "Bây giờ ngoài giờ làm việc. " + who + " trả lời từ " + opens + "."
	}
	if below != "" {
		text += " Việc “" + below + "” tôi giữ nguyên; muốn làm tiếp, anh/chị nhắn: trợ lý."
	}
	return text
}

// sayUnanswered is the apology to one whom nobody has answered.
func sayUnanswered(of *office.Office, desk string) string {
	return "Xin lỗi anh/chị đã chờ lâu. " + of.DeskName(desk) + " chưa trả lời kịp, tin của anh/chị vẫn còn ở đây." +
		phone(of, " Cần gấp, anh/chị gọi ", "") + " Muốn hỏi trợ lý tự động, anh/chị nhắn: trợ lý."
}
