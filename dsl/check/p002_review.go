package check

import (
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// checkReview reports, on the day of Options, a legal basis that is past its review or not yet in force.
func checkReview(p *pass) {
	if p.opts.Day == 0 {
		return
	}
	for _, file := range p.files() {
		for i := range file.Bases {
			p.reportBasis(&file.Bases[i])
		}
	}
}

func (p *pass) reportBasis(b *tree.Basis) {
	if review := dayOf(b.Review, p.opts.Day+1); review < p.opts.Day {
		p.due(b.Span,
			say("Căn cứ \"%s\" đã quá ngày rà soát %s.", "The legal basis \"%s\" is past its review on %s.", b.Text.Text, value.ShowDay(review)),
			say("Đọc lại văn bản, sửa nội dung nếu cần, rồi ghi ngày rà soát mới.", "Read it again, correct the content where needed and set a new date."))
	}
	if effective := dayOf(b.Effective, p.opts.Day); effective > p.opts.Day {
		p.due(b.Span,
			say("Căn cứ \"%s\" đến %s mới có hiệu lực.", "The legal basis \"%s\" is in force only from %s.", b.Text.Text, value.ShowDay(effective)),
			say("Chỉ đưa luồng này vào dùng từ ngày đó.", "Use this flow only from that day."))
	}
}
