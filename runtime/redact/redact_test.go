package redact_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hoithoai/runtime/redact"
)

// masked lists texts with what must be left of them; what stays as it is stands in kept.
var masked = []struct{ in, want string }{
	{"079203012345", "•••"},
	{"Số căn cước của tôi là 079203012345.", "Số căn cước của tôi là •••."},
	{"cccd 079 203 012 345 nhé", "cccd ••• nhé"},
	{"cccd 0792 0301 2345", "cccd •••"},
	{"cccd 079203 012345", "cccd •••"},
	{"079.203.012.345", "•••"},
	{"079-203-012-345", "•••"},
	{"079 - 203 - 012 - 345", "•••"},
	{"079–203–012–345", "•••"},
	{"0 7 9 2 0 3 0 1 2 3 4 5", "•••"},
	{"0792 030 123 45", "•••"},
	{"cccd079203012345", "cccd•••"},
	{"(079203012345)", "(•••)"},
	{"079203012345,079203012346", "•••,•••"},
	{"079203012345 079203012346", "••• •••"},
	{"084203012345 ở Trà Vinh", "••• ở Trà Vinh"},
	{"001203012345", "•••"},
	{"０７９２０３０１２３４５", "•••"},
	{"tổ 5 079203012345", "tổ 5 •••"},
	{"0912345678 và 079203012345", "0912345678 và •••"},
	{"0912345678 079203012345", "0912345678 •••"},
	{"CMND 023456789", "CMND •••"},
	{"cmnd 023 456 789 cấp 2010", "cmnd ••• cấp 2010"},
	{"chứng minh 271 345 688", "chứng minh •••"},
	{"chứng minh thư 271.345.688", "chứng minh thư •••"},
	{"271345688", "•••"},
	{"số 271-345-688 của ba em", "số ••• của ba em"},
	{"cmnd 150000000", "cmnd •••"},
	{"thẻ 4111111111111111", "thẻ •••"},
	{"thẻ 4111 1111 1111 1111 hết hạn 12/28", "thẻ ••• hết hạn 12/28"},
	{"5500-0000-0000-0004", "•••"},
	{"9704 3668 1234 5678 923", "9704 3668 1234 5678 923"}, // the check digit is wrong
	{"378282246310005", "•••"},
	{"4222222222222", "•••"},
	{"thẻ 4020437487889000", "thẻ •••"}, // a round number of this length is no sum of money
	{"OTP 123456", "OTP •••"},
	{"ma otp la 4821", "ma otp la •••"},
	{"mã OTP của tôi: 123 456", "mã OTP của tôi: •••"},
	{"mã xác thực 12345678 nha", "mã xác thực ••• nha"},
	{"ma xac nhan cua em la 482913", "ma xac nhan cua em la •••"},
	{"482913 là mã xác nhận", "••• là mã xác nhận"},
	{"nó đòi mã otp, tôi đọc 482913 rồi", "nó đòi mã otp, tôi đọc ••• rồi"},
	{"mã PIN 4821", "mã PIN •••"},
	{"otp 1 2 3 4 5 6", "otp •••"},
	{"otp 123456 cmnd 023456789", "otp ••• cmnd •••"},
	{"nó lấy thẻ 4111111111111111, otp 123456, tôi mất 5.000.000 đ ngày 24/11/2026, gọi 0912 345 678",
		"nó lấy thẻ •••, otp •••, tôi mất 5.000.000 đ ngày 24/11/2026, gọi 0912 345 678"},
}

var kept = []string{
	"", " ", "xin chào", "•••", "123", "12345678",
	"0912345678", "0912 345 678", "0912.345.678", "091 234 5678", "+84912345678", "+84 912 345 678", "84912345678",
	"0084912345678", "02838291234", "028 3829 1234", "(028) 3829 1234", "01234567890", "1900 1234", "19001234", "113",
	"0912 345 678 0913 222 333", "gọi 0912345678 hoặc 0913222333", "840912345678",
	"24/11/2026", "24-11-2026", "24.11.2026", "2026-11-24", "24 11 2026", "sinh 15/01/1999 tại quận 4", "1 24.11.2026",
	"20:30 ngày 24/11/2026 đến 21:00", "từ 01/01/2026 đến 31/12/2026",
	"7.000", "1.500.000 đ", "150.000.000", "150.000.000 đồng", "1.500.000.000", "150000000 đồng", "150000000", "271345688 đồng",
	"mất 250000000đ", "999999999 vnd", "123.456.789 đ", "271.345.688", "12.000.000.000 đồng", "500000000000",
	"10.762622, 106.660172", "106.660172",
	"59X1-234.56", "51F-123.45", "VN123456789VN", "số nhà 123/45/67/8", "tổ 5 khu phố 12", "hộ chiếu B1234567",
	"mã xác nhận gửi ngày 24/11/2026", "otp lúc 20:30", "mất 5000000 đồng vì otp", "otp gọi 0912345678",
	"123456", "phòng 1234", "mã tin báo 7K3M", "mã bưu chính 700000", "chia 1234567890123 phần",
}

func TestMasked(t *testing.T) {
	t.Parallel()
	for _, c := range masked {
		if got := redact.Text(c.in); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}

func TestKept(t *testing.T) {
	t.Parallel()
	for _, s := range kept {
		if got := redact.Text(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestTheTableIsLarge(t *testing.T) {
	t.Parallel()
	if n := len(masked) + len(kept); n < 60 {
		t.Errorf("%d cases, want at least 60", n)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	found := redact.Find("thẻ 4111111111111111, cmnd 023456789, otp 1234")
	want := []redact.Kind{redact.Card, redact.ID, redact.Code}
	if len(found) != len(want) {
		t.Fatalf("found %v", found)
	}
	for i, f := range found {
		if f.Kind != want[i] {
			t.Errorf("piece %d is of kind %d, want %d", i, f.Kind, want[i])
		}
	}
}

// drawText draws texts of the pieces that matter, in any order.
func drawText(t *rapid.T) string {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{" ", ".", "-", ", ", "/", ":", "\n", "otp ", "mã xác nhận ", "cmnd ", "đ", "đồng", "+", "０", "•••"}),
		rapid.StringMatching(`[0-9]{1,13}`), rapid.StringMatching(`[a-zà-ỹ]{1,4}`), rapid.SampledFrom(kept))
	return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
}

func TestMasksOnceForAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawText(t)
		once := redact.Text(s)
		if twice := redact.Text(once); twice != once {
			t.Fatalf("%q became %q and then %q", s, once, twice)
		}
		if len(redact.Find(once)) > 0 {
			t.Fatalf("%q still holds what must go", once)
		}
	})
}

// Whatever stands around it, a number that stands apart is taken out.
func TestNoIdentityCardSurvives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`0[0-9]{11}`).Draw(t, "id")
		s := rapid.StringMatching(`[a-zà-ỹ ,]{0,9}, `).Draw(t, "before") + id + rapid.StringMatching(`, [a-zà-ỹ ]{0,9}`).Draw(t, "after")
		if got := redact.Text(s); strings.Contains(got, id) {
			t.Fatalf("%q keeps the number: %q", s, got)
		}
	})
}

func TestTextWithoutDigitsStays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[^0-9０-９]{0,40}`).Draw(t, "text")
		if got := redact.Text(s); got != s {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, c := range masked {
		f.Add(c.in)
	}
	for _, s := range kept {
		f.Add(s)
	}
	f.Add("\xff079203012345\xff")
	f.Add("0\u200b7\u200b9203012345")
	f.Fuzz(func(t *testing.T, s string) {
		out := redact.Text(s)
		if again := redact.Text(out); again != out {
			t.Errorf("%q became %q and then %q", s, out, again)
		}
		if utf8.ValidString(s) && !utf8.ValidString(out) {
			t.Errorf("%q became invalid text", s)
		}
		if !strings.ContainsFunc(s, func(r rune) bool { return '0' <= r && r <= '9' || '０' <= r && r <= '９' }) && out != s {
			t.Errorf("%q without digits became %q", s, out)
		}
		at := 0
		for _, found := range redact.Find(s) {
			if found.From < at || found.To <= found.From || found.To > len(s) {
				t.Fatalf("pieces of %q: %v", s, redact.Find(s))
			}
			at = found.To
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{"plain": "Nhà tôi bị mất xe máy tối qua ở hẻm 12", "card": masked[1].in} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				redact.Text(s)
			}
		})
	}
}
