// Package format writes flow files and transcripts in the one layout that everybody's files have: two spaces inside a section,
// four for what belongs to a line above, columns where lines belong together, one blank line between sections, keywords, arrows
// and quotes as the language spells them. It changes nothing that means something: the result reads as the same tree, every
// comment is kept, and a line that the parser refuses keeps its text. It is not responsible for reading and writing files, or
// for saying what is wrong with them.
package format

import (
	"slices"
	"strings"

	"hoithoai/dsl/charset"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/scan"
)

// Result is a file in its layout.
type Result struct {
	// Text is the file: UTF-8 in NFC, without byte order mark, lines ended by "\n".
	Text []byte
	// Found are the errors of the parser that are left in Text, with their places there.
	Found diag.List
	// Whole is false where the bytes could not be read as text at all: then Text is what was given.
	Whole bool
	// From is the encoding that the text had; where it is not UTF-8 and Whole is true it was converted.
	From charset.Encoding
}

// Source lays out src. path says whether it is a transcript (x_test.flow) and is carried into Found. Source is idempotent.
func Source(path string, src []byte) Result {
	text, from, ok := decoded(src)
	if !ok {
		text = src
	}
	r := source(path, text)
	if r.From = from; !r.Whole {
		r.Text = src
	}
	return r
}

// decoded brings src into UTF-8. What is too large to be read is left alone.
func decoded(src []byte) ([]byte, charset.Encoding, bool) {
	if len(src) > 2*scan.MaxBytes || charset.Detect(src) == charset.UTF8 {
		return src, charset.UTF8, true
	}
	text, from, ok := charset.Decode(src)
	return []byte(text), from, ok
}

func source(path string, src []byte) Result {
	before := parse.Rows(path, src, IsTranscript(path))
	if isRefused(before, src) {
		return Result{Text: src, Found: errorsOf(before.Found)}
	}
	lines := linesOf(before, src)
	for _, how := range []manner{{sorted: true, spelled: true}, {spelled: true}, {}} {
		text := how.print(lines)
		after := parse.Rows(path, text, IsTranscript(path))
		if same(before, after) {
			return Result{Text: text, Found: errorsOf(after.Found), Whole: true}
		}
	}
	return Result{Text: src, Found: errorsOf(before.Found)}
}

// IsTranscript reports whether a file of this name holds tests.
func IsTranscript(path string) bool { return strings.HasSuffix(path, "_test.flow") }

// isRefused reports whether nothing of src was read: it is no text.
func isRefused(l *parse.Layout, src []byte) bool {
	if len(l.Rows) > 0 || len(strings.TrimSpace(string(src))) == 0 {
		return false
	}
	return slices.ContainsFunc(l.Found, func(d diag.Diagnostic) bool { return slices.Contains(refusals, d.Code) })
}

// refusals are the codes of files that are read as nothing at all: too large, UTF-16, no UTF-8, no text, an older encoding.
var refusals = []string{"C067", "C068", "C069", "C083", "C085", "C086"}

func errorsOf(found diag.List) diag.List {
	var out diag.List
	for _, d := range found {
		if d.Severity == diag.Error {
			out = append(out, d)
		}
	}
	return out
}

// manner is how much of the layout is applied. What reads as another tree is printed in the next simpler manner.
type manner struct {
	sorted  bool // lines of a step are put in order
	spelled bool // lines are written anew from their pieces; else they keep their text
}

func (m manner) print(lines []line) []byte {
	lines = slices.Clone(lines)
	if m.sorted {
		sortSteps(lines)
	}
	indentComments(lines)
	separate(lines)
	texts := m.texts(lines)
	var b strings.Builder
	for i := range lines {
		if lines[i].blank && i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(texts[i])
		b.WriteByte('\n')
	}
	return []byte(b.String())
}
