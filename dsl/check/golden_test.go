package check

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/golden"
)

// goldenOptions are those of every case. The two large attachments are the ones the Z005 case names.
func goldenOptions(t testing.TB) Options {
	return Options{Day: today(t), Sizes: map[string]int64{
		"mau/to_khai.jpg": 1<<20 + 1, "mau/huong_dan.pdf": 6 << 20, "mau/nho.jpg": 1 << 20, "mau/nho.pdf": 5 << 20,
	}}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join(corpus, "*", "*.flow"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	for _, path := range paths {
		code := filepath.Base(filepath.Dir(path))
		if code == "base" {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(path), ".flow")
		t.Run(code+"/"+name, func(t *testing.T) {
			t.Parallel()
			opts := goldenOptions(t)
			if code != "Z005" {
				opts.Sizes = nil
			}
			if code == "P007" {
				opts.Ahead = 60 // into the next year
			}
			found := Check(must(t, sources(t, path)), opts)
			golden.Assert(t, strings.TrimSuffix(path, ".flow")+".out", written(found))
			if strings.HasPrefix(name, "wrong") && len(only(found, code)) == 0 {
				t.Errorf("%s finds nothing in a wrong example", code)
			}
			if strings.HasPrefix(name, "right") && len(found) > 0 {
				t.Errorf("a right example is found fault with: %s", codes(found))
			}
		})
	}
}

func TestEveryRuleHasItsGoldenPair(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, rule := range Rules() {
		if seen[rule.Code] {
			t.Errorf("the code %s is used twice", rule.Code)
		}
		seen[rule.Code] = true
		for _, name := range []string{"wrong.flow", "wrong.out", "right.flow", "right.out"} {
			if _, err := os.Stat(filepath.Join(corpus, rule.Code, name)); err != nil {
				t.Errorf("%s has no golden file %s", rule.Code, name)
			}
		}
	}
	dirs, err := os.ReadDir(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		if dir.Name() != "base" && !seen[dir.Name()] {
			t.Errorf("testdata/check/%s belongs to no rule", dir.Name())
		}
	}
}

func TestEveryRuleHasItsFile(t *testing.T) {
	t.Parallel()
	for _, rule := range Rules() {
		files, err := filepath.Glob(strings.ToLower(rule.Code) + "_*.go")
		if err != nil || len(files) != 1 {
			t.Errorf("%s stands in %v, want one file of its own", rule.Code, files)
		}
	}
}

func TestEveryRuleIsDescribed(t *testing.T) {
	t.Parallel()
	code := regexp.MustCompile(`^[GZNPSA]\d{3}$`)
	names := map[string]bool{}
	for _, rule := range Rules() {
		if !code.MatchString(rule.Code) {
			t.Errorf("%q is no code of these checks", rule.Code)
		}
		if rule.Run == nil || rule.Summary.VI == "" || rule.Summary.EN == "" || rule.Name == "" || names[rule.Name] {
			t.Errorf("%s is not described completely and uniquely", rule.Code)
		}
		names[rule.Name] = true
	}
}

// Every sentence is said in both languages, ends like one, and no formatting has gone wrong in it.
func TestEveryFindingIsASentence(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join(corpus, "*", "wrong*.flow"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	for _, path := range paths {
		for _, d := range Check(must(t, sources(t, path)), goldenOptions(t)) {
			sentences := []diag.Sentence{d.Message, d.Fix}
			for _, r := range d.Related {
				sentences = append(sentences, r.Message)
			}
			for _, s := range sentences {
				checkSentence(t, path, d.Code, s)
			}
			if d.Span.File == "" || d.Span.Line < 1 || d.Span.Column < 1 {
				t.Errorf("%s: %s has no place: %+v", path, d.Code, d.Span)
			}
		}
	}
}

func checkSentence(t *testing.T, path, code string, s diag.Sentence) {
	t.Helper()
	for _, text := range []string{s.VI, s.EN} {
		if !strings.HasSuffix(text, ".") || strings.Contains(text, "%!") || strings.Contains(text, "  ") {
			t.Errorf("%s: %s says %q", path, code, text)
		}
	}
	if s.VI == s.EN {
		t.Errorf("%s: %s says the same in both languages: %q", path, code, s.VI)
	}
}
