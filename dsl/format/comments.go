package format

// indentComments puts every comment at the depth of the line that it belongs to: the one below it, or, where a blank line or
// the end of its section comes first, the section that it stands in.
func indentComments(lines []line) {
	for i := 0; i < len(lines); i++ {
		if !lines[i].comment {
			continue
		}
		end := i + 1
		for end < len(lines) && lines[end].comment && !lines[end].blank {
			end++
		}
		depth := commentDepth(lines, i, end)
		for j := i; j < end; j++ {
			lines[j].depth = depth
		}
		i = end - 1
	}
}

// commentDepth is the depth of the comments lines[from:end].
func commentDepth(lines []line, from, end int) int {
	if end < len(lines) && !lines[end].blank {
		return lines[end].depth
	}
	for next := end; next < len(lines); next++ {
		if lines[next].comment {
			continue
		}
		if !lines[next].opens() {
			return lines[next].depth
		}
		break
	}
	if from == 0 || lines[from].blank {
		return 0
	}
	return lines[from-1].inside()
}

// separate sets the blank lines: one before each section, none below its first line or before what belongs to a line above;
// elsewhere at most one, where the author left some.
func separate(lines []line) {
	for i := range lines {
		l := &lines[i]
		switch {
		case i == 0:
			l.blank = false
		case l.opens() && lines[i-1].comment && !l.blank: // the blank line stands before the comment
		case l.opens():
			l.blank = l.blank || !l.oneLine() || !lines[i-1].oneLine()
		case l.comment && leadsOpening(lines, i):
			l.blank = l.blank || !lines[i-1].comment
		case l.depth == 2, lines[i-1].opens() && !lines[i-1].oneLine() && !l.apart():
			l.blank = false
		}
	}
}

// apart reports whether the line is a comment between two sections.
func (l *line) apart() bool { return l.comment && l.depth == 0 }

// leadsOpening reports whether the comment at i stands directly above a line that opens a section.
func leadsOpening(lines []line, i int) bool {
	for i++; i < len(lines) && !lines[i].blank; i++ {
		if !lines[i].comment {
			return lines[i].opens()
		}
	}
	return false
}
