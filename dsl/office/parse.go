package office

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
)

// ErrHours is wrapped by every error of ParseWeek and ParseDay.
var ErrHours = errors.New("hours not understood")

// HoursError says what is wrong with written hours, and how to write them. ParseWeek and ParseDay give no other error.
type HoursError struct {
	// Says is the fault in both languages.
	Says diag.Sentence
}

// Error is the fault in English.
func (e *HoursError) Error() string { return ErrHours.Error() + ": " + e.Says.EN }

// Unwrap returns ErrHours.
func (e *HoursError) Unwrap() error { return ErrHours }

func wrongHours(vi, en string, args ...any) error {
	return &HoursError{Says: diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}}
}

// maxHoursText bounds what is looked at; the longest sensible week is a fifth of it.
const maxHoursText = 2000

var (
	timeStart  = regexp.MustCompile(`\d{1,2}[:hH]\d{2}|\d{1,2}[hH]|(?i:nghỉ)`)
	spacedDash = regexp.MustCompile(`\s*[-–—]\s*`)
	oneTime    = regexp.MustCompile(`^(\d{1,2})(?:[:hH](\d{2})|[hH])$`)
)

// ParseWeek reads a week as configuration writes it: parts separated by semicolons or line breaks, each one or more days and
// their hours, as in "thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30". Days are "thứ 2" or "thứ hai" or "T2" to "chủ
// nhật" or "CN", with or without accents, joined by "-" or "đến" for a run and by "," for a list, or "hằng ngày". Hours are as
// ParseDay reads them. Days that are not named are closed; naming one twice is an error. "nghỉ" alone is a week without hours.
func ParseWeek(text string) (Week, error) {
	var w Week
	if len(text) > maxHoursText {
		return w, wrongHours("chữ dài quá %d byte", "the text is longer than %d bytes", maxHoursText)
	}
	if fold.Key(text) == "nghi" {
		return w, nil
	}
	var named [7]bool
	parts := strings.FieldsFunc(fold.Clean(text), func(r rune) bool { return r == ';' || r == '\n' })
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if err := parsePart(part, &w, &named); err != nil {
			return Week{}, err
		}
	}
	if named == [7]bool{} {
		return w, wrongHours("chưa nêu thứ nào; viết ví dụ \"thứ 2-thứ 6 07:30-11:30 13:00-17:00\"", "no day is named; write for example \"thứ 2-thứ 6 07:30-11:30 13:00-17:00\"")
	}
	return w, nil
}

// parsePart reads "days hours" into w.
func parsePart(part string, w *Week, named *[7]bool) error {
	at := timeStart.FindStringIndex(part)
	if at == nil {
		return wrongHours("%q chưa có giờ; viết ví dụ 07:30-11:30", "%q has no hours; write them as 07:30-11:30", part)
	}
	days, err := parseDays(strings.Trim(part[:at[0]], " :,"))
	if err != nil {
		return err
	}
	hours, err := ParseDay(part[at[0]:])
	if err != nil {
		return err
	}
	for _, d := range days {
		if named[d] {
			return wrongHours("%s được nêu hai lần", "%s is named twice", dayNames[d])
		}
		named[d] = true
		w[d] = hours
	}
	return nil
}

// parseDays reads "thứ 2-thứ 6", "thứ 2, thứ 4", "hằng ngày".
func parseDays(text string) ([]int, error) {
	switch fold.Key(text) {
	case "hang ngay", "moi ngay", "ca tuan":
		return []int{0, 1, 2, 3, 4, 5, 6}, nil
	}
	var days []int
	for list := range strings.SplitSeq(text, ",") {
		run, err := parseRun(list)
		if err != nil {
			return nil, err
		}
		days = append(days, run...)
	}
	return days, nil
}

func parseRun(text string) ([]int, error) {
	ends := strings.Split(spacedDash.ReplaceAllString(strings.ReplaceAll(text, "đến", "-"), "-"), "-")
	if len(ends) > 2 {
		return nil, wrongHours("%q không phải một khoảng ngày", "%q is no run of days", strings.TrimSpace(text))
	}
	from, err := parseDayName(ends[0], "")
	if err != nil {
		return nil, err
	}
	to := from
	if len(ends) == 2 {
		if to, err = parseDayName(ends[1], "thu "); err != nil {
			return nil, err
		}
	}
	if to < from {
		return nil, wrongHours("%q chạy ngược", "%q runs backwards", strings.TrimSpace(text))
	}
	var days []int
	for d := from; d <= to; d++ {
		days = append(days, d)
	}
	return days, nil
}

// dayKeys are the folded names of the days.
var dayKeys = map[string]int{
	"thu 2": 0, "thu hai": 0, "t2": 0, "thu 3": 1, "thu ba": 1, "t3": 1, "thu 4": 2, "thu tu": 2, "t4": 2, "thu 5": 3,
	"thu nam": 3, "t5": 3, "thu 6": 4, "thu sau": 4, "t6": 4, "thu 7": 5, "thu bay": 5, "t7": 5, "chu nhat": 6, "cn": 6,
}

// parseDayName reads a day; before is what the end of a run may leave out ("thứ 2-6").
func parseDayName(text, before string) (int, error) {
	key := fold.Key(text)
	if d, ok := dayKeys[key]; ok {
		return d, nil
	}
	if d, ok := dayKeys[before+key]; ok {
		return d, nil
	}
	return 0, wrongHours("%q không phải thứ trong tuần; viết \"thứ 2\" … \"thứ 7\" hoặc \"chủ nhật\"", "%q is no day; write \"thứ 2\" … \"thứ 7\" or \"chủ nhật\"", strings.TrimSpace(text))
}

// ParseDay reads the hours of one day: intervals such as 07:30-11:30, 7h30-11h30 or 7h-11h, separated by spaces or commas, in
// order and apart from each other, 24:00 at most; or "nghỉ" for none.
func ParseDay(text string) (Day, error) {
	if fold.Key(text) == "nghi" {
		return nil, nil
	}
	if len(text) > maxHoursText {
		return nil, wrongHours("chữ dài quá %d byte", "the text is longer than %d bytes", maxHoursText)
	}
	var d Day
	text = spacedDash.ReplaceAllString(strings.ReplaceAll(text, ",", " "), "-")
	for word := range strings.FieldsSeq(text) {
		i, err := parseInterval(word)
		if err != nil {
			return nil, err
		}
		if len(d) > 0 && i.From < d[len(d)-1].To {
			return nil, wrongHours("%q bắt đầu khi khoảng giờ đứng trước chưa hết", "%q begins before the hours in front of it end", word)
		}
		d = append(d, i)
	}
	if len(d) == 0 {
		return nil, wrongHours("chưa có giờ; viết ví dụ 07:30-11:30, hoặc nghỉ", "no hours; write for example 07:30-11:30, or nghỉ")
	}
	return d, nil
}

func parseInterval(word string) (Interval, error) {
	from, to, ok := strings.Cut(word, "-")
	if !ok {
		return Interval{}, wrongHours("%q không phải một khoảng giờ; viết ví dụ 07:30-11:30", "%q is no interval; write for example 07:30-11:30", word)
	}
	a, okA := parseTime(from)
	b, okB := parseTime(to)
	switch {
	case !okA:
		return Interval{}, wrongHours("%q trong %q không phải giờ trong ngày", "%q in %q is no time of day", from, word)
	case !okB:
		return Interval{}, wrongHours("%q trong %q không phải giờ trong ngày", "%q in %q is no time of day", to, word)
	case a >= b:
		return Interval{}, wrongHours("%q kết thúc trước khi bắt đầu", "%q ends before it begins", word)
	}
	return Interval{From: a, To: b}, nil
}

// parseTime reads 07:30, 7h30 or 7h as minutes after midnight; 24:00 is the end of the day.
func parseTime(s string) (int, bool) {
	m := oneTime.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	var hour, minute int
	for _, c := range m[1] {
		hour = hour*10 + int(c-'0')
	}
	for _, c := range m[2] {
		minute = minute*10 + int(c-'0')
	}
	at := hour*60 + minute
	return at, minute < 60 && at <= minutesOfDay
}
