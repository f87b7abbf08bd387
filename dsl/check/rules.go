package check

import "hoithoai/dsl/diag"

// Rule is one check. One rule is one file, with a golden pair under testdata/check/<Code>.
type Rule struct {
	// Code is stable for ever.
	Code string
	// Name is the rule's short English name, used in timings.
	Name string
	// Summary is what the rule demands, in one sentence.
	Summary diag.Sentence
	// Run reports what it finds through the pass.
	Run func(*pass)
}

// Rules lists every rule in the order they run.
func Rules() []Rule { return rules() }

// rules is the fixed list: explicit, so that its order is a decision and not an accident of linking.
func rules() []Rule {
	var out []Rule
	for _, group := range [][]Rule{graphRules(), limitRules(), languageRules(), contentRules(), privacyRules(), accessRules()} {
		out = append(out, group...)
	}
	return out
}

func graphRules() []Rule {
	return []Rule{
		{"G001", "unreachable", say("Bước nào cũng có đường dẫn tới.", "Every step can be reached."), checkUnreachable},
		{"G002", "dead-end", say("Từ bước nào cũng tới được chỗ kết thúc, người thật hay luồng khác.", "From every step an end, a person or another flow can be reached."), checkDeadEnd},
		{"G003", "coverage", say("Các nhánh bao hết mọi trường hợp, không thì có `còn lại`.", "Branches cover every case, or there is `còn lại`."), checkCoverage},
		{"G004", "dead-arm", say("Nhánh nào cũng có lúc chạy.", "Every branch can run."), checkDeadArm},
		{"G005", "task-failure", say("Tác vụ nào cũng có `lỗi` chung.", "Every task has a general `lỗi`."), checkTaskFailure},
		{"G006", "restless-cycle", say("Vòng lặp nào cũng chờ người dân hoặc chờ hẹn giờ.", "Every cycle waits for a person or a timer."), checkRestless},
		{"G007", "assignment", say("Dữ liệu được đọc thì đã có trên mọi đường.", "What is read is set on every way."), checkAssigned},
		{"G008", "result", say("Luồng con kết thúc đạt thì mọi `ra` đã có.", "A sub-flow that ends well has set every `ra`."), checkResults},
		{"G009", "way-out", say("Chờ ở bước nào cũng có trợ giúp, hủy được và gặp được người.", "Every waiting step has help, a way to cancel and a person."), checkWayOut},
		{"G010", "hidden-buttons", say("Lúc nào cũng còn ít nhất một nút.", "At least one button always shows."), checkHidden},
		{"G011", "question", say("Bước chờ có câu `|` luôn hiện.", "A waiting step has a `|` line that always shows."), checkQuestion},
		{"G012", "stale-edit", say("Sửa bằng `rồi` không bỏ sót nhánh phụ thuộc.", "An edit with `rồi` skips no branch that depends on it."), checkStaleEdit},
	}
}

func limitRules() []Rule {
	return []Rule{
		{"Z001", "length", say("Mỗi tin vừa một lần gửi, kể cả khi dài nhất.", "Every message fits one sending, in the worst case."), checkLength},
		{"Z002", "label-length", say("Nhãn nút đủ ngắn.", "Labels are short enough for a button."), checkLabels},
		{"Z003", "choices", say("Mỗi câu hỏi không quá số nút cho phép.", "No question offers more than the allowed choices."), checkChoices},
		{"Z004", "reminder", say("Tin nhắc nằm trong thời gian gửi được.", "Reminders lie within the send window."), checkReminders},
		{"Z005", "attachment-size", say("Ảnh và tệp không quá cỡ.", "Pictures and files are not too large."), checkSizes},
	}
}

func languageRules() []Rule {
	return []Rule{
		{"N001", "alike", say("Các lựa chọn của một câu hỏi khác nhau cả khi gõ không dấu.", "Choices of one question differ even without accents."), checkAlike},
		{"N002", "listen", say("Câu `nghe` không trùng câu trả lời.", "A `nghe` phrase is no answer."), checkListens},
		{"N003", "triggers", say("Câu dẫn vào hai luồng không trùng nhau.", "No sentence leads to two flows."), checkTriggers},
	}
}

func contentRules() []Rule {
	return []Rule{
		{"P001", "basis", say("Luồng có căn cứ.", "A flow names its legal basis."), checkBasis},
		{"P002", "review", say("Căn cứ còn hiệu lực và chưa quá ngày rà soát.", "The legal basis is in force and not past its review."), checkReview},
		{"P003", "fact-today", say("Dữ kiện có giá trị hôm nay.", "Every fact has a value today."), checkFactToday},
		{"P004", "fact-overlap", say("Mỗi ngày dữ kiện chỉ có một giá trị.", "A fact has one value on a day."), checkOverlap},
		{"P005", "fact-expiring", say("Dữ kiện không sắp hết hạn.", "No fact expires soon."), checkExpiring},
		{"P006", "figures", say("Tiền, thời hạn, điều luật nằm trong `dữ kiện`.", "Money, time limits and articles stand in `dữ kiện`."), checkFigures},
		{"P007", "holidays", say("Bảng ngày lễ đủ cho các luồng tính ngày làm việc.", "Holidays are known to flows that count working days."), checkHolidays},
	}
}

func privacyRules() []Rule {
	return []Rule{
		{"S001", "purpose", say("Dữ liệu bảo mật nói rõ để làm gì.", "Data that is bảo mật says what it is for."), checkPurpose},
		{"S002", "address", say("Dữ liệu bảo mật không nằm trong địa chỉ.", "Data that is bảo mật is in no address."), checkAddresses},
		{"S003", "spread", say("Dữ liệu bảo mật không chép sang chỗ không bảo mật.", "Data that is bảo mật goes nowhere open."), checkSpread},
		{"S004", "consent-open", say("Lời xin đồng ý ai cũng đọc như nhau.", "Everybody reads the same words of consent."), checkConsentOpen},
		{"S005", "consent-purpose", say("Xin đồng ý thì nói để làm gì.", "Consent is asked with what it is for."), checkConsentPurpose},
		{"S006", "consent-text", say("Một bản đồng ý có một lời.", "One version of a consent has one text."), checkConsentText},
		{"S007", "consent-withdraw", say("Xin đồng ý thì nói cách rút lại.", "Consent is asked with how to take it back."), checkConsentWithdraw},
	}
}

func accessRules() []Rule {
	return []Rule{
		{"A001", "alternative", say("Ảnh và tệp có chữ thay thế.", "Pictures and files have words."), checkAlternative},
		{"A002", "sentence-length", say("Câu không quá dài.", "No sentence is too long."), checkSentences},
	}
}
