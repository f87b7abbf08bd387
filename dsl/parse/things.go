package parse

import "hoithoai/dsl/diag"

// thing is what belongs at a place where something is missing, as a sentence names it.
type thing uint8

const (
	aFlow thing = iota
	aStep
	aSlot
	aTask
	aDesk
	aCode
	aFact
	aCondition
	anOption
	aParam
	aField
	aTitle
	aBasis
	aKeyword
	aPhrase
	aLabel
	aPurpose
	aPath
	anAlt
	anAddress
	aTestTitle
	aConsent
)

// things are their names and an example of each.
var things = map[thing]struct {
	name    diag.Sentence
	example string
}{
	aFlow:      {say("tên luồng", "the name of a flow"), "tam_tru"},
	aStep:      {say("tên bước", "the name of a step"), "hoi_ngay"},
	aSlot:      {say("tên dữ liệu", "the name of a piece of data"), "ngay_hen"},
	aTask:      {say("tên tác vụ", "the name of a task"), "dat_lich"},
	aDesk:      {say("tên bàn trực", "the name of a desk"), "truc_ban"},
	aCode:      {say("mã lỗi", "an error code"), "het_cho"},
	aFact:      {say("tên dữ kiện", "the name of a fact"), "phi_tam_tru"},
	aCondition: {say("tên điều kiện", "the name of a condition"), "can_giay_thue"},
	anOption:   {say("tên lựa chọn", "the name of an option"), "gia_han"},
	aParam:     {say("tên tham số", "the name of a parameter"), "ngay"},
	aField:     {say("tên trường", "the name of a field"), "ma_hen"},
	aTitle:     {say("tên gọi của luồng", "the title of the flow"), "Đăng ký tạm trú"},
	aBasis:     {say("tên văn bản", "the name of the document"), "Luật Cư trú 68/2020"},
	aKeyword:   {say("từ khóa", "a keyword"), "tạm trú"},
	aPhrase:    {say("câu cần nghe", "a phrase to listen for"), "hủy"},
	aLabel:     {say("nhãn để người dân đọc", "a label for residents"), "Ngày muốn đến làm"},
	aPurpose:   {say("mục đích thu thập", "the purpose"), "cán bộ liên hệ lại khi cần"},
	aPath:      {say("đường dẫn của tệp", "the path of the file"), "mau/ct01.pdf"},
	anAlt:      {say("chữ thay thế", "the alternative text"), "Giấy cần chuẩn bị"},
	anAddress:  {say("địa chỉ hoặc số điện thoại", "the address or telephone number"), "https://dichvucong.gov.vn"},
	aConsent:   {say("tên của điều được đồng ý", "the name of what is agreed to"), "bao_tin"},
	aTestTitle: {say("tên của lượt thử", "the title of the test"), "im lặng thì nhắc"},
}

func (t thing) sentence() diag.Sentence { return things[t].name }

func (t thing) example() string { return things[t].example }
