package understand

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/fold"
)

func TestTelexAndVNI(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, telex, vni string }{
		{"ddawng", "đang", ""}, {"kys", "ky", ""}, {"tamj", "tam", ""}, {"nguwowif", "nguoi", ""}, {"dduwowcj", "duoc", ""},
		{"thuees", "thue", ""}, {"cuwr", "cu", ""}, {"muoons", "muon", ""}, {"wf", "", ""}, {"ddd", "", ""},
		{"dang8", "", "dang"}, {"ky1", "", "ky"}, {"nguoi72", "", "nguoi"}, {"d9i", "", "di"}, {"di9", "", "di"}, {"duoc75", "", "duoc"},
		{"giay61", "", "giay"}, {"o73", "", "o"}, {"y1", "", "y"}, {"a5", "", "a"}, {"e1", "", ""}, {"kt3", "", ""}, {"ct07", "", ""}, {"a1", "", ""}, {"113", "", ""}, {"", "", ""}, {"shopee", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.typed, func(t *testing.T) {
			t.Parallel()
			telex, _, okTelex := fromTelex(tt.typed)
			vni, _, okVNI := fromVNI(tt.typed)
			if fold.Key(telex) != fold.Key(tt.telex) || okTelex != (tt.telex != "") {
				t.Errorf("fromTelex = %q, %v, want %q", telex, okTelex, tt.telex)
			}
			if fold.Key(vni) != tt.vni || okVNI != (tt.vni != "") {
				t.Errorf("fromVNI = %q, %v, want %q", vni, okVNI, tt.vni)
			}
		})
	}
}

func TestDecodedWordsCarryTheirMarks(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"ddawng": "đăng", "nguwowif": "người", "dduwowcj": "được", "hooj": "hộ", "thuees": "thuế", "vawngs": "vắng", "truwowngf": "trường",
	} {
		if word, got, _ := fromTelex(typed); got != accentsOf(want) || word != fold.Key(want) {
			t.Errorf("fromTelex(%q) = %q with %o, want %q", typed, word, got, want)
		}
	}
	for typed, want := range map[string]string{"dang8": "dăng", "nguoi72": "người", "ho65": "hộ", "bang82": "bằng", "tre63": "trể"} {
		if word, got, _ := fromVNI(typed); got != accentsOf(want) || word != fold.Key(want) {
			t.Errorf("fromVNI(%q) = %q with %o, want %q", typed, word, got, want)
		}
	}
}

// TestAccents: they are the same however they were composed, and wherever the tone stands.
func TestAccents(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"hòa", "nghiêng", "đặng", "Ưỡn", "quỳnh", "ăn"} {
		if a, b := accentsOf(norm.NFC.String(w)), accentsOf(norm.NFD.String(w)); a != b {
			t.Errorf("%q: %o composed, %o decomposed", w, a, b)
		}
	}
	if accentsOf("hòa") != accentsOf("hoà") || accentsOf("mã") != accentsOf("mả") || accentsOf("ma") != 0 {
		t.Error("tones are told apart by place, or hỏi from ngã")
	}
	for _, pair := range [][2]string{{"chay", "cháy"}, {"chây", "chấy"}, {"dao", "đao"}} {
		if typed, of := accentsOf(pair[0]), accentsOf(pair[1]); !typed.fits(of) || typed.is(of) {
			t.Errorf("%q does not fit %q, or is it", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"chạy", "cháy"}, {"đao", "dao"}, {"ơ", "ô"}} {
		if accentsOf(pair[0]).fits(accentsOf(pair[1])) {
			t.Errorf("%q fits %q", pair[0], pair[1])
		}
	}
}

func TestSyllables(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"a", "an", "nghieng", "gi", "gia", "giay", "quyen", "khuyu", "ngoeo", "xoong", "uong", "y", "thuo"} {
		if !isSyllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
	for _, w := range []string{"", "trus", "kys", "ng", "bcd", "aa", "tamj", "vneid", "shop", "facebook"} {
		if isSyllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
}

func sound(w string) string { return string(appendSound(nil, w)) }

func TestSoundsAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"tru", "chu"}, {"xac", "sac"}, {"ky", "ki"}, {"han", "hang"}, {"cang", "can"}, {"vo", "do"}, {"gio", "ro"}, {"mac", "mat"}, {"lich", "lit"}} {
		if sound(pair[0]) != sound(pair[1]) {
			t.Errorf("%q sounds %q, %q sounds %q", pair[0], sound(pair[0]), pair[1], sound(pair[1]))
		}
	}
	for _, pair := range [][2]string{{"tam", "tan"}, {"cho", "co"}, {"lan", "nan"}, {"12", "13"}} {
		if sound(pair[0]) == sound(pair[1]) {
			t.Errorf("%q and %q sound %q", pair[0], pair[1], sound(pair[0]))
		}
	}
}

func TestNormal(t *testing.T) {
	t.Parallel()
	u := &Understander{lexicon: newLexicon()}
	addWords(&u.known, "can cuoc tam tru")
	var s scratch
	for text, want := range map[string]string{
		"đk ttru bn tien":                   "dang ky tam tru bao nhieu tien",
		"ko dc":                             "khong duoc",
		"ddawng kys tamj trus":              "dang ky tam tru",
		"dang8 ky1 tam5 tru1":               "dang ky tam tru",
		"làm cancuoc với":                   "lam can cuoc voi",
		"nhập hk cho con":                   "nhap ho khau cho con",
		"xin kt3, ct07 mức 2":               "xin kt3 ct07 muc 2",
		"tui mướn nhà":                      "toi thue nha",
		"dat lich":                          "dat lich",
		"":                                  "",
		"🙂":                                 "",
		"ĐĂNG KÝ TẠM TRÚ":                   "dang ky tam tru",
		"mất cavet":                         "mat ca vet",
		"https://vneid-gov.example/capnhat": "https vneid gov example capnhat",
	} {
		if got := spell(u.normal(&s, text)); got != want {
			t.Errorf("normal(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestContent(t *testing.T) {
	t.Parallel()
	u := &Understander{lexicon: newLexicon()}
	var s scratch
	for text, want := range map[string]string{
		"dạ em chào anh, cho em hỏi thủ tục sang tên xe ạ. Em cảm ơn": "em thu tuc sang ten xe",
		"chào anh chị":    "chao anh chi",
		"cảm ơn nhiều ạ":  "cam on nhieu a",
		"alo có ai không": "co ai khong",
	} {
		if got := spell(u.lexicon.content(nil, u.normal(&s, text))); got != want {
			t.Errorf("content(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLexiconFiles(t *testing.T) {
	t.Parallel()
	columns := map[string]int{
		"short.tsv": 2, "southern.tsv": 2, "concepts.tsv": 2, "alarm.tsv": 2, "words.tsv": 1, "stops.tsv": 1, "idle.tsv": 1, "around.tsv": 1, "vague.tsv": 1, "foreign.tsv": 2, "courtesy.tsv": 1, "perils.tsv": 2, "dangers.tsv": 2,
	}
	entries, err := lexiconFiles.ReadDir("lexicon")
	if err != nil || len(entries) != len(columns) {
		t.Fatalf("lexicon holds %d files, want %d (%v)", len(entries), len(columns), err)
	}
	for file, n := range columns {
		seen := map[string]bool{}
		for _, r := range rows(file) {
			if len(r) != n {
				t.Errorf("%s: %q has %d fields, want %d", file, r, len(r), n)
			}
			key := r[0]
			if file == "dangers.tsv" {
				key = r[n-1] // behind what it is
			}
			if seen[key] {
				t.Errorf("%s: %q stands twice", file, key)
			}
			seen[key] = true
		}
		if len(seen) == 0 {
			t.Errorf("%s is empty", file)
		}
	}
}
