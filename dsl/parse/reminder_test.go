package parse_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/parse"
)

// TestConditionsInReminders: a button of a reminder may depend on a condition, in mọi bước as in a step; its sentences may not.
func TestConditionsInReminders(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		lines string
		want  []string // the conditions of the buttons, "" for none
		code  string   // of the only finding
	}{
		"a button":            {"    | Này.\n    khi tre [Đi]   -> het\n    [Về]   -> het\n", []string{"tre", ""}, ""},
		"two of one":          {"    | Này.\n    khi tre [Đi]   -> het\n    khi tre [Về]   -> het\n", []string{"tre", "tre"}, ""},
		"a sentence":          {"    | Này.\n    khi tre | Trẻ.\n    [Về]   -> het\n", []string{""}, "C045"},
		"without a name":      {"    | Này.\n    khi [Đi]   -> het\n", nil, "C034"},
		"a button that fails": {"    | Này.\n    khi tre [Đi]\n", nil, "C003"},
	}
	for name, tt := range tests {
		for place, head := range map[string]string{"mọi bước": "mọi bước\n", "a step": "bước dau\n  | A?\n  [B]   -> het\n"} {
			t.Run(name+" in "+place, func(t *testing.T) {
				t.Parallel()
				file, found := parse.File("thu.flow", []byte("luồng thu \"Thử\"\n\n"+head+"  im lặng 5 phút\n"+tt.lines+"\nbước het\n  kết thúc đạt\n"))
				if tt.code == "" && len(found) > 0 || tt.code != "" && (len(found) != 1 || found[0].Code != tt.code) {
					t.Fatalf("findings are %+v, want %q", found, tt.code)
				}
				silences := file.Steps[0].Silences
				if file.Always != nil {
					silences = file.Always.Silences
				}
				var got []string
				for _, b := range silences[0].Buttons {
					when := ""
					if b.When != nil {
						when = b.When.Text
					}
					got = append(got, when)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("conditions (-want +got):\n%s", diff)
				}
			})
		}
	}
}
