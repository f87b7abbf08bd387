package check

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkOverlap refuses a fact with two values on one day. A period that ends before it begins is none; bind has said so.
func checkOverlap(p *pass) {
	for _, f := range p.bundle.Facts {
		for i, line := range f.Periods {
			p.overlaps(f, line, f.Periods[:i])
		}
	}
}

func (p *pass) overlaps(f *bind.Fact, line *tree.Fact, earlier []*tree.Fact) {
	from, to := period(line)
	if from > to {
		return
	}
	for _, other := range earlier {
		otherFrom, otherTo := period(other)
		if otherFrom > otherTo || from > otherTo || otherFrom > to {
			continue
		}
		p.fail(line.Span,
			say("Dữ kiện `%s` có hai giá trị trong cùng một ngày%s.", "The fact `%s` has two values on one day%s.", f.Name, sharedDay(max(from, otherFrom), min(to, otherTo))),
			say("Sửa `từ` và `đến` để các thời gian nối tiếp nhau.", "Correct `từ` and `đến` so that the periods follow each other."),
			diag.Related{Span: other.Span, Message: say("Thời gian trùng ở đây.", "The other period stands here.")})
	}
}

// sharedDay names a day both periods hold, where one is bounded.
func sharedDay(from, to int64) diag.Sentence {
	day := from
	if from < value.FirstDay {
		day = to
	}
	if day < value.FirstDay || day > value.LastDay {
		return say("", "")
	}
	return say(" (ví dụ %s)", " (such as %s)", value.ShowDay(day))
}
