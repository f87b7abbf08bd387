package check

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/diag"

	"github.com/rogpeppe/go-internal/txtar"
)

// uses lists, as file:line, what the only P003 or P005 finding on the day of the tests points at.
func uses(t *testing.T, code string, files ...txtar.File) []string {
	t.Helper()
	found := only(Check(must(t, append(base(t), files...)), Options{Day: today(t)}), code)
	if len(found) != 1 {
		t.Fatalf("%d findings of %s, want one: %v", len(found), code, codes(found))
	}
	var out []string
	for _, r := range found[0].Related {
		if want := "Chỗ này dùng `phi`."; r.Message.VI != want {
			t.Errorf("it says %q, want %q", r.Message.VI, want)
		}
		out = append(out, fmt.Sprintf("%s:%d", r.Span.File, r.Span.Line))
	}
	return out
}

// usesPhi is a flow that reads the fact phi in every place an author can write it; the lines that do not are numbered as well.
const usesPhi = `luồng thu "Luồng thử"
  căn cứ "Luật mẫu" hiệu lực 01/07/2026 rà soát 01/03/2027
  từ khóa "luồng thử"

dữ liệu
  so số 1..9 "Số tờ"

điều kiện
  dat phi > 9000
  nhieu so > 3

bước a
  | Lệ phí {phi}.
  | Không nói gì tới lệ phí.
  khi dat | Hơi cao.
  bảng
    * Một tờ: {phi}
    * Hai tờ: {phi * 2}
  | Mấy tờ?
  hỏi so
  -> b
  trợ giúp
    | Phí {phi} một tờ.

bước b
  nếu phi > 5000 -> c
  còn lại -> d

bước c
  khi nhieu | Nhiều tờ.
  kết thúc đạt

bước d
  | Xong.
  kết thúc đạt
`

func TestUsesOfAFact(t *testing.T) {
	t.Parallel()
	facts := func(line string) txtar.File {
		return flow("so_lieu", "chung so_lieu\n  căn cứ \"A\" hiệu lực 01/01/2026\n\ndữ kiện\n  khac số 3 căn cứ \"A\"\n"+line)
	}
	other := flow("khac", "luồng khac \"Khác\"\n  căn cứ \"A\" hiệu lực 01/01/2026\n  từ khóa \"khác\"\n\nbước a\n  | Có {khac} tờ.\n  kết thúc đạt\n")
	want := []string{"thu.flow:9", "thu.flow:13", "thu.flow:17", "thu.flow:18", "thu.flow:23", "thu.flow:26"}
	t.Run("no value", func(t *testing.T) {
		t.Parallel()
		got := uses(t, "P003", facts("  phi tiền 7.000 đến 31/12/2025 căn cứ \"A\"\n"), other, flow("thu", usesPhi))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("uses (-want +got):\n%s", diff)
		}
	})
	t.Run("ends soon", func(t *testing.T) {
		t.Parallel()
		got := uses(t, "P005", facts("  phi tiền 7.000 đến 30/11/2026 căn cứ \"A\"\n"), other, flow("thu", usesPhi))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("uses (-want +got):\n%s", diff)
		}
	})
}

// A sentence of a chung file is compiled into every flow and named once.
func TestUsesInAChungFileAreNamedOnce(t *testing.T) {
	t.Parallel()
	shared := flow("so_lieu", `chung so_lieu
  căn cứ "A" hiệu lực 01/01/2026

dữ kiện
  phi tiền chưa rõ căn cứ "A"

mọi bước
  im lặng 30 phút
    | Lệ phí {phi}. Anh/chị còn đó không?
`)
	body := "\n  căn cứ \"A\" hiệu lực 01/01/2026\n  từ khóa \"%s\"\n\nbước a\n  | Chào.\n  [Xong] -> b\n\nbước b\n  kết thúc đạt\n"
	one, two := flow("mot", "luồng mot \"Một\""+fmt.Sprintf(body, "mot")), flow("hai", "luồng hai \"Hai\""+fmt.Sprintf(body, "hai"))
	if diff := cmp.Diff([]string{"so_lieu.flow:9"}, uses(t, "P003", shared, one, two)); diff != "" {
		t.Errorf("uses (-want +got):\n%s", diff)
	}
}

// What depends on the day is an error only where the caller asks for that day.
func TestStrict(t *testing.T) {
	t.Parallel()
	dated := []string{"P002", "P003", "P005"}
	for _, code := range dated {
		b := must(t, sources(t, corpus+"/"+code+"/wrong.flow"))
		for _, d := range only(Check(b, Options{Day: today(t), Strict: true}), code) {
			if d.Severity != diag.Error {
				t.Errorf("%s is a %s on a day that was asked for", code, d.Severity)
			}
		}
	}
	b := must(t, sources(t, corpus+"/P006/wrong.flow"))
	for _, d := range only(Check(b, Options{Day: today(t), Strict: true}), "P006") {
		if d.Severity != diag.Warning {
			t.Errorf("P006 does not depend on a day and is a %s", d.Severity)
		}
	}
}
