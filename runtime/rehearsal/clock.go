package rehearsal

// momentOf is the Unix millisecond of a civil day and minute in Vietnam (UTC+7, never the machine's zone).
func momentOf(day int64, minute int) int64 {
	return ((day*24*60)+int64(minute))*60_000 - 7*3_600_000
}
