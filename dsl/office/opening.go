package office

import (
	"fmt"

	"hoithoai/dsl/value"
)

var weekdays = [7]string{"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"}

// Opening says in words when a kind of work is received next after a moment: "13 giờ 30 hôm nay", "7 giờ 30 thứ Hai 30/11/2026",
// with the remark of days reckoned without all holidays. ok is false where that is never within a month.
func (o *Office) Opening(work string, today int64, minute int) (words string, ok bool) {
	day, at, ok := o.NextOpen(work, today, minute)
	if !ok {
		return "", false
	}
	words = hour(at) + " " + dayInWords(today, day)
	if remark := o.Coverage(today, day).Remark(); remark != "" && day != today {
		words += " " + remark
	}
	return words, true
}

// Closing says in words when the hours end in which a kind of work is received at this moment: "11 giờ 30 hôm nay". ok is false
// where it is not received now.
func (o *Office) Closing(work string, today int64, minute int) (words string, ok bool) {
	for _, i := range o.HoursOn(work, today) {
		if i.From <= minute && minute < i.To {
			return hour(i.To) + " hôm nay", true
		}
	}
	return "", false
}

// hour writes minutes after midnight as people say them.
func hour(at int) string {
	if at%60 == 0 {
		return fmt.Sprintf("%d giờ", at/60)
	}
	return fmt.Sprintf("%d giờ %02d", at/60, at%60)
}

// dayInWords writes a day from today on.
func dayInWords(today, day int64) string {
	date := value.ShowDay(day)
	switch day - today {
	case 0:
		return "hôm nay"
	case 1:
		return "ngày mai, " + weekdays[value.Weekday(day)] + " " + date
	}
	return weekdays[value.Weekday(day)] + " " + date
}
