package parse_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
)

// consentStep parses one step with the given lines below its sentence.
func consentStep(t *testing.T, lines string) (*tree.Step, []string) {
	t.Helper()
	src := "luồng a \"A\"\n\nbước xin\n  | Tôi ghi để xem.\n" + lines + "\nbước x\n  | Vâng.\n  kết thúc đạt\n"
	f, found := parse.File("a.flow", []byte(src))
	var codes []string
	for _, d := range found {
		codes = append(codes, d.Code)
	}
	return f.Steps[0], codes
}

func TestConsent(t *testing.T) {
	t.Parallel()
	for _, lines := range []string{
		"  đồng ý ghi bản 12\n  có      -> x\n  không   -> quay lại\n",
		"  đồng ý ghi bản 12\n  không   -> quay lại\n  có -> x\n",
		"  đồng ý ghi bản 12 có -> x không -> quay lại\n",
		"  ĐỒNG Ý ghi bản 12\n  Có -> x\n  Không -> quay lại\n",
	} {
		step, codes := consentStep(t, lines)
		if len(codes) > 0 {
			t.Errorf("%q is reported: %v", lines, codes)
			continue
		}
		e := step.End
		if e.Kind != tree.Agree || e.Consent.Text != "ghi" || e.Version != 12 || !e.Waits() || len(e.Buttons) != 2 {
			t.Errorf("%q became %+v", lines, e)
			continue
		}
		if a, b := e.Buttons[0], e.Buttons[1]; a.Label.Text != tree.LabelAgree || a.Target.Name.Text != "x" ||
			b.Label.Text != tree.LabelRefuse || b.Target.Kind != tree.ToBack {
			t.Errorf("%q leads to %+v and %+v", lines, a, b)
		}
	}
}

func TestConsentMistakes(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string][]string{
		"  dong y ghi ban 1\n  co -> x\n  khong -> x\n":                   {"C001", "C001", "C001", "C001"},
		"  đồng ý ghi bản 1\n  có -> x\n":                                 {"C058"},
		"  đồng ý ghi bản 1\n  không -> x\n":                              {"C058"},
		"  đồng ý ghi bản 1\n":                                            {"C058"},
		"  đồng ý ghi bản 0\n  có -> x\n  không -> x\n":                   {"C012"},
		"  đồng ý ghi bản một\n  có -> x\n  không -> x\n":                 {"C012"},
		"  đồng ý ghi\n  có -> x\n  không -> x\n":                         {"C052"},
		"  đồng ý ghi bản 1\n  có -> x\n  có -> x\n  không -> x\n":        {"C019"},
		"  đồng ý ghi bản 1\n  có -> x\n  không -> x\n  kết thúc đạt\n":   {"C004"},
		"  đồng ý ghi bản 1\n  có -> x\n  không -> x\n  sai | Chưa rõ.\n": {"C056"},
		"  có -> x\n  không -> x\n  kết thúc đạt\n":                       {"C056"},
		"  Không có gì đâu.\n  kết thúc đạt\n":                            {"C025"},
	} {
		_, codes := consentStep(t, lines)
		if diff := cmp.Diff(want, codes); diff != "" {
			t.Errorf("%q (-want +got):\n%s", lines, diff)
		}
	}
}

func TestNobodyWaitsAtNoEnding(t *testing.T) {
	t.Parallel()
	var none *tree.Ending
	if none.Waits() {
		t.Error("a step without an ending waits")
	}
}
