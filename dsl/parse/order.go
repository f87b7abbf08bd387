package parse

import (
	"strconv"

	"hoithoai/dsl/diag"
)

// ordered sees to it that the lines of a step come in order; a line that comes late is reported and still taken. The lines of a
// second ending are wrong as a whole.
func (p *parser) ordered(c *cursor, r rank) {
	if p.step == nil || p.step.end != p.step.End {
		return
	}
	if p.row != nil {
		p.row.Rank = int(r)
	}
	ranked := p.step.ranked
	for _, line := range ranked {
		if line.rank > r {
			p.late(c, r, line.span)
			return
		}
	}
	if len(ranked) == 0 || ranked[len(ranked)-1].rank < r {
		p.step.ranked = append(ranked, rankedLine{r, c.lineSpan()})
	}
}

// late reports a line of rank r that belongs before another. Speech below a finished ending may as well be a step that lost its
// "bước": from here on the lines are ordered by themselves.
func (p *parser) late(c *cursor, r rank, before diag.Span) {
	line := strconv.Itoa(before.Line)
	fix := say("Chuyển dòng này lên trước dòng "+line+".", "Move this line above line "+line+".")
	splits := r <= rankBody && p.lastRank() >= rankNext
	if p.row != nil {
		p.row.Late, p.row.Split = true, splits
	}
	if splits {
		fix.VI += " Nếu đây là một bước mới, thêm dòng “bước tên_bước” phía trên."
		fix.EN += " If a new step starts here, add a line “bước name” above it."
	}
	p.seen(codeOrder, c.lineSpan(), before, say("Dòng này phải đứng trước dòng ở đây.", "The line belongs before this one."), fix)
	if splits {
		p.splitStep(c, r)
	}
}

// lastRank is the rank of the furthest line so far.
func (p *parser) lastRank() rank {
	if n := len(p.step.ranked); n > 0 {
		return p.step.ranked[n-1].rank
	}
	return 0
}
