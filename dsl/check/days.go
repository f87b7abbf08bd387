package check

import (
	"math"

	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// dayOf is a date as a day number; open is returned where there is no date.
func dayOf(d *tree.Date, open int64) int64 {
	if d == nil {
		return open
	}
	day, ok := value.DayNumber(d.Year, d.Month, d.Day)
	if !ok {
		return open
	}
	return day
}

// period is when a fact's line holds; both ends are part of it.
func period(f *tree.Fact) (from, to int64) {
	return dayOf(f.From, math.MinInt64), dayOf(f.To, math.MaxInt64)
}
