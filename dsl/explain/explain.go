// Package explain holds one page for every code that the language reports under: what the code says, why it matters to residents
// or to the office, a wrong and a right example, and how to mend. The pages are Vietnamese texts in the folder pages, one file a
// code, written for somebody who never programmed; their examples are executed by the tests of this package.
//
// It is not responsible for finding anything (packages parse, bind, check), for the sentences of a finding (they stand beside
// their rules), or for the reference of the language (dsl/README.md).
package explain

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
)

//go:embed pages/*.md
var pages embed.FS

// Page is what there is to say of one code.
type Page struct {
	// Code is the code ("G003").
	Code string
	// Title is the sentence of the code in the catalogue of rules (dsl.Rules).
	Title diag.Sentence
	// Reason says in one or two plain sentences why it matters; the English one also says how to mend.
	Reason diag.Sentence
	// Mend says in Vietnamese what to do.
	Mend string
	// Wrong and Right are the two examples, each ending in a newline. They are parts of a flow as an author writes them: a part
	// that opens no flow stands in one, the steps tiep and het exist, and a line "-- name --" begins another file. Both are
	// empty where Unshown says why.
	Wrong, Right string
	// Unshown says in Vietnamese why there is no example; "" where there is one.
	Unshown string
	// Beside are the codes that the wrong example is reported under as well.
	Beside []string
	// Files are the attachments that the examples name, as "path size in bytes".
	Files []string
}

// Codes lists the codes that have a page, sorted.
func Codes() []string {
	entries, err := pages.ReadDir("pages")
	if err != nil { // the folder is part of the program
		return nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".md"))
	}
	slices.Sort(out)
	return out
}

// Find returns the page of a code, written in any case, with spaces around it and without its zeros ("g3"); false where no page
// is of that code. The error tells of a page that is badly written.
func Find(code string) (Page, bool, error) {
	code = normal(code)
	src, err := pages.ReadFile("pages/" + code + ".md")
	if err != nil {
		return Page{}, false, nil
	}
	p, err := read(code, string(src))
	if err != nil {
		return Page{}, true, fmt.Errorf("read page %s: %w", code, err)
	}
	p.Title = titles()[code]
	return p, true, nil
}

// titles are the sentences of the catalogue by code.
func titles() map[string]diag.Sentence {
	out := map[string]diag.Sentence{}
	for _, r := range dsl.Rules() {
		out[r.Code] = r.Summary
	}
	return out
}

// Near returns the code nearest to what somebody typed, of the same letter where there is one; false where none is near.
func Near(code string) (string, bool) {
	code = normal(code)
	var same []string
	for _, c := range Codes() {
		if code != "" && c[0] == code[0] {
			same = append(same, c)
		}
	}
	if near, ok := diag.Nearest(code, same); ok {
		return near, true
	}
	return diag.Nearest(code, Codes())
}

// short is a code whose zeros were left out.
var short = regexp.MustCompile(`^[A-Z]\d{1,2}$`)

// normal is a code as it is printed.
func normal(typed string) string {
	code := strings.ToUpper(strings.TrimSpace(typed))
	if short.MatchString(code) {
		return code[:1] + strings.Repeat("0", 4-len(code)) + code[1:]
	}
	return code
}
