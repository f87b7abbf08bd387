package flows_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/office"
	"hoithoai/dsl/skeleton"
	"hoithoai/dsl/value"
	"hoithoai/flows"
	"hoithoai/runtime/rehearsal"
)

// What the guide shows: a file of the author's folder under its name; a part of a flow with the chats it makes below rules; a
// mistake in a step of a file and what check says of it; a picture.
var (
	guideFile    = regexp.MustCompile("(?s)<!-- tệp (\\S+) -->\n```\n(.*?)```\n")
	guidePart    = regexp.MustCompile("(?s)\n\\*\\*([^\n*]+?)\\.?\\*\\*[^`]*(?:`[^`\n]+`[^`]*)*```phần\n(.*?)```\n")
	guideWrong   = regexp.MustCompile("(?s)```sai\n(.*?)```\n\n```báo\n(.*?)```\n")
	guidePicture = regexp.MustCompile(`!\[[^\]]+\]\((hinh/[a-z_]+\.png)\)`)
)

// partHead opens the flow of a part; partEnd is its last step.
const (
	partHead = "luồng vi_du \"Ví dụ\"\n  căn cứ \"Quy ước\"   hiệu lực 01/07/2026   rà soát 01/03/2027\n  từ khóa \"ví dụ\"\n\n"
	partEnd  = "\nbước het\n  kết thúc đạt\n"
)

func guide(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func guideDay(t *testing.T) int64 {
	t.Helper()
	day, ok := value.DayNumber(2026, 11, 24)
	if !ok {
		t.Fatal("24/11/2026 is no day")
	}
	return day
}

// folder is what lies in the author's folder after hoithoai new: the chung file, and the files the guide tells to write.
func folder(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{"chung.flow": {Data: []byte(skeleton.Shared("chung", guideDay(t)))}}
	for _, m := range guideFile.FindAllStringSubmatch(guide(t), -1) {
		files[m[1]] = &fstest.MapFile{Data: []byte(m[2])}
	}
	return files
}

// proven loads a bundle, which has no finding, and plays the transcripts in its files whose names end so.
func proven(t *testing.T, files fs.FS, ending string) (dsl.Result, *covered) {
	t.Helper()
	loaded, err := dsl.Load(files, dsl.Options{Day: guideDay(t)})
	if err != nil || loaded.Program == nil || len(loaded.Diagnostics) > 0 {
		t.Fatalf("the flows of the guide do not load: %v %v", err, loaded.Diagnostics)
	}
	c := &covered{ways: map[way]bool{}, events: map[way]bool{}, labels: map[string]bool{}}
	plays := rehearsal.Of(loaded.Program)
	for _, file := range loaded.Tests {
		if !strings.HasSuffix(file.Path, ending) {
			continue
		}
		for _, test := range file.Tests {
			out := plays.Run(office.Demo(), file, test, false)
			for _, failure := range out.Failures {
				t.Errorf("%s %s: %s", file.Path, test.Title.Text, failure.Message.VI)
			}
			c.add(out)
		}
	}
	return loaded, c
}

// TestGuideFolder: the folder of somebody who did what the guide says is free of findings, its transcripts pass and leave no
// branch of its flow out.
func TestGuideFolder(t *testing.T) {
	t.Parallel()
	files := folder(t)
	if len(files) != 3 {
		t.Fatalf("the guide shows %d files, not a flow and its transcripts", len(files)-1)
	}
	loaded, c := proven(t, files, "")
	for _, f := range loaded.Program.Flows {
		if f.Name != "tiep_dan" {
			continue
		}
		for _, miss := range c.missing(loaded.Program, f) {
			t.Errorf("no transcript: %s, %s", f.Name, miss)
		}
	}
}

// TestGuidePublished: the same flow goes with the flows of the office, as the guide says it is handed over.
func TestGuidePublished(t *testing.T) {
	t.Parallel()
	bundle := fstest.MapFS{}
	for _, name := range names(t) {
		body, err := fs.ReadFile(flows.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		bundle[name] = &fstest.MapFile{Data: body}
	}
	for name, file := range folder(t) {
		if name != "chung.flow" {
			bundle[path.Join("lien_he", name)] = file
		}
	}
	if _, c := proven(t, bundle, "tiep_dan_test.flow"); len(c.said) == 0 {
		t.Error("no transcript of the guide was played")
	}
}

// TestGuideParts plays every chat of the guide on the part of a flow above it.
func TestGuideParts(t *testing.T) {
	t.Parallel()
	parts := guidePart.FindAllStringSubmatch(guide(t), -1)
	if n := strings.Count(guide(t), "```phần\n"); len(parts) != n || n < 9 {
		t.Fatalf("%d of %d parts are read", len(parts), n)
	}
	for _, m := range parts {
		t.Run(m[1], func(t *testing.T) {
			t.Parallel()
			source, chats, ok := strings.Cut(m[2], "────\n")
			if !ok {
				t.Fatal("the part has no chat")
			}
			files := partFiles(t, source)
			for i, chat := range strings.Split(chats, "────\n") {
				files[fmt.Sprintf("vi_du_%d_test.flow", i)] = &fstest.MapFile{Data: []byte(chatOf(chat))}
			}
			loaded, _ := proven(t, files, "")
			if len(loaded.Tests) != strings.Count(m[2], "────\n") {
				t.Errorf("%d chats were played", len(loaded.Tests))
			}
		})
	}
}

// partFiles are the files of a part: the sub-flow it opens with, and the flow that people enter.
func partFiles(t *testing.T, source string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{"chung.flow": {Data: []byte(skeleton.Shared("chung", guideDay(t)))}}
	if sub, main, ok := strings.Cut(source, "luồng vi_du"); ok {
		name := strings.Fields(sub)[2]
		files[name+".flow"] = &fstest.MapFile{Data: []byte(sub)}
		source = "luồng vi_du" + main
	} else {
		source = partHead + source
	}
	if strings.Contains(source, "-> het") {
		source += partEnd
	}
	files["vi_du.flow"] = &fstest.MapFile{Data: []byte(source)}
	return files
}

// chatOf is a chat of the guide as a transcript: people have written the keyword.
func chatOf(chat string) string {
	day := "hôm nay 24/11/2026 09:00\n"
	if strings.HasPrefix(chat, "hôm nay") {
		first, rest, _ := strings.Cut(chat, "\n")
		day, chat = first+"\n", rest
	}
	return day + "\nthử vi_du \"chat\"\n  Dân: ví dụ\n" + chat
}

// TestGuideMistake: what the guide says that check says of a mistake is what it says.
func TestGuideMistake(t *testing.T) {
	t.Parallel()
	files := folder(t)
	m := guideWrong.FindStringSubmatch(guide(t))
	if m == nil {
		t.Fatal("the guide shows no mistake")
	}
	right := string(files["tiep_dan.flow"].Data)
	opening, _, _ := strings.Cut(m[1], "\n")
	before, after, ok := strings.Cut(right, opening+"\n")
	_, after, closed := strings.Cut(after, "\n\n")
	if !ok || !closed {
		t.Fatalf("the flow of the guide has no step %q", opening)
	}
	wrong := before + m[1] + "\n" + after
	files["tiep_dan.flow"] = &fstest.MapFile{Data: []byte(wrong)}
	loaded, err := dsl.Load(files, dsl.Options{Day: guideDay(t)})
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	text := func(name string) string { return string(files[name].Data) }
	if err := diag.WriteText(&said, loaded.Diagnostics, "vi", text); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m[2], said.String()); diff != "" {
		t.Errorf("check says something else (-guide +check):\n%s", diff)
	}
}

// maxPicture is the largest picture of the guide, in bytes.
const maxPicture = 120_000

// TestGuidePictures: the pictures that the guide shows are there, small, and no others lie beside them; none of them is part of
// the program.
func TestGuidePictures(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for _, m := range guidePicture.FindAllStringSubmatch(guide(t), -1) {
		shown[path.Base(m[1])] = true
	}
	entries, err := os.ReadDir("hinh")
	if err != nil || len(shown) < 3 || len(entries) != len(shown) {
		t.Fatalf("%d pictures shown, %d there: %v", len(shown), len(entries), err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if !shown[e.Name()] || info.Size() > maxPicture {
			t.Errorf("hinh/%s: shown %v, %d bytes", e.Name(), shown[e.Name()], info.Size())
		}
		if _, err := fs.Stat(flows.FS, path.Join("hinh", e.Name())); err == nil {
			t.Errorf("hinh/%s is in the program", e.Name())
		}
	}
}

func names(t *testing.T) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(flows.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
