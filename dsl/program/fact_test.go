package program_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

func money(n int64) value.Value { return value.Value{Kind: value.Money, N: n} }

// TestFactOn: the value of a day is that of the period that holds it, both ends included; between periods there is none.
func TestFactOn(t *testing.T) {
	t.Parallel()
	open := &program.Fact{Periods: []program.Period{{Value: money(7), From: math.MinInt64, To: math.MaxInt64}}}
	dated := &program.Fact{Periods: []program.Period{
		{Value: money(7), From: math.MinInt64, To: 10},
		{From: 11, To: 12}, // chưa rõ
		{Value: money(8), From: 15, To: 20},
		{Value: money(9), From: 21, To: math.MaxInt64},
	}}
	tests := map[string]struct {
		fact *program.Fact
		day  int64
		want value.Value
	}{
		"no period":              {&program.Fact{}, 0, value.Value{}},
		"open, now":              {open, 20000, money(7)},
		"open, at the beginning": {open, math.MinInt64, money(7)},
		"open, at the end":       {open, math.MaxInt64, money(7)},
		"long before":            {dated, -1000, money(7)},
		"the last day":           {dated, 10, money(7)},
		"not known, first day":   {dated, 11, value.Value{}},
		"not known, last day":    {dated, 12, value.Value{}},
		"in a gap":               {dated, 13, value.Value{}},
		"the day before":         {dated, 14, value.Value{}},
		"the first day":          {dated, 15, money(8)},
		"the end of the second":  {dated, 20, money(8)},
		"the next":               {dated, 21, money(9)},
		"long after":             {dated, 1 << 40, money(9)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.fact.On(tt.day); !cmp.Equal(got, tt.want) {
				t.Errorf("on day %d the value is %+v, want %+v", tt.day, got, tt.want)
			}
		})
	}
}

// TestFactOnAgreesWithACalendar fills a calendar day by day and asks for each day again.
func TestFactOnAgreesWithACalendar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f, calendar := &program.Fact{}, map[int64]value.Value{}
		day := int64(0)
		for range rapid.IntRange(0, 5).Draw(t, "periods") {
			from := day + rapid.Int64Range(0, 3).Draw(t, "gap")
			to := from + rapid.Int64Range(0, 4).Draw(t, "length")
			p := program.Period{From: from, To: to}
			if rapid.Bool().Draw(t, "known") {
				p.Value = money(rapid.Int64Range(1, 9).Draw(t, "value"))
			}
			for d := from; d <= to; d++ {
				calendar[d] = p.Value
			}
			f.Periods, day = append(f.Periods, p), to+1
		}
		for d := int64(-2); d < day+2; d++ {
			if got := f.On(d); got.N != calendar[d].N || got.IsSet() != calendar[d].IsSet() {
				t.Fatalf("on day %d the value is %+v, want %+v", d, got, calendar[d])
			}
		}
	})
}
