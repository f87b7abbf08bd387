package dsl_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain keeps the properties of this package short: every case of theirs writes, binds, checks and compiles whole bundles.
// -rapid.checks N looks longer.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "25"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
