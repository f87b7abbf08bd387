package expression

import (
	"fmt"

	"hoithoai/dsl/diag"
)

// Problem is one mistake in an expression or a template. Offset and Length count runes from the start of the source; the
// caller turns them into a span. Fix is empty where nothing can be guessed.
type Problem struct {
	Code    string
	Offset  int
	Length  int
	Message diag.Sentence
	Fix     diag.Sentence
}

// Codes of the problems this package reports. They are stable for ever; a code is never used for another meaning.
const (
	CodeSyntax    = "B001" // the expression cannot be read
	CodeTooLarge  = "B002" // a budget is exceeded
	CodeNotUsable = "B003" // a construct of expr-lang that the language does not have
	CodeWord      = "B004" // &&, ||, !, = where a word or == is meant
	CodeType      = "B005" // two kinds that do not go together
	CodeOption    = "B006" // a text that is not an option of the choice
	CodeNotYesNo  = "B007" // a condition that is not yes or no
	CodeResult    = "B008" // a result that does not fit where it goes
	CodeArguments = "B009" // a function called with wrong arguments
	CodeFraction  = "B010" // a fraction left unrounded
	CodeOverflow  = "B011" // arithmetic that could leave the range of exact numbers
	CodePattern   = "B012" // a pattern that cannot be used
	CodeList      = "B013" // `in` without a list of literals
	CodeThousands = "B014" // 15.000, which is fifteen here and fifteen thousand to an author

	CodeBrace   = "B030" // template: a brace that is not closed, or closed without being opened
	CodeInBrace = "B031" // template: a value that cannot be shown

	CodeUnknownName     = "D040"
	CodeUnknownFunction = "D041"
	CodeUnknownField    = "D042" // zalo.x, don_vi.x
)

// say builds a sentence; both languages take the same arguments.
func say(vi, en string, args ...any) diag.Sentence {
	if len(args) == 0 {
		return diag.Sentence{VI: vi, EN: en}
	}
	return diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}
