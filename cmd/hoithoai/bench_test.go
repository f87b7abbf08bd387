package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/bench"
)

// What keeps a measurement from being made is said so that one knows what to do.
func TestBenchError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		vi, en string
		usage  bool
	}{
		{fmt.Errorf("x: %w", bench.ErrNoServer), "apt-get install redis-server", "apt-get install redis-server", false},
		{fmt.Errorf("x: %w", bench.ErrNotEmpty), "Redis trống", "only an empty one", false},
		{fmt.Errorf("x: %w", bench.ErrConfig), "x: ", "x: ", true},
		{errors.New("x"), "x", "x", false},
	} {
		for lang, want := range map[string]string{"vi": c.vi, "en": c.en} {
			got := (&app{language: lang}).benchError(c.err)
			var usage usageError
			if !strings.Contains(got.Error(), want) || errors.As(got, &usage) != c.usage {
				t.Errorf("%v is said in %s as %v", c.err, lang, got)
			}
		}
	}
}

// The command line of the report shows no password.
func TestWithoutURL(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want []string }{
		{[]string{"bench", "--redis", "redis://u:canary@h", "--json"}, []string{"bench", "--redis", "…", "--json"}},
		{[]string{"bench", "-redis=redis://u:canary@h"}, []string{"bench", "--redis=…"}},
		{[]string{"bench", "--people", "7"}, []string{"bench", "--people", "7"}},
	} {
		if d := cmp.Diff(c.want, withoutURL(c.args)); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}
