package zalo

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// DomainProof shows Zalo that a domain is ours: /zalo_verifier<CODE>.html, and the meta tag on the root page (facts §1.1 [2+];
// what the file must contain is not documented, so it is a page with the same tag). Codes come from the console, one for each
// app; what is not a plain code is never shown.
type DomainProof struct{ Codes []string }

// ProofPath is the path of the file as a pattern of gorilla/mux.
const ProofPath = "/zalo_verifier{code:[A-Za-z0-9_-]+}.html"

var proofCode = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

// ServeFile answers /zalo_verifier<CODE>.html for a configured code, and 404 for any other.
func (p DomainProof) ServeFile(w http.ResponseWriter, r *http.Request) {
	code, isFile := strings.CutPrefix(r.URL.Path, "/zalo_verifier")
	code, isPage := strings.CutSuffix(code, ".html")
	if !isFile || !isPage || !slices.Contains(p.codes(), code) {
		http.NotFound(w, r)
		return
	}
	servePage(w, []string{code})
}

// ServeRoot answers the root page: the tags of all codes and nothing else.
func (p DomainProof) ServeRoot(w http.ResponseWriter, _ *http.Request) { servePage(w, p.codes()) }

func (p DomainProof) codes() []string {
	return slices.DeleteFunc(slices.Clone(p.Codes), func(c string) bool { return !proofCode.MatchString(c) })
}

func servePage(w http.ResponseWriter, codes []string) {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n")
	for _, code := range codes { // proofCode leaves nothing in a code that would have to be escaped
		fmt.Fprintf(&b, "<meta name=\"zalo-platform-site-verification\" content=\"%s\"/>\n", code)
	}
	b.WriteString("<title>Hội Thoại</title>\n</head>\n<body></body>\n</html>\n")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if _, err := w.Write([]byte(b.String())); err != nil {
		return // the reader is gone
	}
}
