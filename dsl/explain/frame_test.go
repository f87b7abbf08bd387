package explain_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"hoithoai/dsl/explain"
)

// What stands around an example: the head of a flow, the steps an example may lead to, and the chung file of a bundle that
// brings no way out of its own.
const (
	head = "luồng vi_du \"Ví dụ\"\n  căn cứ \"Quy ước ví dụ\" hiệu lực 01/01/2026 rà soát 01/01/2099\n  từ khóa \"ví dụ\"\n\n"
	step = "\nbước %\n  | Xong việc này.\n  kết thúc đạt\n"
	exit = "chung loi_ra\n  căn cứ \"Quy ước ví dụ\" hiệu lực 01/01/2026 rà soát 01/01/2099\n\nmọi bước\n" +
		"  nghe \"hủy bỏ hết\" -> bắt đầu lại\n  nghe \"gặp cán bộ\" -> luồng gap_can_bo\n  trợ giúp\n    | Anh/chị trả lời câu đang hỏi.\n"
)

var (
	opening = regexp.MustCompile(`(?m)^(luồng con|luồng|chung) ([^\s"]+)`)
	leads   = regexp.MustCompile(`(?m)(?:->|=>|rồi) *(?:bước )?(tiep|het)\b`)
	always  = regexp.MustCompile(`(?ms)^chung .*^mọi bước`)
	opened  = regexp.MustCompile(`(?m)^bước +(\S+)`)
)

// bundleOf makes the folder that an example stands for.
func bundleOf(t testing.TB, p explain.Page, example string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	archive := txtar.Parse([]byte(example))
	for _, part := range parts(string(archive.Comment)) {
		name := "vi_du"
		if m := opening.FindStringSubmatch(part); m != nil {
			name = m[2]
		} else {
			part = framed(part)
		}
		files[name+".flow"] = &fstest.MapFile{Data: []byte(part)}
	}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	if !always.MatchString(example) {
		files["loi_ra.flow"] = &fstest.MapFile{Data: []byte(exit)}
	}
	for _, f := range p.Files {
		name, size, _ := strings.Cut(f, " ")
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatalf("%s: %q names no size", p.Code, f)
		}
		files[name] = &fstest.MapFile{Data: make([]byte, n)}
	}
	return files
}

// parts cuts a text where a line opens a flow; what stands above the first is a part as well.
func parts(text string) []string {
	var out []string
	from := 0
	for _, at := range opening.FindAllStringIndex(text, -1) {
		if above := text[from:at[0]]; strings.TrimSpace(above) != "" {
			out = append(out, above)
		}
		from = at[0]
	}
	if last := text[from:]; strings.TrimSpace(last) != "" {
		out = append(out, last)
	}
	return out
}

// framed puts a part of a flow under a head, lines of a step under a step, and adds the steps tiep and het where they are led to.
func framed(part string) string {
	if strings.HasPrefix(part, "  ") {
		part = "bước dau\n" + part
	}
	have := map[string]bool{}
	for _, m := range opened.FindAllStringSubmatch(part, -1) {
		have[m[1]] = true
	}
	if len(have) == 0 {
		part += strings.ReplaceAll(step, "%", "dau")
	}
	for _, m := range leads.FindAllStringSubmatch(part, -1) {
		if !have[m[1]] {
			part, have[m[1]] = part+strings.ReplaceAll(step, "%", m[1]), true
		}
	}
	return head + part
}
