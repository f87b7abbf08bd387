package fold_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/fold"
)

// cleanCases are texts as sent and as accepted.
var cleanCases = []struct{ name, in, want string }{
	{"plain", "abc", "abc"},
	{"empty", "", ""},
	{"spaces only", " \t ", ""},
	{"trimmed", "  a b  ", "a b"},
	{"inner spaces stay", "a  b", "a  b"},
	{"NFD", "Vie\u0323\u0302t", "Việt"},
	{"NFC", "Việt", "Việt"},
	{"tab", "a\tb", "a b"},
	{"no-break space", "a\u00a0b", "a b"},
	{"ideographic space", "a\u3000b", "a b"},
	{"line break stays", "a\nb", "a\nb"},
	{"CRLF", "a\r\nb", "a\nb"},
	{"CR", "a\rb", "a\nb"},
	{"line separator", "a\u2028b\u2029c\u0085d", "a\nb\nc\nd"},
	{"line breaks at the ends", "\n\na\n", "a"},
	{"NUL", "a\x00b", "ab"},
	{"escape", "\x1b[31ma", "[31ma"},
	{"bell and delete", "a\x07b\x7fc", "abc"},
	{"C1", "a\u0080b\u009fc", "abc"},
	{"bidi override", "a\u202eb\u202c", "ab"},
	{"bidi isolate", "\u2066a\u2069", "a"},
	{"right-to-left mark", "a\u200fb", "ab"},
	{"zero-width space", "a\u200bb", "ab"},
	{"byte order mark", "\ufeffa", "a"},
	{"soft hyphen", "a\u00adb", "ab"},
	{"word joiner", "a\u2060b", "ab"},
	{"joined emoji", "👨\u200d👩", "👨👩"},
	{"emoji with selector", "❤\ufe0f", "❤\ufe0f"},
	{"tag characters", "a\U000e0041b", "ab"},
	{"Hangul filler", "a\u3164b\u115fc", "abc"},
	{"grapheme joiner", "a\u034fb", "ab"},
	{"invalid bytes", "a\xff\xfeb\xc3", "ab"},
	{"replacement character as sent", "a\ufffdb", "a\ufffdb"},
	{"surrogate bytes", "a\xed\xa0\x80b", "ab"},
	{"templates stay", "{{ten}} {x}", "{{ten}} {x}"},
	{"markup stays", "<b>", "<b>"},
	{"four marks", "a\u0301\u0301\u0301\u0301", "á\u0301\u0301\u0301"},
	{"marks beyond four", "a" + strings.Repeat("\u0301", 100), "á\u0301\u0301\u0301"},
	{"marks hidden behind joiners", "a" + strings.Repeat("\u0301\u200d", 100), "á\u0301\u0301\u0301"},
	{"lone mark", "\u0301", "\u0301"},
	{"other scripts", "日本語 العربية", "日本語 العربية"},
}

func TestClean(t *testing.T) {
	t.Parallel()
	for _, c := range cleanCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := fold.Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCleanCuts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     int
	}{
		{"ASCII at the limit", strings.Repeat("a", fold.MaxClean), fold.MaxClean},
		{"ASCII above it", strings.Repeat("a", fold.MaxClean+1), fold.MaxClean},
		{"runes, not bytes", strings.Repeat("ế", fold.MaxClean), fold.MaxClean},
		{"runes above it", strings.Repeat("ế", fold.MaxClean+7), fold.MaxClean},
		{"counted in NFC", strings.Repeat("e\u0302\u0301", fold.MaxClean), fold.MaxClean},
		{"space at the cut", strings.Repeat("a", fold.MaxClean-1) + " b", fold.MaxClean - 1},
		{"invisible characters do not count", strings.Repeat("\u200b", 2*fold.MaxClean) + "a", 1},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := utf8.RuneCountInString(fold.Clean(c.in)); got != c.want {
				t.Errorf("Clean leaves %d runes, want %d", got, c.want)
			}
		})
	}
}

func TestCleanLeavesCleanTextAlone(t *testing.T) {
	s := "Nha thue, nha tro 12/3"
	if n := testing.AllocsPerRun(50, func() { fold.Clean(s) }); n != 0 {
		t.Errorf("Clean of printable ASCII allocates %v times, want 0", n)
	}
}

func TestInvisible(t *testing.T) {
	t.Parallel()
	for _, r := range "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u00ad\u034f\u3164" {
		if !fold.Invisible(r) {
			t.Errorf("Invisible(%U) = false", r)
		}
	}
	for _, r := range "a1 ế.\n\u0301👍\ufe0f日" {
		if fold.Invisible(r) {
			t.Errorf("Invisible(%U) = true", r)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, c := range cleanCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := fold.Clean(s)
		if again := fold.Clean(got); again != got {
			t.Fatalf("Clean(%q) = %q, cleaned again %q", s, got, again)
		}
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
			t.Fatalf("Clean(%q) = %q is not UTF-8 in NFC", s, got)
		}
		if got != strings.TrimSpace(got) || utf8.RuneCountInString(got) > fold.MaxClean {
			t.Fatalf("Clean(%q) = %q is untrimmed or too long", s, got)
		}
		for _, r := range got {
			if r != '\n' && unicode.IsControl(r) || fold.Invisible(r) {
				t.Fatalf("Clean(%q) = %q keeps %U", s, got, r)
			}
		}
		if fold.Key(got) != fold.Key(s) && utf8.RuneCountInString(s) <= fold.MaxClean {
			t.Fatalf("Key(%q) = %q, but cleaned first %q", s, fold.Key(s), fold.Key(got))
		}
	})
}
