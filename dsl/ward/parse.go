package ward

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// CodeLine is the code of every finding of Parse.
const CodeLine = "D066"

// Bounds of a catalogue. The country has 3,321 units (01/07/2025).
const (
	maxLines = 20_000
	maxName  = 60 // runes of one name, with its old district
	maxCode  = 20
)

// lines reads one catalogue.
type lines struct {
	file  string
	out   []value.Option
	known map[string]int  // code → index in out
	seen  map[string]bool // codes of this text
	found diag.List
}

// Parse reads a catalogue: one unit a line, "code | name | old name, old district; old name, old district; …". Lines that begin
// with # and empty lines are passed over. base is what the text adds to: a line whose code is there adds its old names and, where
// it gives one, replaces the name; base itself is not changed. Every wrong line is an error in file; the others are still read.
func Parse(file string, source []byte, base []value.Option) ([]value.Option, diag.List) {
	p := &lines{file: file, out: slices.Clone(base), known: map[string]int{}, seen: map[string]bool{}}
	for i, o := range p.out {
		p.known[o.Name] = i
	}
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	if !utf8.Valid(source) {
		p.report(1, say("Tệp không phải UTF-8.", "The file is not UTF-8."), say("Lưu lại bằng mã UTF-8.", "Save it as UTF-8."))
		return p.out, p.found
	}
	n := 0
	for text := range strings.Lines(string(source)) {
		if n++; n > maxLines {
			p.report(n, say("Danh mục dài quá %d dòng.", "The catalogue has more than %d lines.", maxLines), say("Bỏ bớt dòng.", "Leave lines out."))
			break
		}
		p.line(n, text)
	}
	if len(p.out) == 0 {
		p.report(1, say("Danh mục không có đơn vị nào.", "The catalogue has no unit."), form())
	}
	return p.out, p.found
}

func (p *lines) line(n int, text string) {
	text = fold.Clean(text)
	if text == "" || text[0] == '#' {
		return
	}
	fields := strings.Split(text, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if len(fields) > 3 || !isCode(fields[0]) {
		p.report(n, say("Dòng này không phải một đơn vị.", "This line is no unit."), form())
		return
	}
	fields = append(fields, "", "")
	p.unit(n, fields[0], fields[1], oldNames(fields[2]))
}

// unit adds one unit, or what the line adds to one.
func (p *lines) unit(n int, code, name string, old []string) {
	i, known := p.known[code]
	switch {
	case p.seen[code]:
		p.report(n, say("Mã %s đã có ở dòng trên.", "The code %s stands on a line above.", code), say("Gộp hai dòng làm một.", "Make one line of the two."))
		return
	case !known && name == "":
		p.report(n, say("Mã %s chưa có trong danh mục, dòng phải có tên.", "The code %s is new to the catalogue; the line must give a name.", code), form())
		return
	}
	for _, s := range append([]string{name}, old...) {
		if utf8.RuneCountInString(s) > maxName {
			p.report(n, say("Tên “%.20s…” dài quá %d ký tự.", "The name “%.20s…” is longer than %d characters.", s, maxName), say("Ngăn các tên cũ bằng dấu ;", "Put ; between old names."))
			return
		}
	}
	p.seen[code] = true
	if !known {
		p.known[code] = len(p.out)
		p.out = append(p.out, value.Option{Name: code, Label: name, Synonyms: old})
		return
	}
	p.out[i].Synonyms = append(slices.Clip(p.out[i].Synonyms), old...)
	if name != "" {
		p.out[i].Label = name
	}
}

func isCode(s string) bool {
	notCode := func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-'
	}
	return s != "" && len(s) <= maxCode && strings.IndexFunc(s, notCode) < 0
}

func oldNames(text string) []string {
	var out []string
	for s := range strings.SplitSeq(text, ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (p *lines) report(line int, message, fix diag.Sentence) {
	p.found = append(p.found, diag.Diagnostic{
		Code: CodeLine, Severity: diag.Error, Span: diag.Span{File: p.file, Line: line, Column: 1, EndLine: line, EndColumn: 2},
		Message: message, Fix: fix,
	})
}

func form() diag.Sentence {
	return say("Viết: mã | tên mới | tên cũ, quận cũ; tên cũ, quận cũ.", "Write: code | name | old name, old district; old name, old district.")
}

func say(vi, en string, args ...any) diag.Sentence {
	return diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}
