package dossier_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/bind"
	"hoithoai/dsl/dossier"
	"hoithoai/dsl/value"
)

const phi = `luồng phi "Lệ phí"
  căn cứ "Thông tư A"   hiệu lực 01/01/2026   rà soát 01/03/2027
  từ khóa "lệ phí"

dữ kiện
  muc    tiền 20.000   từ 01/01/2026   đến 31/12/2026   căn cứ "TT A [C2 S1]"
  muc    tiền chưa rõ  từ 01/01/2027                    căn cứ "hết giảm"
  han    số 7          từ 01/01/2026                    căn cứ "TT A [C S4]"

điều kiện
  con_muc   co(muc)

# Cán bộ kiểm tra: mức này còn đúng không.
bước noi
  khi con_muc | Lệ phí {muc}.
  | Hạn {han} ngày, nhắc lại: {han}.
  | Việc khác cán bộ sẽ xác nhận.
  # can bo kiem tra: viết không dấu cũng được
  # ghi chú thường
  kết thúc đạt
`

// bound is a bundle of one or more files with its names resolved.
func bound(t *testing.T, files map[string]string) *bind.Bundle {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	loaded, err := dsl.Load(fsys, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, found := bind.Bind(loaded.Files)
	if found.HasErrors() {
		t.Fatalf("the bundle does not bind: %v", found)
	}
	return b
}

func day(t *testing.T, d, m, y int) int64 {
	t.Helper()
	n, ok := value.DayNumber(y, m, d)
	if !ok {
		t.Fatalf("no such day %d/%d/%d", d, m, y)
	}
	return n
}

func TestFacts(t *testing.T) {
	t.Parallel()
	facts := dossier.Facts(bound(t, map[string]string{"phi.flow": phi}))
	if len(facts) != 2 || facts[0].Name != "han" || facts[1].Name != "muc" {
		t.Fatalf("facts are %+v", facts)
	}
	muc := facts[1]
	if muc.Kind != "tiền" || muc.File != "phi.flow" || len(muc.Periods) != 2 {
		t.Fatalf("muc is %+v", muc)
	}
	if p := muc.Periods[0]; p.Value != "20.000 đ" || p.Source != "TT A [C2 S1]" || p.To != day(t, 31, 12, 2026) {
		t.Errorf("its first period is %+v", p)
	}
	if p := muc.Periods[1]; p.Value != "" || p.To != value.LastDay {
		t.Errorf("its second period is %+v", p)
	}
	var uses []string
	for _, u := range append(facts[0].Uses, muc.Uses...) {
		uses = append(uses, u.Flow+"/"+u.Step+": "+u.Text)
	}
	want := []string{
		"phi/noi: Hạn {han} ngày, nhắc lại: {han}.",
		"phi/: con_muc   co(muc)",
		"phi/noi: Lệ phí {muc}.",
	}
	if d := cmp.Diff(want, uses); d != "" {
		t.Errorf("uses (-want +got):\n%s", d)
	}
}

func TestOnAndChanges(t *testing.T) {
	t.Parallel()
	muc := dossier.Facts(bound(t, map[string]string{"phi.flow": phi}))[1]
	tests := map[string]struct {
		on      int64
		value   string
		known   bool
		changes int64 // 0: never
	}{
		"before":         {day(t, 31, 12, 2025), "", false, day(t, 1, 1, 2026)},
		"first day":      {day(t, 1, 1, 2026), "20.000 đ", true, day(t, 1, 1, 2027)},
		"last day":       {day(t, 31, 12, 2026), "20.000 đ", true, day(t, 1, 1, 2027)},
		"the day after":  {day(t, 1, 1, 2027), "", true, 0},
		"long afterward": {day(t, 1, 1, 2050), "", true, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, ok := muc.On(tt.on)
			if ok != tt.known || p.Value != tt.value {
				t.Errorf("on that day: %q, %t", p.Value, ok)
			}
			next, ok := muc.Changes(tt.on)
			if ok != (tt.changes != 0) || next != tt.changes {
				t.Errorf("changes on %d (%t), want %d", next, ok, tt.changes)
			}
		})
	}
}

func TestSheets(t *testing.T) {
	t.Parallel()
	b := bound(t, map[string]string{"phi.flow": phi})
	kinds := func(on int64) []string {
		var out []string
		for _, s := range dossier.Sheets(b, on) {
			for _, it := range s.Items {
				out = append(out, s.Name+" "+[]string{"basis", "value", "unknown", "source", "note", "deferred"}[it.Kind]+" "+it.Text)
			}
		}
		return out
	}
	want := []string{
		"phi basis Thông tư A",
		"phi value han = 7 (TT A [C S4])",
		"phi value muc = 20.000 đ (TT A [C2 S1])",
		"phi note mức này còn đúng không.",
		"phi note viết không dấu cũng được",
		"phi deferred Việc khác cán bộ sẽ xác nhận.",
	}
	if d := cmp.Diff(want, kinds(day(t, 24, 11, 2026))); d != "" {
		t.Errorf("today (-want +got):\n%s", d)
	}
	want[2] = "phi unknown muc (hết giảm)"
	if d := cmp.Diff(want, kinds(day(t, 2, 1, 2027))); d != "" {
		t.Errorf("after the change (-want +got):\n%s", d)
	}
}

// Of the project's own flows: every fact has a source and a place that uses it, and every note of an author is on a sheet.
func TestOwnFlows(t *testing.T) {
	t.Parallel()
	loaded, err := dsl.Load(os.DirFS("../../flows"), dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := loaded.Bundle
	facts := dossier.Facts(b)
	if len(facts) < 40 {
		t.Fatalf("only %d facts", len(facts))
	}
	for _, f := range facts {
		if len(f.Uses) == 0 {
			t.Errorf("%s is used nowhere", f.Name)
		}
		for _, p := range f.Periods {
			if strings.TrimSpace(p.Source) == "" {
				t.Errorf("%s has a period without a source", f.Name)
			}
		}
	}
	written, listed := 0, 0
	for _, f := range loaded.Files {
		for _, c := range f.Comments {
			if strings.Contains(c.Text, "Cán bộ kiểm tra") {
				written++
			}
		}
	}
	for _, s := range dossier.Sheets(b, day(t, 24, 11, 2026)) {
		for _, it := range s.Items {
			if it.Kind == dossier.Note {
				listed++
			}
		}
	}
	if written == 0 || written != listed {
		t.Errorf("authors left %d notes, the sheets list %d", written, listed)
	}
}
