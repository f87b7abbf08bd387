package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/flows"
)

// asOf checks the project's flows as on a day, as `hoithoai check --as-of` does.
func asOf(t *testing.T, d, m, y int) dsl.Result {
	t.Helper()
	day, ok := value.DayNumber(y, m, d)
	if !ok {
		t.Fatalf("no such day %d/%d/%d", d, m, y)
	}
	loaded, err := dsl.Load(flows.FS, dsl.Options{Day: day, Ahead: -1, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// findings writes every finding as its code, the fact or the basis it names, and the flow and the step of every place it
// points at.
func findings(loaded dsl.Result) []string {
	files := map[string]*tree.File{}
	for _, f := range loaded.Files {
		files[f.Path] = f
	}
	var out []string
	for _, d := range loaded.Diagnostics {
		var at []string
		for _, r := range d.Related {
			at = append(at, stepOrCondition(files[r.Span.File], r.Span.Line))
		}
		slices.Sort(at)
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", d.Code, subject(files[d.Span.File], d.Span), strings.Join(slices.Compact(at), " "))))
	}
	slices.Sort(out)
	return out
}

// subject is the name of the fact on a line, or the file and the text of the basis.
func subject(f *tree.File, at diag.Span) string {
	for _, fact := range f.Facts {
		if fact.Span.Line == at.Line {
			return fact.Name.Text
		}
	}
	for _, b := range f.Bases {
		if b.Span.Line == at.Line {
			return f.Name.Text + " " + b.Text.Text
		}
	}
	return fmt.Sprintf("%s:%d", f.Path, at.Line)
}

// stepOrCondition is the step that holds a line, or the condition on it.
func stepOrCondition(f *tree.File, line int) string {
	for _, c := range f.Conditions {
		if c.Name.Span.Line == line {
			return f.Name.Text + "?" + c.Name.Text
		}
	}
	name := ""
	for _, s := range f.Steps {
		if s.Span.Line <= line {
			name = s.Name.Text
		}
	}
	return f.Name.Text + "/" + name
}

// The three fees whose reduction ends on 31/12/2026 and where they are said.
var feesOfJanuary = []string{
	"P003 phi_cap_lai can_cuoc_cap_lai/thoi_han chung_can_cuoc?con_giam_lai chung_can_cuoc?het_giam_lai",
	"P003 phi_doi_cccd can_cuoc_cap_doi/nop_o_dau chung_can_cuoc?con_giam_doi chung_can_cuoc?het_giam_doi",
	"P003 phi_doi_the can_cuoc_cap_doi/nop_o_dau chung_can_cuoc?con_giam_doi chung_can_cuoc?het_giam_doi",
}

// TestNothingEndsToday: on the day the flows were written, and on the last day of the reduced fees, there is nothing to say.
func TestNothingEndsToday(t *testing.T) {
	t.Parallel()
	for _, d := range [][3]int{{24, 11, 2026}, {31, 12, 2026}} {
		if got := findings(asOf(t, d[0], d[1], d[2])); len(got) > 0 {
			t.Errorf("on %v: %v", d, got)
		}
	}
}

// TestFeesOfJanuary: the day after the new year exactly the three fees are to be confirmed, with the sentences that use them.
func TestFeesOfJanuary(t *testing.T) {
	t.Parallel()
	for _, d := range [][3]int{{1, 1, 2027}, {2, 1, 2027}, {28, 2, 2027}} {
		if diff := cmp.Diff(feesOfJanuary, findings(asOf(t, d[0], d[1], d[2]))); diff != "" {
			t.Errorf("on %v (-want +got):\n%s", d, diff)
		}
	}
}

// TestFeesAndReviewsOfMarch: on 02/03/2027 the fee of online filing as well, every basis whose review was due on 01/03/2027,
// and nothing else.
func TestFeesAndReviewsOfMarch(t *testing.T) {
	t.Parallel()
	loaded := asOf(t, 2, 3, 2027)
	want := append([]string{
		"P003 phi_doi_truc_tuyen can_cuoc_cap_doi/nop_o_dau can_cuoc_cap_lai/thoi_han chung_can_cuoc?het_truc_tuyen chung_can_cuoc?mien_truc_tuyen",
	}, feesOfJanuary...)
	due := tree.Date{Day: 1, Month: 3, Year: 2027}
	for _, f := range loaded.Files {
		for _, b := range f.Bases {
			if r := b.Review; r != nil && r.Day == due.Day && r.Month == due.Month && r.Year == due.Year {
				want = append(want, "P002 "+f.Name.Text+" "+b.Text.Text)
			}
		}
	}
	slices.Sort(want)
	if len(want) < 30 {
		t.Fatalf("only %d reviews are due", len(want))
	}
	if diff := cmp.Diff(want, findings(loaded)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, d := range loaded.Diagnostics {
		if d.Severity != diag.Error {
			t.Errorf("%s is no error", d.Message.VI)
		}
	}
}
