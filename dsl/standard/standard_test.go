package standard_test

import (
	"bytes"
	"testing"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/check"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/standard"
	"hoithoai/dsl/tree"
)

// TestStandardFlowsStandAlone holds every standard flow to all rules: it joins bundles whose authors cannot change it.
func TestStandardFlowsStandAlone(t *testing.T) {
	t.Parallel()
	names, err := standard.Names()
	if err != nil || len(names) == 0 {
		t.Fatalf("standard flows are %v, %v", names, err)
	}
	for _, name := range names {
		path, source, ok := standard.Flow(name)
		if !ok {
			t.Fatalf("%s is listed and not there", name)
		}
		file, found := parse.File(path, source)
		if file.Name.Text != name || file.Kind != tree.Flow {
			t.Errorf("%s holds %s", path, file.Name.Text)
		}
		b, more := bind.Bind([]*tree.File{file})
		found = append(append(found, more...), check.Check(b, check.Options{})...)
		for _, d := range found {
			if d.Code != "G009" { // a lone flow has no chung file beside it
				t.Errorf("%s:%d: %s %s", path, d.Span.Line, d.Code, d.Message.VI)
			}
		}
		if len(file.Keywords)+len(file.Examples) > 0 {
			t.Errorf("%s has triggers, which could collide with a bundle's own", path)
		}
	}
}

func TestHumanHandsOver(t *testing.T) {
	t.Parallel()
	path, source, ok := standard.Flow(standard.Human)
	if !ok {
		t.Fatal("the way to a person is missing")
	}
	file, found := parse.File(path, source)
	if found.HasErrors() {
		t.Fatalf("findings: %+v", found)
	}
	last := file.Steps[len(file.Steps)-1]
	if last.End.Kind != tree.Human || last.End.Desk.Text != "truc_ban" {
		t.Errorf("the flow ends with %+v", last.End)
	}
	for _, field := range []string{"{don_vi.truc_ban}", "{don_vi.dia_chi}", "{don_vi.gio_lam_viec}"} {
		if !bytes.Contains(source, []byte(field)) {
			t.Errorf("the flow does not give %s", field)
		}
	}
}

func TestNoSuchFlow(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "khong_co", "../standard", "gap_can_bo.flow"} {
		if path, _, ok := standard.Flow(name); ok {
			t.Errorf("Flow(%q) gave %s", name, path)
		}
	}
}
