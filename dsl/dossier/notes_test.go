package dossier_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/dossier"
)

const noted = `luồng ghi "Ghi nguồn"
  # Nguồn: tên luồng [C S1]
  căn cứ "Nội quy"   hiệu lực 01/01/2026   rà soát 01/03/2027
  từ khóa "ghi nguồn"
  bắt đầu dau

# Nguồn: giấy thuê không công chứng (NĐ 154/2024 Đ5, NĐ 58/2026) [C S6]; tờ khai CT01 [C S8, C2 S1]; nộp ở đâu (Luật Cư trú) ;
# Cán bộ kiểm tra: còn đúng không [M].
bước dau
  | Xin chào.
  # nguon: viết không dấu [C S2].
  -> giua

# Nguồn: dòng này cách bước sau một dòng trống, nên thuộc bước trên [C S3]

# Nguồn gốc của bước này không phải là nguồn.
# Nguồn:
bước giua
  # Cán bộ kiểm tra: trong bước
  kết thúc đạt
`

func TestNotesOfSteps(t *testing.T) {
	t.Parallel()
	var got []dossier.Item
	for _, s := range dossier.Sheets(bound(t, map[string]string{"ghi.flow": noted}), day(t, 24, 11, 2026)) {
		for _, it := range s.Items {
			if it.Kind == dossier.Source || it.Kind == dossier.Note {
				it.Span.File, it.Span.Column, it.Span.EndColumn = "", 0, 0
				got = append(got, it)
			}
		}
	}
	source := func(line int, step, text, act, sure string) dossier.Item {
		it := dossier.Item{Kind: dossier.Source, Step: step, Text: text, Act: act, Sure: sure}
		it.Span.Line = line
		return it
	}
	note := func(line int, step, text string) dossier.Item {
		it := dossier.Item{Kind: dossier.Note, Step: step, Text: text}
		it.Span.Line = line
		return it
	}
	want := []dossier.Item{
		source(2, "", "tên luồng", "", "C S1"),
		source(7, "dau", "giấy thuê không công chứng", "NĐ 154/2024 Đ5, NĐ 58/2026", "C S6"),
		source(7, "dau", "tờ khai CT01", "", "C S8, C2 S1"),
		source(7, "dau", "nộp ở đâu", "Luật Cư trú", ""),
		source(11, "dau", "viết không dấu", "", "C S2"),
		source(14, "dau", "dòng này cách bước sau một dòng trống, nên thuộc bước trên", "", "C S3"),
		note(8, "dau", "còn đúng không [M]."),
		note(19, "giua", "trong bước"),
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Of the project's own flows: every part of a note of sources has a label of confidence and belongs to a step, and none that
// is only remembered is called a source: it is for the officer to look at.
func TestOwnSources(t *testing.T) {
	t.Parallel()
	loaded, err := dsl.Load(os.DirFS("../../flows"), dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, s := range dossier.Sheets(loaded.Bundle, day(t, 24, 11, 2026)) {
		for _, it := range s.Items {
			if it.Kind != dossier.Source {
				continue
			}
			n++
			if it.Step == "" || !strings.HasPrefix(it.Sure, "C") || strings.Contains(it.Sure, "M") {
				t.Errorf("%s:%d: %q has the step %q and the label %q", it.Span.File, it.Span.Line, it.Text, it.Step, it.Sure)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d sources are noted", n)
	}
}
