package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"hoithoai/dsl/golden"
)

// TestScripts runs every script of testdata/script against the program; -update rewrites what cmp compares.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: golden.Update()})
}
