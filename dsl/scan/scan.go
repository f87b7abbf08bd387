// Package scan cuts the bytes of a file into the lines that the parser reads: UTF-8, NFC, without byte order mark, line ends,
// comments and blank lines, within bounds. Every line knows which column of the original each of its characters had, so that
// what is reported points at what the author sees. It knows no keyword and writes no sentence: what it dislikes it returns as
// Problem, and the parser says it.
package scan

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoithoai/dsl/charset"
	"hoithoai/dsl/diag"
)

// Bounds of a file (design/security.md, threat 6: flows are untrusted text).
const (
	MaxBytes = 1 << 20 // bytes of a file
	MaxRunes = 4000    // runes of a line
)

// ProblemKind says what is wrong with the text of a file.
type ProblemKind uint8

// The kinds of problem.
const (
	TooLarge    ProblemKind = iota // the file has more than MaxBytes; nothing was read
	UTF16                          // the file is UTF-16; nothing was read
	NotUTF8                        // a byte that is no UTF-8; nothing was read
	TooLong                        // a line of more than MaxRunes; the line was left out
	Hidden                         // a control or invisible character; it was left out of the line
	WordFile                       // a document of Word or another zip; nothing was read
	OldWord                        // a document of an old Word or Excel; nothing was read
	PDF                            // a PDF; nothing was read
	RichText                       // a rich text document; nothing was read
	Decomposed                     // letters and accents apart (NFD); the line was composed. Reported once a file
	TCVN3                          // letters of TCVN3 (ABC); nothing was read
	VNI                            // letters of VNI-Windows; nothing was read
	Windows1258                    // letters of Windows-1258; nothing was read
	Lost                           // question marks in place of letters; nothing was read
)

// Problem is one thing that is wrong with the text, and where.
type Problem struct {
	Kind ProblemKind
	Span diag.Span
}

// Comment is a line that starts with "#"; Text includes the sign.
type Comment struct {
	Line int
	Text string
}

// Source is a file cut into lines.
type Source struct {
	Path     string
	Lines    []Line // those that say something, in order
	Comments []Comment
	Problems []Problem
	Last     int // number of the last line, at least 1

	decomposed bool // said once
}

// Split cuts src. Path is only carried into spans. A file that cannot be read at all has a Problem and no lines.
func Split(path string, src []byte) *Source {
	s := &Source{Path: path, Last: 1}
	if kind, ok := unreadable(src); ok {
		s.Problems = []Problem{{kind, fileStart(path)}}
		return s
	}
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if encoding := charset.Detect(src); encoding != charset.UTF8 {
		s.Problems = []Problem{{encodings[encoding], fileStart(path)}}
		if encoding == charset.Unknown {
			s.Problems[0].Span = spanAt(path, src, invalidAt(src))
		}
		return s
	}
	s.cut(string(src))
	return s
}

func fileStart(path string) diag.Span {
	return diag.Span{File: path, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

func unreadable(src []byte) (ProblemKind, bool) {
	if len(src) > MaxBytes {
		return TooLarge, true
	}
	for _, d := range documents {
		if bytes.HasPrefix(src, []byte(d.start)) {
			return d.kind, true
		}
	}
	return 0, false
}

// documents are the first bytes of files that office staff rename to .flow: the signatures of zip (docx, xlsx, odt), of the
// compound file of Microsoft (doc, xls), of PDF and of RTF.
var documents = []struct {
	start string
	kind  ProblemKind
}{
	{"PK\x03\x04", WordFile}, {"\xD0\xCF\x11\xE0", OldWord}, {"%PDF-", PDF}, {"{\\rtf", RichText},
}

// encodings are the problems that text in another encoding is.
var encodings = map[charset.Encoding]ProblemKind{
	charset.UTF16LE: UTF16, charset.UTF16BE: UTF16, charset.TCVN3: TCVN3, charset.VNI: VNI, charset.Windows1258: Windows1258,
	charset.Lost: Lost, charset.Unknown: NotUTF8,
}

// invalidAt is the offset of the first byte that is no UTF-8, or -1.
func invalidAt(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// spanAt is the one character at offset at.
func spanAt(path string, src []byte, at int) diag.Span {
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	line, column := bytes.Count(src[:at], []byte("\n"))+1, utf8.RuneCount(src[start:at])+1
	return diag.Span{File: path, Line: line, Column: column, EndLine: line, EndColumn: column + 1}
}

func (s *Source) cut(src string) {
	normal := norm.NFC.IsNormalString(src)
	for number, rest, more := 1, src, true; more; number++ {
		var text string
		text, rest, more = strings.Cut(rest, "\n")
		s.Last = number
		s.add(number, strings.TrimSuffix(text, "\r"), normal)
	}
}

// add takes one line of the original.
func (s *Source) add(number int, original string, normal bool) {
	line := Line{Number: number, File: s.Path, Text: original}
	if !isPlain(original, normal) {
		line = s.mend(line)
	}
	text := strings.TrimSpace(line.Text)
	switch {
	case text == "":
	case strings.HasPrefix(text, "#"):
		s.Comments = append(s.Comments, Comment{Line: number, Text: text})
	case utf8.RuneCountInString(original) > MaxRunes:
		s.Problems = append(s.Problems, Problem{TooLong, line.Span(0, len(line.Text))})
	default:
		s.Lines = append(s.Lines, line)
	}
}
