package dsl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/diag"
)

// TestPlacesInTheOriginal: what is found inside a sentence, an expression or an address is underlined where the author sees it,
// however the file was typed: composed, with the accents apart, with the tone marks alone apart, with hidden characters.
func TestPlacesInTheOriginal(t *testing.T) {
	t.Parallel()
	const text = `luồng thu "Thử"
  căn cứ "Luật thử"   hiệu lực 01/01/2026   rà soát 01/01/2028
  ẩn danh
  bắt đầu hoi

bước hoi
  | Lệ phí đăng ký là 15.000 đồng, thưa {ten_lạ}.
  | Chào người đến: {zalo.ten}.
  [Đường dẫn]   mở "https://một.vn/{khong_co}"
  nếu "đường" == duong_lạ   -> hoi
  còn lại   -> hoi
`
	hidden := strings.NewReplacer("phí", "p\u200Bhí", "đường", "đ\u200Bường", "một", "m\u200Bột")
	for name, src := range map[string]string{
		"composed": text, "decomposed": norm.NFD.String(text), "tones apart": tonesApart(text), "hidden": hidden.Replace(text),
	} {
		r := load(t, folder(map[string]string{"thu.flow": src}))
		lines := strings.Split(src, "\n")
		got := map[string][]string{}
		for _, d := range r.Diagnostics {
			if d.Span.File == "thu.flow" && strings.Contains("P006 D038 D040", d.Code) {
				got[d.Code] = append(got[d.Code], norm.NFC.String(underlined(lines, d.Span)))
			}
		}
		want := map[string][]string{"P006": {"15.000 đồng"}, "D038": {"{zalo.ten}"}, "D040": {"ten_lạ", "khong_co", "duong_lạ"}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", name, diff, printed(t, r))
		}
	}
}

// underlined is the text of a one-line span.
func underlined(lines []string, at diag.Span) string {
	return string([]rune(lines[at.Line-1])[at.Column-1 : at.EndColumn-1])
}

// tonesApart writes the five tone marks behind their letters, as Vietnamese keyboards set to "Unicode tổ hợp" do.
func tonesApart(s string) string {
	var b strings.Builder
	for _, r := range s {
		apart := []rune(norm.NFD.String(string(r)))
		if tone := strings.IndexFunc(string(apart), isTone); tone >= 0 {
			var base, mark strings.Builder
			for _, part := range apart {
				if isTone(part) {
					mark.WriteRune(part)
				} else {
					base.WriteRune(part)
				}
			}
			b.WriteString(norm.NFC.String(base.String()) + mark.String())
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isTone(r rune) bool { return strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) }
