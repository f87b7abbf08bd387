package understand_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets the property tests learn a few programs only: each is learned anew. -rapid.checks N looks longer.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "12"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
