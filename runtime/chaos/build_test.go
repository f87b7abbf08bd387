package chaos

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	dir := t.TempDir()
	replace := map[string]string{}
	for i, m := range mutations {
		original, err := filepath.Abs(filepath.Join(root, m.file))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(original)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), m.old); n != 1 {
			t.Fatalf("%s holds the text to be changed %d times, want once: the mutation must be written anew\n%s", m.file, n, m.old)
		}
		changed := filepath.Join(dir, string(rune('a'+i))+filepath.Base(m.file))
		if err := os.WriteFile(changed, []byte(strings.Replace(string(text), m.old, m.new, 1)), 0o600); err != nil {
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
	path := filepath.Join(dir, "hoithoai")
	if err := build(path, "-overlay", overlay); err != nil {
		t.Fatal(err)
	}
	return path
}

func build(path string, args ...string) error {
	cmd := exec.Command("go", append(append([]string{"build"}, args...), "-o", path, "./cmd/hoithoai")...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build hoithoai: %w\n%s", err, out)
	}
	return nil
}
