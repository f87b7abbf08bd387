package check

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkFactToday reports, on the day of Options, every fact without a value: `chưa rõ`, or no period that holds. Residents
// then read "cán bộ sẽ xác nhận" in the sentences that use it, which are named.
func checkFactToday(p *pass) {
	if p.opts.Day == 0 {
		return
	}
	for _, f := range p.bundle.Facts {
		if len(f.Periods) > 0 {
			p.reportToday(f)
		}
	}
}

func (p *pass) reportToday(f *bind.Fact) {
	on := periodOn(f, p.opts.Day)
	switch {
	case on == nil:
		p.due(f.Periods[len(f.Periods)-1].Span,
			say("Dữ kiện `%s` không có giá trị ngày %s.", "The fact `%s` has no value on %s.", f.Name, value.ShowDay(p.opts.Day)),
			say("Thêm một dòng có giá trị từ ngày đó.", "Add a line with the value from that day on."), p.usesOf(f)...)
	case on.Value == nil:
		p.due(on.Span,
			say("Dữ kiện `%s` còn chưa rõ.", "The fact `%s` is not known yet.", f.Name),
			say("Hỏi cán bộ phụ trách rồi ghi giá trị.", "Ask the officer in charge and write the value."), p.usesOf(f)...)
	}
}

// periodOn is the period that holds on a day; nil where none does.
func periodOn(f *bind.Fact, day int64) *tree.Fact {
	for _, line := range f.Periods {
		if from, to := period(line); from <= day && day <= to {
			return line
		}
	}
	return nil
}
