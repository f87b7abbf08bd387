package compile_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/compile"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// compiled lowers flow texts that are free of errors.
func compiled(t testing.TB, texts ...string) *program.Program {
	t.Helper()
	var files []*tree.File
	for i, text := range texts {
		words := strings.Fields(strings.TrimPrefix(text, "luồng con"))
		file, found := parse.File(nameIn(words), []byte(text))
		if found.HasErrors() {
			t.Fatalf("text %d has findings: %+v", i, found)
		}
		files = append(files, file)
	}
	b, found := bind.Bind(files)
	if found.HasErrors() {
		t.Fatalf("the bundle has findings: %+v", found)
	}
	return compile.Program(b, "abc", map[string][]byte{"a.pdf": []byte("x")})
}

// nameIn is the path of a flow after its opening words: luồng con x, luồng x, chung x.
func nameIn(words []string) string {
	if words[0] == "luồng" || words[0] == "chung" {
		return words[1] + ".flow"
	}
	return words[0] + ".flow"
}

func flow(body string) string {
	return "luồng thu \"Thử\"\n\n" + body + "\n\nbước het\n  | Cảm ơn anh/chị.\n  kết thúc đạt\n"
}

// step returns a step of the only flow by name.
func step(t testing.TB, p *program.Program, name string) *program.Step {
	t.Helper()
	for _, f := range p.Flows {
		for _, s := range f.Steps {
			if s.Name == name {
				return s
			}
		}
	}
	t.Fatalf("no step %s", name)
	return nil
}

// shape writes down how the body of a step falls into bubbles: w for words with the number of lines and links, p and f for a
// picture and a file.
func shape(s *program.Step) []string {
	var out []string
	for _, b := range s.Bubbles {
		switch b.Kind {
		case program.Words:
			out = append(out, fmt.Sprintf("w%d+%d", len(b.Lines), len(b.Links)))
		case program.Picture:
			out = append(out, "p")
		case program.Attachment:
			out = append(out, "f")
		}
	}
	return out
}

func TestBubbles(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body string
		want []string
	}{
		"sentences are one":           {"  | Một.\n  | Hai.\n", []string{"w2+0"}},
		"nói opens another":           {"  | Một.\n  nói\n  | Hai.\n", []string{"w1+0", "w1+0"}},
		"nói in front opens nothing":  {"  nói\n  | Hai.\n", []string{"w1+0"}},
		"tables and lists stay":       {"  | Một.\n  bảng\n    * A: 1\n    * B: 2\n  danh sách\n    * c\n  | Hai.\n", []string{"w5+0"}},
		"pictures stand alone":        {"  | Một.\n  ảnh \"a.png\" \"A\"\n  | Hai.\n", []string{"w1+0", "p", "w1+0"}},
		"files stand alone":           {"  tệp \"a.pdf\" \"A\"\n  tệp \"b.pdf\" \"B\"\n  | Hai.\n", []string{"f", "f", "w1+0"}},
		"a link belongs to the words": {"  | Một.\n  [Mở]   mở \"https://a.vn\"\n  nói\n  | Hai.\n", []string{"w1+1", "w1+0"}},
		"a link goes over a picture":  {"  | Một.\n  ảnh \"a.png\" \"A\"\n  [Mở]   mở \"https://a.vn\"\n", []string{"w1+1", "p"}},
		"a link waits for words":      {"  [Mở]   mở \"https://a.vn\"\n  | Một.\n", []string{"w1+1"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := compiled(t, flow("bước dau\n"+tt.body+"  -> het"))
			if diff := cmp.Diff(tt.want, shape(step(t, p, "dau"))); diff != "" {
				t.Errorf("bubbles (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRowsHaveLabels(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow("bước dau\n  bảng\n    * Việc: tạm trú\n  danh sách\n    * Tờ khai: CT01\n  -> het"))
	lines := step(t, p, "dau").Bubbles[0].Lines
	if lines[0].Style != program.Row || lines[0].Label == nil || lines[0].Label.Text != "Việc" || lines[0].Text.Text != "tạm trú" {
		t.Errorf("row is %+v", lines[0])
	}
	if lines[1].Style != program.Point {
		t.Errorf("point is %+v", lines[1])
	}
}

// transitions writes down the machine of the first flow.
func transitions(p *program.Program) []string {
	f := p.Flows[len(p.Flows)-1]
	var out []string
	for _, tr := range f.Machine.Transitions {
		out = append(out, f.Machine.States[tr.From]+" "+tr.Event+" "+f.Machine.States[tr.To])
	}
	return out
}

func TestMachine(t *testing.T) {
	t.Parallel()
	const asks = "dữ liệu\n  so   số 1..9   \"Số\"\n\n"
	tests := map[string]struct {
		text string
		want []string
	}{
		"go": {flow("bước dau\n  | A.\n  -> het"), []string{"dau di het"}},
		"ask": {
			flow(asks + "bước dau\n  | A?\n  hỏi so\n  [Thôi]   -> het\n  sai 3 lần -> het\n  -> het"),
			[]string{"dau tra_loi het", "dau nut:0 het", "dau sai het"},
		},
		"menu": {
			flow("bước dau\n  | A?\n  [Một]   -> het\n  [Lùi]   -> quay lại\n  [Lặp]   -> nhắc lại\n  [Ba]    -> het"),
			[]string{"dau nut:0 het", "dau nut:3 het"},
		},
		"branch": {
			flow(asks + "bước dau\n  | A?\n  hỏi so\n  -> xet\n\nbước xet\n  nếu so > 3   -> het\n  nếu so > 2   -> dau\n  còn lại      -> het"),
			[]string{"dau tra_loi xet", "xet nhanh:0 het", "xet nhanh:1 dau", "xet con_lai het"},
		},
		"edit": {
			flow(asks + "bước dau\n  | A?\n  hỏi so\n  -> xem\n\nbước xem\n  | {so}?\n  [Sửa]   -> dau rồi xem\n  [Đúng]   -> het"),
			[]string{"dau tra_loi xem", "xem nut:0 dau", "xem nut:1 het"},
		},
		"task": {
			flow("tác vụ gui(ten chữ) lỗi kin\n\nbước dau\n  làm gui(\"An\")\n  được      -> het\n  lỗi kin   -> het\n  lỗi       -> dau"),
			[]string{"dau duoc het", "dau loi:kin het", "dau loi dau"},
		},
		"hears at waiting steps and during tasks": {
			flow("tác vụ gui(ten chữ)\n\ntác vụ xoa(ten chữ) không hoàn tác\n\nmọi bước\n  nghe \"lùi\"   -> quay lại\n  nghe \"hết\"   -> het\n\n" +
				"bước dau\n  | A?\n  [Một]   -> gui\n\nbước gui\n  làm gui(\"An\")\n  được   -> xoa\n  lỗi    -> xoa\n\nbước xoa\n  làm xoa(\"An\")\n  được   -> het\n  lỗi    -> het"),
			[]string{"dau nut:0 gui", "dau nghe:1 het", "gui duoc xoa", "gui loi xoa", "gui nghe:1 het", "xoa duoc het", "xoa loi het"},
		},
		"silences of the step replace those of the flow": {
			flow("mọi bước\n  im lặng 2 giờ   -> het\n  im lặng 30 phút\n    | Còn đó không?\n    [Tiếp]   -> nhắc lại\n    [Hết]    -> het\n\n" +
				"bước dau\n  | A?\n  [Một]   -> hai\n\nbước hai\n  | B?\n  [Một]   -> het\n  im lặng 1 ngày   -> dau"),
			[]string{"dau nut:0 hai", "dau im_lang:0.nut:1 het", "dau im_lang:1 het", "hai nut:0 het", "hai im_lang:0 dau"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := compiled(t, tt.text)
			if diff := cmp.Diff(tt.want, transitions(p)); diff != "" {
				t.Errorf("transitions (-want +got):\n%s", diff)
			}
			unique(t, p)
		})
	}
}

// unique holds every machine to what looplab/fsm needs: one destination for an event and a source.
func unique(t *testing.T, p *program.Program) {
	t.Helper()
	for _, f := range p.Flows {
		seen := map[string]bool{}
		for _, tr := range f.Machine.Transitions {
			key := fmt.Sprint(tr.Event, "@", tr.From)
			if seen[key] || tr.To < 0 || tr.To >= len(f.Steps) {
				t.Errorf("%s: transition %+v is not unique or leads nowhere", f.Name, tr)
			}
			seen[key] = true
		}
	}
}

func TestCall(t *testing.T) {
	t.Parallel()
	p := compiled(t,
		"luồng con hoi_tuoi \"Hỏi tuổi\"\n\ndữ liệu\n  nam    số 1..9    \"Năm\"\n  ten    chữ 1..9   vào   \"Tên\"\n  tuoi   số 1..9    ra    \"Tuổi\"\n\n"+
			"bước hoi\n  | {ten} mấy tuổi?\n  hỏi tuoi\n  -> nam\n\nbước nam\n  | Năm?\n  hỏi nam\n  -> xong_roi\n\nbước xong_roi\n  kết thúc đạt\n",
		flow("dữ liệu\n  tuoi   số 1..9   \"Tuổi\"\n\nbước dau\n  gọi hoi_tuoi(\"An\") nhận tuoi\n  xong    -> het\n  bỏ dở   -> luồng thu"))
	sub, caller := p.Flows[0], step(t, p, "dau")
	if !sub.Sub || !cmp.Equal(sub.In, []int{1}) || !cmp.Equal(sub.Out, []int{2}) {
		t.Errorf("sub-flow %s takes %v and gives %v, want [1] and [2]", sub.Name, sub.In, sub.Out)
	}
	end := caller.End
	if end.Kind != program.Call || end.Callee != 0 || !cmp.Equal(end.Take, []int{0}) || len(end.Args) != 1 {
		t.Errorf("call is %+v", end)
	}
	if end.DoneEv != "xong" || end.QuitEv != "" || end.Quit.Kind != program.ToFlow || end.Quit.Index != 1 {
		t.Errorf("outcomes are %q %q %+v", end.DoneEv, end.QuitEv, end.Quit)
	}
}

func TestUnusedFieldsAreNone(t *testing.T) {
	t.Parallel()
	end := step(t, compiled(t, flow("bước dau\n  | A.\n  -> het")), "het").End
	none := program.Target{Index: program.None, Return: program.None}
	for name, got := range map[string]program.Target{"next": end.Next, "limit": end.OnLimit, "done": end.Done, "quit": end.Quit} {
		if got != none {
			t.Errorf("%s is %+v, want none", name, got)
		}
	}
	if end.Slot != program.None || end.Callee != program.None {
		t.Errorf("slot %d, callee %d, want none", end.Slot, end.Callee)
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow("tác vụ gui(ten chữ)\n\ntác vụ lau(ten chữ) trong 2 phút\n\nbước dau\n  làm gui(\"A\")\n  được   -> lau\n  lỗi    -> lau\n\nbước lau\n  làm lau(\"A\")\n  được   -> het\n  lỗi    -> het"))
	if p.Flows[0].Keep != 24*time.Hour || p.Tasks[0].Timeout != 30*time.Second || p.Tasks[1].Timeout != 2*time.Minute {
		t.Errorf("keep %s, timeouts %s and %s", p.Flows[0].Keep, p.Tasks[0].Timeout, p.Tasks[1].Timeout)
	}
	if p.Flows[0].Start != 0 || p.OnFollow != program.None || p.FollowStep != program.None {
		t.Errorf("start %d, follow %d/%d", p.Flows[0].Start, p.OnFollow, p.FollowStep)
	}
	if p.Hash != "abc" || string(p.Files["a.pdf"]) != "x" {
		t.Errorf("hash %q, files %v", p.Hash, p.Files)
	}
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	p := compiled(t, "luồng thu \"Thử\"\n  khi quan tâm\n  khi không hiểu het\n  giữ 2 ngày\n  bắt đầu giua\n\nbước dau\n  | A.\n  -> giua\n\nbước giua\n  | B.\n  -> het\n\nbước het\n  kết thúc đạt\n",
		"luồng cap \"Cấp\"\n  khẩn cấp\n  từ khóa \"cứu\"\n  trừ \"cứu hộ\"\n\nbước dau\n  | Gọi 113.\n  kết thúc đạt\n")
	if p.OnFollow != 1 || p.FollowStep != 1 || p.Fallback != 1 || p.FallbackStep != 2 {
		t.Errorf("follow %d/%d, fallback %d/%d", p.OnFollow, p.FollowStep, p.Fallback, p.FallbackStep)
	}
	if !cmp.Equal(p.Emergency, []int{0}) || p.Unkept != nil || !cmp.Equal(p.Flows[0].Except, []string{"cứu hộ"}) {
		t.Errorf("emergency %v, unkept %v, except %q", p.Emergency, p.Unkept, p.Flows[0].Except)
	}
	if p.Flows[1].Keep != 48*time.Hour || p.Flows[1].Start != 1 {
		t.Errorf("keep %s, start %d", p.Flows[1].Keep, p.Flows[1].Start)
	}
}

func TestFactPeriodsStandInOrder(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow("dữ kiện\n  phi   tiền 8.000   từ 01/01/2027                  căn cứ \"B\"\n  phi   tiền 7.000   đến 30/06/2026                 căn cứ \"A\"\n"+
		"  phi   tiền chưa rõ   từ 01/07/2026   đến 31/12/2026   căn cứ \"C\"\n\nbước dau\n  | Phí {phi}.\n  -> het"))
	day := func(y, m, d int) int64 {
		n, ok := value.DayNumber(y, m, d)
		if !ok {
			t.Fatalf("no day %d/%d/%d", d, m, y)
		}
		return n
	}
	f := p.Facts[0]
	if f.Periods[0].From != math.MinInt64 || f.Periods[2].To != math.MaxInt64 {
		t.Errorf("open ends are %d and %d", f.Periods[0].From, f.Periods[2].To)
	}
	for _, tt := range []struct {
		day  int64
		want value.Value
	}{
		{day(1900, 1, 1), value.Value{Kind: value.Money, N: 7000}},
		{day(2026, 6, 30), value.Value{Kind: value.Money, N: 7000}},
		{day(2026, 7, 1), value.Value{}},
		{day(2026, 12, 31), value.Value{}},
		{day(2027, 1, 1), value.Value{Kind: value.Money, N: 8000}},
	} {
		if diff := cmp.Diff(tt.want, f.On(tt.day)); diff != "" {
			t.Errorf("on day %d (-want +got):\n%s", tt.day, diff)
		}
	}
}

func TestConditionsOfChungFilesComeFirst(t *testing.T) {
	t.Parallel()
	p := compiled(t, "chung gio\n\ndữ kiện\n  gio_mo   số 7   căn cứ \"A\"\n\nđiều kiện\n  mo_som   gio_mo < 8\n\nmọi bước\n  im lặng 1 giờ\n    | Còn đó không? Mở lúc {gio_mo} giờ.\n",
		flow("dữ liệu\n  so   số 1..9   \"Số\"\n\nđiều kiện\n  dong   so > 3 and mo_som\n\nbước dau\n  | A?\n  hỏi so\n  -> noi\n\nbước noi\n  khi dong | Đông.\n  -> het"))
	var names []string
	for _, c := range p.Flows[0].Conditions {
		names = append(names, c.Name)
	}
	if diff := cmp.Diff([]string{"mo_som", "dong"}, names); diff != "" {
		t.Errorf("conditions (-want +got):\n%s", diff)
	}
	if parts := p.Shared.Silences[0].Lines[0].Parts; len(parts) != 3 || parts[1].Ref.Kind != expression.RefFact || parts[1].Ref.Index != 0 {
		t.Errorf("the shared reminder is %+v, want fact 0 in its middle", parts)
	}
	if w := step(t, p, "noi").Bubbles[0].Lines[0].When; w == nil || w.Reads[0].Index != 1 {
		t.Errorf("the line shows when %+v, want condition 1", w)
	}
}

func TestOptionsAndTheirConditions(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow("dữ liệu\n  tre_em   có/không   \"Dưới 18\"\n  viec     chọn       \"Việc\"      để \"làm đúng việc\"\n    moi   \"Mới\", \"làm mới\"\n    khi tre_em ho \"Khai hộ\"\n\n"+
		"bước dau\n  | A?\n  hỏi tre_em\n  -> viec\n\nbước viec\n  | B?\n  hỏi viec\n  -> het"))
	s := p.Flows[0].Slots[1]
	if len(s.When) != 2 || s.When[0] != nil || s.When[1] == nil || s.When[1].Source != "tre_em" {
		t.Errorf("options show when %+v", s.When)
	}
	if diff := cmp.Diff([]string{"làm mới"}, s.Type.Options[0].Synonyms); diff != "" || s.Purpose != "làm đúng việc" {
		t.Errorf("synonyms (-want +got):\n%s purpose %q", diff, s.Purpose)
	}
}

func TestMustsAndActions(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow("dữ liệu\n  so     số 1..9    \"Số\"\n  hai    số 1..20   \"Hai lần\"\n\nbước dau\n  xóa hết\n  | A?\n  hỏi so\n  [Năm]   = 5\n  phải so > 2\n    | Lớn hơn 2.\n  phải so < 8\n    | Nhỏ hơn 8.\n    | Số nhỏ thôi.\n  sai\n    | Gõ một số.\n  -> tinh\n\nbước tinh\n  tính hai = so * 2\n  -> het"))
	end := step(t, p, "dau").End
	if len(end.Musts) != 2 || end.Musts[0].Expr.Source != "so > 2" || len(end.Musts[1].Lines) != 2 || len(end.Wrong) != 1 {
		t.Errorf("musts %+v wrong %+v", end.Musts, end.Wrong)
	}
	if b := end.Buttons[0]; b.Kind != program.Set || b.Value == nil || b.Event != "" || b.Target.Index != program.None {
		t.Errorf("button is %+v", b)
	}
	if a := step(t, p, "dau").Actions[0]; !a.Clear || a.Slot != program.None {
		t.Errorf("action is %+v", a)
	}
	if a := step(t, p, "tinh").Actions[0]; a.Clear || a.Slot != 1 || a.Expr == nil {
		t.Errorf("action is %+v", a)
	}
}

func TestSharedJoinsAllChungFiles(t *testing.T) {
	t.Parallel()
	const chung = "chung %s\n\nmọi bước\n  nghe \"%s\"   -> bắt đầu lại\n  trợ giúp\n    | Giúp %s.\n  im lặng %d phút\n    | Còn đó không?\n"
	p := compiled(t, fmt.Sprintf(chung, "b_sau", "bỏ", "sau", 10), fmt.Sprintf(chung, "a_truoc", "hủy", "trước", 30), flow("bước dau\n  | A.\n  -> het"))
	if got := []string{p.Shared.Listens[0].Phrases[0], p.Shared.Listens[1].Phrases[0]}; !cmp.Equal(got, []string{"hủy", "bỏ"}) {
		t.Errorf("phrases are %q, want those of the first file first", got)
	}
	if len(p.Shared.Help) != 2 || p.Shared.Help[0].Text != "Giúp trước." {
		t.Errorf("help is %+v", p.Shared.Help)
	}
	if p.Shared.Silences[0].After != 10*time.Minute || p.Shared.Silences[1].After != 30*time.Minute {
		t.Errorf("silences do not ascend: %+v", p.Shared.Silences)
	}
	if p.Shared.Listens[0].Event != "" || p.Shared.Listens[0].Target.Kind != program.ToRestart {
		t.Errorf("listen is %+v", p.Shared.Listens[0])
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	p := compiled(t, flow("dữ liệu\n  so   số 1..9   \"Số\"\n\nbước dau\n  | A?\n  hỏi so\n  -> xem\n\nbước xem\n  | {so}?\n  [Một]   -> luồng thu\n  [Hai]   -> quay lại\n  [Ba]    -> nhắc lại\n"+
		"  [Bốn]   -> bắt đầu lại\n  [Năm]   -> dau rồi xem\n  [Sáu]   -> het"))
	want := []program.Target{
		{Kind: program.ToFlow, Index: 0, Return: program.None},
		{Kind: program.ToBack, Index: program.None, Return: program.None},
		{Kind: program.ToRepeat, Index: program.None, Return: program.None},
		{Kind: program.ToRestart, Index: program.None, Return: program.None},
		{Kind: program.ToStep, Index: 0, Return: 1},
		{Kind: program.ToStep, Index: 2, Return: program.None},
	}
	var got []program.Target
	for _, b := range step(t, p, "xem").End.Buttons {
		got = append(got, b.Target)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
}

func TestHandOver(t *testing.T) {
	t.Parallel()
	end := step(t, compiled(t, "luồng thu \"Thử\"\n\nbước dau\n  | A.\n  chuyển người truc_ban\n"), "dau").End
	if end.Kind != program.Human || end.Desk != "truc_ban" || end.NextEvent != "" {
		t.Errorf("ending is %+v", end)
	}
}

func BenchmarkProgram(b *testing.B) {
	file, found := parse.File("thu.flow", []byte(flow("dữ liệu\n  so   số 1..9   \"Số\"\n\nbước dau\n  | A?\n  hỏi so\n  phải so > 2\n    | Hơn hai.\n  -> het")))
	if found.HasErrors() {
		b.Fatalf("findings: %+v", found)
	}
	bundle, _ := bind.Bind([]*tree.File{file})
	b.ReportAllocs()
	for b.Loop() {
		if p := compile.Program(bundle, "", nil); len(p.Flows) != 1 {
			b.Fatal("no flow")
		}
	}
}
