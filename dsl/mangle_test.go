package dsl_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"hoithoai/dsl"
)

// TestLoadMangled loads the bundle of every construct after random damage to its lines, as an author's half-finished edit leaves
// them: a program or an error, findings that stand somewhere, and no panic.
func TestLoadMangled(t *testing.T) {
	t.Parallel()
	files, err := readAll(os.DirFS("../testdata/load/everything"))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		bundle := fstest.MapFS{}
		for name, content := range files {
			bundle[name] = &fstest.MapFile{Data: content}
		}
		name := rapid.SampledFrom([]string{"chung.flow", "dat_hen.flow", "hoi_tuoi.flow"}).Draw(rt, "file")
		lines := strings.Split(string(files[name]), "\n")
		for range rapid.IntRange(1, 4).Draw(rt, "edits") {
			lines = mangle(rt, lines)
		}
		bundle[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
		result, err := dsl.Load(bundle, dsl.Options{Day: 20000})
		if err != nil {
			rt.Fatal(err)
		}
		if (result.Program == nil) != result.Diagnostics.HasErrors() {
			rt.Errorf("program %v beside findings %v", result.Program != nil, codes(result.Diagnostics))
		}
		for _, d := range result.Diagnostics {
			checkFinding(t, d)
		}
	})
}

// mangle damages one line.
func mangle(rt *rapid.T, lines []string) []string {
	at := rapid.IntRange(0, len(lines)-1).Draw(rt, "line")
	out := append([]string(nil), lines...)
	switch rapid.IntRange(0, 4).Draw(rt, "how") {
	case 0:
		return append(out[:at], out[at+1:]...)
	case 1:
		return append(out[:at+1], lines[at:]...)
	case 2:
		other := rapid.IntRange(0, len(lines)-1).Draw(rt, "other")
		out[at], out[other] = out[other], out[at]
	case 3:
		words := strings.Split(out[at], " ")
		i := rapid.IntRange(0, len(words)-1).Draw(rt, "word")
		out[at] = strings.Join(append(words[:i:i], words[i+1:]...), " ")
	case 4:
		runes := []rune(out[at])
		out[at] = string(runes[:rapid.IntRange(0, len(runes)).Draw(rt, "cut")])
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}
