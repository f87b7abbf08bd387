package fold_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hoithoai/dsl/fold"
)

// keyCases are texts with their keys.
var keyCases = []struct{ in, want string }{
	// letters and accents
	{"Dạ, Đăng ký!!", "da dang ky"},
	{"ĐĂNG KÝ TẠM TRÚ", "dang ky tam tru"},
	{"đ Đ ð Ð", "d d d d"},
	{"áàảãạ ăắằẳẵặ âấầẩẫậ", "aaaaa aaaaaa aaaaaa"},
	{"éèẻẽẹ êếềểễệ", "eeeee eeeeee"},
	{"íìỉĩị", "iiiii"},
	{"óòỏõọ ôốồổỗộ ơớờởỡợ", "ooooo oooooo oooooo"},
	{"úùủũụ ưứừửữự", "uuuuu uuuuuu"},
	{"ýỳỷỹỵ", "yyyyy"},
	{"ÁÀẢÃẠ ĂẮẰẲẴẶ ÂẤẦẨẪẬ ƠỚỜỞỠỢ ƯỨỪỬỮỰ", "aaaaa aaaaaa aaaaaa oooooo uuuuuu"},
	{"hủy huỷ", "huy huy"},
	{"khóa khoá", "khoa khoa"},
	{norm.NFD.String("Nguyễn Thị Ườm"), "nguyen thi uom"},
	{norm.NFC.String("Nguyễn Thị Ườm"), "nguyen thi uom"},
	{"Nguyễn", "nguyen"},
	{"Cafè Zoë Ñandú Čeština", "cafe zoe nandu cestina"},
	{"İstanbul ß ﬁ", "istanbul ß fi"},
	// spaces and punctuation
	{"", ""},
	{" ", ""},
	{"   a   b   ", "a b"},
	{"a\tb\nc\r\nd", "a b c d"},
	{"a\u00a0b\u2003c\u3000d", "a b c d"},
	{"...", ""},
	{"?!", ""},
	{"a.b", "a b"},
	{"a-b", "a b"},
	{"gia_han", "gia han"},
	{"Nhà thuê, nhà trọ", "nha thue nha tro"},
	{"“Có”", "co"},
	{"(1)", "1"},
	{"{{ten}}", "ten"},
	{"a,b;c:d", "a b c d"},
	{"C#", "c"},
	{"50%", "50"},
	// signs inside numbers
	{"26/11", "26/11"},
	{"26/11/2026", "26/11/2026"},
	{"15-01-99", "15-01-99"},
	{"15.1.1999", "15.1.1999"},
	{"15.000", "15.000"},
	{"1,5 triệu", "1,5 trieu"},
	{"7:30", "7:30"},
	{"15.000 đ", "15.000 d"},
	{"15.000₫", "15.000d"},
	{"số 1.", "so 1"},
	{"1. Có", "1 co"},
	{"1, 2", "1 2"},
	{"1,2", "1,2"},
	{"1,,2", "1 2"},
	{"1.-2", "1 2"},
	{"1 - 2", "1 2"},
	{"1 .2", "1 2"},
	{"1/ 2", "1 2"},
	{"1/a", "1 a"},
	{"a/1", "a 1"},
	{"-5", "5"},
	{"+84 912", "84 912"},
	{".5", "5"},
	{"5.", "5"},
	{"15–01—99", "15-01-99"},
	{"15−1", "15-1"},
	{"1\u20442", "1/2"},
	{"½", "1/2"},
	{"1.\u200b2", "1.2"},
	{"1\u0301.2", "1.2"},
	{"1é.2", "1e 2"},
	// forms of digits
	{"１２３", "123"},
	{"１５／１", "15/1"},
	{"²", "2"},
	{"①", "1"},
	{"1️⃣", "1"},
	{"m²", "m2"},
	{"Ⅳ", "iv"},
	// what leaves no trace
	{"a\u200bb", "ab"},
	{"a\u200d\u200cb", "ab"},
	{"\ufeffa", "a"},
	{"a\u00adb", "ab"},
	{"\u202ea\u202c", "a"},
	{"\x00a\x01b\x7f", "ab"},
	{"\xff\xfea\xff", "a"},
	{"a\ufffdb", "ab"},
	{"\u0301\u0302", ""},
	{"👍", ""},
	{"👍 có 👍", "co"},
	{"✅ Đúng", "dung"},
	{"có👍không", "co khong"},
	// other scripts
	{"Привет", "привет"},
	{"日本", "日本"},
	{"Ａｂ", "ab"},
	{"Ελλάδα", "ελλαδα"},
}

func TestKey(t *testing.T) {
	t.Parallel()
	for _, c := range keyCases {
		if got := fold.Key(c.in); got != c.want {
			t.Errorf("Key(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestKeyIsIdempotent(t *testing.T) {
	t.Parallel()
	for _, c := range keyCases {
		if got := fold.Key(c.want); got != c.want {
			t.Errorf("Key(Key(%q)) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestKeyOfEveryRune holds Key total, idempotent and blind to the Unicode form for every code point of the planes in use, and
// every 31st of the others.
func TestKeyOfEveryRune(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0x20000 {
			r += 30
		}
		key := fold.Key(string(r))
		if again := fold.Key(key); again != key {
			t.Fatalf("Key(%U) = %q, and its key %q", r, key, again)
		}
		if strings.ContainsAny(key, " ") && len(key) < 2 {
			t.Fatalf("Key(%U) = %q has a space at its end", r, key)
		}
		if r < 0x2000 {
			if nfd := fold.Key(norm.NFD.String(string(r))); nfd != key {
				t.Fatalf("Key(%U) = %q, but of its NFD %q", r, key, nfd)
			}
		}
	}
}

// vietnamese are the letters of the language in lower and upper case, with every tone.
const vietnamese = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"

func TestEveryVietnameseLetterFoldsToASCII(t *testing.T) {
	t.Parallel()
	for _, r := range vietnamese + strings.ToUpper(vietnamese) {
		for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
			key := fold.Key(form.String(string(r)))
			if len(key) != 1 || key[0] < 'a' || key[0] > 'z' {
				t.Errorf("Key(%q in form %d) = %q, want one letter", r, form, key)
			}
		}
	}
}

func TestKeyIgnoresCaseFormAndAccents(t *testing.T) {
	t.Parallel()
	letters := []rune(vietnamese + " 0123456789")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(letters)).Draw(t, "s")
		want := fold.Key(s)
		for name, other := range map[string]string{
			"upper": strings.ToUpper(s), "NFD": norm.NFD.String(s), "padded": "  " + s + " !", "zero-width": strings.Join(strings.Split(s, ""), "\u200b"),
		} {
			if got := fold.Key(other); got != want {
				t.Fatalf("%s: Key(%q) = %q, want %q", name, other, got, want)
			}
		}
	})
}

func TestAppendKey(t *testing.T) {
	t.Parallel()
	tests := []struct{ before, in, want string }{
		{"", "Có", "co"},
		{"x", "Có", "xco"},
		{"1", ".2", "12"}, // what dst holds is no part of the text
		{"a ", " b", "a b"},
		{"a", "", "a"},
	}
	for _, c := range tests {
		if got := string(fold.AppendKey([]byte(c.before), c.in)); got != c.want {
			t.Errorf("AppendKey(%q, %q) = %q, want %q", c.before, c.in, got, c.want)
		}
	}
}

func TestKeyOfAKeyDoesNotAllocate(t *testing.T) {
	for _, s := range []string{"", "da dang ky", "15.000 d", "26/11 7:30", "nha thue nha tro"} {
		if n := testing.AllocsPerRun(50, func() { fold.Key(s) }); n != 0 {
			t.Errorf("Key(%q) allocates %v times, want 0", s, n)
		}
	}
	text := "Dạ, Đăng ký tạm trú ạ"
	buf := make([]byte, 0, 64)
	if n := testing.AllocsPerRun(50, func() { buf = fold.AppendKey(buf[:0], text) }); n != 0 {
		t.Errorf("AppendKey into a buffer allocates %v times, want 0", n)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key  string
		want []string
	}{
		{"", nil},
		{"a", []string{"a"}},
		{"da dang ky", []string{"da", "dang", "ky"}},
		{"15.000 d", []string{"15.000", "d"}},
	}
	for _, c := range tests {
		if diff := cmp.Diff(c.want, fold.Words(c.key)); diff != "" {
			t.Errorf("Words(%q) (-want +got):\n%s", c.key, diff)
		}
	}
}

func TestIndexAndContains(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key, phrase string
		want        int
	}{
		{"nha thue nha tro", "nha tro", 9},
		{"nha thue nha tro", "nha", 0},
		{"nha thue nha tro", "thue nha", 4},
		{"nha thue nha tro", "tro", 13},
		{"nha thue nha tro", "nha thue nha tro", 0},
		{"nha thue nha tro", "nha thue nha tro moi", -1},
		{"nha thue nha tro", "ha", -1},
		{"nha thue nha tro", "nh", -1},
		{"nha thue nha tro", "thue  nha", -1},
		{"nha thue", "", -1},
		{"", "", -1},
		{"", "a", -1},
		{"aa a", "a", 3},
		{"aaa aa a", "aa", 4},
		{"26/11 a", "26", -1},
		{"26/11 a", "26/11", 0},
		{"phuong 12", "phuong 1", -1},
		{"phuong 12 phuong 1", "phuong 1", 10},
	}
	for _, c := range tests {
		if got := fold.Index(c.key, c.phrase); got != c.want {
			t.Errorf("Index(%q, %q) = %d, want %d", c.key, c.phrase, got, c.want)
		}
		if got := fold.Contains(c.key, c.phrase); got != (c.want >= 0) {
			t.Errorf("Contains(%q, %q) = %t", c.key, c.phrase, got)
		}
	}
}

// TestContainsAgreesWithWords compares the search with a plain comparison of words.
func TestContainsAgreesWithWords(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{"a", "aa", "ab", "ba", "b", "1"})
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(word, 0, 8).Draw(t, "key")
		phrase := rapid.SliceOfN(word, 0, 3).Draw(t, "phrase")
		want := -1
		at := 0
		for i := 0; i+len(phrase) <= len(key) && len(phrase) > 0; i++ {
			if cmp.Equal(key[i:i+len(phrase)], phrase) {
				want = at
				break
			}
			at += len(key[i]) + 1
		}
		if got := fold.Index(strings.Join(key, " "), strings.Join(phrase, " ")); got != want {
			t.Fatalf("Index(%q, %q) = %d, want %d", key, phrase, got, want)
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, c := range keyCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := fold.Key(s)
		if again := fold.Key(key); again != key {
			t.Fatalf("Key(%q) = %q, and its key %q", s, key, again)
		}
		if !utf8.ValidString(key) {
			t.Fatalf("Key(%q) = %q is not valid UTF-8", s, key)
		}
		if key != strings.Trim(key, " ./,-:") || strings.Contains(key, "  ") {
			t.Fatalf("Key(%q) = %q has loose spaces or signs", s, key)
		}
		if joined := strings.Join(fold.Words(key), " "); joined != key {
			t.Fatalf("the words of %q join to %q", key, joined)
		}
	})
}
