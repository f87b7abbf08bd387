package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// reader is the program over folders, on a day.
func reader() *app {
	return &app{language: "vi", system: system{now: func() time.Time { return time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC) }}}
}

// TestOpenings holds what the page offers to say: a keyword of each flow of the folder that is a message by itself; for the flows
// in the binary nothing, since the page has its own.
func TestOpenings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, keywords := range map[string]string{"mot": `"việc một", "một"`, "hai": `"việc hai"`, "gap": `"kêu + cứu", "cứu tôi"`} {
		head := "luồng " + name + " \"Việc\"\n  căn cứ \"A\"   hiệu lực 01/01/2026   rà soát 01/01/2099\n"
		if name == "gap" {
			head += "  khẩn cấp\n"
		}
		text := head + "  từ khóa " + keywords + "\n\nbước dau\n  | Chào.\n  kết thúc đạt\n"
		if err := os.WriteFile(filepath.Join(dir, name+".flow"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b, err := reader().load([]string{dir})
	if err != nil || b.Program == nil {
		t.Fatalf("the folder does not load: %v %v", err, b)
	}
	if diff := cmp.Diff([]string{"cứu tôi", "việc hai", "việc một"}, b.openings()); diff != "" {
		t.Error(diff)
	}
	told := reader().described(b)
	if !strings.HasPrefix(told.Text, "thư mục "+dir+": 3 luồng") || len(told.Hints) != 3 {
		t.Errorf("the page is told %+v", told)
	}
	builtin, err := reader().load(nil)
	if err != nil || !builtin.builtin {
		t.Fatalf("the flows in the binary are not what lies here: %v", err)
	}
	if hints := builtin.openings(); hints != nil {
		t.Errorf("the flows in the binary offer %q", hints)
	}
}
