package dsl_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"
)

const wardFlow = `luồng noi_o "Nơi ở"
  căn cứ "Thử"   hiệu lực 01/07/2025
  từ khóa "nơi ở"

dữ liệu
  noi   phường   "Phường"

bước mot
  | Phường nào?
  hỏi noi
  -> hai

bước hai
  | Anh/chị ở {noi}.
  kết thúc đạt
`

// wardBundle loads the flow with files of a catalogue beside it.
func wardBundle(t *testing.T, files map[string]string) dsl.Result {
	t.Helper()
	fsys := fstest.MapFS{"noi_o.flow": {Data: []byte(wardFlow)}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	res, err := dsl.Load(fsys, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func wardSlot(t *testing.T, p *program.Program) value.Type {
	t.Helper()
	if p == nil {
		t.Fatal("the bundle has errors")
	}
	for _, f := range p.Flows {
		if f.Name == "noi_o" {
			return f.Slots[0].Type
		}
	}
	t.Fatal("no flow noi_o")
	return value.Type{}
}

func readWard(t *testing.T, p *program.Program, text string) string {
	t.Helper()
	v, problem := wardSlot(t, p).ReadText(text, value.Context{})
	if problem != nil {
		return problem.Kind.String()
	}
	return v.S
}

func TestPhuongNeedsNothing(t *testing.T) {
	t.Parallel()
	res := wardBundle(t, nil)
	if res.Diagnostics.HasErrors() {
		t.Fatal(res.Diagnostics)
	}
	if got := readWard(t, res.Program, "phường hiệp thành q12"); got != "26782" {
		t.Errorf("read %s", got)
	}
	if diff := cmp.Diff(string(ward.Source()), string(res.Sources[ward.Path])); diff != "" {
		t.Errorf("the catalogue in the sources differs:\n%s", diff)
	}
}

// TestCatalogueOnlyWhereAsked: a bundle that asks for no phường is not another program because the catalogue changed.
func TestCatalogueOnlyWhereAsked(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"noi_o.flow": {Data: []byte(strings.ReplaceAll(wardFlow, "noi   phường", "noi   chữ"))}, ward.Path: {Data: []byte("sai")}}
	res, err := dsl.Load(fsys, dsl.Options{})
	if err != nil || res.Diagnostics.HasErrors() {
		t.Fatal(err, res.Diagnostics)
	}
	if _, ok := res.Sources[ward.Path]; ok || len(res.Sources) != 1 {
		t.Errorf("sources of a bundle without phường: %d, %v", len(res.Sources), ok)
	}
}

func TestOwnCatalogue(t *testing.T) {
	t.Parallel()
	whole := wardBundle(t, map[string]string{ward.Path: "1 | Phường Một | Phường A, Quận 1\n2 | Phường Hai\n"}).Program
	more := wardBundle(t, map[string]string{ward.MorePath: "26773 | | Xóm Gà\n99999 | Phường Thêm\n"}).Program
	for _, c := range []struct {
		p        *program.Program
		in, want string
	}{
		{whole, "p. A", "1"}, {whole, "hai", "2"}, {whole, "thới an", "not understood"},
		{more, "xóm gà", "26773"}, {more, "thới an", "26773"}, {more, "phường thêm", "99999"},
	} {
		if got := readWard(t, c.p, c.in); got != c.want {
			t.Errorf("%q reads as %s, want %s", c.in, got, c.want)
		}
	}
}

func TestWrongCatalogue(t *testing.T) {
	t.Parallel()
	res := wardBundle(t, map[string]string{ward.MorePath: "26773 | | Xóm Gà\nXóm Củi\n"})
	if res.Program != nil || !res.Diagnostics.HasErrors() {
		t.Fatalf("%v", res.Diagnostics)
	}
	d := res.Diagnostics[0] // by file: danh_muc comes first
	if d.Code != ward.CodeLine || d.Span.File != ward.MorePath || d.Span.Line != 2 {
		t.Errorf("%+v", d)
	}
}

// TestPinnedProgramKeepsItsCatalogue: what is packed compiles to the same program whatever catalogue the binary has by then; a
// changed catalogue is another program, and of the same shape where units stay.
func TestPinnedProgramKeepsItsCatalogue(t *testing.T) {
	t.Parallel()
	old := wardBundle(t, map[string]string{ward.Path: "1 | Phường Một\n2 | Phường Hai\n"})
	renamed := wardBundle(t, map[string]string{ward.Path: "1 | Phường Một | Xóm Gà\n2 | Phường Hai\n"})
	grown := wardBundle(t, map[string]string{ward.Path: "1 | Phường Một\n2 | Phường Hai\n3 | Phường Ba\n"})
	builtIn := wardBundle(t, nil)
	hashes := map[string]bool{}
	for _, r := range []dsl.Result{old, renamed, grown, builtIn} {
		wardSlot(t, r.Program)
		hashes[r.Program.Hash] = true
		fsys, err := dsl.Unpack(dsl.Pack(r.Sources))
		if err != nil {
			t.Fatal(err)
		}
		again, err := dsl.Load(fsys, dsl.Options{Accepted: true})
		if err != nil || again.Program == nil || again.Program.Hash != r.Program.Hash {
			t.Fatalf("a packed bundle compiles to another program: %v %v", err, again.Diagnostics)
		}
		if diff := cmp.Diff(wardSlot(t, r.Program).Options, wardSlot(t, again.Program).Options); diff != "" {
			t.Errorf("wards (-published +restored):\n%s", diff)
		}
	}
	if len(hashes) != 4 {
		t.Errorf("%d hashes of 4 catalogues", len(hashes))
	}
	if old.Program.Shape() != renamed.Program.Shape() {
		t.Error("an old name that was added keeps sessions from the new program")
	}
	if old.Program.Shape() == grown.Program.Shape() {
		t.Error("another unit does not change the shape")
	}
}

// TestWardOutlivesItsCatalogue: a stored code that the catalogue lost is still shown.
func TestWardOutlivesItsCatalogue(t *testing.T) {
	t.Parallel()
	typ := wardSlot(t, wardBundle(t, map[string]string{ward.Path: "1 | Phường Một\n"}).Program)
	if got := typ.Show(value.Value{Kind: value.Ward, S: "26773"}); got != "26773" {
		t.Errorf("shown as %q", got)
	}
}
