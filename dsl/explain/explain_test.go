package explain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/explain"
	"hoithoai/dsl/value"
)

// page returns the page of a code that must be there.
func page(t testing.TB, code string) explain.Page {
	t.Helper()
	p, ok, err := explain.Find(code)
	if err != nil || !ok {
		t.Fatalf("%s: there is a page: %v, error %v", code, ok, err)
	}
	return p
}

// eachPage runs a test for every page.
func eachPage(t *testing.T, test func(t *testing.T, p explain.Page)) {
	t.Helper()
	for _, code := range explain.Codes() {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			test(t, page(t, code))
		})
	}
}

func TestEveryCodeHasItsPage(t *testing.T) {
	t.Parallel()
	var want []string
	for _, r := range dsl.Rules() {
		want = append(want, r.Code)
	}
	if diff := cmp.Diff(want, explain.Codes()); diff != "" {
		t.Errorf("codes of the language and pages in dsl/explain/pages differ (-codes +pages):\n%s", diff)
	}
}

// unshown are the codes that no example can show: bytes that are no text, characters that cannot be seen, more than a page holds.
var unshown = []string{"B002", "C064", "C065", "C067", "C068", "C069", "C070", "C071", "C072", "C083", "C085", "C086", "D035", "D036", "D064", "D065", "P007"}

func TestOnlyWhatCannotBeWrittenHasNoExample(t *testing.T) {
	t.Parallel()
	var got []string
	for _, code := range explain.Codes() {
		if page(t, code).Unshown != "" {
			got = append(got, code)
		}
	}
	if !slices.Equal(unshown, got) {
		t.Errorf("without example are %v, want %v", got, unshown)
	}
}

// The wrong example is reported under its code and under those the page names besides, the right one under none.
func TestExamplesHold(t *testing.T) {
	t.Parallel()
	eachPage(t, func(t *testing.T, p explain.Page) {
		if p.Unshown != "" {
			return
		}
		want := append([]string{p.Code}, p.Beside...)
		slices.Sort(want)
		if got, said := found(t, p, p.Wrong); !slices.Equal(got, want) {
			t.Errorf("the wrong example is reported under %v, want %v:\n%s", got, want, said)
		}
		if got, said := found(t, p, p.Right); len(got) > 0 {
			t.Errorf("the right example is reported under %v:\n%s", got, said)
		}
	})
}

// found loads an example as on 24/11/2026 and lists the codes of what is found, sorted, and what is said.
func found(t *testing.T, p explain.Page, example string) (codes []string, said string) {
	t.Helper()
	day, _ := value.DayNumber(2026, 11, 24)
	r, err := dsl.Load(bundleOf(t, p, example), dsl.Options{Day: day})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, d := range r.Diagnostics {
		codes = append(codes, d.Code)
		fmt.Fprintf(&out, "%s:%d:%d %s %s\n", d.Span.File, d.Span.Line, d.Span.Column, d.Code, d.Message.In(diag.Vietnamese))
	}
	slices.Sort(codes)
	return slices.Compact(codes), out.String()
}
