package dsl_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl"
	"hoithoai/dsl/bind"
	"hoithoai/dsl/compile"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// loaded loads files that must be right.
func loaded(t *testing.T, rt *rapid.T, files map[string]string) dsl.Result {
	r, err := dsl.Load(folder(files), dsl.Options{})
	if err != nil {
		rt.Fatal(err)
	}
	if r.Program == nil {
		rt.Fatalf("the bundle does not load:\n%s\n%s", printed(t, r), listing(files))
	}
	return r
}

func listing(files map[string]string) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		out.WriteString("-- " + name + " --\n" + files[name])
	}
	return out.String()
}

// TestWellFormedBundlesLoad: no rule refuses what is right by construction, and its program has every flow and step.
func TestWellFormedBundlesLoad(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		files := wellFormed(rt)
		p := loaded(t, rt, files).Program
		if len(p.Flows) != len(files) { // the chung file is none, gap_can_bo comes along
			rt.Fatalf("%d flows of %d files", len(p.Flows), len(files))
		}
		for _, f := range p.Flows {
			if want := strings.Count(files[f.Name+".flow"], "\nbước "); want > 0 && len(f.Steps) != want {
				rt.Fatalf("%s has %d steps, want %d", f.Name, len(f.Steps), want)
			}
		}
	})
}

// damages make a line wrong for certain; they return "" where they do not apply.
var damages = map[string]func(line string) string{
	"junk":        func(string) string { return "  đây không phải một dòng nào cả" },
	"no keyword":  func(line string) string { return "  ?? " + line },
	"open brace":  func(line string) string { return replaced(line, braces, "{$1") },
	"no name":     func(line string) string { return replaced(line, braces, "{khong_co_ten}") },
	"no target":   func(line string) string { return replaced(line, arrow, "-> khong_co_buoc") },
	"no arrow":    func(line string) string { return replaced(line, arrow, "->") },
	"open quote":  func(line string) string { return replaced(line, quoted, `"$1`) },
	"no slot":     func(line string) string { return replaced(line, asked, "hỏi khong_co") },
	"no sub-flow": func(line string) string { return replaced(line, called, "gọi khong_co(") },
	"no task":     func(line string) string { return replaced(line, done, "làm khong_co(") },
}

var (
	braces = regexp.MustCompile(`\{(\w+)\}`)
	arrow  = regexp.MustCompile(`-> \w+$`)
	quoted = regexp.MustCompile(`"([^"]*)"$`)
	asked  = regexp.MustCompile(`hỏi \w+`)
	called = regexp.MustCompile(`gọi \w+\(`)
	done   = regexp.MustCompile(`làm \w+\(`)
)

func replaced(line string, what *regexp.Regexp, with string) string {
	if !what.MatchString(line) {
		return ""
	}
	return what.ReplaceAllString(line, with)
}

// TestOneDamagedLineIsFound: an error stands on exactly the line that was damaged, whatever else is said.
func TestOneDamagedLineIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		files := wellFormed(rt)
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(files))).Draw(rt, "file")
		lines := strings.Split(files[name], "\n")
		at := rapid.IntRange(0, len(lines)-1).Draw(rt, "line")
		how := rapid.SampledFrom(slices.Sorted(maps.Keys(damages))).Draw(rt, "damage")
		worse := damages[how](lines[at])
		if strings.TrimSpace(lines[at]) == "" || worse == "" {
			return
		}
		lines[at] = worse
		files[name] = strings.Join(lines, "\n")
		r, err := dsl.Load(folder(files), dsl.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		if r.Program != nil || !slices.ContainsFunc(r.Diagnostics, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Error && d.Span.File == name && d.Span.Line == at+1
		}) {
			rt.Fatalf("%s: no error on %s:%d %q\n%s", how, name, at+1, worse, printed(t, r))
		}
	})
}

// TestHashNamesEveryByte: two bundles have one hash exactly when they are equal in every path and byte.
func TestHashNamesEveryByte(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		before := loaded(t, rt, wellFormed(rt))
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(before.Sources))).Draw(rt, "file")
		after := maps.Clone(before.Sources)
		at := rapid.IntRange(0, len(after[name])-1).Draw(rt, "byte")
		switch rapid.IntRange(0, 3).Draw(rt, "change") {
		case 0:
			after[name] = bytes.Clone(after[name])
			after[name][at] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
		case 1:
			after[name] = slices.Delete(bytes.Clone(after[name]), at, at+1)
		case 2:
			after["a/"+name] = after[name]
			delete(after, name)
		case 3:
			delete(after, name)
		}
		if dsl.Hash(after) == before.Program.Hash {
			rt.Fatal("another bundle has the same hash")
		}
		if again := dsl.Hash(maps.Clone(before.Sources)); again != before.Program.Hash {
			rt.Fatalf("the same bundle has the hashes %s and %s", again, before.Program.Hash)
		}
	})
}

// TestPackedBundlesLoadAgain: what Pack keeps loads to the same program under the same name, with nothing added.
func TestPackedBundlesLoadAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		before := loaded(t, rt, wellFormed(rt))
		fsys, err := dsl.Unpack(dsl.Pack(before.Sources))
		if err != nil {
			rt.Fatal(err)
		}
		after, err := dsl.Load(fsys, dsl.Options{Accepted: true})
		if err != nil {
			rt.Fatal(err)
		}
		if after.Program == nil || after.Program.Hash != before.Program.Hash || len(after.Sources) != len(before.Sources) {
			rt.Fatalf("another program came back:\n%s", printed(t, after))
		}
		if diff := cmp.Diff(string(dumped(before.Program)), string(dumped(after.Program))); diff != "" {
			rt.Fatalf("the program changed (-before +after):\n%s", diff)
		}
	})
}

// place is where the dump says a step stands.
var place = regexp.MustCompile(`\([\w/]+\.flow:`)

// TestFoldersDoNotMatter: wherever the files of a bundle lie, its program is the same but for its name.
func TestFoldersDoNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		files, moved := wellFormed(rt), map[string]string{}
		for name, text := range files {
			moved[path.Join(rapid.SampledFrom([]string{"", "a", "z/b"}).Draw(rt, "folder"), name)] = text
		}
		want := place.ReplaceAll(dumped(loaded(t, rt, files).Program), []byte("(:"))
		got := place.ReplaceAll(dumped(loaded(t, rt, moved).Program), []byte("(:"))
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			rt.Fatalf("the program changed (-before +after):\n%s", diff)
		}
	})
}

// TestOrderDoesNotMatter: in whatever order the files of a bundle come, what is bound and compiled is the same.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r := loaded(t, rt, wellFormed(rt))
		shuffled := slices.Clone(r.Files)
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		order.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		b, found := bind.Bind(shuffled)
		if found.HasErrors() {
			rt.Fatalf("another order has errors: %v", codes(found))
		}
		if diff := cmp.Diff(string(dumped(r.Program)), string(dumped(compile.Program(b, r.Program.Hash, nil)))); diff != "" {
			rt.Fatalf("the program changed (-before +after):\n%s", diff)
		}
	})
}

// TestTranscriptsDoNotMatter: a transcript beside a bundle, right or wrong, changes neither its program nor its name; a wrong one is
// refused on its own lines.
func TestTranscriptsDoNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		files := wellFormed(rt)
		before := loaded(t, rt, files)
		files["luong_0_test.flow"] = "hôm nay 24/11/2026\n\nthử luong_0 \"a\"\n  Dân: chào\n  @ b0\n"
		after := loaded(t, rt, files)
		if diff := cmp.Diff(string(dumped(before.Program)), string(dumped(after.Program))); diff != "" || before.Program.Hash != after.Program.Hash {
			rt.Fatalf("the program changed (-before +after):\n%s", diff)
		}
		files["luong_0_test.flow"] += "  @ khong_co_buoc\n"
		r, err := dsl.Load(folder(files), dsl.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		if got := codes(r.Diagnostics); r.Program != nil || !slices.Contains(got, "D071") {
			rt.Fatalf("a wrong step in a transcript: findings %v, program %v", got, r.Program != nil)
		}
	})
}

// TestBindWithoutEndings: a file whose steps lost their ending is bound without a panic and says nothing of what is missing.
func TestBindWithoutEndings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var files []*tree.File
		for _, f := range loaded(t, rt, wellFormed(rt)).Files {
			files = append(files, f)
			for _, s := range f.Steps {
				if rapid.Bool().Draw(rt, "loses its ending") {
					s.End, s.Broken = nil, true
				}
			}
			if rapid.Bool().Draw(rt, "is anonymous") {
				f.Anonymous = &tree.Flag{Span: f.Span}
			}
		}
		if _, found := bind.Bind(files); found.HasErrors() {
			rt.Fatalf("consequences are reported: %v", codes(found))
		}
	})
}
