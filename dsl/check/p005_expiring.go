package check

import "hoithoai/dsl/value"

// checkExpiring reports, on the day of Options, every fact whose value ends within Options.Ahead days with none to follow, and
// names the sentences that use it.
func checkExpiring(p *pass) {
	if p.opts.Day == 0 || p.opts.Ahead < 0 {
		return
	}
	for _, f := range p.bundle.Facts {
		on := periodOn(f, p.opts.Day)
		if on == nil {
			continue
		}
		_, to := period(on)
		if to > p.opts.Day+p.opts.Ahead || periodOn(f, to+1) != nil {
			continue
		}
		p.due(on.Span,
			say("Dữ kiện `%s` chỉ có giá trị tới hết %s.", "The fact `%s` has a value only until %s.", f.Name, value.ShowDay(to)),
			say("Thêm một dòng cho thời gian tiếp theo.", "Add a line for the time after."), p.usesOf(f)...)
	}
}
