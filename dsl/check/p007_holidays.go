package check

import (
	"slices"
	"strconv"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// checkHolidays reports, on the day of Options, a flow whose answers ask the office's calendar (dang_mo, mo_lai, co_lam,
// ngay_lam_viec) while the holidays are not known: this year's or next year's table is missing, or one that
// Options.Ahead reaches is not complete. The answers then say so themselves.
func checkHolidays(p *pass) {
	if p.opts.Day == 0 || p.opts.Ahead < 0 {
		return
	}
	year, how := p.unknownYear()
	if how == office.Counted {
		return
	}
	for _, f := range p.bundle.Flows {
		places := askingCalendar(f)
		if len(places) == 0 {
			continue
		}
		what := say("Chưa có bảng ngày lễ năm %s, câu trả lời sẽ ghi “chưa tính ngày lễ”.", "There is no table of the holidays of %s; answers will say that they are not counted.", year)
		if how == office.Partly {
			what = say("Bảng ngày lễ năm %s chưa đủ, câu trả lời sẽ ghi “chưa tính đủ ngày lễ”.", "The table of the holidays of %s is not complete; answers will say so.", year)
		}
		p.due(places[0], what,
			say("Dùng bản chương trình có bảng của năm đó, hoặc ghi ngày nghỉ vào `closed` của đơn vị.", "Use a release that has the table of that year, or list the days in the office's `closed`."))
	}
}

// unknownYear is the first year that matters and whose holidays are not all known.
func (p *pass) unknownYear() (string, office.Coverage) {
	national, err := office.National()
	if err != nil {
		return "", office.NotCounted
	}
	now, _, _ := value.Civil(p.opts.Day)
	reach, _, _ := value.Civil(p.opts.Day + p.opts.Ahead)
	for y := now; y <= now+1; y++ {
		day, _ := value.DayNumber(y, 1, 1)
		if c := national.Covers(day, day); c == office.NotCounted || c == office.Partly && y <= reach {
			return strconv.Itoa(y), c
		}
	}
	return "", office.Counted
}

// askingCalendar are the places of a flow that ask the calendar, in their order.
func askingCalendar(f *bind.Flow) []diag.Span {
	var out []diag.Span
	asks := func(x *expression.Expr) bool { return x != nil && x.AsksCalendar() }
	for e, x := range f.Exprs {
		if asks(x) {
			out = append(out, e.Span)
		}
	}
	for prose, t := range f.Templates {
		for _, part := range t.Parts {
			if asks(part.Expr) {
				out = append(out, prose.Span)
				break
			}
		}
	}
	for _, c := range f.Conditions {
		if asks(c.Expr) && c.Decl.Expr.Span.File == f.File.Path {
			out = append(out, c.Decl.Expr.Span)
		}
	}
	slices.SortFunc(out, bySpan)
	return slices.Compact(out)
}
