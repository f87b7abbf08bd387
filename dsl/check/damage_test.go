package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/dsl/diag"

	"pgregory.net/rapid"
)

// corpusFlows are the golden flows: everything the rules speak of occurs in them.
func corpusFlows(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(corpus, "*", "*.flow"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no flows found: %v", err)
	}
	var out []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	return out
}

// damage deletes, repeats and swaps lines: what an editor does to a file while someone works on it.
func damage(t *rapid.T, text string) string {
	lines := strings.Split(text, "\n")
	for range rapid.IntRange(1, 4).Draw(t, "damages") {
		i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		j := rapid.IntRange(0, len(lines)-1).Draw(t, "other")
		switch rapid.IntRange(0, 3).Draw(t, "damage") {
		case 0:
			lines[i] = ""
		case 1:
			lines[i] = lines[j]
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			lines[i] = lines[i][:len(lines[i])/2]
		}
	}
	return strings.Join(lines, "\n")
}

// Checking a damaged flow ends without a panic, and every finding has its place in the file.
func TestDamagedFlows(t *testing.T) {
	t.Parallel()
	flows := corpusFlows(t)
	rapid.Check(t, func(rt *rapid.T) {
		text := damage(rt, rapid.SampledFrom(flows).Draw(rt, "flow"))
		b, _ := read(t, append(base(t), flow("thu", text))...)
		for _, d := range Check(b, Options{Day: today(t)}) {
			if d.Span.Line < 1 || d.Span.Column < 1 || d.Message.VI == "" {
				rt.Fatalf("no place or no words: %s\n%s", written(diag.List{d}), text)
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, text := range corpusFlows(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, _ := read(t, append(base(t), flow("thu", text))...)
		first := written(Check(b, Options{Day: 20781}))
		if again := written(Check(b, Options{Day: 20781})); string(first) != string(again) {
			t.Errorf("two checks of one bundle differ:\n%s\n%s", first, again)
		}
	})
}

// TestStepsWithoutEndings takes the ending from one step after another: what could not be read stops no rule and is not spoken of.
func TestStepsWithoutEndings(t *testing.T) {
	t.Parallel()
	for i, text := range corpusFlows(t) {
		b, _ := read(t, append(base(t), flow("thu", text))...)
		f := b.ByName["thu"]
		if f == nil {
			continue
		}
		for _, step := range f.File.Steps {
			end := step.End
			step.End, step.Broken = nil, true
			for _, d := range Check(b, Options{Day: today(t)}) {
				if d.Span.File == "thu.flow" && d.Span.Line == step.Span.Line && d.Code != "G001" && d.Code != "G009" {
					t.Errorf("flow %d: %s is said of the step %s, whose ending could not be read", i, d.Code, step.Name.Text)
				}
			}
			step.End, step.Broken = end, false
		}
	}
}

// TestUnreadErrorLines: a lỗi that could not be read may be the general one.
func TestUnreadErrorLines(t *testing.T) {
	t.Parallel()
	text := func(line string) string {
		return header + "\ntác vụ gui(ten chữ) lỗi kin\n\nbước a\n  làm gui(\"A\")\n  được -> z\n" + line + ending
	}
	for line, want := range map[string]int{"": 1, "  lỗi kin -> z\n": 1, "  lỗi kin -> z\n  lỗi ->\n": 0, "  lỗii -> ???\n": 0} {
		b, _ := read(t, append(base(t), flow("thu", text(line)))...)
		if got := len(only(Check(b, Options{Day: today(t)}), "G005")); got != want {
			t.Errorf("with %q there are %d findings, want %d", line, got, want)
		}
	}
}
