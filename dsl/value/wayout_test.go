package value_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

func TestDeclinesAndFinishes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{
		"không": {true, false}, "Không ạ": {true, false}, "dạ không có ạ": {true, false}, "khong co": {true, false},
		"Bỏ qua ạ.": {true, false}, "thôi": {true, false}, "dạ em không có ảnh": {true, false}, "thôi khỏi đi anh": {true, false},
		"ko": {true, false}, "KHỎI": {true, false}, "không, cảm ơn": {true, false}, "không có đâu ạ": {true, false},
		"hông": {true, false}, "bỏ qua luôn nha": {true, false}, "chưa có": {true, false},
		"xong rồi": {false, true}, "xong rồi ạ": {false, true}, "het roi": {false, true}, "dạ gửi xong rồi": {false, true},
		"vậy thôi ạ": {false, true}, "không còn ảnh": {false, true}, "đủ rồi": {false, true}, "dạ hết": {false, true},
		// names, places and sentences that only hold such words
		"Khôi": {}, "khoi": {}, "anh Khoi": {}, "Hồng": {}, "hong": {}, "chị hong": {}, "Du": {}, "Không Lộ": {}, "hẻm không tên": {},
		"không bỏ qua": {}, "có": {}, "": {}, "dạ": {}, "ạ": {}, "anh chị ơi": {}, "không biết": {}, "không nhớ": {}, "bỏ": {},
		"tôi không có xe, hàng xóm có": {}, "Thôi Văn Không": {}, "Thới": {}, "đu": {},
	} {
		if got := [2]bool{value.Declines(text), value.Finishes(text)}; got != want {
			t.Errorf("%q declines, finishes: %v, want %v", text, got, want)
		}
	}
}

// Polite words change nothing, and no long text is a way out, whatever it ends with.
func TestWayOutIgnoresPoliteWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		core := rapid.SampledFrom([]string{"không có", "bỏ qua", "xong", "hết", "nhà tôi", "Lan", "5 căn"}).Draw(t, "core")
		lead := rapid.SampledFrom([]string{"", "dạ ", "Dạ, em ", "thưa anh "}).Draw(t, "lead")
		tail := rapid.SampledFrom([]string{"", " ạ", " rồi ạ", " luôn nha", "!", " ạ, cảm ơn"}).Draw(t, "tail")
		text := lead + core + tail
		if value.Declines(text) != value.Declines(core) || value.Finishes(text) != value.Finishes(core) {
			t.Fatalf("%q is read otherwise than %q", text, core)
		}
		if long := strings.Repeat("dạ ", 60) + text; value.Declines(long) || value.Finishes(long) {
			t.Fatalf("%q is a way out", long)
		}
	})
}
