package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

const (
	tabWidth   = 4   // columns a tab takes where it is drawn; always the same, so that carets never depend on a terminal
	drawnWidth = 120 // columns of source shown; a longer line is cut around the span
	leadWidth  = 40  // columns kept before the span of a line that is cut
)

// heads are the words of the lines around a finding, for each language.
var heads = map[Lang]struct{ err, warning, fix, see string }{
	Vietnamese: {err: "lỗi", warning: "cảnh báo", fix: "sửa", see: "xem"},
	English:    {err: "error", warning: "warning", fix: "fix", see: "see"},
}

// WriteText writes list for people, one block a finding, in the order of the list:
//
//	tam_tru.flow:12:3: lỗi C001: Không có từ khóa “hoi”.
//	   12 |   hoi viec
//	      |   ^^^
//	      = sửa: Viết là “hỏi”.
//
// The span is underlined by the width that a terminal gives its characters: a tab is four columns, a combining mark none, a
// wide character two. source returns the whole text of a file as the author wrote it, or "" where it is not known; then the
// line is not drawn, nor is a line that is no text. The error is the first of w.
func WriteText(w io.Writer, list List, lang Lang, source func(file string) string) error {
	p := printer{w: bufio.NewWriter(w), lang: lang, source: source, lines: map[string][]string{}}
	for i := range list {
		p.finding(&list[i])
	}
	return p.w.Flush()
}

// printer draws findings; it splits each file once.
type printer struct {
	w      *bufio.Writer
	lang   Lang
	source func(string) string
	lines  map[string][]string
}

func (p *printer) finding(d *Diagnostic) {
	head := heads[Vietnamese]
	if p.lang == English {
		head = heads[English]
	}
	word := head.err
	if d.Severity == Warning {
		word = head.warning
	}
	fmt.Fprintf(p.w, "%s: %s %s: %s\n", place(d.Span), word, d.Code, oneLine(d.Message.In(p.lang)))
	gutter := p.draw(d.Span)
	if fix := d.Fix.In(p.lang); fix != "" {
		fmt.Fprintf(p.w, "%s = %s: %s\n", gutter, head.fix, oneLine(fix))
	}
	for _, r := range d.Related {
		fmt.Fprintf(p.w, "%s = %s: %s: %s\n", gutter, head.see, place(r.Span), oneLine(r.Message.In(p.lang)))
		p.draw(r.Span)
	}
}

// place is file:line:column as editors and terminals link it.
func place(s Span) string { return fmt.Sprintf("%s:%d:%d", printable(s.File), s.Line, s.Column) }

// draw shows the line of s with carets under it, and returns the blank of the gutter for what follows.
func (p *printer) draw(s Span) string {
	number := fmt.Sprintf("%5s", strconv.Itoa(s.Line))
	gutter := strings.Repeat(" ", len(number))
	text, ok := p.line(s.File, s.Line)
	if !ok {
		return gutter
	}
	d := drawLine(text, s)
	fmt.Fprintf(p.w, "%s | %s\n%s | %s%s\n", number, d.text, gutter, strings.Repeat(" ", d.before), strings.Repeat("^", d.under))
	return gutter
}

func (p *printer) line(file string, n int) (string, bool) {
	lines, ok := p.lines[file]
	if !ok && p.source != nil {
		lines = splitLines(p.source(file))
		p.lines[file] = lines
	}
	if n < 1 || n > len(lines) || isNoise(lines[n-1]) {
		return "", false
	}
	return lines[n-1], true
}

// isNoise reports whether a line is no text to a reader: more than a quarter of it are control characters or bytes that are no
// UTF-8, as in a file in UTF-16 or a document of Word.
func isNoise(line string) bool {
	all, bad := 0, 0
	for _, r := range line {
		all++
		if r != '\t' && (r == utf8.RuneError || unicode.IsControl(r)) {
			bad++
		}
	}
	return bad*4 > all
}

// splitLines cuts a source as the scanner does: at "\n", without the "\r" before it, without a byte order mark.
func splitLines(src string) []string {
	if src == "" {
		return nil
	}
	lines := strings.Split(strings.TrimPrefix(src, "\uFEFF"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}

// drawn is a source line ready to print: its text, the width before the carets, and their number (at least 1).
type drawn struct {
	text   string
	before int
	under  int
}

func drawLine(line string, s Span) drawn {
	runes := []rune(line)
	from := min(max(s.Column-1, 0), len(runes))
	to := len(runes)
	if s.EndLine <= s.Line {
		to = min(max(s.EndColumn-1, from), len(runes))
	}
	lead, span, tail := printable(string(runes[:from])), printable(string(runes[from:to])), printable(string(runes[to:]))
	lead, span, tail = clip(lead, span, tail)
	return drawn{text: strings.TrimRight(lead+span+tail, " "), before: width(lead), under: max(width(span), 1)}
}

// clip cuts a line that is wider than drawnWidth so that the span stays in sight.
func clip(lead, span, tail string) (string, string, string) {
	if width(lead)+width(span)+width(tail) <= drawnWidth {
		return lead, span, tail
	}
	screen := narrow()
	if w := width(lead); w > leadWidth {
		lead = screen.TruncateLeft(lead, w-leadWidth, "…")
	}
	span = screen.Truncate(span, drawnWidth-width(lead), "…")
	return lead, span, screen.Truncate(tail, max(drawnWidth-width(lead)-width(span), 0), "…")
}

// narrow measures as terminals outside East Asia do; the library's own default would follow the environment.
func narrow() *runewidth.Condition { return &runewidth.Condition{} }

func width(s string) int { return narrow().StringWidth(s) }

// printable makes source safe to show: tabs as spaces, control and invisible characters as a replacement sign, so that a file
// cannot move the cursor or turn the direction of the reader's screen.
func printable(s string) string {
	if isPrintable(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteString(strings.Repeat(" ", tabWidth))
		case isHidden(r):
			b.WriteRune(unicode.ReplacementChar)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isPrintable(s string) bool { return !strings.ContainsFunc(s, isHidden) }

// isHidden reports whether r leaves nothing on the screen or moves the cursor; a tab counts, the joiner inside emoji does not.
func isHidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200D' || r == '\u2028' || r == '\u2029'
}

// oneLine keeps a sentence on its line: it may quote what an author wrote.
func oneLine(s string) string { return printable(strings.ReplaceAll(s, "\n", " ")) }
