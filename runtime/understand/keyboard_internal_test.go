package understand

import (
	"strings"
	"testing"

	"hoithoai/dsl/fold"
)

// keyed is what somebody typed and the word it must become, with its accents; "" where it stays what it is.
type keyed struct{ typed, want string }

func checkKeys(t *testing.T, name string, decode func(string) (string, accents, bool), tests []keyed) {
	t.Helper()
	for _, tt := range tests {
		word, a, ok := decode(tt.typed)
		if ok != (tt.want != "") || word != fold.Key(tt.want) || a != accentsOf(tt.want) {
			t.Errorf("%s(%q) = %q with %o, %v, want %q with %o", name, tt.typed, word, a, ok, tt.want, accentsOf(tt.want))
		}
	}
}

// TestTelexByHand: every letter, every tone, wherever the keys were struck, and what is no telex.
func TestTelexByHand(t *testing.T) {
	t.Parallel()
	checkKeys(t, "fromTelex", fromTelex, []keyed{
		// tones
		{"af", "à"}, {"as", "á"}, {"ar", "ả"}, {"ax", "ã"}, {"aj", "ạ"}, {"maf", "mà"}, {"mas", "má"}, {"mar", "mả"}, {"max", "mã"}, {"maj", "mạ"},
		// letters
		{"aa", "â"}, {"ee", "ê"}, {"oo", "ô"}, {"aw", "ă"}, {"ow", "ơ"}, {"uw", "ư"}, {"w", ""}, {"dda", "đa"}, {"tw", "tư"},
		// letters and tones together
		{"aas", "ấ"}, {"eej", "ệ"}, {"oor", "ổ"}, {"awx", "ẵ"}, {"owf", "ờ"}, {"uws", "ứ"},
		// the tone inside the word or at its end
		{"tieesng", "tiếng"}, {"tieengs", "tiếng"}, {"vieejt", "việt"}, {"vieetj", "việt"}, {"thuees", "thuế"}, {"thuese", "thuế"},
		// the mark at the end of the word
		{"tienge", "tiêng"}, {"vangw", "văng"}, {"dangd", "đang"}, {"dangdw", "đăng"}, {"muonos", "muốn"}, {"cuongw", "cương"},
		// ươ from one w or from two
		{"nguowif", "người"}, {"nguwowif", "người"}, {"dduwowcj", "được"}, {"dduowcj", "được"}, {"truowngf", "trường"}, {"truwowngf", "trường"},
		// ưa and ua
		{"muwa", "mưa"}, {"cuar", "của"}, {"chuwa", "chưa"}, {"luwar", "lửa"},
		// the second of two tones wins, as on a keyboard
		{"masf", "mà"}, {"tamsj", "tạm"},
		// words of an office
		{"ddawng", "đăng"}, {"kys", "ký"}, {"tamj", "tạm"}, {"trus", "trú"}, {"giaays", "giấy"}, {"hooj", "hộ"}, {"khaaur", "khẩu"}, {"quyeenf", "quyền"},
		{"nghieengj", "nghiệng"}, {"giwowngf", "giường"}, {"gif", "gì"}, {"yeeus", "yếu"}, {"xoongs", "xống"},
		// nothing to put together
		{"ma", ""}, {"dang", ""}, {"tru", ""}, {"", ""}, {"b", ""}, {"ng", ""},
		// a tone before any vowel is a letter, and what comes of it is no syllable
		{"fa", ""}, {"ja", ""}, {"sa", ""}, {"xa", ""}, {"ra", ""}, {"spa", ""}, {"fb", ""}, {"dj", ""},
		// foreign words and figures
		{"facebook", ""}, {"zalo", ""}, {"tees", "tế"}, {"vneids", ""}, {"kt3", ""}, {"a1", ""}, {"ví", ""}, {"wifi", ""},
		// too long for any syllable
		{"nghieengjjj", "nghiệng"}, {"nghiengnghieng", ""}, {strings.Repeat("a", 40), ""}, {strings.Repeat("w", 40), ""},
	})
}

// TestVNIByHand: every figure on the letters it may stand on, and on those it may not.
func TestVNIByHand(t *testing.T) {
	t.Parallel()
	checkKeys(t, "fromVNI", fromVNI, []keyed{
		{"ma1", "má"}, {"ma2", "mà"}, {"ma3", "mả"}, {"ma4", "mã"}, {"ma5", "mạ"},
		{"ba6", "bâ"}, {"be6", "bê"}, {"bo6", "bô"}, {"bo7", "bơ"}, {"bu7", "bư"}, {"ba8", "bă"}, {"d9a", "đa"}, {"da9", "đa"},
		{"a6", "â"}, {"o7", "ơ"}, {"u7", "ư"}, {"a8", "ă"}, {"o65", "ộ"}, {"u71", "ứ"}, {"y1", "ý"}, {"y2", "ỳ"}, {"a5", "ạ"},
		{"ngu7o7i2", "người"}, {"nguo7i2", "người"}, {"nguoi72", "người"}, {"d9u7o7c5", "được"}, {"duoc975", "được"}, {"d9uoc57", "được"},
		{"d9a8ng", "đăng"}, {"dang98", "đăng"}, {"ky1", "ký"}, {"ta5m", "tạm"}, {"tam5", "tạm"}, {"tru1", "trú"}, {"giay61", "giấy"}, {"ho65", "hộ"},
		{"khau63", "khẩu"}, {"tie6n2", "tiền"}, {"tien62", "tiền"}, {"quyen62", "quyền"}, {"thu71", "thứ"}, {"ma12", "mà"},
		// figures that stand on nothing
		{"mi6", ""}, {"mi7", ""}, {"mo8", ""}, {"ma9", ""}, {"1ma", ""}, {"m1", ""}, {"6a", ""}, {"9d", ""},
		// figures with no meaning
		{"ma0", ""}, {"tam50", ""}, {"ma 1", ""},
		// classes of licences, numbers of houses and forms stay
		{"a1", ""}, {"a2", ""}, {"e1", ""}, {"o1", ""}, {"b1", ""}, {"kt3", ""}, {"ct07", ""}, {"113", ""}, {"5", ""}, {"", ""}, {"ma", ""},
		// no syllable comes of it
		{"vneid1", ""}, {"facebook1", ""}, {"xyz9", ""}, {"nghiengnghieng1", ""},
	})
}

// TestTheKeyboardIsToldByItsFigures: a word with a figure is VNI, any other telex; the two are never mixed in one word.
func TestTheKeyboardIsToldByItsFigures(t *testing.T) {
	t.Parallel()
	checkKeys(t, "decoded", decoded, []keyed{
		{"tamj", "tạm"}, {"tam5", "tạm"}, {"ddawng", "đăng"}, {"d9a8ng", "đăng"}, {"tamj5", ""}, {"ddang8", ""}, {"tam", ""}, {"", ""}, {"115", ""},
	})
}

// TestSoundsByHand: what many people hear as one, letter by letter; the first letters alone are no end.
func TestSoundsByHand(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"": "", "12a": "12a", "nghe": "nge", "nghi": "ngi", "gia": "za", "gi": "gi", "tra": "cha", "tr": "tr", "ghe": "ge", "qua": "kwa", "da": "za", "ra": "za", "va": "za",
		"xa": "sa", "sa": "sa", "ca": "ka", "cha": "cha", "ka": "ka", "nhanh": "nhan", "nhang": "nhan", "nhan": "nhan", "lich": "lit", "lit": "lit", "luc": "lut", "lut": "lut",
		"y": "y", "ly": "li", "li": "li", "thuy": "thui", "quynh": "kwyn", "dang": "zan", "duoc": "zuot", "c": "c", "ng": "ng", "nh": "nh", "kach": "kat",
	} {
		if got := sound(word); got != want {
			t.Errorf("%q sounds %q, want %q", word, got, want)
		}
	}
	// appended, not overwritten: the scratch of a caller is its own
	if got := string(appendSound([]byte("x"), "dang")); got != "xzan" {
		t.Errorf("appended to x: %q", got)
	}
}
