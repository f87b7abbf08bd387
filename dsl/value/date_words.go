package value

import (
	"regexp"
	"slices"
	"strings"

	"hoithoai/dsl/fold"
)

var weekdayNames = [7]string{"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"}

// weekdayWords are the weekdays after "thứ", and whole words for them; 0 is Monday.
var weekdayWords = map[string]int{
	"thu hai": 0, "thu ba": 1, "thu tu": 2, "thu nam": 3, "thu sau": 4, "thu bay": 5, "chu nhat": 6,
	"thu 2": 0, "thu 3": 1, "thu 4": 2, "thu 5": 3, "thu 6": 4, "thu 7": 5,
	"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6,
}

// dateFillers are words around a date that say nothing about the day. Parts of the day are among them: a ngày has no hour.
var dateFillers = []string{
	"a", "anh", "chi", "chieu", "con", "da", "dem", "di", "dl", "duoc", "duong", "em", "ghe", "ha", "hen", "khoang", "la", "len", "lich", "luc", "minh", "muon",
	"nghe", "nha", "nhe", "sang", "sinh", "sn", "thi", "thua", "trua", "vang", "vao", "xin",
}

// relativeDays are the days counted from today, without a leading "ngày".
var relativeDays = map[string]int64{
	"hom nay": 0, "bua nay": 0, "nay": 0, "bay gio": 0, "mai": 1, "mot": 2, "kia": 2, "mai mot": 0,
	"hnay": 0, "hum nay": 0,
	"hom qua": -1, "qua": -1, "bua qua": -1, "hqua": -1, "hum qua": -1, "hom kia": -2,
}

// vagueWords are words that name a time but no day.
var vagueWords = []string{
	"tuan", "thang", "nam", "cuoi", "dau", "giua", "toi", "sau", "nay", "truoc", "bua", "hom", "ngay", "mai", "mot", "gan", "som", "nao",
}

// lunarWords are words of the lunar calendar.
var lunarWords = []string{"am lich", "al", "tet", "gieng", "chap", "ram"}

// dateText is the words of an answer to a question for a date.
type dateText struct {
	words   []string
	weekday int  // the weekday that was named, or -1
	lunar   bool // it speaks of the lunar calendar
	one     bool // it has "một" (one), which folds like "mốt" (the day after tomorrow)
	six     bool // it has "sáu" (six), which folds like "sau" (next)
}

// dateWords folds text, takes the weekday out of it and drops what says nothing.
func dateWords(text string) dateText {
	key := fold.Key(text)
	lower := strings.ToLower(fold.Clean(text))
	d := dateText{weekday: -1, one: strings.Contains(lower, "một"), six: strings.Contains(lower, "sáu")}
	for _, w := range lunarWords {
		d.lunar = d.lunar || fold.Contains(key, w)
	}
	words := fold.Words(key)
	for i := 0; i < len(words); i++ {
		if day, n := weekdayAt(words[i:]); n > 0 {
			d.weekday = day
			i += n - 1
			continue
		}
		if n := clockAt(words[i:]); n > 0 {
			i += n - 1
			continue
		}
		if !slices.Contains(dateFillers, words[i]) {
			d.words = append(d.words, words[i])
		}
	}
	// "tôi" (I) before a date says nothing; "tới" (next) behind a word does.
	for len(d.words) > 1 && d.words[0] == "toi" {
		d.words = d.words[1:]
	}
	return d
}

// weekdayAt returns the weekday that words begin with and how many of them it takes.
func weekdayAt(words []string) (day, n int) {
	if len(words) > 1 {
		if day, ok := weekdayWords[words[0]+" "+words[1]]; ok {
			return day, 2
		}
	}
	day, ok := weekdayWords[words[0]]
	if !ok {
		return 0, 0
	}
	return day, 1
}

// clock is a time of day written as one word: "8h", "8h30", "8:30".
var clock = regexp.MustCompile(`^\d{1,2}(h(\d{2})?|:\d{2})$`)

// clockAt returns how many words a time of day takes that words begin with; it says nothing about the day.
func clockAt(words []string) int {
	switch w := words[0]; {
	case clock.MatchString(w):
		return 1
	case len(words) > 1 && words[1] == "gio" && len(w) <= 2 && digitsPrefix(w) == len(w):
		return 2
	}
	return 0
}

// relative returns the days from today of "hôm nay", "ngày mai", "3 ngày nữa", "5 ngày trước".
func (d dateText) relative() (int64, bool) {
	words := d.words
	if len(words) > 1 && words[0] == "ngay" {
		words = words[1:]
	}
	if len(words) == 0 {
		return 0, false
	}
	said := strings.Join(words, " ")
	if said == "mai mot" || said == "mot" && d.one {
		return 0, false
	}
	if n, ok := relativeDays[said]; ok {
		return n, true
	}
	return countedDays(words)
}

// countedDays reads "3 ngày nữa", "hai hôm nữa", "10 ngày trước".
func countedDays(words []string) (int64, bool) {
	p := numeral{w: words}
	n, ok := p.read()
	if !ok || n > LastDay || len(words) != p.at+2 || p.peek(0) != "ngay" && p.peek(0) != "hom" {
		return 0, false
	}
	switch p.peek(1) {
	case "nua":
		return n, true
	case "truoc":
		return -n, true
	}
	return 0, false
}

// vague reports whether all words name a time, without naming a day.
func (d dateText) vague() bool {
	if d.weekday < 0 && len(d.words) < 2 && !slices.Equal(d.words, []string{"mot"}) {
		return false
	}
	for _, w := range d.words {
		if !slices.Contains(vagueWords, w) {
			return false
		}
	}
	return true
}
