package skeleton_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/dsl/skeleton"
	"hoithoai/dsl/value"
	"hoithoai/runtime/rehearsal"
)

func today(t testing.TB) int64 {
	t.Helper()
	day, ok := value.DayNumber(2026, 11, 24)
	if !ok {
		t.Fatal("24/11/2026 is no day")
	}
	return day
}

// bundle loads flows with the chung file that comes along.
func bundle(t testing.TB, flows ...skeleton.Flow) dsl.Result {
	t.Helper()
	files := fstest.MapFS{"chung.flow": {Data: []byte(skeleton.Shared("chung", today(t)))}}
	for _, f := range flows {
		files[f.Name+".flow"] = &fstest.MapFile{Data: []byte(f.Text())}
		files[f.Name+"_test.flow"] = &fstest.MapFile{Data: []byte(f.Transcript())}
	}
	r, err := dsl.Load(files, dsl.Options{Day: today(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diagnostics {
		t.Errorf("%s:%d: %s %s", d.Span.File, d.Span.Line, d.Code, d.Message.VI)
	}
	return r
}

// Whatever it is called, a new flow has no finding and passes its transcript.
func TestANewFlowIsRight(t *testing.T) {
	t.Parallel()
	for name, title := range map[string]string{
		"tam_vang": "Tạm vắng", "a": "A", "xe_2": "Đăng ký xe (biển số)", "dai": strings.Repeat("Dài ", 14) + "d", "hoi": "Hỏi: ai, ở đâu?",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !skeleton.Titled(title) {
				t.Fatalf("%q is no title", title)
			}
			r := bundle(t, skeleton.Flow{Name: name, Title: title, Keyword: strings.ToLower(title), Day: today(t)})
			if r.Program == nil || len(r.Tests) != 1 || len(r.Tests[0].Tests) != 2 {
				t.Fatalf("a program: %v, transcripts: %d", r.Program != nil, len(r.Tests))
			}
			plays := rehearsal.Of(r.Program)
			for _, test := range r.Tests[0].Tests {
				for _, f := range plays.Run(office.Demo(), r.Tests[0], test, false).Failures {
					t.Errorf("%s, line %d: %s", test.Title.Text, f.Span.Line, f.Message.VI)
				}
			}
		})
	}
}

func TestNewFlowsStandBesideEachOther(t *testing.T) {
	t.Parallel()
	bundle(t,
		skeleton.Flow{Name: "tam_vang", Title: "Tạm vắng", Keyword: "tạm vắng", Day: today(t)},
		skeleton.Flow{Name: "luu_tru", Title: "Lưu trú", Keyword: "lưu trú", Day: today(t)})
}

// Nothing is left unfilled, and the texts end like files.
func TestTextsAreFilled(t *testing.T) {
	t.Parallel()
	f := skeleton.Flow{Name: "tam_vang", Title: "Tạm vắng", Keyword: "vắng nhà", Day: today(t)}
	for name, text := range map[string]string{"flow": f.Text(), "transcript": f.Transcript(), "shared": skeleton.Shared("chung", f.Day)} {
		if strings.ContainsAny(text, "«»\t\r") || !strings.HasSuffix(text, "\n") || strings.Contains(text, "\n\n\n") {
			t.Errorf("%s reads:\n%s", name, text)
		}
	}
	for _, part := range []string{"luồng tam_vang \"Tạm vắng\"", "từ khóa \"vắng nhà\"", "hiệu lực 24/11/2026   rà soát 23/05/2027"} {
		if !strings.Contains(f.Text(), part) {
			t.Errorf("the flow lacks %q", part)
		}
	}
	if !strings.Contains(f.Transcript(), "hôm nay 24/11/2026") {
		t.Error("the transcript plays on another day")
	}
}

func TestTitled(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]bool{
		"Tạm vắng": true, "12 điều": true, "": false, "  ": false, "a\nb": false, `a"b`: false, "a{b}": false, "[A]": false, "a|b": false,
		"“A”": false, strings.Repeat("a", 60): true, strings.Repeat("a", 61): false, strings.Repeat("ấ", 60): true,
	} {
		if got := skeleton.Titled(title); got != want {
			t.Errorf("Titled(%q) = %v", title, got)
		}
	}
}

func ExampleFlow_Text() {
	f := skeleton.Flow{Name: "tam_vang", Title: "Tạm vắng", Keyword: "tạm vắng", Day: 20781}
	for line := range strings.Lines(f.Text()) {
		if strings.HasPrefix(line, "luồng") || strings.HasPrefix(line, "bước") {
			fmt.Print(line)
		}
	}
	// Output:
	// luồng tam_vang "Tạm vắng"
	// bước dau
	// bước re_nhanh
	// bước chuan_bi
	// bước gap_nguoi
}
