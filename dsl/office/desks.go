package office

import "hoithoai/dsl/value"

// maxWaited is over how many days OpenMinutes counts, and within how many AfterOpen looks.
const maxWaited = 62

const minuteMS = 60_000

// OpenMinutes returns how many minutes of the hours of a kind of work lie between two moments (Unix ms), whole minutes only.
// An office without any hours is open all the time. What is longer ago than two months counts as two months.
func (o *Office) OpenMinutes(work string, from, to int64) int {
	if o.alwaysOpen() {
		return int(max(0, to-from) / minuteMS)
	}
	last, _ := value.DayOf(to)
	first, _ := value.DayOf(from)
	open := int64(0)
	for day := max(first, last-maxWaited); day <= last; day++ {
		for _, i := range o.HoursOn(work, day) {
			open += max(0, min(to, value.Moment(day, i.To))-max(from, value.Moment(day, i.From)))
		}
	}
	return int(open / minuteMS)
}

// AfterOpen returns the moment (Unix ms) by which so many minutes of the hours of a kind of work have passed. Where that is
// never within two months, it is that many minutes by the clock: somebody who waits must not be forgotten for want of hours.
func (o *Office) AfterOpen(work string, from int64, minutes int) int64 {
	left := int64(minutes) * minuteMS
	if o.alwaysOpen() {
		return from + left
	}
	first, _ := value.DayOf(from)
	for day := first; day <= first+maxWaited; day++ {
		for _, i := range o.HoursOn(work, day) {
			begin, end := max(from, value.Moment(day, i.From)), value.Moment(day, i.To)
			if end-begin >= left {
				return begin + left
			}
			left -= max(0, end-begin)
		}
	}
	return from + int64(minutes)*minuteMS
}

// alwaysOpen reports whether nothing is known of the office's hours.
func (o *Office) alwaysOpen() bool {
	if o == nil {
		return true
	}
	for _, w := range o.Hours {
		if !w.empty() {
			return false
		}
	}
	return len(o.Opened) == 0
}

// DeskName returns how a resident is told of the people at a desk, as the beginning of a sentence: "Cán bộ cư trú". A desk
// without a name of its own is just "Cán bộ".
func (o *Office) DeskName(desk string) string {
	if o != nil && o.DeskNames[desk] != "" {
		return o.DeskNames[desk]
	}
	return "Cán bộ"
}
