package format

import (
	"slices"
)

// block is a line of a step with the comments above it and what belongs to it below.
type block struct {
	rank  int
	lines []line
}

// sortSteps puts the lines of every step in order where only the order is wrong and it is clear which lines the step has.
func sortSteps(lines []line) {
	for from := 0; from < len(lines); {
		end := from + 1
		for end < len(lines) && !lines[end].opens() {
			end++
		}
		body := lines[from:end]
		if end < len(lines) {
			body = body[:len(body)-trailing(lines, end)]
		}
		if lines[from].opens() {
			sortStep(body[1:])
		}
		from = end
	}
}

// trailing is how many comments directly above the opening line at end belong to it.
func trailing(lines []line, end int) int {
	n := 0
	for i := end; i > 1 && lines[i-1].comment && !lines[i].blank && !lines[i-1].opens(); i-- {
		n++
	}
	return n
}

func sortStep(body []line) {
	if !isSortable(body) {
		return
	}
	var blocks []block
	var open []line // comments that wait for their line
	for _, l := range body {
		switch {
		case l.comment:
			open = append(open, l)
		case l.row.Depth == 2 && len(blocks) > 0:
			last := &blocks[len(blocks)-1]
			last.lines = append(append(last.lines, open...), l)
			open = nil
		default:
			blocks = append(blocks, block{l.row.Rank, append(open, l)})
			open = nil
		}
	}
	slices.SortStableFunc(blocks, func(a, b block) int { return a.rank - b.rank })
	sorted := body[:0:0]
	for _, b := range blocks {
		sorted = append(sorted, b.lines...)
	}
	copy(body, append(sorted, open...))
}

// isSortable reports whether a line comes late, and every line was read and has its place.
func isSortable(body []line) bool {
	late := false
	for _, l := range body {
		switch {
		case l.comment:
		case l.row == nil, l.row.Unread, l.row.Split, l.row.Depth < 2 && l.row.Rank == 0:
			return false
		default:
			late = late || l.row.Late
		}
	}
	return late
}
