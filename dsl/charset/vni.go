package charset

import (
	"strings"
	"unicode"
)

// vniSingle are the letters of VNI-Windows that are one byte.
var vniSingle = map[byte]rune{
	0xF1: 'đ', 0xD1: 'Đ', 0xED: 'í', 0xCD: 'Í', 0xEC: 'ì', 0xCC: 'Ì', 0xE6: 'ỉ', 0xC6: 'Ỉ', 0xF3: 'ĩ', 0xD3: 'Ĩ', 0xF2: 'ị', 0xD2: 'Ị',
	0xEE: 'ỵ', 0xCE: 'Ỵ', 0xF4: 'ơ', 0xD4: 'Ơ', 0xF6: 'ư', 0xD6: 'Ư',
}

// vniPairs are the letters that are a base and a second byte: the bytes that follow a, and so on, each with what they make.
// The second bytes of capitals are those of small letters less 0x20.
var vniPairs = map[rune]map[byte]rune{
	'a': {0xF9: 'á', 0xF8: 'à', 0xFB: 'ả', 0xF5: 'ã', 0xEF: 'ạ', 0xE2: 'â', 0xE1: 'ấ', 0xE0: 'ầ', 0xE5: 'ẩ', 0xE3: 'ẫ', 0xE4: 'ậ',
		0xEA: 'ă', 0xE9: 'ắ', 0xE8: 'ằ', 0xFA: 'ẳ', 0xFC: 'ẵ', 0xEB: 'ặ'},
	'e': {0xF9: 'é', 0xF8: 'è', 0xFB: 'ẻ', 0xF5: 'ẽ', 0xEF: 'ẹ', 0xE2: 'ê', 0xE1: 'ế', 0xE0: 'ề', 0xE5: 'ể', 0xE3: 'ễ', 0xE4: 'ệ'},
	'o': {0xF9: 'ó', 0xF8: 'ò', 0xFB: 'ỏ', 0xF5: 'õ', 0xEF: 'ọ', 0xE2: 'ô', 0xE1: 'ố', 0xE0: 'ồ', 0xE5: 'ổ', 0xE3: 'ỗ', 0xE4: 'ộ'},
	'u': {0xF9: 'ú', 0xF8: 'ù', 0xFB: 'ủ', 0xF5: 'ũ', 0xEF: 'ụ'},
	'y': {0xF9: 'ý', 0xF8: 'ỳ', 0xFB: 'ỷ', 0xF5: 'ỹ'},
	'ơ': {0xF9: 'ớ', 0xF8: 'ờ', 0xFB: 'ở', 0xF5: 'ỡ', 0xEF: 'ợ'},
	'ư': {0xF9: 'ứ', 0xF8: 'ừ', 0xFB: 'ử', 0xF5: 'ữ', 0xEF: 'ự'},
}

// decodeVNI reads VNI-Windows: a letter is a base, or a base and the byte of its mark.
func decodeVNI(src []byte) (string, bool) {
	var out strings.Builder
	ok := true
	for i := 0; i < len(src); i++ {
		r, known := vniSingle[src[i]]
		if !known {
			r, known = sign(src[i])
		}
		if i+1 < len(src) {
			if marked, two := vniPair(r, src[i+1]); two {
				r = marked
				i++
			}
		}
		ok = ok && known
		out.WriteRune(r)
	}
	return out.String(), ok
}

// vniPair is the letter of base and mark. A capital takes a mark of either case: some keyboards write the small one.
func vniPair(base rune, mark byte) (rune, bool) {
	low := unicode.ToLower(base)
	r, ok := vniPairs[low][mark]
	if base == low {
		return r, ok
	}
	if !ok {
		r, ok = vniPairs[low][mark+0x20]
	}
	return unicode.ToUpper(r), ok
}
