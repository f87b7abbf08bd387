package parse

import (
	"strings"
	"unicode/utf8"
)

// toneVariants turns the newer placement of the tone mark at the end of a word into the older one, so that hủy and huỷ, khóa
// and khoá, xóa and xoá are one keyword. It is wrong for "quý", which is no keyword.
var toneVariants = map[string]string{
	"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
	"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
	"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}

// canonical is the spelling of one word of a keyword: lower case, older placement of tone marks. word is NFC.
func canonical(word string) string {
	word = strings.ToLower(word)
	_, size := utf8.DecodeLastRuneInString(word)
	if size < 2 || len(word) <= size {
		return word
	}
	cut := len(word) - size - 1
	if older, ok := toneVariants[word[cut:]]; ok {
		return word[:cut] + older
	}
	return word
}
