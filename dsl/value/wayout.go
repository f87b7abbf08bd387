package value

import (
	"strings"

	"hoithoai/dsl/fold"
)

// Residents seldom type the label of [Bỏ qua] or [Xong]: they say "dạ không ạ", "em không có", "hết rồi". The phrases below
// stand as they are written, because without accents some are names and places: Khôi is no khỏi, Hồng is no hông.
var (
	declining = phrases("không", "không có", "không có gì", "không có ảnh", "không có hình", "không có số", "không có tên",
		"không cần", "không muốn", "không gửi", "không cho", "không để lại", "không muốn để lại", "chưa có", "bỏ qua", "bỏ qua bước này", "thôi",
		"khỏi", "khỏi cần", "thôi khỏi", "thôi không", "thôi bỏ qua", "ko", "ko có", "k", "k có", "kg", "hông", "hông có", "hổng có")
	finishing = phrases("xong", "xong xuôi", "gửi xong", "đã gửi xong", "gửi hết", "đã xong", "hết", "hết ảnh", "hết hình", "đủ",
		"gửi đủ", "không còn", "không còn ảnh", "không còn hình", "không có nữa", "không gửi nữa", "vậy thôi", "chỉ vậy thôi",
		"có vậy thôi", "nhiêu đó thôi", "bao nhiêu đó thôi", "chỉ có vậy", "gửi", "kể xong", "kể hết", "nói xong", "viết xong", "nhắn xong",
		"hết chuyện", "xong chuyện", "thế thôi", "chỉ thế thôi", "có thế thôi", "chọn xong")
	aroundLead = phrases("dạ", "vâng", "à", "thưa", "thì", "em", "anh", "chị", "tôi", "tui", "mình", "con", "cháu", "bác", "chú", "cô")
	aroundTail = phrases("ạ", "á", "mà", "nha", "nhé", "nghe", "hen", "đi", "luôn", "đâu", "thôi", "rồi", "hết", "ơi", "em", "anh", "chị",
		"bạn", "cảm ơn")
	// bareNames are phrases that without accents are also what a person may be called.
	bareNames = phrases("khoi", "hong", "du")
)

// phrases is a set of what is written, with accents and without.
func phrases(list ...string) map[string]bool {
	out := make(map[string]bool, 2*len(list))
	for _, p := range list {
		out[p], out[fold.Key(p)] = true, true
	}
	return out
}

// Declines reports whether text, as a whole, says that there is nothing to answer: what [Bỏ qua] says. Polite words around it
// say nothing.
func Declines(text string) bool { return around(text, declining) }

// Finishes reports whether text, as a whole, says that everything was sent: what [Xong] says.
func Finishes(text string) bool { return around(text, finishing) }

// around looks for a phrase of the set under the polite words of text, the fewest of them cut.
func around(text string, set map[string]bool) bool {
	if len(text) > maxAround {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(fold.Clean(text)), isGap)
	for from := 0; from < len(words) && (from == 0 || aroundLead[words[from-1]]); from++ {
		for to := len(words); to > from; to = cutTail(words, to) {
			if p := strings.Join(words[from:to], " "); set[p] && !bareNames[p] {
				return true
			}
		}
	}
	return false
}

// maxAround is the length in bytes beyond which a message is more than a phrase and its polite words.
const maxAround = 120

// cutTail returns where words end without the polite word, or the two, before to; 0 where there is none.
func cutTail(words []string, to int) int {
	switch {
	case aroundTail[words[to-1]]:
		return to - 1
	case to > 1 && aroundTail[words[to-2]+" "+words[to-1]]:
		return to - 2
	}
	return 0
}

func isGap(r rune) bool { return strings.ContainsRune(" \t\n.,!;:~…\"“”()", r) }
