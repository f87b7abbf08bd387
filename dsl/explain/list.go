package explain

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
)

// group is a kind of rule, by the letter of its codes.
type group struct {
	letter string
	title  diag.Sentence
}

// groups are the kinds in the order of the reference.
func groups() []group {
	return []group{
		{"C", diag.Sentence{VI: "cách viết", EN: "syntax"}},
		{"D", diag.Sentence{VI: "tên và khai báo", EN: "names and declarations"}},
		{"B", diag.Sentence{VI: "phép so và câu", EN: "expressions and sentences"}},
		{"G", diag.Sentence{VI: "đường đi", EN: "graph"}},
		{"Z", diag.Sentence{VI: "giới hạn của Zalo", EN: "limits of Zalo"}},
		{"N", diag.Sentence{VI: "chữ dễ nhầm", EN: "language"}},
		{"P", diag.Sentence{VI: "nội dung và căn cứ", EN: "content"}},
		{"S", diag.Sentence{VI: "dữ liệu riêng tư", EN: "privacy"}},
		{"A", diag.Sentence{VI: "ai cũng đọc được", EN: "access"}},
	}
}

// Letters are the letters that codes begin with, in the order of the groups.
func Letters() string {
	out := ""
	for _, g := range groups() {
		out += g.letter
	}
	return out
}

// WriteList writes the codes with what they demand, one line each, under the title of their group: of the group of a letter, or
// of all where letter is "". The error is the first of w.
func WriteList(w io.Writer, letter string, lang diag.Lang) error {
	out := bufio.NewWriter(w)
	for _, g := range groups() {
		if letter != "" && letter != g.letter {
			continue
		}
		fmt.Fprintf(out, "%s – %s\n", g.letter, g.title.In(lang))
		for _, r := range dsl.Rules() {
			if strings.HasPrefix(r.Code, g.letter) {
				fmt.Fprintf(out, "  %s  %s\n", r.Code, r.Summary.In(lang))
			}
		}
	}
	return out.Flush()
}
