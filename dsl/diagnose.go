package dsl

import (
	"fmt"

	"hoithoai/dsl/diag"
)

// Codes of the findings of this package. They are stable for ever; a code is never used for another meaning.
const (
	codeMissing  = "D060" // an attachment that is not there, though its folder is
	codeNoFolder = "D061" // an attachment whose whole folder is not there
	codePath     = "D062" // a path that leads out of the bundle
	codeTwoFiles = "D063" // one path that means two different files
	codeLarge    = "D064" // a file that is too large
	codeMany     = "D065" // a bundle with too many files
	codeEnding   = "D067" // a flow that an editor saved as x.flow.txt; D066 is package ward's
)

// say builds a sentence; both languages take the same arguments.
func say(vi, en string, args ...any) diag.Sentence {
	return diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}

func (l *loader) add(found diag.List) { l.result.Diagnostics = append(l.result.Diagnostics, found...) }

func (l *loader) report(code string, severity diag.Severity, at diag.Span, message, fix diag.Sentence) {
	l.add(diag.List{{Code: code, Severity: severity, Span: at, Message: message, Fix: fix}})
}
