package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be run as the program itself, so that scripts and the end-to-end tests drive a real process
// built from exactly this code (with the race detector where the tests have it).
func TestMain(m *testing.M) {
	if os.Getenv("HOITHOAI_AS_PROGRAM") != "" {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"hoithoai": main})
}
