package rehearsal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/office"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
	"hoithoai/runtime/rehearsal"
)

// transcripts reads a file of tests.
func transcripts(t testing.TB, path string) (*tree.Tests, string) {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, path, string(source)), string(source)
}

func parsed(t testing.TB, path, source string) *tree.Tests {
	t.Helper()
	tests, found := parse.Tests(path, []byte(source))
	if found.HasErrors() {
		t.Fatalf("%v in\n%s", found, source)
	}
	return tests
}

// failures runs every test of a file and returns what did not come true, a line each.
func failures(r *rehearsal.Rehearsals, file *tree.Tests, keepGoing bool) (out []rehearsal.Outcome, text string) {
	var b strings.Builder
	for _, test := range file.Tests {
		o := r.Run(office.Demo(), file, test, keepGoing)
		out = append(out, o)
		for _, f := range o.Failures {
			fmt.Fprintf(&b, "%s: %d: %s\n    %s\n", test.Title.Text, f.Span.Line, f.Message.VI, f.Message.EN)
		}
	}
	return out, b.String()
}

func TestTranscriptsThatPass(t *testing.T) {
	t.Parallel()
	file, _ := transcripts(t, "testdata/tests/pass_test.flow")
	out, text := failures(small().all, file, false)
	if text != "" {
		t.Error(text)
	}
	if len(out) < 14 || len(out[0].Edges) < 5 || !out[0].Passed() {
		t.Errorf("%d tests ran, the first over %d edges", len(out), len(out[0].Edges))
	}
}

// Every test of this file must fail, and the author must be told where and why.
func TestTranscriptsThatFail(t *testing.T) {
	t.Parallel()
	file, _ := transcripts(t, "testdata/tests/fail_test.flow")
	out, text := failures(small().all, file, false)
	for i, o := range out {
		if o.Passed() || len(o.Failures) > 1 {
			t.Errorf("%s has %d failures", file.Tests[i].Title.Text, len(o.Failures))
		}
	}
	golden.Assert(t, "testdata/tests/fail.golden", []byte(text))
}

// Everything that is in the program passes its own transcripts, as `hoithoai test` says.
func TestOurOwnTranscripts(t *testing.T) {
	t.Parallel()
	for name, loaded := range map[string]*learnt{
		"bench20": learn(os.DirFS("../../testdata/bench20")), "examples": learn(os.DirFS("../../testdata/examples")), "flows": ours(),
	} {
		n := 0
		for _, file := range loaded.Tests {
			out, text := failures(loaded.all, file, false)
			n += len(out)
			if text != "" {
				t.Errorf("%s/%s:\n%s", name, file.Path, text)
			}
		}
		if n == 0 {
			t.Errorf("%s has no transcripts", name)
		}
	}
}

// Update makes the Bot: lines of a failed turn true and touches nothing else: gaps that hold stay.
func TestUpdate(t *testing.T) {
	t.Parallel()
	file, source := transcripts(t, "testdata/tests/fail_test.flow")
	out, _ := failures(small().all, file, true)
	after := rehearsal.Update(source, out)
	golden.Assert(t, "testdata/tests/updated.golden", []byte(after))
	if diff := cmp.Diff(others(source), others(after)); diff != "" {
		t.Errorf("lines that are not Bot: have changed (-before +after):\n%s", diff)
	}
	again := parsed(t, file.Path, after)
	out, _ = failures(small().all, again, true)
	for _, o := range out {
		for _, f := range o.Failures {
			if l := lineAt(after, f.Span.Line); strings.HasPrefix(l, "Bot:") && f.Span.Line != lineOf(after, "Bot: Chào\n") {
				t.Errorf("%s still fails at %q: %s", o.Test.Title.Text, l, f.Message.VI)
			}
		}
	}
	if twice := rehearsal.Update(after, out); twice != after {
		t.Errorf("a second update changes (-first +second):\n%s", cmp.Diff(after, twice))
	}
}

// others are the lines of a file that Update must not touch.
func others(source string) []string {
	var out []string
	for l := range strings.SplitSeq(source, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(l), "Bot:") {
			out = append(out, l)
		}
	}
	return out
}

func lineAt(source string, n int) string {
	return strings.TrimSpace(strings.Split(source, "\n")[n-1])
}

func lineOf(source, text string) int {
	before, _, _ := strings.Cut(source, text)
	return strings.Count(before, "\n") + 1
}

func TestUpdateLeavesWhatPasses(t *testing.T) {
	t.Parallel()
	file, source := transcripts(t, "testdata/tests/pass_test.flow")
	out, _ := failures(small().all, file, true)
	if after := rehearsal.Update(source, out); after != source {
		t.Errorf("(-before +after):\n%s", cmp.Diff(source, after))
	}
}

func TestUpdateKeepsLineEnds(t *testing.T) {
	t.Parallel()
	source := "hôm nay 24/11/2026\r\n\r\nthử dat \"x\"\r\n\tDân: đặt chỗ\r\n\tBot: sai\r\n"
	file := parsed(t, "x_test.flow", source)
	out, _ := failures(small().all, file, true)
	want := strings.Replace(source, "\tBot: sai\r\n", "\tBot: Chào. Đây là "+name()+", hôm nay 24/11/2026.\r\n\tBot: [Mở bản đồ]\r\n\tBot: Anh/chị tên gì?\r\n", 1)
	if diff := cmp.Diff(want, rehearsal.Update(source, out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func name() string {
	n, _ := office.Demo().Field("ten")
	return n
}

// A transcript must not change the office of the next one.
func TestOfficeIsNotShared(t *testing.T) {
	t.Parallel()
	of := office.Demo()
	file := parsed(t, "x_test.flow", "hôm nay 24/11/2026\n\nthử dat \"x\"\n  giả don_vi.ten = \"Khác\"\n  Dân: đặt chỗ\n  Bot: … Khác …\n  Bot: …\n")
	if o := small().all.Run(of, file, file.Tests[0], false); !o.Passed() {
		t.Errorf("%+v", o.Failures)
	}
	if diff := cmp.Diff(office.Demo(), of, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Errorf("the office has changed:\n%s", diff)
	}
}

// FuzzScript: no transcript makes the player panic, and what it reports lies in the file.
func FuzzScript(f *testing.F) {
	paths, err := filepath.Glob("testdata/tests/*_test.flow")
	if err != nil || len(paths) != 2 {
		f.Fatal(paths, err)
	}
	for _, path := range paths {
		_, source := transcripts(f, path)
		head, rest, _ := strings.Cut(source, "\nthử ")
		for test := range strings.SplitSeq(rest, "\nthử ") { // one by one: small seeds are mutated better
			f.Add(head + "\nthử " + test)
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		file, found := parse.Tests("x_test.flow", []byte(source))
		if found.HasErrors() {
			return
		}
		out, _ := failures(small().all, file, true)
		lines := strings.Count(source, "\n") + 1
		for _, o := range out {
			for _, fail := range o.Failures {
				if fail.Span.Line < 1 || fail.Span.Line > lines {
					t.Errorf("line %d of %d: %s", fail.Span.Line, lines, fail.Message.VI)
				}
			}
		}
		rehearsal.Update(source, out)
	})
}
