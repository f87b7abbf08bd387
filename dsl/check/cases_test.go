package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// header opens the flow under test; its steps begin with `bước a`.
const header = `luồng thu "Luồng thử"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026
  bắt đầu a
`

const ending = `
bước z
  | Chào anh/chị.
  kết thúc đạt
`

// aCase is a bundle in a few lines and what one rule says of it: the texts of the lines found, without indentation.
type aCase struct {
	name string
	rule string
	text string // the flow thu without its header, then other files after txtar marks
	want []string
}

func (c aCase) run(t *testing.T) {
	t.Parallel()
	archive := txtar.Parse([]byte(c.text))
	files := append(base(t), flow("thu", header+string(archive.Comment)))
	files = append(files, archive.Files...)
	var got []string
	for _, d := range only(Check(must(t, files, "D022", "D024", "B008", "B020"), Options{Day: today(t)}), c.rule) {
		got = append(got, lineOf(files, d.Span.File, d.Span.Line))
	}
	if diff := cmp.Diff(c.want, got); diff != "" {
		t.Errorf("lines found by %s differ (-want +got):\n%s", c.rule, diff)
	}
}

func lineOf(files []txtar.File, name string, line int) string {
	for _, f := range files {
		if f.Name == name {
			return strings.TrimSpace(strings.Split(string(f.Data), "\n")[line-1])
		}
	}
	return fmt.Sprintf("%s:%d", name, line)
}

func runCases(t *testing.T, cases []aCase) {
	t.Helper()
	t.Parallel()
	for _, c := range cases {
		t.Run(c.rule+"/"+c.name, c.run)
	}
}
