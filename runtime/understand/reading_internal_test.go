package understand

import (
	"strings"
	"testing"

	"hoithoai/dsl/fold"
)

// reader was taught the words of a small office, and the real lexicon.
func reader() *Understander {
	return taughtWords("đăng ký tạm trú tạm vắng khai báo căn cước hộ khẩu phường quận giấy phép quá phải tiếng việt không được biển số xe "+
		"khách mình trong xuống nhà tiền biết làm lại với vậy giờ chồng thích bạch việc tháng cúng về dùng tối", "coong")
}

// TestShortFormsByHand: what people leave out in Zalo chats, with the accents a short form needs.
func TestShortFormsByHand(t *testing.T) {
	t.Parallel()
	u := reader()
	for text, want := range map[string]string{
		"đk": "dang ky", "dk": "dang ky", "đky": "dang ky", "dky": "dang ky", "đkí": "dang ky", "ttru": "tam tru", "ttrú": "tam tru", "tvang": "tam vang",
		"thg trú": "thuong tru", "khai tv": "khai tam vang", "hk": "khong", "nhập hk": "nhap ho khau", "tách hk": "tach ho khau", "sổ hk": "so ho khau",
		"hk gốc": "ho khau goc", "xn": "xac nhan", "ccuoc": "can cuoc", "cccd": "can cuoc cong dan", "vnied": "vneid", "bhyt": "bao hiem y te",
		"ktx": "ky tuc xa", "cax": "cong an xa", "dt": "dien thoai", "ck": "chuyen khoan", "vợ ck": "vo chong", "vk": "vo", "mn": "moi nguoi", "nhiu": "nhieu",
		"qen mk": "quen mat khau", "kg": "khong", "hk dc": "khong duoc", "đc": "duoc", "dc k": "duoc khong", "j": "gi", "vs": "voi", "rùi": "roi", "nt": "nhan tin",
		"mún": "muon", "hso": "ho so", "ktra": "kiem tra", "t5": "thu nam", "thu 7": "thu bay", "bây h": "bay gio", "tphcm": "thanh pho", "cavet": "ca vet",
		"pít": "biet", "thui": "thoi", "bs xe": "bien so xe", "ttục": "thu tuc", "ltru": "luu tru", "lđ": "lua dao", "cb": "can bo", "nhìu": "nhieu", "bnhiu": "bao nhieu",
		"cty": "cong ty", "hđ": "hop dong", "ntro": "nha tro", "t.trú": "tam tru", "zl": "zalo",
		// in the middle of others, in any case, and twice
		"muốn ĐK ttru": "muon dang ky tam tru", "dk dk": "dang ky dang ky", "xe bs xe": "xe bien so xe",
		// a short form is a whole word with its very accents
		"dkx": "dkx", "xdk": "xdk", "dất": "dat", "vợ": "vo", "chồng": "chong", "tách hộ": "tach ho",
	} {
		if got := spell(u.normal(&scratch{}, text)); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// TestSouthernWordsByHand: the South's words are read as those of the flows, and the same letters with other accents are not.
func TestSouthernWordsByHand(t *testing.T) {
	t.Parallel()
	u := reader()
	for text, want := range map[string]string{
		"tui": "toi", "tụi tui": "chung toi", "tui em": "tui em", "mần": "lam", "mần sao": "lam sao", "xài": "dung", "xài đỡ": "dung tam", "gì dậy": "gi vay", "sao dậy": "sao vay",
		"dậy thì": "vay thi", "dzậy": "vay", "dìa": "ve", "dề": "ve", "zề": "ve", "zô": "vao", "vô": "vao", "biểu": "bao", "kêu": "goi", "bả": "ba ay", "ổng": "ong ay",
		"dợ chồng": "vo chong", "tía": "cha", "má": "me", "ba má": "cha me", "mướn": "thue", "ở ké": "o nho", "sanh": "sinh", "mới sanh": "moi sinh", "con nít": "tre em",
		"sấp nhỏ": "tre em", "nhà thương": "benh vien", "xe hơi": "o to", "bảng số": "bien so", "lẹ": "nhanh", "bữa giờ": "may hom nay", "hổm": "hom truoc",
		"hồi nãy": "luc nay", "chừng nào": "khi nao", "khúc nào": "cho nao", "gạt": "lua", "bị gạt": "bi lua", "rớt mất": "mat", "rớt": "mat",
		// other accents, another word
		"mà": "ma", "mạ": "ma", "tía tô": "cha to", "biểu mẫu": "bao mau", "lê": "le", "bà": "ba", "bá": "ba", "kều": "keu",
	} {
		if got := spell(u.normal(&scratch{}, text)); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// TestLettersLeftOutByHand: what comes of a word that is none, with its accents, and what stays.
func TestLettersLeftOutByHand(t *testing.T) {
	t.Parallel()
	u := reader()
	for typed, want := range map[string]string{
		"fường": "phường", "fép": "phép", "fải": "phải", "wận": "quận", "wá": "quá", "dzới": "với", "zới": "với", "zề": "về", "jờ": "giờ", "jấy": "giấy", "jồng": "chồng", "kăn": "căn",
		"trog": "trong", "xuốg": "xuống", "phườg": "phường", "thág": "tháng", "mìnk": "mình", "khák": "khách", "kháck": "khách", "thíck": "thích", "vik": "viet", "lạj": "lại",
		"tiềnn": "tiền", "lạii": "lại", "biếtt": "biết", "fườg": "phường", "fườngg": "phường", "zùng": "dùng",
		// nobody taught what it would be
		"fim": "fim", "wê": "wê", "xyzg": "xyzg", "zá": "zá", "jì": "jì", "g": "g", "k": "k", "f": "f", "w": "w", "dz": "dz", "": "", "nnn": "nnn", "bànk": "bànk",
	} {
		in := tokenOf(fold.Key(typed), accentsOf(typed))
		got := u.respelled(in)
		if got.word != fold.Key(want) || got.accents != accentsOf(want) {
			t.Errorf("%q is respelled %q with %o, want %q with %o", typed, got.word, got.accents, want, accentsOf(want))
		}
	}
}

// TestUndoubled: only a letter is taken away, only one, and never the half of a word of two.
func TestUndoubled(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"tienn": "tien", "tiennn": "tienn", "tien": "", "aa": "", "baa": "ba", "xoo": "xo", "100": "", "kt33": "", "a": "", "": "", "nna": "", "sachh": "sach",
	} {
		if got := undoubled(word); got != want {
			t.Errorf("undoubled(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestRunsOfOneLetter: the longest one, the first of equals, and never of figures.
func TestRunsOfOneLetter(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		word    string
		from, n int
	}{
		{"", 0, 0}, {"a", 0, 1}, {"ab", 0, 1}, {"abb", 1, 2}, {"aabbb", 2, 3}, {"aabb", 0, 2}, {"1112b", 4, 1}, {"111", 0, 0}, {"cuuuu", 1, 4}, {"uuuuc", 0, 4}, {"b1111aa", 5, 2},
	} {
		if from, n := run(tt.word); from != tt.from || n != tt.n {
			t.Errorf("run(%q) = %d, %d, want %d, %d", tt.word, from, n, tt.from, tt.n)
		}
	}
}

// TestAccentsMove with their letters and keep their tone; what moves out of the word is gone.
func TestAccentsMove(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		word string
		by   int
		want string
	}{
		{"ế", 1, "bế"}, {"ế", 2, "thế"}, {"ế", 0, "ế"}, {"thế", -2, "ế"}, {"đá", -1, "á"}, {"á", 5, "á"}, {"ma", 3, "ma"}, {"ường", 2, "phường"}, {"phường", -2, "ường"},
	} {
		if got := accentsOf(tt.word).moved(tt.by); got != accentsOf(tt.want) {
			t.Errorf("%q moved by %d: %o, want %o", tt.word, tt.by, got, accentsOf(tt.want))
		}
	}
}

// TestRunTogetherByHand: into known syllables only, the fewest, the longest last ones; a word that somebody taught stays whole.
func TestRunTogetherByHand(t *testing.T) {
	t.Parallel()
	u := reader()
	addWords(&u.known, "khaibaonhanh tha nha thanh an anh hai")
	for text, want := range map[string]string{
		"tamtru": "tam tru", "tạmtrú": "tam tru", "tamvang": "tam vang", "khaibaotamvang": "khai bao tam vang", "dangkytamtru": "dang ky tam tru", "DANGKYTAMTRU": "dang ky tam tru",
		"lamlaicancuoc": "lam lai can cuoc", "hokhau": "ho khau", "tamtruu": "tam tru", "biensoxe": "bien so xe", "giayphepxe": "giay phep xe",
		// taught or named as it stands
		"khaibaonhanh": "khaibaonhanh", "facebook": "facebook", "vneid": "vneid", "thanh": "thanh",
		// a part that nobody taught
		"tamqwxz": "tamqwxz", "qwxztam": "qwxztam", "tamtruo": "tamtruo", "xemuc": "xemuc",
		// too short ("xexe" is the telex of "xễ"), too long
		"xexe": "xe", "kyxe": "kyxe", strings.Repeat("tamtru", 9): strings.Repeat("tamtru", 9), strings.Repeat("tamtru", 8): strings.TrimSpace(strings.Repeat("tam tru ", 8)),
	} {
		if got := spell(u.normal(&scratch{}, text)); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// TestWhatIsReadHasAnEnd: of more words than maxWords the first are read, of exactly so many all.
func TestWhatIsReadHasAnEnd(t *testing.T) {
	t.Parallel()
	u := reader()
	for n, want := range map[int]int{0: 0, 1: 1, maxWords - 1: maxWords - 1, maxWords: maxWords, maxWords + 1: maxWords, 3 * maxWords: maxWords} {
		if got := len(u.normal(&scratch{}, strings.Repeat("xe ", n))); got != want {
			t.Errorf("of %d words %d are read, want %d", n, got, want)
		}
	}
}
