package charset_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hoithoai/dsl/charset"
)

const samples = "../../testdata/charset"

func load(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// TestSamples reads one small flow as Notepad, Word, Unikey and a Mac save it.
func TestSamples(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want  charset.Encoding
		exact bool
	}{
		"utf8.flow":                   {charset.UTF8, true},
		"utf8_bom_crlf.flow":          {charset.UTF8, true},
		"mac_nfd.flow":                {charset.UTF8, true},
		"utf16le.flow":                {charset.UTF16LE, true},
		"utf16le_bom.flow":            {charset.UTF16LE, true},
		"utf16be.flow":                {charset.UTF16BE, true},
		"utf16be_bom.flow":            {charset.UTF16BE, true},
		"tcvn3.flow":                  {charset.TCVN3, true},
		"tcvn3_saved_as_utf8.flow":    {charset.TCVN3, true},
		"vni.flow":                    {charset.VNI, true},
		"vni_saved_as_utf8.flow":      {charset.VNI, true},
		"windows1258.flow":            {charset.Windows1258, true},
		"ansi_lost.flow":              {charset.Lost, false},
		"utf8_stray.flow":             {charset.Unknown, false},
		"../parse/err/c083_word.flow": {charset.Unknown, false},
	}
	want := string(load(t, "utf8.flow"))
	for name, tc := range tests {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			src := load(t, name)
			if got := charset.Detect(src); got != tc.want && name[0] != '.' {
				t.Errorf("Detect = %v, want %v", got, tc.want)
			}
			text, e, ok := charset.Decode(src)
			if ok != tc.exact || e != charset.Detect(src) {
				t.Errorf("Decode = %v, exact %t, want %v, %t", e, ok, tc.want, tc.exact)
			}
			if diff := cmp.Diff(want, strings.ReplaceAll(text, "\r\n", "\n")); ok && diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

// The letters of Vietnamese beyond ASCII, and how TCVN3 and VNI-Windows write them: the tables of the standards, typed again.
const (
	letters = "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ"
	inTCVN  = "µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ ß ã á â ä « å è æ ç é ¬ ê í ë ì î ï ó ñ ò ô \u00AD õ ø ö ÷ ù ú ý û ü þ"
	inVNI   = "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
	capital = "Ă Â Ê Ô Ơ Ư Đ"
	capTCVN = "¡ ¢ £ ¤ ¥ ¦ §"
)

// TestEveryLetter decodes each letter, with words around it that leave no doubt of the encoding.
func TestEveryLetter(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		encoding   charset.Encoding
		sure       string // "bước, luồng, được, kết thúc" in the encoding
		from, want string
	}{
		"tcvn3":          {charset.TCVN3, "b­íc luång ®­îc kÕt thóc ", inTCVN, letters},
		"tcvn3 capitals": {charset.TCVN3, "b­íc luång ®­îc kÕt thóc ", capTCVN, capital},
		"vni":            {charset.VNI, "böôùc luoàng ñöôïc keát thuùc ", inVNI, letters},
		"vni capitals":   {charset.VNI, "böôùc luoàng ñöôïc keát thuùc ", strings.ToUpper(inVNI), strings.ToUpper(letters)},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, want := strings.Fields(tc.from), strings.Fields(tc.want)
			if len(from) != len(want) {
				t.Fatalf("%d letters for %d", len(from), len(want))
			}
			for i := range from {
				for _, src := range [][]byte{[]byte(tc.sure + from[i]), oneByte(t, tc.sure+from[i])} {
					text, e, ok := charset.Decode(src)
					if wanted := "bước luồng được kết thúc " + want[i]; text != wanted || e != tc.encoding || !ok {
						t.Errorf("%q: %q, %v, exact %t; want %q", from[i], text, e, ok, wanted)
					}
				}
			}
		})
	}
}

func oneByte(t *testing.T, s string) []byte {
	t.Helper()
	var out []byte
	for _, r := range s {
		if r > 0xFF {
			t.Fatalf("%q is more than a byte", r)
		}
		out = append(out, byte(r))
	}
	return out
}

// TestWindows1258 holds every letter to the table of x/text: a base and the mark of its tone.
func TestWindows1258(t *testing.T) {
	t.Parallel()
	for letter := range strings.FieldsSeq(letters + " " + strings.ToUpper(letters)) {
		src := append([]byte("b\xFD\xF5\xECc \xF0\xFD\xF5\xF2c "), toned(t, letter)...)
		text, e, ok := charset.Decode(src)
		if text != "bước được "+letter || e != charset.Windows1258 || !ok {
			t.Errorf("%s: %q, %v, exact %t", letter, text, e, ok)
		}
	}
}

// toned writes one letter in Windows-1258: whole where the table has it, else its base and its tone.
func toned(t *testing.T, letter string) []byte {
	t.Helper()
	if b, ok := charmap.Windows1258.EncodeRune([]rune(letter)[0]); ok {
		return []byte{b}
	}
	var base, tone []rune
	for _, r := range norm.NFD.String(letter) {
		if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) {
			tone = append(tone, r)
		} else {
			base = append(base, r)
		}
	}
	var out []byte
	for _, r := range norm.NFC.String(string(base)) + string(tone) {
		b, ok := charmap.Windows1258.EncodeRune(r)
		if !ok {
			t.Fatalf("%s: no byte for %U", letter, r)
		}
		out = append(out, b)
	}
	return out
}

func TestDetect(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		src  string
		want charset.Encoding
	}{
		"empty":                          {"", charset.UTF8},
		"ascii":                          {"luong a \"A\"\n", charset.UTF8},
		"ascii with questions":           {"buoc nao? ai? o dau?", charset.UTF8},
		"unicode":                        {"bước nào?", charset.UTF8},
		"unicode of latin-1 alone":       {"hôm nay 24/11/2026 9h sáng, không có, cô chú", charset.UTF8},
		"french in utf-8":                {"bientôt où êtes-vous, déjà à Genève", charset.UTF8},
		"french in windows-1252":         {"bient\xF4t o\xF9 \xEAtes-vous d\xE9j\xE0 \xE0 Gen\xE8ve", charset.Unknown},
		"noise":                          {"\x80\xFF\x81\xFE\x90", charset.Unknown},
		"one stray byte":                 {"bước được luồng \xE0 hỏi", charset.Unknown},
		"stray bytes, as many as whole":  {"ớ \xFF", charset.Unknown},
		"cut in a letter":                {"luồng"[:4], charset.Unknown},
		"tcvn3":                          {"C\xE9ng h\xDFa x\xB7 h\xE9i ch\xF1 ngh\xDCa Vi\xD6t Nam, c\xB8n b\xE9 tr\xF9c ban, c\xA8n c\xAD\xEDc", charset.TCVN3},
		"vni":                            {"Co\xE4ng ho\xF8a xa\xF5 ho\xE4i chu\xFB ngh\xF3a Vie\xE4t Nam, ca\xF9n bo\xE4 tr\xF6\xEFc, ca\xEAn c\xF6\xF4\xF9c", charset.VNI},
		"vni as utf-8":                   {"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, caùn boä tröïc, caên cöôùc", charset.VNI},
		"lost with question marks":       {"lu?ng a\nb??c viec\n h?i viec", charset.Lost},
		"lost as notepad does":           {"lu?ng a\nbu?c viec\n h?i viec", charset.Lost},
		"one odd word is not lost":       {"lu?ng a", charset.UTF8},
		"utf-16 le, one line":            {"l\x00u\x00\xD3\x1En\x00g\x00 \x00a\x00", charset.UTF16LE},
		"utf-16 be, one line":            {"\x00l\x00u\x1E\xD3\x00n\x00g\x00 \x00a", charset.UTF16BE},
		"zeros everywhere are no utf-16": {strings.Repeat("\x00", 40), charset.UTF8},
		"byte order marks alone":         {"\xFF\xFE", charset.UTF16LE},
		"utf-8 byte order mark":          {"\uFEFFbước", charset.UTF8},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := charset.Detect([]byte(tc.src)); got != tc.want {
				t.Errorf("Detect(%q) = %v, want %v", tc.src, got, tc.want)
			}
		})
	}
}

// TestDecodeRefuses: what has no exact counterpart is not turned into something near it.
func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"utf-16 with half a unit":  "\xFF\xFEa\x00b",
		"utf-16 with half a pair":  "\xFF\xFEa\x00\x00\xD8",
		"tcvn3 with another byte":  "b\xAD\xEDc lu\xE5ng k\xD5t th\xF3c \xFF",
		"vni with a lone mark":     "b\xF6\xF4\xF9c luo\xE0ng \xF1\xF6\xF4\xEFc \xF9",
		"1258 with an empty place": "b\xFD\xF5\xECc \xF0\xFD\xF5\xF2c \x8A",
		"unknown":                  "\x80\x81",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if text, e, ok := charset.Decode([]byte(src)); ok {
				t.Errorf("Decode = %q in %v, want a refusal", text, e)
			}
		})
	}
}

// TestUTF16 reads back whatever can be written.
func TestUTF16(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		want := norm.NFC.String(rapid.StringMatching(`[ -~àđợ🙂ử\n]*`).Draw(rt, "text"))
		src := []byte{0xFF, 0xFE}
		for _, r := range want {
			if r > 0xFFFF {
				r -= 0x10000
				src = append(src, byte(r>>10), byte(0xD8+(r>>18)), byte(r), byte(0xDC+(r>>8&3)))
				continue
			}
			src = append(src, byte(r), byte(r>>8))
		}
		if got, _, ok := charset.Decode(src); !ok || got != want {
			rt.Errorf("Decode = %q, exact %t, want %q", got, ok, want)
		}
	})
}

func TestString(t *testing.T) {
	t.Parallel()
	if got := charset.TCVN3.String() + " " + charset.VNI.String() + " " + charset.Unknown.String(); got != "TCVN3 (ABC) VNI-Windows ?" {
		t.Errorf("names %q", got)
	}
}

// FuzzDecode: any bytes have an encoding, and what was decoded is UTF-8 in NFC that is decoded no further.
func FuzzDecode(f *testing.F) {
	entries, err := os.ReadDir(samples)
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		f.Add(load(f, e.Name()))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		text, e, ok := charset.Decode(src)
		if e != charset.Detect(src) {
			t.Errorf("Decode says %v, Detect %v", e, charset.Detect(src))
		}
		if ok && !norm.NFC.IsNormalString(text) {
			t.Errorf("%q is not NFC", text)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	src := []byte(strings.Repeat(string(load(b, "utf8.flow")), 10))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if charset.Detect(src) != charset.UTF8 {
			b.Fatal("not UTF-8")
		}
	}
}
