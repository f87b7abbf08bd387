package flows_test

import (
	"io/fs"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/flows"
	"hoithoai/runtime/rehearsal"
)

// block is a file that the guide shows: its path in a comment, then its text in a fence.
var block = regexp.MustCompile("(?s)<!-- flows/(\\S+) -->\n```\n(.*?)```\n")

// TestGuide adds the files that README.md tells an author to write to the flows: they are free of findings, their transcripts
// pass and leave no branch out.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	bundle := fstest.MapFS{}
	for _, name := range names(t) {
		body, err := fs.ReadFile(flows.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		bundle[name] = &fstest.MapFile{Data: body}
	}
	shown := block.FindAllSubmatch(guide, -1)
	if len(shown) != 2 {
		t.Fatalf("the guide shows %d files, not a flow and its transcripts", len(shown))
	}
	for _, m := range shown {
		bundle[string(m[1])] = &fstest.MapFile{Data: m[2]}
	}
	loaded, err := dsl.Load(bundle, dsl.Options{})
	if err != nil || loaded.Program == nil || len(loaded.Diagnostics) > 0 {
		t.Fatalf("the guide's flow does not load: %v %v", err, loaded.Diagnostics)
	}
	c := &covered{ways: map[way]bool{}, events: map[way]bool{}, labels: map[string]bool{}}
	plays := rehearsal.Of(loaded.Program)
	for _, file := range loaded.Tests {
		for _, test := range file.Tests {
			out := plays.Run(office.Demo(), file, test, false)
			if !out.Passed() {
				t.Errorf("%s: %s", test.Title.Text, out.Failures[0].Message.VI)
			}
			c.add(out)
		}
	}
	for _, f := range loaded.Program.Flows {
		for _, miss := range c.missing(loaded.Program, f) {
			t.Errorf("no transcript: %s, %s", f.Name, miss)
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
