package explain

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"hoithoai/dsl/diag"
)

// lineWidth is how many columns a page takes: what a window of Windows shows without a bar.
const lineWidth = 78

// words are what stands between the parts of a page.
type words struct{ why, wrong, right, mend, file string }

func wordsIn(lang diag.Lang) words {
	if lang == diag.English {
		return words{why: "Why", wrong: "Wrong", right: "Right", file: "file"}
	}
	return words{why: "Vì sao", wrong: "Sai", right: "Đúng", mend: "Cách sửa", file: "tệp"}
}

// Write writes a page for a terminal, folded at 78 columns. In English it gives the title, the reason, which also says how to
// mend, and the examples, which are Vietnamese as every flow is. The error is the first of w.
func Write(w io.Writer, p Page, lang diag.Lang) error {
	out, in := bufio.NewWriter(w), wordsIn(lang)
	fmt.Fprintf(out, "%s\n%s", folded(p.Code+" – "+p.Title.In(lang)), folded(in.why+": "+p.Reason.In(lang)))
	writeExample(out, in.wrong, p.Wrong, in.file)
	writeExample(out, in.right, p.Right, in.file)
	if lang != diag.English {
		if p.Unshown != "" {
			fmt.Fprintf(out, "\n%s", folded(keyUnshown+" "+p.Unshown))
		}
		fmt.Fprintf(out, "\n%s", folded(in.mend+": "+p.Mend))
	}
	return out.Flush()
}

// writeExample writes an example, set in; the lines that begin another file say so in words.
func writeExample(out io.Writer, heading, text, file string) {
	if text == "" {
		return
	}
	fmt.Fprintf(out, "\n%s:\n", heading)
	for line := range strings.Lines(text) {
		if name, ok := fileLine(line); ok {
			fmt.Fprintf(out, "  (%s %s)\n", file, name)
			continue
		}
		if strings.TrimSpace(line) == "" {
			fmt.Fprintln(out)
			continue
		}
		fmt.Fprintf(out, "    %s", line)
	}
}

// fileLine reads a line "-- name --", which begins another file of an example.
func fileLine(line string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(rest, " --")
}

// folded breaks a text at spaces into lines of at most lineWidth columns, and ends it.
func folded(text string) string {
	var out strings.Builder
	at, screen := 0, &runewidth.Condition{}
	for _, word := range strings.Fields(text) {
		width := screen.StringWidth(word)
		switch {
		case at == 0:
		case at+1+width > lineWidth:
			out.WriteByte('\n')
			at = 0
		default:
			out.WriteByte(' ')
			at++
		}
		out.WriteString(word)
		at += width
	}
	return out.String() + "\n"
}
