package redact_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/runtime/redact"
)

// digitsOf draws so many digits, the first of them from first.
func digitsOf(t *rapid.T, first string, n int) string {
	rest := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), n-1, n-1, -1).Draw(t, "digits")
	return string(rapid.SampledFrom([]rune(first)).Draw(t, "first")) + rest
}

// checked puts the check digit of ISO/IEC 7812-1 behind digits.
func checked(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return digits + fmt.Sprint((10-sum%10)%10)
}

// Every telephone number, as people write it, stays: offices ask for them.
func TestTelephoneNumbersStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := "0" + digitsOf(t, "35789", 9)
		for _, text := range []string{n, "gọi " + n + " nhé", n[:4] + " " + n[4:7] + " " + n[7:], n[:4] + "." + n[4:7] + "." + n[7:], "+84" + n[1:]} {
			if got := redact.Text(text); got != text {
				t.Fatalf("%q became %q", text, got)
			}
		}
	})
}

// Every sum of money that names its currency stays, and every date.
func TestMoneyAndDatesStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sum := rapid.Int64Range(1, 999_999_999_999).Draw(t, "sum")
		day := fmt.Sprintf("%02d/%02d/%d", rapid.IntRange(1, 31).Draw(t, "day"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1900, 2100).Draw(t, "year"))
		for _, text := range []string{fmt.Sprintf("mất %d đồng", sum), fmt.Sprintf("%dđ", sum), "ngày " + day, "otp gửi ngày " + day} {
			if got := redact.Text(text); got != text {
				t.Fatalf("%q became %q", text, got)
			}
		}
	})
}

// A card is known by its check digit: with it the number goes in every way of writing, with any other it stays.
func TestCheckDigitOfCards(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		card := checked(digitsOf(t, "3456", 15))
		for _, sep := range []string{"", " ", "-", "."} {
			text := strings.Join([]string{card[:4], card[4:8], card[8:12], card[12:]}, sep)
			if got := redact.Text("thẻ " + text); got != "thẻ "+redact.Mask {
				t.Fatalf("%q became %q", text, got)
			}
		}
		wrong := card[:15] + string('0'+(card[15]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "off by")))%10)
		if got := redact.Text("thẻ " + wrong); got != "thẻ "+wrong {
			t.Fatalf("%q, whose check digit is wrong, became %q", wrong, got)
		}
	})
}

// A code has four to eight digits, and stands near the words that name it.
func TestLengthAndPlaceOfCodes(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 11; n++ {
		digits := strings.Repeat("7", n)
		gone := redact.Text("mã otp "+digits) != "mã otp "+digits
		if want := n >= 4 && n <= 8 || n == 9; gone != want { // nine digits behind no currency are an old identity card
			t.Errorf("%d digits behind the word: taken out %v, want %v", n, gone, want)
		}
	}
	for _, c := range []struct {
		text string
		gone bool
	}{
		{"otp" + strings.Repeat(" a", 10) + " 4821", true},
		{"otp" + strings.Repeat(" a", 30) + " 4821", false},
		{"4821" + strings.Repeat(" a", 8) + " otp", true},
		{"4821" + strings.Repeat(" a", 30) + " otp", false},
		{"MÃ XÁC MINH: 4821", true},
		{"mã đăng nhập 4821", true},
		{"mã bảo mật 4821", true},
		{"mã số thuế 4821", false},
	} {
		if got := redact.Text(c.text) != c.text; got != c.gone {
			t.Errorf("%q: taken out %v, want %v", c.text, got, c.gone)
		}
	}
}

// What Find returns can be cut out: in order, within the text, apart, and each beginning and ending with a digit.
func TestFoundPiecesCanBeCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		at := 0
		for _, f := range redact.Find(text) {
			if f.From < at || f.To <= f.From || f.To > len(text) {
				t.Fatalf("%q: piece %+v behind %d of %d bytes", text, f, at, len(text))
			}
			if piece := text[f.From:f.To]; !isDigit(firstRune(piece)) || !isDigit(lastRune(piece)) {
				t.Fatalf("%q: the piece %q has more than a number", text, piece)
			}
			at = f.To
		}
	})
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' || '０' <= r && r <= '９' }

func firstRune(s string) rune { return []rune(s)[0] }

func lastRune(s string) rune { r := []rune(s); return r[len(r)-1] }

// An identity card named before it is taken out in every grouping; the words around it stay to the letter.
func TestWordsAroundStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := digitsOf(t, "0", 12)
		before := rapid.SampledFrom([]string{"Căn cước ", "số CCCD: ", "định danh của con tôi là "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " ạ", ", cấp tại quận 4", ".\nCảm ơn"}).Draw(t, "after")
		for _, written := range []string{id, id[:3] + " " + id[3:6] + " " + id[6:9] + " " + id[9:]} {
			if got, want := redact.Text(before+written+after), before+redact.Mask+after; got != want {
				t.Fatalf("%q became %q, want %q", before+written+after, got, want)
			}
		}
	})
}
