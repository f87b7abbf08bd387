package ward_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"
)

// catalogue is the built-in list as a type, prepared once.
func catalogue(t testing.TB) value.Type {
	t.Helper()
	units, found := ward.Parse(ward.Path, ward.Source(), nil)
	if len(found) > 0 {
		t.Fatalf("the built-in catalogue has faults: %v", found)
	}
	typ := value.Type{Kind: value.Ward, Options: units}
	typ.Prepare()
	return typ
}

// TestReadRealNames reads what residents write against the real catalogue. The file is the table: one input a line; what
// stands behind "=" is checked by the golden file beside it.
func TestReadRealNames(t *testing.T) {
	t.Parallel()
	typ := catalogue(t)
	inputs, err := os.ReadFile("testdata/ward/inputs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	n := 0
	for line := range strings.Lines(string(inputs)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			fmt.Fprintln(&out, line)
			continue
		}
		n++
		fmt.Fprintf(&out, "%s\t%s\n", line, reading(typ, line))
	}
	if n < 60 {
		t.Errorf("the table has %d inputs, want 60 at least", n)
	}
	golden.Assert(t, filepath.Join("testdata", "ward", "readings.txt"), out.Bytes())
}

// reading is a reading as a line of the golden file.
func reading(typ value.Type, in string) string {
	v, p := typ.ReadText(in, value.Context{})
	if p == nil {
		return "= " + typ.Show(v) + " (" + v.S + ")"
	}
	labels := make([]string, len(p.Candidates))
	for i, c := range p.Candidates {
		labels[i] = strings.TrimPrefix(typ.Options[c].Label, "Phường ")
	}
	return fmt.Sprintf("! %v %q %s", p.Kind, labels, p.Sentence)
}
