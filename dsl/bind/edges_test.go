package bind_test

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
)

// TestOrderOfFilesDoesNotMatter binds the files of every golden case in random orders: the findings stay the same, and so does
// the place of each flow.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, code := range folders(t, cases) {
		sources := texts(t, filepath.Join(cases, code, "wrong"))
		if len(sources) < 2 {
			continue
		}
		var files []*tree.File
		for name, text := range sources {
			file, _ := parse.File(name, []byte(text))
			files = append(files, file)
		}
		first, want := bind.Bind(files)
		rapid.Check(t, func(rt *rapid.T) {
			shuffled := slices.Clone(files)
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			b, found := bind.Bind(shuffled)
			if diff := cmp.Diff(want, found); diff != "" {
				rt.Errorf("%s: another order, other findings:\n%s", code, diff)
			}
			for i, f := range b.Flows {
				if f.Index != i || f.File != first.Flows[i].File {
					rt.Errorf("%s: flow %d moved", code, i)
				}
			}
		})
	}
}

// oneStep wraps the ending of the first step of a flow that has a slot of each kind.
func oneStep(ending string) string {
	return `luồng thu "Thử"

tác vụ gui(ten chữ, so số, goi điện thoại tùy) trả (ma chữ, ngay ngày) lỗi kin

dữ liệu
  viec   chọn                "Việc"
    moi  "Mới"
    cu   "Cũ"
  so     số 1..9             "Số"
  ten    chữ 1..50           "Tên"
  goi    điện thoại          "Số gọi"
  ngay   ngày                "Ngày"
  tre    có/không            "Dưới 18"
  ma     chữ 1..9     máy    "Mã"

bước dau
` + ending + `

bước dung
  | {viec} {so} {ten} {goi} {ngay} {ma}
  khi tre | Dưới 18.
  hỏi so
  -> lam

bước lam
  làm gui(ten, so, goi) nhận ma, ngay
  được   -> het
  lỗi    -> het

bước het
  | Cảm ơn.
  kết thúc đạt
`
}

// TestEdges holds what is just allowed apart from what is just not, ending by ending.
func TestEdges(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		ending string
		want   []string
	}{
		"an answer button of the slot's type": {"  | A?\n  hỏi viec\n  [Cũ thôi]   = \"cu\"\n  -> dung", nil},
		"an answer that is no option":         {"  | A?\n  hỏi viec\n  [Cũ thôi]   = \"cuu\"\n  -> dung", []string{"B006"}},
		"an answer of another type":           {"  | A?\n  hỏi so\n  [Hai]   = \"hai\"\n  -> dung", []string{"B008"}},
		"an answer out of bounds":             {"  | A?\n  hỏi so\n  [Mười]   = 5 + 5\n  -> dung", []string{"B008"}},
		"a computed date":                     {"  tính ngay = them_ngay(hom_nay(), 3)\n  -> dung", nil},
		"a date into a number":                {"  tính so = hom_nay()\n  -> dung", []string{"B008"}},
		"a phone number into a text":          {"  tính ten = goi\n  -> dung", nil},
		"a text into a phone number":          {"  tính goi = ten\n  -> dung", []string{"B008"}},
		"khi with a fact-free condition":      {"  khi tre | Trẻ.\n  | A.\n  -> dung", nil},
		"khi with a number":                   {"  khi so | Trẻ.\n  | A.\n  -> dung", []string{"D006"}},
		"khi with nothing known":              {"  khi treee | Trẻ.\n  | A.\n  -> dung", []string{"D006"}},
		"nếu with a number":                   {"  nếu so   -> dung\n  còn lại   -> het", []string{"B007"}},
		"nếu with a yes/no slot":              {"  nếu tre   -> dung\n  còn lại   -> het", nil},
		"nếu that compares with no option":    {"  nếu viec == \"moii\"   -> dung\n  còn lại   -> het", []string{"B006"}},
		"làm with a choice as text":           {"  làm gui(viec, so, goi)\n  được   -> dung\n  lỗi   -> het", nil},
		"làm with a number as text":           {"  làm gui(so, so, goi)\n  được   -> dung\n  lỗi   -> het", []string{"B008"}},
		"làm that leaves results":             {"  làm gui(ten, so, goi)\n  được   -> dung\n  lỗi   -> het", nil},
		"làm that takes one of two":           {"  làm gui(ten, so, goi) nhận ma\n  được   -> dung\n  lỗi   -> het", []string{"D016"}},
		"làm that takes them the other way":   {"  làm gui(ten, so, goi) nhận ngay, ma\n  được   -> dung\n  lỗi   -> het", []string{"D017", "D017"}},
		"làm that takes into nothing":         {"  làm gui(ten, so, goi) nhận maa, ngay\n  được   -> dung\n  lỗi   -> het", []string{"D002"}},
		"an error that is declared":           {"  làm gui(ten, so, goi)\n  được   -> dung\n  lỗi kin   -> het\n  lỗi   -> het", nil},
		"two general errors":                  {"  làm gui(ten, so, goi)\n  được   -> dung\n  lỗi   -> het\n  lỗi   -> het", []string{"D052"}},
		"gọi of nothing known":                {"  gọi gui()\n  xong   -> dung\n  bỏ dở   -> het", []string{"D004"}},
		"gọi of a luồng":                      {"  gọi thu()\n  xong   -> dung\n  bỏ dở   -> het", []string{"D018"}},
		"rồi to an asking step":               {"  | A?\n  [B]   -> dung rồi het", nil},
		"rồi to a doing step":                 {"  | A?\n  [B]   -> lam rồi het\n  [C]   -> dung", []string{"D026"}},
		"rồi and then nowhere":                {"  | A?\n  [B]   -> dung rồi hett", []string{"D001"}},
		"two unknown steps on a line":         {"  | A?\n  [B]   -> dungg rồi hett\n  [C]   -> dung", []string{"D001", "D001"}},
		"a limit that leads nowhere":          {"  | A?\n  hỏi so\n  sai 3 lần -> dungg\n  -> dung", []string{"D001"}},
		"a silence that leads nowhere":        {"  | A?\n  hỏi so\n  -> dung\n  im lặng 10 phút   -> dungg", []string{"D001"}},
		"a branch that leads nowhere":         {"  nếu tre   -> dungg\n  còn lại   -> dung", []string{"D001"}},
		"a flow that goes to itself":          {"  | A?\n  [B]   -> luồng thu\n  [C]   -> dung", nil},
		"hỏi of a condition-like name":        {"  | A?\n  hỏi khong_co\n  -> dung", []string{"D002"}},
		"a brace in a label is literal text":  {"  | {{so}} là gì?\n  [B]   -> dung", nil},
		"an unknown field of the office":      {"  | {don_vi.tenn}\n  -> dung", []string{"D042"}},
		"an unknown function":                 {"  nếu cooo(tre)   -> dung\n  còn lại   -> het", []string{"D041"}},
		"an address with a value":             {"  | A.\n  [B]   gọi số \"{goi}\"\n  -> dung", nil},
		"an address with an unknown value":    {"  | A.\n  [B]   gọi số \"{goii}\"\n  -> dung", []string{"D040"}},
		"a link under a table":                {"  bảng\n    * A: 1\n  [B]   mở \"https://a.vn\"\n  -> dung", nil},
		"a link under a picture alone":        {"  ảnh \"a.png\" \"A\"\n  [B]   mở \"https://a.vn\"\n  -> dung", []string{"D055"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, syntax := parse.File("thu.flow", []byte(oneStep(tt.ending)))
			if syntax.HasErrors() {
				t.Fatalf("the text cannot be read: %+v", syntax)
			}
			_, found := bind.Bind([]*tree.File{file})
			if diff := cmp.Diff(tt.want, codes(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%+v", diff, found)
			}
		})
	}
}

// TestPlacesOfProblems holds columns to runes: what stands before a mistake may have any accents.
func TestPlacesOfProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ ending, at string }{
		"in a sentence":      {"  | Chào bạn Nguyễn Thị Ừ {tenn} ạ.\n  -> dung", "{tenn}"},
		"in an expression":   {"  nếu ten == \"Ừ ừ ừ\" and soo > 3   -> dung\n  còn lại   -> het", "soo"},
		"in an answer":       {"  | A?\n  hỏi viec\n  [Ừ, cũ]   = \"cuu\"\n  -> dung", "\"cuu\""},
		"in a second value":  {"  | {ten}, {so}, {ngayy}.\n  -> dung", "{ngayy}"},
		"in a target":        {"  | A?\n  [Ừ ừ ừ]   -> dungg\n  [C]   -> dung", "dungg"},
		"in an argument":     {"  làm gui(ten, sooo, goi)\n  được   -> dung\n  lỗi   -> het", "sooo"},
		"behind a condition": {"  khi tre | Ừ {tenn}.\n  | A.\n  -> dung", "{tenn}"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := oneStep(tt.ending)
			file, _ := parse.File("thu.flow", []byte(text))
			_, found := bind.Bind([]*tree.File{file})
			if len(found) != 1 {
				t.Fatalf("findings %v, want one", codes(found))
			}
			s := found[0].Span
			line := []rune(strings.Split(text, "\n")[s.Line-1])
			got := string(line[s.Column-1 : s.EndColumn-1])
			if strings.Trim(got, "{}") != strings.Trim(tt.at, "{}") {
				t.Errorf("the finding underlines %q, want %q", got, tt.at)
			}
		})
	}
}

// TestFlowsThatOnlySay holds the flows that answer over anything to what they may do.
func TestFlowsThatOnlySay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		steps string
		want  bool // allowed
	}{
		"say and end":        {"bước dau\n  | A.\n  kết thúc đạt\n", true},
		"link and hand over": {"bước dau\n  | A.\n  [B]   gọi số \"113\"\n  chuyển người truc_ban\n", true},
		"go on to a step":    {"bước dau\n  | A.\n  -> hai\n\nbước hai\n  | B.\n  kết thúc đạt\n", true},
		"a file":             {"bước dau\n  tệp \"a.pdf\" \"A\"\n  | A.\n  kết thúc đạt\n", true},
		"ask":                {"bước dau\n  | A?\n  hỏi so\n  -> hai\n\nbước hai\n  kết thúc đạt\n", false},
		"a menu":             {"bước dau\n  | A?\n  [B]   -> hai\n\nbước hai\n  kết thúc đạt\n", false},
		"start again":        {"bước dau\n  | A.\n  -> bắt đầu lại\n", false},
		"set":                {"bước dau\n  xóa hết\n  | A.\n  kết thúc đạt\n", false},
	}
	for name, tt := range tests {
		for _, header := range []string{"khẩn cấp", "không giữ"} {
			text := "luồng thu \"Thử\"\n  " + header + "\n\n"
			if strings.Contains(tt.steps, "hỏi so") {
				text += "dữ liệu\n  so   số 1..9   \"Số\"\n\n"
			}
			got := codesOf(text + tt.steps)
			if slices.Contains(got, "D037") == tt.want {
				t.Errorf("%s, %s: findings %v", header, name, got)
			}
		}
		if got := codesOf("luồng thu \"Thử\"\n\n" + strings.ReplaceAll(tt.steps, "hỏi so", "[X]   -> hai")); slices.Contains(got, "D037") {
			t.Errorf("%s: an ordinary flow is held to it too: %v", name, got)
		}
	}
}

// TestCircles tells a circle of sub-flows from one that is called twice.
func TestCircles(t *testing.T) {
	t.Parallel()
	calls := func(name string, callees ...string) string {
		text := "luồng con " + name + " \"Con\"\n"
		for i, callee := range callees {
			text += "\nbước b" + string(rune('a'+i)) + "\n  gọi " + callee + "()\n  xong   -> het\n  bỏ dở   -> het\n"
		}
		return text + "\nbước het\n  kết thúc đạt\n"
	}
	tests := map[string]struct {
		texts []string
		want  int
	}{
		"a chain":               {[]string{calls("a", "b"), calls("b", "c"), calls("c")}, 0},
		"one called twice":      {[]string{calls("a", "b", "c"), calls("b", "c"), calls("c")}, 0},
		"itself":                {[]string{calls("a", "a")}, 1},
		"two":                   {[]string{calls("a", "b"), calls("b", "a")}, 1},
		"two circles":           {[]string{calls("a", "a"), calls("b", "b")}, 2},
		"a circle behind":       {[]string{calls("a", "b"), calls("b", "c"), calls("c", "b")}, 1},
		"twice into one circle": {[]string{calls("a", "b", "b"), calls("b", "a")}, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codesOf(tt.texts...); len(got) != tt.want || tt.want > 0 && got[0] != "D020" {
				t.Errorf("findings %v, want D020 %d times", got, tt.want)
			}
		})
	}
}

// TestKeywordsAreComparedAsMessagesAre folds accents, case and spaces.
func TestKeywordsAreComparedAsMessagesAre(t *testing.T) {
	t.Parallel()
	text := func(name, keyword string) string {
		return "luồng " + name + " \"Thử\"\n  từ khóa \"" + keyword + "\"\n\nbước dau\n  | A.\n  kết thúc đạt\n"
	}
	for other, same := range map[string]bool{"tạm trú": true, "TAM TRU": true, "tạm  trú": true, "tạm trú!": true, "tạm": false, "tạm trú kt3": false} {
		got := codesOf(text("a", "tạm trú"), text("b", other))
		if (len(got) == 1 && got[0] == "D030") != same {
			t.Errorf("%q beside \"tạm trú\": findings %v, same %t", other, got, same)
		}
	}
	if got := codesOf("luồng a \"A\"\n  từ khóa \"kt3\", \"KT3\"\n\nbước dau\n  | A.\n  kết thúc đạt\n"); !cmp.Equal(got, []string{"D030"}) {
		t.Errorf("twice in one flow: findings %v, want D030", got)
	}
}

// TestStepsWithoutEndings: what the parser could not read is no reason to stop, in whatever flow it stands.
func TestStepsWithoutEndings(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"ẩn danh", "khẩn cấp", "không giữ", "khi quan tâm"} {
		file, syntax := parse.File("thu.flow", []byte("luồng thu \"Thử\"\n  từ khóa \"cứu\"\n  "+header+"\n\nbước dau\n  | A.\n\nbước hai\n  | B.\n  kết thúc đạt\n"))
		if !syntax.HasErrors() || file.Steps[0].End != nil {
			t.Fatal("the first step has an ending")
		}
		if _, found := bind.Bind([]*tree.File{file}); len(found) > 0 {
			t.Errorf("%s: findings %v", header, codes(found))
		}
	}
}

// TestRowsHaveBothTexts: the label of a row is a sentence of its own.
func TestRowsHaveBothTexts(t *testing.T) {
	t.Parallel()
	f := bundle(t, "luồng thu \"Thử\"\n\nbước dau\n  bảng\n    * Tên: {don_vi.ten}\n    * Không có nhãn\n  kết thúc đạt\n").ByName["thu"]
	rows := f.File.Steps[0].Body[0].Items
	for name, p := range map[string]*tree.Prose{"a label": rows[0].Label, "a value": &rows[0].Text, "a row without a label": &rows[1].Text} {
		if _, ok := f.Templates[p]; !ok {
			t.Errorf("%s is not compiled", name)
		}
	}
}
