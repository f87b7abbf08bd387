package dsl_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/golden"
	"hoithoai/dsl/tree"
)

const examples = "../testdata/examples"

// flowOf is the smallest flow without findings; body stands in its one step.
func flowOf(name, body string) string {
	return "luồng " + name + " \"Thử\"\n  căn cứ \"Quy ước thử\"   hiệu lực 01/01/2026   rà soát 01/01/2099\n  từ khóa \"" + name + "\"\n  bắt đầu dau\n\n" +
		"bước dau\n" + body + "\n  kết thúc đạt\n"
}

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func load(t *testing.T, fsys fs.FS) dsl.Result {
	t.Helper()
	r, err := dsl.Load(fsys, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// codes are those of a list, without the warning that a lone flow has no chung file beside it.
func codes(list diag.List) []string {
	var out []string
	for _, d := range list {
		if d.Code != "G009" {
			out = append(out, d.Code)
		}
	}
	return out
}

func printed(t testing.TB, r dsl.Result) string {
	t.Helper()
	var out bytes.Buffer
	source := func(file string) string { return string(r.Sources[file]) + string(r.Transcripts[file]) }
	if err := diag.WriteText(&out, r.Diagnostics, diag.Vietnamese, source); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestLoadExamples(t *testing.T) {
	t.Parallel()
	r := load(t, os.DirFS(examples))
	if r.Program == nil {
		t.Fatalf("the examples do not load:\n%s", printed(t, r))
	}
	if diff := cmp.Diff([]string{"D061"}, codes(r.Diagnostics)); diff != "" {
		t.Errorf("findings (-want +got):\n%s\n%s", diff, printed(t, r))
	}
	if diff := cmp.Diff([]string{"mau/chuan_bi_tam_tru.pdf"}, r.MissingFiles); diff != "" {
		t.Errorf("missing files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"chung.flow", "gap_can_bo.flow", "tam_tru.flow"}, slices.Sorted(maps.Keys(r.Sources))); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if len(r.Tests) != 1 || len(r.Tests[0].Tests) != 3 {
		t.Errorf("got %d transcripts, want one with three tests", len(r.Tests))
	}
	golden.Assert(t, "../testdata/load/examples.dump", dumped(r.Program))
}

// TestLoadTwice holds Load to its promise: the same folder gives the same program under the same name.
func TestLoadTwice(t *testing.T) {
	t.Parallel()
	one, two := load(t, os.DirFS(examples)), load(t, os.DirFS(examples))
	if diff := cmp.Diff(string(dumped(one.Program)), string(dumped(two.Program))); diff != "" || one.Program.Hash != two.Program.Hash {
		t.Errorf("two loads differ:\n%s", diff)
	}
}

func TestLoadWithErrorsHasNoProgram(t *testing.T) {
	t.Parallel()
	r := load(t, folder(map[string]string{"thu.flow": flowOf("thu", "  | Chào {ai_do}.")}))
	if r.Program != nil || !r.Diagnostics.HasErrors() {
		t.Errorf("got program %v and findings %v, want none and an error", r.Program, codes(r.Diagnostics))
	}
	if diff := cmp.Diff([]string{"D040"}, codes(r.Diagnostics)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if len(r.Files) != 1 || r.Files[0].Name.Text != "thu" {
		t.Errorf("the flow file itself is missing from the result: %v", r.Files)
	}
}

func TestLoadEmpty(t *testing.T) {
	t.Parallel()
	r := load(t, fstest.MapFS{})
	if r.Program == nil || len(r.Program.Flows) != 0 || r.Program.OnFollow != -1 || r.Program.Fallback != -1 {
		t.Errorf("an empty folder is an empty program, got %+v", r.Program)
	}
}

func TestAttachments(t *testing.T) {
	t.Parallel()
	body := "  tệp \"mau/to_khai.pdf\" \"Tờ khai cần điền\"\n  | Xin chào."
	flow := flowOf("thu", body)
	tests := map[string]struct {
		files   map[string]string
		want    []string // codes
		missing []string
		content string // of the attachment in the program; "" where there is none
	}{
		"beside the flow":       {map[string]string{"a/thu.flow": flow, "a/mau/to_khai.pdf": "A", "mau/to_khai.pdf": "B"}, nil, nil, "A"},
		"from the root":         {map[string]string{"a/thu.flow": flow, "mau/to_khai.pdf": "B"}, nil, nil, "B"},
		"the folder is absent":  {map[string]string{"thu.flow": flow}, []string{"D061"}, []string{"mau/to_khai.pdf"}, ""},
		"the name is misspelt":  {map[string]string{"thu.flow": flow, "mau/to_khay.pdf": "B"}, []string{"D060"}, []string{"mau/to_khai.pdf"}, ""},
		"out of the bundle":     {map[string]string{"thu.flow": strings.ReplaceAll(flow, "mau/to_khai.pdf", "../to_khai.pdf")}, []string{"D062"}, nil, ""},
		"absolute":              {map[string]string{"thu.flow": strings.ReplaceAll(flow, "mau/to_khai.pdf", "/etc/passwd")}, []string{"D062"}, nil, ""},
		"backslash":             {map[string]string{"thu.flow": strings.ReplaceAll(flow, "mau/to_khai.pdf", `mau\to_khai.pdf`)}, []string{"D062"}, nil, ""},
		"two files of one name": {map[string]string{"a/thu.flow": flow, "a/mau/to_khai.pdf": "A", "b/thu_hai.flow": flowOf("thu_hai", body), "b/mau/to_khai.pdf": "B"}, []string{"D063"}, nil, ""},
		"one file in two places": {
			map[string]string{"a/thu.flow": flow, "a/mau/to_khai.pdf": "A", "b/thu_hai.flow": flowOf("thu_hai", body), "b/mau/to_khai.pdf": "A"}, nil, nil, "A",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := load(t, folder(tt.files))
			if diff := cmp.Diff(tt.want, codes(r.Diagnostics)); diff != "" {
				t.Fatalf("findings (-want +got):\n%s\n%s", diff, printed(t, r))
			}
			if diff := cmp.Diff(tt.missing, r.MissingFiles); diff != "" {
				t.Errorf("missing files (-want +got):\n%s", diff)
			}
			if tt.content == "" {
				return
			}
			if got := string(r.Program.Files["mau/to_khai.pdf"]); got != tt.content {
				t.Errorf("attachment is %q, want %q", got, tt.content)
			}
		})
	}
}

func TestMisspeltAttachmentHasAFix(t *testing.T) {
	t.Parallel()
	r := load(t, folder(map[string]string{"thu.flow": flowOf("thu", "  ảnh \"mau/so_do.png\" \"Sơ đồ đường đi\"\n  | Xin chào."), "mau/so_dp.png": "x"}))
	at := slices.IndexFunc(r.Diagnostics, func(d diag.Diagnostic) bool { return d.Code == "D060" })
	if at < 0 || !strings.Contains(r.Diagnostics[at].Fix.VI, "mau/so_dp.png") {
		t.Errorf("want the nearest file as a fix, got:\n%s", printed(t, r))
	}
}

func TestStandardFlowJoinsOnlyWhereNamed(t *testing.T) {
	t.Parallel()
	plain := flowOf("thu", "  | Xin chào.")
	leads := strings.Replace(plain, "kết thúc đạt", "-> luồng gap_can_bo", 1)
	own := flowOf("gap_can_bo", "  | Gọi số của đơn vị.")
	tests := map[string]struct {
		files map[string]string
		want  []string
	}{
		"not named":    {map[string]string{"thu.flow": plain}, []string{"thu.flow"}},
		"named":        {map[string]string{"thu.flow": leads}, []string{"gap_can_bo.flow", "thu.flow"}},
		"named by own": {map[string]string{"thu.flow": leads, "a/gap_can_bo.flow": own}, []string{"a/gap_can_bo.flow", "thu.flow"}},
		"path is taken": {
			map[string]string{"thu.flow": plain, "gap_can_bo.flow": own}, []string{"gap_can_bo.flow", "thu.flow"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := load(t, folder(tt.files))
			if r.Program == nil {
				t.Fatalf("does not load:\n%s", printed(t, r))
			}
			if diff := cmp.Diff(tt.want, slices.Sorted(maps.Keys(r.Sources))); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHiddenAndForeignFilesAreSkipped(t *testing.T) {
	t.Parallel()
	r := load(t, folder(map[string]string{
		"thu.flow": flowOf("thu", "  | Xin chào."), ".git/x.flow": "rác", ".an.flow": "rác", "README.md": "# Đọc", "a/ghi_chu.txt": "x",
	}))
	if r.Program == nil || len(r.Sources) != 1 {
		t.Errorf("got sources %v:\n%s", slices.Sorted(maps.Keys(r.Sources)), printed(t, r))
	}
}

func TestTooLargeFlowIsNotRead(t *testing.T) {
	t.Parallel()
	r := load(t, folder(map[string]string{"to.flow": "# " + strings.Repeat("x", 1<<20)}))
	if diff := cmp.Diff([]string{"D064"}, codes(r.Diagnostics)); diff != "" || r.Program != nil {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if len(r.Sources) != 0 {
		t.Error("the file was read")
	}
}

// TestTooLargeAttachmentIsNotRead: what is over the limit of the loader is refused where it is named, and is no part of the bundle.
func TestTooLargeAttachmentIsNotRead(t *testing.T) {
	t.Parallel()
	const limit = 32 << 20
	for size, want := range map[int][]string{limit: {"Z005"}, limit + 1: {"D064"}} {
		fsys := folder(map[string]string{"thu.flow": flowOf("thu", "  tệp \"to.pdf\" \"Tờ khai cần điền\"\n  | Xin chào.")})
		fsys["to.pdf"] = &fstest.MapFile{Data: make([]byte, size)}
		r := load(t, fsys)
		if diff := cmp.Diff(want, codes(r.Diagnostics)); diff != "" {
			t.Errorf("%d bytes: findings (-want +got):\n%s", size, diff)
		}
		if _, taken := r.Sources["to.pdf"]; taken != (size == limit) {
			t.Errorf("%d bytes: taken %t", size, taken)
		}
	}
}

func TestTooManyFiles(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for i := range 2001 {
		files["f"+strings.Repeat("x", i)+".flow"] = &fstest.MapFile{Data: []byte("rác")}
	}
	r := load(t, files)
	if diff := cmp.Diff([]string{"D065"}, codes(r.Diagnostics)); diff != "" || r.Program != nil {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// What an editor saved under another ending is named once and read as nothing.
func TestFlowsWithAnotherEnding(t *testing.T) {
	t.Parallel()
	r := load(t, folder(map[string]string{
		"thu.flow": flowOf("thu", "  | Xin chào."), "a/hai.flow.txt": "luồng hai", "ba.flow.DOCX": "PK", "bon.txt": "luồng", "nam.flow.bak": "luồng", "flow.txt": "",
	}))
	if diff := cmp.Diff([]string{"D067", "D067"}, codes(r.Diagnostics)); diff != "" || r.Program == nil {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if d := r.Diagnostics[0]; d.Span.File != "a/hai.flow.txt" || !strings.Contains(d.Fix.VI, "Đổi tên thành hai.flow.") {
		t.Errorf("the first is %+v", d)
	}
}

func TestTranscriptsCountForNothingButThemselves(t *testing.T) {
	t.Parallel()
	flow := flowOf("thu", "  | Xin chào.")
	without := load(t, folder(map[string]string{"thu.flow": flow}))
	with := load(t, folder(map[string]string{"thu.flow": flow, "thu_test.flow": "hôm nay 24/11/2026\n\nthử thu \"chào\"\n  Dân: thu\n  Bot: Xin chào.\n"}))
	if with.Program == nil || without.Program == nil || with.Program.Hash != without.Program.Hash {
		t.Fatalf("a transcript changed the program:\n%s", printed(t, with))
	}
	if len(with.Tests) != 1 || with.Tests[0].Tests[0].Lines[0].Kind != tree.LinePerson || len(with.Transcripts) != 1 {
		t.Errorf("the transcript is missing: %+v", with.Tests)
	}
	if with.Sources["thu_test.flow"] != nil {
		t.Error("the transcript is among the sources")
	}
}

func TestLoadReportsUnreadableFiles(t *testing.T) {
	t.Parallel()
	if _, err := dsl.Load(failing{}, dsl.Options{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got error %v, want permission", err)
	}
}

// failing is a file system that nobody may read.
type failing struct{}

func (failing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestHash(t *testing.T) {
	t.Parallel()
	want := sha256.Sum256([]byte("\x00\x00\x00\x00\x00\x00\x00\x01a\x00\x00\x00\x00\x00\x00\x00\x02xy\x00\x00\x00\x00\x00\x00\x00\x01b\x00\x00\x00\x00\x00\x00\x00\x00"))
	if got := dsl.Hash(map[string][]byte{"b": nil, "a": []byte("xy")}); got != hex.EncodeToString(want[:]) {
		t.Errorf("got %s, want %x", got, want)
	}
	// Where a path ends and its content begins is part of the name.
	if dsl.Hash(map[string][]byte{"a": []byte("bc")}) == dsl.Hash(map[string][]byte{"ab": []byte("c")}) {
		t.Error("moving a letter from the content to the path keeps the hash")
	}
}

// TestLoadEverything holds a bundle that uses every construct of the language to its program, line by line.
func TestLoadEverything(t *testing.T) {
	t.Parallel()
	r := load(t, os.DirFS("../testdata/load/everything"))
	if r.Program == nil || len(r.Diagnostics) > 0 {
		t.Fatalf("the bundle has findings:\n%s", printed(t, r))
	}
	golden.Assert(t, "../testdata/load/everything.dump", dumped(r.Program))
}
