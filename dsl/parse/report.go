package parse

import (
	"strconv"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/scan"
)

// maxFindings is how many findings one file yields; a file of noise must not fill a screen or the memory.
const maxFindings = 500

// fail reports an error that leaves a hole in the tree: the step or file around it is marked Broken. args fill {1}, {2}, … of
// the code's sentences: strings, or diag.Sentence where the two languages differ.
func (p *parser) fail(code string, span diag.Span, args ...any) {
	p.hole()
	p.unread(span)
	p.report(finding(code, span, args))
}

// hole marks the node around the current line.
func (p *parser) hole() {
	*p.broken = true
	p.holes++
}

// failEdit is fail where the repair is known.
func (p *parser) failEdit(code string, span diag.Span, text string, args ...any) {
	p.hole()
	p.unread(span)
	d := finding(code, span, args)
	d.Edit = &diag.Edit{Span: span, Text: text}
	p.report(d)
}

// mend reports an error whose meaning is clear: the tree holds what was meant, and text is what the span should be.
func (p *parser) mend(code string, span diag.Span, text string, args ...any) {
	d := finding(code, span, args)
	d.Edit = &diag.Edit{Span: span, Text: text}
	p.report(d)
}

// note reports an error that leaves the tree whole.
func (p *parser) note(code string, span diag.Span, args ...any) {
	p.report(finding(code, span, args))
}

// seen reports an error that an earlier place explains.
func (p *parser) seen(code string, span, earlier diag.Span, why diag.Sentence, args ...any) {
	d := finding(code, span, args)
	d.Related = []diag.Related{{Span: earlier, Message: why}}
	p.report(d)
}

func (p *parser) report(d diag.Diagnostic) {
	switch {
	case len(p.found) < maxFindings:
		p.found = append(p.found, d)
	case len(p.found) == maxFindings:
		p.found = append(p.found, finding(codeTooMany, d.Span, []any{strconv.Itoa(maxFindings)}))
	}
}

// full reports whether no more findings are taken, so that there is no use in going on.
func (p *parser) full() bool { return len(p.found) > maxFindings }

func finding(code string, span diag.Span, args []any) diag.Diagnostic {
	r := sentences[code]
	vi, en := fillers(args)
	d := diag.Diagnostic{
		Code: code, Severity: diag.Error, Span: span,
		Message: diag.Sentence{VI: vi.Replace(r.message.VI), EN: en.Replace(r.message.EN)},
		Fix:     diag.Sentence{VI: vi.Replace(r.fix.VI), EN: en.Replace(r.fix.EN)},
	}
	if code == codeDecomposed {
		d.Severity = diag.Warning
	}
	return d
}

// fillers put the arguments of a sentence in their places, once: what an author wrote is never read as a place.
func fillers(args []any) (vi, en *strings.Replacer) {
	var v, e []string
	for i, a := range args {
		slot := "{" + strconv.Itoa(i+1) + "}"
		switch a := a.(type) {
		case diag.Sentence:
			v, e = append(v, slot, a.VI), append(e, slot, a.EN)
		case string:
			v, e = append(v, slot, short(a)), append(e, slot, short(a))
		}
	}
	return strings.NewReplacer(v...), strings.NewReplacer(e...)
}

// maxQuoted is how many runes of an author's text a sentence repeats.
const maxQuoted = 200

func short(s string) string {
	r := []rune(s)
	if len(r) <= maxQuoted {
		return s
	}
	return string(r[:maxQuoted]) + "…"
}

func say(vi, en string) diag.Sentence { return diag.Sentence{VI: vi, EN: en} }

// meant is the fix that names one word.
func meant(w string) diag.Sentence { return say("Viết là “"+w+"”.", "Write “"+w+"”.") }

// listed is "giờ hoặc ngày".
func listed(items []string, vi, en string) diag.Sentence {
	last := len(items) - 1
	if last < 1 {
		return say(strings.Join(items, ""), strings.Join(items, ""))
	}
	head := strings.Join(items[:last], ", ")
	return say(head+" "+vi+" "+items[last], head+" "+en+" "+items[last])
}

// problemCodes are the codes of what the scanner finds.
var problemCodes = map[scan.ProblemKind]string{
	scan.TooLarge: codeTooLarge, scan.UTF16: codeUTF16, scan.NotUTF8: codeNotUTF8, scan.TooLong: codeLongLine,
	scan.Hidden: codeHidden, scan.Decomposed: codeDecomposed,
	scan.WordFile: codeNotText, scan.OldWord: codeNotText, scan.PDF: codeNotText, scan.RichText: codeNotText,
	scan.TCVN3: codeOldLetters, scan.VNI: codeOldLetters, scan.Windows1258: codeOldLetters, scan.Lost: codeLostLetters,
}

// documents name the files that are no text, and the alphabets that are not Unicode.
var documents = map[scan.ProblemKind]diag.Sentence{
	scan.WordFile: say("tệp Word (.docx) hoặc tệp nén", "a Word document (.docx) or an archive"),
	scan.OldWord:  say("tệp Word hoặc Excel đời cũ (.doc, .xls)", "an old Word or Excel document (.doc, .xls)"),
	scan.PDF:      say("tệp PDF", "a PDF"),
	scan.RichText: say("tệp RTF (văn bản có định dạng)", "a rich text document (RTF)"),

	scan.TCVN3:       say("TCVN3 (ABC)", "TCVN3 (ABC)"),
	scan.VNI:         say("VNI Windows", "VNI Windows"),
	scan.Windows1258: say("Windows-1258 (ANSI)", "Windows-1258 (ANSI)"),
}

// problems says what the scanner found. A character left out leaves the tree whole.
func (p *parser) problems(found []scan.Problem) {
	for _, problem := range found {
		code := problemCodes[problem.Kind]
		if problem.Kind == scan.Hidden || problem.Kind == scan.Decomposed {
			p.note(code, problem.Span)
			continue
		}
		p.fail(code, problem.Span, documents[problem.Kind])
	}
}
