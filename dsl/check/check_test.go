package check

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

func TestNothingToCheck(t *testing.T) {
	t.Parallel()
	b, _ := bind.Bind(nil)
	if found := Check(b, Options{Day: today(t)}); len(found) > 0 {
		t.Errorf("an empty bundle is found fault with: %s", written(found))
	}
}

// The flows we ship must pass as a running service loads them, and on the day they were written.
func TestOurFlowsPass(t *testing.T) {
	t.Parallel()
	root := os.DirFS("../../flows")
	var files []txtar.File
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".flow") || strings.HasSuffix(path, "_test.flow") {
			return err
		}
		data, err := fs.ReadFile(root, path)
		files = append(files, txtar.File{Name: path, Data: data})
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no flows found: %v", err)
	}
	b := must(t, files)
	for _, day := range []int64{0, today(t)} {
		for _, d := range Check(b, Options{Day: day}) {
			if d.Severity == diag.Error {
				t.Errorf("on day %d:\n%s", day, written(diag.List{d}))
			}
		}
	}
}

func TestTimingTellsEveryRuleInOrder(t *testing.T) {
	t.Parallel()
	clock := time.Unix(0, 0)
	var told []string
	Check(must(t, base(t)), Options{
		Clock: func() time.Time { clock = clock.Add(time.Millisecond); return clock },
		Timing: func(rule Rule, took time.Duration) {
			told = append(told, rule.Code)
			if took != time.Millisecond {
				t.Errorf("%s took %v by a clock that moves a millisecond a look", rule.Code, took)
			}
		},
	})
	var want []string
	for _, rule := range Rules() {
		want = append(want, rule.Code)
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("told rules differ (-want +got):\n%s", diff)
	}
}

func TestTimingWithoutClock(t *testing.T) {
	t.Parallel()
	n := 0
	Check(must(t, base(t)), Options{Timing: func(_ Rule, took time.Duration) {
		n++
		if took != 0 {
			t.Errorf("time passed without a clock: %v", took)
		}
	}})
	if n != len(Rules()) {
		t.Errorf("told of %d rules, want %d", n, len(Rules()))
	}
}

// Without a day nothing depends on a date; with one, the rules that do are the only ones to say more.
func TestOnlyADayBringsDatedFindings(t *testing.T) {
	t.Parallel()
	dated := []string{"P002", "P003", "P005"}
	for _, code := range dated {
		b := must(t, sources(t, corpus+"/"+code+"/wrong.flow"))
		without, with := Check(b, Options{}), Check(b, Options{Day: today(t)})
		for _, d := range without {
			if slices.Contains(dated, d.Code) {
				t.Errorf("%s without a day: %s", code, d.Message.EN)
			}
		}
		if len(only(with, code)) == 0 {
			t.Errorf("%s says nothing on its day", code)
		}
		for _, d := range with {
			if slices.Contains(dated, d.Code) && d.Severity != diag.Warning {
				t.Errorf("%s depends on a date and is no warning", d.Code)
			}
		}
	}
}

func TestAhead(t *testing.T) {
	t.Parallel()
	b := must(t, sources(t, corpus+"/P005/wrong.flow")) // the fact ends thirty days after the day of the tests
	for _, tt := range []struct {
		ahead int64
		want  int
	}{{0, 1}, {30, 1}, {29, 0}, {31, 2}, {400, 2}, {-1, 0}} {
		if got := len(only(Check(b, Options{Day: today(t), Ahead: tt.ahead}), "P005")); got != tt.want {
			t.Errorf("Ahead %d: %d facts expire, want %d", tt.ahead, got, tt.want)
		}
	}
}

func TestLimitsAreTheCallers(t *testing.T) {
	t.Parallel()
	text := `luồng thu "Thử"
  căn cứ "Luật" hiệu lực 01/01/2026
  bắt đầu a

bước a
  | Anh/chị cần gì?
  [Xem giấy tờ] -> b
  [Xem lệ phí] -> b
  im lặng 30 phút
    | Anh/chị còn đó không?

bước b
  tệp "mau/a.pdf" "Mẫu tờ khai"
  | Chào.
  kết thúc đạt
`
	b := must(t, append(base(t), flow("thu", text)))
	tight := func(change func(*Limits)) Options {
		limits := DefaultLimits()
		change(&limits)
		return Options{Limits: limits, Sizes: map[string]int64{"mau/a.pdf": 1000}}
	}
	tests := []struct {
		name string
		opts Options
		want string
	}{
		{"default", tight(func(*Limits) {}), ""},
		{"two messages", tight(func(l *Limits) { l.Compose = 50 }), "warning Z001"},
		{"three messages", tight(func(l *Limits) { l.Compose = 20 }), "error Z001, warning Z001"},
		{"label shown", tight(func(l *Limits) { l.LabelShown = 10 }), "warning Z002"},
		{"label", tight(func(l *Limits) { l.Label, l.LabelShown = 10, 10 }), "error Z002"},
		{"choices", tight(func(l *Limits) { l.Choices = 1 }), "error Z003"},
		{"free", tight(func(l *Limits) { l.Free = time.Minute }), "warning Z004"},
		{"window", tight(func(l *Limits) { l.Window, l.Free = time.Minute, time.Minute }), "error Z004"},
		{"file", tight(func(l *Limits) { l.FileSize = 999 }), "error Z005"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			said := map[string]bool{}
			for _, d := range Check(b, tt.opts) {
				said[string(d.Severity)+" "+d.Code] = true
			}
			if got := strings.Join(keys(said), ", "); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// A line that could not be read has been reported; nothing is said of what it may have held.
func TestBrokenLinesHaveNoConsequences(t *testing.T) {
	t.Parallel()
	whole := `luồng thu "Thử"
  căn cứ "Luật" hiệu lực 01/01/2026
  bắt đầu a

dữ liệu
  ten chữ 1..50 "Tên"

bước a
  | Tên anh/chị là gì?
  hỏi ten
  -> b

bước b
  | Chào {ten}.
  [Xong] -> c
  [Nữa] -> a

bước c
  | Chào anh/chị.
  kết thúc đạt
`
	tests := []struct{ name, from, to string }{
		{"ending of the start", "  -> b\n", "  đi tới b\n"},
		{"button", "[Xong] -> c", "[Xong] tới c"},
		{"unknown step", "[Xong] -> c", "[Xong] -> d"},
		{"ending of the end", "  kết thúc đạt\n", "  kết thúc tốt\n"},
		{"unknown start", "bắt đầu a", "bắt đầu z"},
		{"question", "  | Tên anh/chị là gì?\n", "  Tên anh/chị là gì?\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(whole, tt.from, tt.to, 1)
			b, found := read(t, append(base(t), flow("thu", text))...)
			if len(found) == 0 {
				t.Fatal("the broken line is not reported at all")
			}
			if list := Check(b, Options{}); len(list) > 0 {
				t.Errorf("consequences are reported:\n%s", written(list))
			}
		})
	}
}

func TestCheckChangesNothing(t *testing.T) {
	t.Parallel()
	b := must(t, sources(t, corpus+"/G007/wrong.flow"))
	first := written(Check(b, Options{Day: today(t)}))
	if diff := cmp.Diff(string(first), string(written(Check(b, Options{Day: today(t)})))); diff != "" {
		t.Errorf("a second check differs (-first +second):\n%s", diff)
	}
}

func ExampleCheck() {
	text := `luồng hen "Hẹn ngày"
  căn cứ "Quy chế tiếp dân" hiệu lực 01/01/2026
  bắt đầu chon

dữ liệu
  ngay ngày "Ngày hẹn"

bước chon
  | Anh/chị muốn hẹn ngày không?
  [Hẹn ngày] -> hoi
  [Xem lại]  -> xem

bước hoi
  | Ngày nào?
  hỏi ngay
  -> xem

bước xem
  | Đã hẹn {ngay}.
  kết thúc đạt
`
	b, _ := read(new(testing.T), flow("hen", text))
	for _, d := range Check(b, Options{}) {
		if d.Severity == diag.Error {
			fmt.Printf("%d:%d %s %s\n%s\n", d.Span.Line, d.Span.Column, d.Code, d.Message.VI, d.Fix.VI)
		}
	}
	// Output:
	// 19:12 G007 `ngay` có thể chưa có ở bước `xem`: đi từ bước `chon` qua [Xem lại] tới `xem` thì chưa có.
	// Hỏi `ngay` trên mọi đường tới đây, hoặc đặt sau `nếu co(ngay)`.
}

func ExampleRules() {
	for _, rule := range Rules()[:3] {
		fmt.Println(rule.Code, rule.Name+":", rule.Summary.VI)
	}
	// Output:
	// G001 unreachable: Bước nào cũng có đường dẫn tới.
	// G002 dead-end: Từ bước nào cũng tới được chỗ kết thúc, người thật hay luồng khác.
	// G003 coverage: Các nhánh bao hết mọi trường hợp, không thì có `còn lại`.
}

// long is a flow of n steps in a line, as a procedure is: questions, sentences with what was answered, a branch now and then.
func long(n int) string {
	var b strings.Builder
	b.WriteString("luồng dai \"Luồng dài\"\n  căn cứ \"Luật\" hiệu lực 01/01/2026\n  bắt đầu s0\n\ndữ liệu\n")
	for i := range 60 {
		fmt.Fprintf(&b, "  x%d số 0..99 \"Số %d\"\n", i, i)
	}
	for i := range n - 1 {
		fmt.Fprintf(&b, "\nbước s%d\n  | Bước này nói một câu dài vừa phải cho người dân đọc.\n", i)
		switch {
		case i < 60:
			fmt.Fprintf(&b, "  hỏi x%d\n  -> s%d\n", i, i+1)
		case i%10 == 0:
			fmt.Fprintf(&b, "  nếu x%d < 50 -> s%d\n  còn lại -> s%d\n", i%60, i+1, min(i+5, n-1))
		case i%3 == 0:
			fmt.Fprintf(&b, "  | Đã ghi {x%d}.\n  [Tiếp] -> s%d\n  [Sửa số] -> s%d rồi s%d\n", i%60, i+1, i%60, i)
		default:
			fmt.Fprintf(&b, "  | Đã ghi {x%d}.\n  -> s%d\n", i%60, i+1)
		}
	}
	fmt.Fprintf(&b, "\nbước s%d\n  | Hết.\n  kết thúc đạt\n", n-1)
	return b.String()
}

func TestALongFlowIsRight(t *testing.T) {
	t.Parallel()
	for _, d := range Check(must(t, append(base(t), flow("dai", long(500)))), Options{}) {
		if d.Severity == diag.Error && d.Code != "G012" {
			t.Errorf("%s", written(diag.List{d}))
		}
	}
}

func BenchmarkCheck2000Steps(b *testing.B) {
	bundle := must(b, append(base(b), flow("dai", long(2000))))
	b.ReportAllocs()
	for b.Loop() {
		Check(bundle, Options{})
	}
}
