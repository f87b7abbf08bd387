package value

import (
	"slices"
	"strconv"
	"strings"
)

const askPhone = "Anh/chị nhắn giúp số điện thoại, ví dụ 0912 345 678."

// phoneWords are words that may stand around a phone number.
var phoneWords = []string{
	"a", "anh", "ban", "chi", "con", "cua", "da", "day", "di", "dien", "dong", "dt", "em", "goi", "ha", "la", "lien", "lac", "minh",
	"nha", "nhe", "sdt", "sim", "so", "tel", "thoai", "thua", "toi", "vang", "zalo",
}

// readPhone reads a Vietnamese mobile number (0 and a prefix 3, 5, 7, 8 or 9, ten digits) or landline (02, eleven digits), at
// home or with the country code 84. Numbering plan: Thông tư 22/2014/TT-BTTTT and the change of prefixes of 2017 and 2018.
func (t Type) readPhone(key string, ctx Context) (Value, *Problem) {
	var buf [32]byte
	digits, ok := phoneDigits(buf[:0], key)
	if !ok || len(digits) == 0 {
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	}
	national := withoutCountry(string(digits))
	if isPhone(national) {
		return Value{Kind: Phone, S: national}, nil
	}
	return Value{}, phoneProblem(national)
}

// phoneDigits collects the digits of key; false where a word or sign does not belong to a phone number.
func phoneDigits(dst []byte, key string) ([]byte, bool) {
	for word := range strings.SplitSeq(key, " ") {
		if word == "" || !isDigit(word[0]) && !hasRoundZeros(word) {
			if !slices.Contains(phoneWords, word) {
				return nil, false
			}
			continue
		}
		for i := range len(word) {
			switch c := word[i]; {
			case isDigit(c):
				dst = append(dst, c)
			case c == 'o':
				dst = append(dst, '0')
			case c != '.' && c != '-':
				return nil, false
			}
		}
	}
	return dst, true
}

// hasRoundZeros reports whether word is a number with the letter o typed for zeros: "o9o1234567".
func hasRoundZeros(word string) bool {
	return strings.Trim(word, "0123456789o") == "" && strings.Trim(word, "o") != ""
}

// withoutCountry returns the number as it is dialled at home.
func withoutCountry(digits string) string {
	rest, ok := strings.CutPrefix(digits, "0084")
	if !ok {
		rest, ok = strings.CutPrefix(digits, "84")
	}
	if !ok || len(rest) < 9 {
		return digits
	}
	return "0" + strings.TrimPrefix(rest, "0")
}

func isPhone(s string) bool {
	if len(s) < 2 || s[0] != '0' {
		return false
	}
	switch s[1] {
	case '3', '5', '7', '8', '9':
		return len(s) == 10
	case '2':
		return len(s) == 11
	}
	return false
}

// phoneProblem says what is wrong with the number of digits, where that is what is wrong.
func phoneProblem(digits string) *Problem {
	want := "di động có 10 chữ số"
	n := 10
	if strings.HasPrefix(digits, "02") {
		want, n = "cố định có 11 chữ số", 11
	}
	if len(digits) == n || len(digits) < 6 || digits[0] != '0' {
		return problem(NotUnderstood, askPhone)
	}
	kind := TooShort
	if len(digits) > n {
		kind = TooLong
	}
	return problem(kind, "Số vừa nhắn có "+strconv.Itoa(len(digits))+" chữ số; số "+want+". Anh/chị xem lại giúp.")
}

// isService reports whether s is a short or service number that an office publishes: 113, 1022, 1900 1234, 1800 1234.
func isService(s string) bool {
	switch {
	case strings.HasPrefix(s, "1900"), strings.HasPrefix(s, "1800"):
		return len(s) == 8 || len(s) == 10
	}
	return len(s) >= 3 && len(s) <= 4 && s[0] == '1'
}

// appendPhone groups the digits as they are read out: mobile 4-3-3, landline after its area code.
func appendPhone(dst []byte, s string) []byte {
	cuts := [2]int{4, 7}
	switch {
	case isService(s):
		cuts = [2]int{4, 4}
	case strings.HasPrefix(s, "024"), strings.HasPrefix(s, "028"):
		cuts = [2]int{3, 7}
	case !isPhone(s):
		return append(dst, s...)
	}
	for i := range len(s) {
		if i == cuts[0] || i == cuts[1] {
			dst = append(dst, ' ')
		}
		dst = append(dst, s[i])
	}
	return dst
}
