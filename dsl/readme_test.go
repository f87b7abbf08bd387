package dsl_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/office"
	"hoithoai/runtime/rehearsal"
)

// readme is the language reference. Every fenced block in it is executed by the tests of this file and its neighbours; its
// first section tells readers how.
const readme = "README.md"

// readmeDay is the day of every example: 24/11/2026.
const readmeDay = 20781

// block is one fenced block of the reference.
type block struct {
	lang string
	line int // of its first line of text
	text string
}

// readmeBlocks returns the blocks of the reference in order.
func readmeBlocks(t testing.TB) []block {
	t.Helper()
	src, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	open := false
	for i, line := range strings.Split(string(src), "\n") {
		fence, ok := strings.CutPrefix(line, "```")
		switch {
		case ok && open:
			open = false
		case ok:
			open = true
			out = append(out, block{lang: fence, line: i + 2})
		case open:
			out[len(out)-1].text += line + "\n"
		}
	}
	if open {
		t.Fatalf("the block of line %d is not closed", out[len(out)-1].line)
	}
	return out
}

// TestReadmeBlocksAreKnown holds that no block escapes execution. ebnf and sh are not examples: the first is held to the parser's
// keywords below, the second shows commands.
func TestReadmeBlocksAreKnown(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, b := range readmeBlocks(t) {
		count[b.lang]++
		if !slices.Contains([]string{"flow", "flow-error", "transcript", "read", "given", "expression", "template", "layout", "ebnf", "sh"}, b.lang) {
			t.Errorf("line %d: nothing executes a block of %q", b.line, b.lang)
		}
	}
	for _, lang := range []string{"flow", "flow-error", "transcript", "read", "expression", "template"} {
		if count[lang] == 0 {
			t.Errorf("there is no block of %s", lang)
		}
	}
}

// The frame around an example that does not open a file, and the chung file of every bundle that brings none.
const (
	frameHead = "luồng vi_du \"Ví dụ\"\n  căn cứ \"Quy ước ví dụ\"   hiệu lực 01/01/2026   rà soát 01/01/2099\n  từ khóa \"ví dụ\"\n"
	frameStep = "bước %s\n  | Xong việc này.\n  kết thúc đạt\n"
	frameAll  = "chung chung\n  căn cứ \"Quy ước ví dụ\"   hiệu lực 01/01/2026   rà soát 01/01/2099\n\nmọi bước\n" +
		"  nghe \"hủy\"          -> bắt đầu lại\n  nghe \"gặp cán bộ\"   -> luồng gap_can_bo\n  trợ giúp\n    | Anh/chị trả lời câu đang hỏi.\n"
)

var (
	opensFile  = regexp.MustCompile(`(?m)^(luồng con|luồng|chung) ([a-z0-9_]+)`)
	stepNamed  = regexp.MustCompile(`(?m)-> *([a-z0-9_]+)(?: +rồi +([a-z0-9_]+))?`)
	stepOpened = regexp.MustCompile(`(?m)^bước +([a-z0-9_]+)`)
	mediaNamed = regexp.MustCompile(`(?:ảnh|tệp) "([^"]+)"`)
)

// bundleOf makes a whole bundle of an example and returns the name of its first flow.
func bundleOf(text string) (fstest.MapFS, string) {
	files := fstest.MapFS{}
	first, always := "", false
	for _, part := range filesOf(text) {
		m := opensFile.FindStringSubmatch(part)
		if m == nil {
			part = framed(part)
			m = opensFile.FindStringSubmatch(part)
		}
		if first == "" {
			first = m[2]
		}
		always = always || m[1] == "chung" && strings.Contains(part, "\nmọi bước")
		files[m[2]+".flow"] = &fstest.MapFile{Data: []byte(part)}
		for _, media := range mediaNamed.FindAllStringSubmatch(part, -1) {
			files[media[1]] = &fstest.MapFile{Data: []byte("an attachment")}
		}
	}
	if !always {
		files["chung_bo.flow"] = &fstest.MapFile{Data: []byte(strings.Replace(frameAll, "chung chung", "chung chung_bo", 1))}
	}
	return files, first
}

// filesOf cuts an example where a line opens a file.
func filesOf(text string) []string {
	var out []string
	from := 0
	for _, at := range opensFile.FindAllStringIndex(text, -1) {
		if head := text[from:at[0]]; strings.TrimSpace(head) != "" {
			out = append(out, head)
		}
		from = at[0]
	}
	return append(out, text[from:])
}

// framed puts a part of a flow under an opening line and adds the steps it only names.
func framed(part string) string {
	opened := map[string]bool{}
	for _, m := range stepOpened.FindAllStringSubmatch(part, -1) {
		opened[m[1]] = true
	}
	part = frameHead + part
	if len(opened) == 0 {
		part += fmt.Sprintf(frameStep, "dau")
	}
	for _, m := range stepNamed.FindAllStringSubmatch(part, -1) {
		for _, name := range m[1:] {
			if name != "" && !opened[name] {
				part, opened[name] = part+fmt.Sprintf(frameStep, name), true
			}
		}
	}
	return part
}

func loadExample(t *testing.T, files fstest.MapFS) dsl.Result {
	t.Helper()
	r, err := dsl.Load(files, dsl.Options{Day: readmeDay})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestReadmeFlows holds that every flow block is without a finding, and that every flow-error block has exactly the findings that
// its last line names.
func TestReadmeFlows(t *testing.T) {
	t.Parallel()
	for _, b := range readmeBlocks(t) {
		if b.lang != "flow" && b.lang != "flow-error" {
			continue
		}
		t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
			t.Parallel()
			text, want := expectation(t, b)
			files, _ := bundleOf(text)
			found := loadExample(t, files).Diagnostics
			if diff := cmp.Diff(want, sortedCodes(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s%s", diff, saidBy(found))
			}
		})
	}
}

// expectation returns an example without its last line of codes, and the codes.
func expectation(t *testing.T, b block) (text string, want []string) {
	t.Helper()
	if b.lang == "flow" {
		return b.text, nil
	}
	body := strings.TrimRight(b.text, "\n")
	at := strings.LastIndexByte(body, '\n')
	last, ok := strings.CutPrefix(body[at+1:], "# ")
	if !ok {
		t.Fatalf("line %d: the last line does not name a code", b.line)
	}
	return body[:at+1], strings.Fields(last)
}

func sortedCodes(found diag.List) []string {
	var out []string
	for _, d := range found {
		out = append(out, d.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func saidBy(found diag.List) string {
	var out strings.Builder
	for _, d := range found {
		fmt.Fprintf(&out, "%s:%d:%d %s %s\n", d.Span.File, d.Span.Line, d.Span.Column, d.Code, d.Message.VI)
	}
	return out.String()
}

// TestReadmeTranscripts plays every transcript block on the flow block above it, at the demonstration office.
func TestReadmeTranscripts(t *testing.T) {
	t.Parallel()
	above := ""
	for _, b := range readmeBlocks(t) {
		switch b.lang {
		case "flow":
			above = b.text
		case "transcript":
			text := above
			t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
				t.Parallel()
				playExample(t, text, b.text)
			})
		}
	}
}

func playExample(t *testing.T, flow, transcript string) {
	t.Helper()
	files, first := bundleOf(flow)
	files[first+"_test.flow"] = &fstest.MapFile{Data: []byte(transcript)}
	r := loadExample(t, files)
	if r.Program == nil || len(r.Diagnostics) > 0 || len(r.Tests) != 1 || len(r.Tests[0].Tests) == 0 {
		t.Fatalf("%d transcripts, findings:\n%s", len(r.Tests), saidBy(r.Diagnostics))
	}
	plays := rehearsal.Of(r.Program)
	for _, test := range r.Tests[0].Tests {
		for _, f := range plays.Run(office.Demo(), r.Tests[0], test, false).Failures {
			t.Errorf("%s, line %d of the block: %s", test.Title.Text, f.Span.Line, f.Message.VI)
		}
	}
}
