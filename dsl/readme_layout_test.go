package dsl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/format"
)

// TestReadmeLayout lays out what stands above "=>" in each layout block and holds it to what stands below.
func TestReadmeLayout(t *testing.T) {
	t.Parallel()
	n := 0
	for _, b := range readmeBlocks(t) {
		if b.lang != "layout" {
			continue
		}
		n++
		typed, want, ok := strings.Cut(b.text, "=>\n")
		if !ok {
			t.Errorf("line %d: the block has no =>", b.line)
			continue
		}
		if diff := cmp.Diff(want, string(format.Source("vi_du.flow", []byte(typed)).Text)); diff != "" {
			t.Errorf("line %d (-page +fmt):\n%s", b.line, diff)
		}
	}
	if n == 0 {
		t.Error("the page shows no layout")
	}
}
