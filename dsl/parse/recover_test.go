package parse_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/parse"
)

// goodFiles are files without a finding.
func goodFiles(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, path := range append(glob(t, "ok/m*.flow", 2), glob(t, "examples/*.flow", 3)...) {
		out[filepath.Base(path)] = strings.Split(string(load(t, path)), "\n")
	}
	return out
}

// with is the file with line i replaced.
func with(lines []string, i int, text string) []byte {
	out := append(append(append([]string{}, lines[:i]...), text), lines[i+1:]...)
	return []byte(strings.Join(out, "\n"))
}

// TestJunkCostsItsLine: a line of junk put between any two lines is the only thing reported.
func TestJunkCostsItsLine(t *testing.T) {
	t.Parallel()
	for name, lines := range goodFiles(t) {
		for i := range lines {
			junk := "  đây không phải một dòng nào cả !!!"
			_, found := read(name, with(lines, i, junk+"\n"+lines[i]))
			for _, d := range found {
				if d.Span.Line != i+1 {
					t.Errorf("%s: junk on line %d is also reported as %s on line %d: %s", name, i+1, d.Code, d.Span.Line, d.Message.VI)
				}
			}
			if len(found) == 0 {
				t.Errorf("%s: junk on line %d is not reported", name, i+1)
			}
		}
	}
}

// TestBrokenLineCostsItself: a line whose second half is noise is reported on that line alone, whatever it was. What it opened
// is missed on the lines that needed it, never more than once a line.
func TestBrokenLineCostsItself(t *testing.T) {
	t.Parallel()
	for name, lines := range goodFiles(t) {
		for i, line := range lines {
			text := strings.TrimSpace(line)
			if text == "" || strings.HasPrefix(text, "#") || strings.ContainsAny(text, "|*=<>") || strings.Contains(text, ": ") ||
				strings.HasPrefix(text, "phải") || strings.HasPrefix(text, "la_tre") || strings.Contains(text, " in [") {
				continue // prose and expressions: any text is right there
			}
			_, found := read(name, with(lines, i, line+" ] ) }"))
			if len(found) == 0 {
				t.Errorf("%s: noise at the end of line %d is not reported: %s", name, i+1, line)
			}
			seen := map[int]int{}
			for _, d := range found {
				seen[d.Span.Line]++
			}
			if len(seen) > 1 {
				t.Errorf("%s: noise on line %d (%s) is reported on %d lines:\n%s", name, i+1, text, len(seen), textOf(found))
			}
		}
	}
}

var quotedText = regexp.MustCompile(`"[^"]*"|\{[^}]*\}`)

// TestLostAccents: a line typed without a single accent is reported on that line alone, word by word, and nothing else of the
// file suffers: its steps, data and facts are all there.
func TestLostAccents(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ok/moi_thu.flow", "examples/tam_tru.flow", "examples/chung.flow"} {
		lines := strings.Split(string(load(t, filepath.Join(testdata, name))), "\n")
		whole, _ := parse.File(filepath.Base(name), []byte(strings.Join(lines, "\n")))
		for i, line := range lines {
			bare := withoutAccents(line)
			if bare == line {
				continue
			}
			file, found := parse.File(filepath.Base(name), with(lines, i, bare))
			checkOneLine(t, name, i+1, bare, found)
			if len(file.Steps) != len(whole.Steps) || len(file.Slots) != len(whole.Slots) || len(file.Facts) != len(whole.Facts) ||
				len(file.Conditions) != len(whole.Conditions) || len(file.Tasks) != len(whole.Tasks) {
				t.Errorf("%s line %d (%s): something is lost", name, i+1, bare)
			}
			for _, s := range file.Steps {
				if s.End == nil {
					t.Errorf("%s line %d (%s): step %s lost its ending", name, i+1, bare, s.Name.Text)
				}
			}
		}
	}
}

func checkOneLine(t *testing.T, name string, line int, text string, found diag.List) {
	t.Helper()
	if len(found) == 0 && !strings.ContainsAny(text, "|*[") && strings.TrimSpace(text) != "sai" {
		t.Errorf("%s line %d (%s): nothing is reported", name, line, text)
	}
	for _, d := range found {
		if d.Span.Line != line {
			t.Errorf("%s line %d (%s): %s on line %d: %s", name, line, text, d.Code, d.Span.Line, d.Message.VI)
		}
	}
}

// withoutAccents takes the accents off the words of a line outside quotes, keeping everything else.
func withoutAccents(line string) string {
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return line
	}
	kept := quotedText.FindAllString(line, -1)
	bare := strings.Map(func(r rune) rune {
		if r < 0x80 || r == '…' {
			return r
		}
		key := fold.Key(string(r))
		if len(key) != 1 {
			return r
		}
		return rune(key[0])
	}, quotedText.ReplaceAllString(line, "\x00"))
	for _, k := range kept {
		bare = strings.Replace(bare, "\x00", k, 1)
	}
	return bare
}

// TestDeletedLine: with any one line gone, whatever is still wrong is said in at most three findings.
func TestDeletedLine(t *testing.T) {
	t.Parallel()
	for name, lines := range goodFiles(t) {
		for i := range lines {
			out := append(append([]string{}, lines[:i]...), lines[i+1:]...)
			_, found := read(name, []byte(strings.Join(out, "\n")))
			if len(found) > 3 {
				t.Errorf("%s without line %d (%s) gives %d findings:\n%s", name, i+1, lines[i], len(found), textOf(found))
			}
		}
	}
}

// TestTruncated: a file cut after any line parses, and what the cut left unfinished is said once.
func TestTruncated(t *testing.T) {
	t.Parallel()
	for name, lines := range goodFiles(t) {
		for i := 1; i < len(lines); i++ {
			_, found := read(name, []byte(strings.Join(lines[:i], "\n")))
			if len(found) > 2 {
				t.Errorf("%s cut after line %d gives %d findings:\n%s", name, i, len(found), textOf(found))
			}
		}
	}
}
