package parse_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/parse"
)

func TestSuggestName(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"Tạm vắng": "tam_vang", "Đăng ký xe": "dang_ky_xe", "tamVang": "tam_vang", "tam_vang": "tam_vang", "CCCD": "cccd",
		"12 chiêu lừa": "chieu_lua", "": "", "!!!": "", "Gặp/cán bộ": "gap_can_bo",
	} {
		if got := parse.SuggestName(label); got != want {
			t.Errorf("SuggestName(%q) = %q, want %q", label, got, want)
		}
	}
}

func TestUsable(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"tam_vang": true, "a1": true, "chung": false, "zalo": false, "Tam": false, "tạm": false, "1a": false, "": false, "a b": false,
		strings.Repeat("a", 65): false,
	} {
		if got := parse.Usable(name); got != want {
			t.Errorf("Usable(%q) = %v", name, got)
		}
	}
}
