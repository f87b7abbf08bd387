// Package diag holds what the compiler says of a text: diagnostics as plain values.
//
// A diagnostic has a stable code, a severity, a span, one sentence in Vietnamese and one in English, and a fix where one
// can be guessed. Text for people and JSON for machines are drawn from the same value (see text.go and json.go).
// The package knows nothing of the language; rules build their diagnostics beside the rule, one rule one file.
package diag

// Severity says whether a diagnostic blocks.
type Severity string

// Errors block a bundle; warnings exist only for duties of content (design/language.md, principle 6).
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Lang chooses the language of sentences.
type Lang string

// The two languages of every diagnostic.
const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// Span is a stretch of one file: lines and columns count from 1, columns in runes, the end is exclusive.
type Span struct {
	File      string
	Line      int
	Column    int
	EndLine   int
	EndColumn int
}

// Sentence is one thing said in both languages.
type Sentence struct {
	VI string
	EN string
}

// In returns the sentence in lang; anything but English is Vietnamese.
func (s Sentence) In(lang Lang) string {
	if lang == English {
		return s.EN
	}
	return s.VI
}

// Related points at a second place that explains the first.
type Related struct {
	Span    Span
	Message Sentence
}

// Edit is a mechanical repair: the text of Span becomes Text.
type Edit struct {
	Span Span
	Text string
}

// Diagnostic is one finding. Code is stable for ever ("C001"); Fix and Edit are empty where nothing can be guessed.
type Diagnostic struct {
	Code     string
	Severity Severity
	Span     Span
	Message  Sentence
	Fix      Sentence
	Edit     *Edit
	Related  []Related
}

// List is the findings of one run.
type List []Diagnostic
