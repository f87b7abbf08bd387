// Package parse reads flow files and their transcripts into the tree of package tree. The grammar is line-oriented
// (design/language.md): the section and the first words of a line say what the line is, indentation means nothing, and one
// mistake costs one line. Whatever it cannot read it reports, in Vietnamese and English, with the exact place and the nearest
// thing that was meant; where the meaning is beyond doubt it goes on with what was meant, else it marks the node Broken so that
// later passes report no consequences.
//
// It is not responsible for meaning: names are not resolved, expressions and {…} in sentences stay raw text with their place.
// A file without "bắt đầu" has a nil Start: its first step is where it starts.
package parse

import (
	"path"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/scan"
	"hoithoai/dsl/tree"
)

// MaxSteps is how many steps one flow has at most.
const MaxSteps = 2000

// section is the part of a file that a line stands in.
type section uint8

const (
	inNothing section = iota // before the opening line, and after a line that is a section of its own
	inHead
	inExamples
	inData
	inFacts
	inConditions
	inAlways
	inStep
	inTests
	inTest
)

// parser is the state of one run over one file.
type parser struct {
	path    string
	found   diag.List
	broken  *bool // the mark of the node that the current line belongs to
	holes   int   // how often a node was marked
	section section
	orphan  bool // lines of a step stand here without their "bước": said once
	lost    bool // a line of this section is lost: what only it could have given is not missed

	file   *tree.File
	steps  map[string]bool // of the steps of the file, also of those below
	opened bool            // the file has its opening line, or was reported without one
	titled bool            // the file has its opening line
	slot   *tree.Slot
	step   *openStep
	ctx    context

	tests *tree.Tests
	test  *tree.Test

	recording bool
	rows      []*Row
	row       *Row // of the current line; nil where none are kept
}

// context is what a line of speech, a row or a button belongs to when it follows a keyword that gathers lines.
type context struct {
	prose   *[]tree.Prose // phải, sai, trợ giúp, im lặng
	items   *[]*tree.Item // bảng, danh sách
	silence *tree.Silence
}

// File reads the flow file src; path is carried into every span, and its base name is held against the name of the flow. The
// tree is never nil. The findings are ordered; where there are none the tree is complete.
func File(path string, src []byte) (*tree.File, diag.List) {
	p := &parser{path: path}
	return p.readFile(scan.Split(path, src)), p.sorted()
}

func (p *parser) readFile(source *scan.Source) *tree.File {
	f := &tree.File{Path: p.path, Comments: comments(source)}
	p.file, p.broken, p.steps = f, &f.Broken, stepNames(source)
	p.problems(source.Problems)
	for i := range source.Lines {
		if !p.fileLine(&source.Lines[i]) || p.full() {
			break
		}
	}
	p.closeFile(source)
	return f
}

// Tests reads the transcript file src (x_test.flow); path is carried into every span. The tree is never nil.
func Tests(path string, src []byte) (*tree.Tests, diag.List) {
	p := &parser{path: path}
	return p.readTests(scan.Split(path, src)), p.sorted()
}

func (p *parser) readTests(source *scan.Source) *tree.Tests {
	t := &tree.Tests{Path: p.path, Comments: comments(source)}
	p.tests, p.broken, p.section = t, &t.Broken, inTests
	p.problems(source.Problems)
	for i := range source.Lines {
		if p.testLine(p.cursor(&source.Lines[i])); p.full() {
			break
		}
	}
	p.closeTests()
	return t
}

func (p *parser) sorted() diag.List {
	p.found.Sort()
	return p.found.Unique()
}

func comments(source *scan.Source) []tree.Comment {
	out := make([]tree.Comment, 0, len(source.Comments))
	for _, c := range source.Comments {
		out = append(out, tree.Comment{Text: c.Text, Line: c.Line})
	}
	return out
}

// fileLine reads one line; false: nothing after it is worth reading.
func (p *parser) fileLine(line *scan.Line) bool {
	c := p.cursor(line)
	if p.bareTarget(c) {
		return true
	}
	v := p.fileVerb(c)
	p.opening(c, v)
	switch {
	case v.opensFile():
		p.openFile(c, v)
	case v.isHeader():
		p.header(c, v)
	case v.opensSection():
		return p.openSection(c, v)
	default:
		p.sectionLine(c, v)
	}
	return true
}

// closeFile reports what only the end of the file shows.
func (p *parser) closeFile(source *scan.Source) {
	p.closeStep()
	p.closeAlways()
	if p.opened || len(p.found) > 0 {
		return
	}
	at := diag.Span{File: p.path, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
	p.fail(codeEmptyFile, at)
}

// baseName is the name that a file gives its flow: "tam_tru" for "cu_tru/tam_tru.flow", "" where path is no flow file.
func baseName(file string) string {
	name, ok := strings.CutSuffix(path.Base(strings.ReplaceAll(file, `\`, "/")), ".flow")
	if !ok {
		return ""
	}
	return name
}
