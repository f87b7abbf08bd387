package value_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// drawPhone draws a number as it is dialled at home.
func drawPhone(t *rapid.T) string {
	if rapid.Bool().Draw(t, "mobile") {
		return "0" + rapid.StringMatching(`[35789][0-9]{8}`).Draw(t, "mobile number")
	}
	return "02" + rapid.StringMatching(`[0-9]{9}`).Draw(t, "landline number")
}

// TestEveryWritingOfAPhoneNumber writes a number with every separator and code, and reads the same digits.
func TestEveryWritingOfAPhoneNumber(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Phone}
	rapid.Check(t, func(t *rapid.T) {
		number := drawPhone(t)
		at := rapid.IntRange(1, len(number)-1).Draw(t, "cut")
		for _, text := range []string{
			number, "+84" + number[1:], "84" + number[1:], "0084" + number[1:], "+84 " + number, number[:at] + " " + number[at:],
			number[:at] + "." + number[at:], number[:at] + "-" + number[at:], "(" + number[:at] + ") " + number[at:], "số em là " + number + " ạ",
			strings.Join(strings.Split(number, ""), " "), typ.Show(value.Value{Kind: value.Phone, S: number}),
		} {
			v, p := typ.ReadText(text, value.Context{})
			if p != nil || v.S != number {
				t.Fatalf("%q reads as %q (%+v), want %s", text, v.S, p, number)
			}
		}
	})
}

// TestPhoneLengths tries every length after every second digit: ten digits for mobile, eleven for landline, nothing else.
func TestPhoneLengths(t *testing.T) {
	t.Parallel()
	typ := value.Type{Kind: value.Phone}
	for second := range 10 {
		for length := 2; length <= 15; length++ {
			number := fmt.Sprintf("0%d", second) + strings.Repeat("1", length-2)
			mobile := strings.ContainsRune("35789", rune('0'+second)) && length == 10
			landline := second == 2 && length == 11
			_, p := typ.ReadText(number, value.Context{})
			if (p == nil) != (mobile || landline) {
				t.Errorf("%s (%d digits): problem %+v", number, length, p)
			}
		}
	}
}

func TestPhoneProblemsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		kind value.ProblemKind
		says string
	}{
		{"091234567", value.TooShort, "Số vừa nhắn có 9 chữ số; số di động có 10 chữ số. Anh/chị xem lại giúp."},
		{"09123456789", value.TooLong, "Số vừa nhắn có 11 chữ số; số di động có 10 chữ số. Anh/chị xem lại giúp."},
		{"0283829123", value.TooShort, "Số vừa nhắn có 10 chữ số; số cố định có 11 chữ số. Anh/chị xem lại giúp."},
		{"028382912345", value.TooLong, "Số vừa nhắn có 12 chữ số; số cố định có 11 chữ số. Anh/chị xem lại giúp."},
		{"0112345678", value.NotUnderstood, "Anh/chị nhắn giúp số điện thoại, ví dụ 0912 345 678."},
		{"09123", value.NotUnderstood, "Anh/chị nhắn giúp số điện thoại, ví dụ 0912 345 678."},
		{"079 012 345 678", value.TooLong, "Số vừa nhắn có 12 chữ số; số di động có 10 chữ số. Anh/chị xem lại giúp."},
	}
	for _, c := range tests {
		_, p := value.Type{Kind: value.Phone}.ReadText(c.in, value.Context{})
		if p == nil || p.Kind != c.kind || p.Sentence != c.says {
			t.Errorf("%q: problem %+v, want %v %q", c.in, p, c.kind, c.says)
		}
	}
}
