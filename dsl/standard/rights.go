package standard

import "strings"

// Right is what a person may demand about the data that is held, at any time, in words that are the same in every bundle
// (Luật 91/2025/QH15, Điều 4).
type Right uint8

// The rights.
const (
	NoRight  Right = iota
	View           // "xem dữ liệu của tôi": what is held
	Erase          // "xóa dữ liệu của tôi": forget everything
	Withdraw       // "rút lại đồng ý": no consent that was given holds any longer
)

// WithdrawWords is the phrase of Withdraw as a consent step must name it.
const WithdrawWords = "rút lại đồng ý"

// claims are the folded phrases, without whose data it is.
var claims = map[string]Right{
	"xem du lieu": View, "xem du lieu ca nhan": View, "cho xem du lieu": View, "xem lai du lieu": View,
	"xoa du lieu": Erase, "xoa het du lieu": Erase, "xoa du lieu ca nhan": Erase, "xoa moi du lieu": Erase,
	"rut lai dong y": Withdraw, "rut dong y": Withdraw, "rut lai su dong y": Withdraw, "rut su dong y": Withdraw,
	"huy dong y": Withdraw, "khong dong y nua": Withdraw, "thoi khong dong y nua": Withdraw,
}

// selves are how a person speaks of herself, folded.
var selves = map[string]bool{
	"toi": true, "em": true, "anh": true, "chi": true, "con": true, "chau": true, "co": true, "chu": true, "bac": true,
	"minh": true, "ong": true, "ba": true, "cau": true, "di": true, "tui": true,
}

// RightOf returns the right that a whole folded message claims: one of the phrases, with or without whose it is ("của tôi")
// and who speaks ("tôi muốn …", "cho em …").
func RightOf(key string) Right {
	key = strings.TrimPrefix(afterSelf(key), "muon ")
	key = afterSelf(strings.TrimPrefix(key, "cho "))
	if i := strings.LastIndex(key, " cua "); i > 0 && selves[key[i+len(" cua "):]] {
		key = key[:i]
	}
	return claims[key]
}

// afterSelf drops who speaks from the front of a message.
func afterSelf(key string) string {
	if who, rest, ok := strings.Cut(key, " "); ok && selves[who] {
		return rest
	}
	return key
}
