package check

import (
	"fmt"
	"strings"

	"hoithoai/dsl/diag"
)

// say builds a sentence; both languages take the same arguments, and an argument that is itself a sentence takes the
// language of the one it stands in.
func say(vi, en string, args ...any) diag.Sentence {
	return diag.Sentence{
		VI: fmt.Sprintf(vi, inLang(args, diag.Vietnamese)...),
		EN: fmt.Sprintf(en, inLang(args, diag.English)...),
	}
}

func inLang(args []any, lang diag.Lang) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
		if s, ok := a.(diag.Sentence); ok {
			out[i] = s.In(lang)
		}
	}
	return out
}

// join puts sep between sentences, in both languages.
func join(parts []diag.Sentence, sep string) diag.Sentence {
	vi, en := make([]string, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		vi[i], en[i] = p.VI, p.EN
	}
	return diag.Sentence{VI: strings.Join(vi, sep), EN: strings.Join(en, sep)}
}
