package engine_test

import (
	"strings"
	"testing"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/compile"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"
)

// load compiles flow texts. The checks are left out on purpose: the engine must hold its promises also for flows that no
// author would be allowed to publish.
func load(t testing.TB, texts ...string) *program.Program {
	t.Helper()
	var files []*tree.File
	var found diag.List
	for _, text := range texts {
		file, problems := parse.File(pathOf(text), []byte(text))
		files = append(files, file)
		found = append(found, problems...)
	}
	wards, problems := ward.Parse(ward.Path, ward.Source(), nil)
	found = append(found, problems...)
	bundle, problems := bind.With(files, bind.Options{Wards: func() []value.Option { return wards }})
	for _, d := range append(found, problems...) {
		if unused := d.Code >= "D022" && d.Code <= "D025"; d.Severity == diag.Error && !unused {
			t.Fatalf("%s:%d: %s %s", d.Span.File, d.Span.Line, d.Code, d.Message.EN)
		}
	}
	return compile.Program(bundle, strings.Repeat("5eed", 16), nil)
}

// pathOf names a file after the flow that its first line opens.
func pathOf(text string) string {
	words := strings.Fields(strings.TrimPrefix(strings.SplitN(text, "\n", 2)[0], "luồng con "))
	name := words[0]
	if name == "luồng" || name == "chung" {
		name = words[1]
	}
	return name + ".flow"
}
