package format_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCommentPlaces: a comment stands with the line below it; before a blank line or the end it stands with what is above.
func TestCommentPlaces(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ src, want string }{
		"above a step": {
			"bước a\n-> b\n    # Bước sau.\nbước b\n-> a",
			"bước a\n  -> b\n\n# Bước sau.\nbước b\n  -> a\n",
		},
		"at the end of a step": {
			"bước a\n-> b\n# Hết bước.\n\nbước b\n-> a",
			"bước a\n  -> b\n  # Hết bước.\n\nbước b\n  -> a\n",
		},
		"between two steps": {
			"bước a\n-> b\n\n   # Phần hai.\n\n\nbước b\n-> a",
			"bước a\n  -> b\n\n# Phần hai.\n\nbước b\n  -> a\n",
		},
		"below a heading": {
			"bước a\n\n# Chào.\n| Chào.\n-> b",
			"bước a\n  # Chào.\n  | Chào.\n  -> b\n",
		},
		"above a nested line": {
			"bước a\ntrợ giúp\n# Câu một.\n\n| Một.\n-> b",
			"bước a\n  -> b\n  trợ giúp\n    # Câu một.\n    | Một.\n",
		},
		"at the end of the file": {
			"chung a\ntác vụ b()\n# Hết.",
			"chung a\n\ntác vụ b()\n# Hết.\n",
		},
		"in a table": {
			"chung a\ndữ kiện\nphi tiền 1 căn cứ \"A\"\n# Hai.\nphi_hai tiền 20 căn cứ \"B\"",
			"chung a\n\ndữ kiện\n  phi       tiền 1    căn cứ \"A\"\n  # Hai.\n  phi_hai   tiền 20   căn cứ \"B\"\n",
		},
		"a blank line parts a table": {
			"chung a\ndữ kiện\nphi tiền 1 căn cứ \"A\"\n\nphi_hai tiền 20 căn cứ \"B\"",
			"chung a\n\ndữ kiện\n  phi   tiền 1   căn cứ \"A\"\n\n  phi_hai   tiền 20   căn cứ \"B\"\n",
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := laidOut(t, "a.flow", []byte(tc.src))
			if diff := cmp.Diff(tc.want, string(r.Text)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}
