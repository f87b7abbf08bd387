package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// common are frequent Vietnamese syllables with a mark: enough of them are in every text of a few lines.
var common = makeCommon(`luồng bước hỏi nếu còn lại kết thúc đạt bỏ dữ liệu kiện điều căn cứ từ khóa khoá hiệu lực rà soát giữ bắt đầu dân mọi
trợ giúp im lặng phút giờ ngày tháng năm ảnh tệp nói bảng danh sách phải lần gọi làm được lỗi chuyển người tính xóa xoá hết thử giả máy tùy
chữ số tiền điện thoại phường chọn nhiều kể có không vị trí bảo mật để tên cũ ẩn khẩn cấp nghe hôm nay đồng ý
và của là các những một hai ba bốn sáu bảy tám chín mười với cho tôi anh chị ông bà cô chú bác em đã đang sẽ thì mà ở đến đi về lên xuống vào
này đó kia đây đâu nào gì sao thế như khi trước sau trên dưới giữa bên cạnh nhà đường phố xã huyện quận tỉnh thành việt nước công an cán bộ
cảnh sát trực ban giấy tờ hồ sơ thủ tục lệ phí đăng ký tạm trú thường vắng lưu gia hạn xe biển thẻ căn cước hộ chiếu mới đủ thiếu đúng nộp
nhận trả lời câu việc địa chỉ gửi mã báo tin cần chuẩn bị hẹn lịch xin chào cảm ơn nhắn gặp trường hợp dùng quý thông luật nghị định thông tư
chưa rõ thêm khác cùng tại theo về trong ngoài mở đóng bấm nút xong quay bấm nhập họ tuổi`)

func makeCommon(text string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		if len(word) > utf8.RuneCountInString(word) {
			out[word] = true
		}
	}
	return out
}

// judge is how many words with a mark in text are common ones; 0 where that is too few to call it Vietnamese.
func judge(text string) int {
	known, marked := 0, 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), isNoLetter) {
		if len(word) == utf8.RuneCountInString(word) {
			continue
		}
		marked++
		if common[word] {
			known++
		}
	}
	if known*3 < marked {
		return 0
	}
	return known
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

// judgeLost reports whether question marks stand where common words have their letters: "lu?ng", "bu?c".
func judgeLost(src []byte) bool {
	if strings.IndexByte(string(src), '?') < 0 {
		return false
	}
	seen := map[string]bool{}
	for word := range strings.FieldsFuncSeq(string(src), func(r rune) bool { return r != '?' && r < 0x80 && !unicode.IsLetter(r) }) {
		if inner := strings.Trim(word, "?"); strings.Contains(inner, "?") && lost[strings.ToLower(inner)] {
			seen[inner] = true
		}
	}
	return len(seen) > 1
}

// lost are the common words as an encoding without their letters leaves them.
var lost = makeLost()

func makeLost() map[string]bool {
	out := map[string]bool{}
	for word := range common {
		for _, keeps := range []string{"", "ăđĩũơưĂĐĨŨƠƯ"} {
			if without := withoutLetters(word, keeps); strings.Contains(strings.Trim(without, "?"), "?") {
				out[without] = true
			}
		}
	}
	return out
}

// withoutLetters writes word in Windows-1252: letters it lacks are "?", but for those in bare, which lose their mark.
func withoutLetters(word, bare string) string {
	plain := map[rune]byte{'ă': 'a', 'đ': 'd', 'ĩ': 'i', 'ũ': 'u', 'ơ': 'o', 'ư': 'u'}
	var out strings.Builder
	for _, r := range word {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
			out.WriteByte(b)
		case strings.ContainsRune(bare, r):
			out.WriteByte(plain[r])
		default:
			out.WriteByte('?')
		}
	}
	return out.String()
}
