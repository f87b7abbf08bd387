package chaos

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// root is the folder of the module, seen from this package.
const root = "../.."

// mutation replaces one piece of text of the program's source; the text must occur there exactly once.
type mutation struct {
	file     string // seen from the module
	old, new string
}

var (
	sound     sync.Once
	soundPath string
	errSound  error
)

// program is the binary of cmd/hoithoai as it is, built once per run.
func program(t *testing.T) string {
	t.Helper()
	sound.Do(func() {
		dir, err := os.MkdirTemp("", "hoithoai-chaos")
		if err != nil {
			errSound = err
			return
		}
		soundPath = filepath.Join(dir, "hoithoai")
		errSound = build(soundPath)
	})
	if errSound != nil {
		t.Fatal(errSound)
	}
	return soundPath
}

// mutant is the binary with mutations, made without touching the source.
func mutant(t *testing.T, mutations ...mutation) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hoithoai")
	if slices.ContainsFunc(mutations, func(m mutation) bool { return filepath.Ext(m.file) != ".lua" }) {
		compiled(t, path, mutations)
	} else {
		patched(t, path, mutations)
	}
	return path
}

// mutated is the text of the file with the mutation.
func (m mutation) mutated(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), m.old); n != 1 {
		t.Fatalf("%s holds the text to be changed %d times, want once: the mutation must be written anew\n%s", m.file, n, m.old)
	}
	return []byte(strings.Replace(string(text), m.old, m.new, 1))
}

// compiled builds the program from changed source.
func compiled(t *testing.T, path string, mutations []mutation) {
	t.Helper()
	dir, replace := t.TempDir(), map[string]string{}
	for i, m := range mutations {
		original, err := filepath.Abs(filepath.Join(root, m.file))
		if err != nil {
			t.Fatal(err)
		}
		changed := filepath.Join(dir, string(rune('a'+i))+filepath.Base(m.file))
		if err := os.WriteFile(changed, m.mutated(t), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[original] = changed
	}
	overlay := filepath.Join(dir, "overlay.json")
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, list, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := build(path, "-overlay", overlay); err != nil {
		t.Fatal(err)
	}
}

// patched changes scripts in the program that is built already: it holds them word for word, and to build one anew takes as long as
// a whole fault. What is shorter than before is filled up with spaces, which mean nothing to Lua.
func patched(t *testing.T, path string, mutations []mutation) {
	t.Helper()
	binary, err := os.ReadFile(program(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mutations {
		m.mutated(t)
		switch n := bytes.Count(binary, []byte(m.old)); {
		case n != 1:
			t.Fatalf("the program holds the text to be changed %d times, want once\n%s", n, m.old)
		case len(m.new) > len(m.old):
			t.Fatalf("%q is longer than %q, whose place it takes", m.new, m.old)
		}
		filled := m.new + strings.Repeat(" ", len(m.old)-len(m.new))
		binary = bytes.Replace(binary, []byte(m.old), []byte(filled), 1)
	}
	if err := os.WriteFile(path, binary, 0o700); err != nil {
		t.Fatal(err)
	}
}

func build(path string, args ...string) error {
	cmd := exec.Command("go", append(append([]string{"build"}, args...), "-o", path, "./cmd/hoithoai")...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build hoithoai: %w\n%s", err, out)
	}
	return nil
}
