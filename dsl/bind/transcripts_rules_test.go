package bind_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
)

const (
	tested = `luồng thu "Thử"

tác vụ gui(ten chữ) trả (ma_tin chữ) lỗi het_cho

dữ liệu
  ma   chữ 1..9   máy   "Mã"
  so   số 1..9          "Số"

bước dau
  gọi hoi_so() nhận so
  xong    -> gui
  bỏ dở   -> het

bước gui
  làm gui("An") nhận ma
  được   -> het
  lỗi    -> het

bước het
  | Mã {ma}, số {so}.
  kết thúc đạt
`
	called = `luồng con hoi_so "Hỏi số"

dữ liệu
  so    số 1..9   ra   "Số"
  them  số 1..9   vào  "Thêm"

bước hoi_may
  | {so} mấy?
  hỏi so
  -> roi

bước roi
  kết thúc đạt
`
)

// script is the bundle above without its parameter, and a transcript of it.
func script(lines string) []string {
	return []string{tested, strings.Replace(called, "vào  \"Thêm\"", "\"Thêm\"", 1) + `
bước them
  | {them}.
  kết thúc đạt
`, "hôm nay 24/11/2026\n" + lines}
}

func TestD070Flow(t *testing.T) {
	t.Parallel()
	no := func(name, near string) words {
		return words{vi: "Không có luồng nào tên “" + name + "” để thử.", en: "There is no flow named “" + name + "” to test.", near: near}
	}
	holds(t, "D070",
		example{"misspelt", script(`thử «thuu» "a"
  Dân: thử
`), []words{no("thuu", "thu")}},
		example{"nothing near", script(`thử «khong_co» "a"
  Dân: thử
`), []words{no("khong_co", "")}},
		example{"each of two", script(`thử «thx» "a"
  Dân: thử

thử thu "b"
  Dân: thử

thử «hoi_sso» "c"
  Dân: thử
`), []words{no("thx", "thu"), no("hoi_sso", "hoi_so")}},
		example{"its steps are not missed", script(`thử «khong_co» "a"
  Dân: thử
  @ khong_co_buoc
`), []words{no("khong_co", "")}},
		example{"a sub-flow", script(`thử hoi_so "a"
  Dân: thử
`), nil},
		example{"a standard flow that nothing names", script(`thử gap_can_bo "a"
  Dân: gặp cán bộ
  @ khong_ro
`), nil},
	)
}

func TestD071Step(t *testing.T) {
	t.Parallel()
	no := func(name, near string) words {
		return words{vi: "Không luồng nào có bước “" + name + "”.", en: "No flow has a step “" + name + "”.", near: near}
	}
	holds(t, "D071",
		example{"misspelt", script(`thử thu "a"
  Dân: thử
  @ «guii»
`), []words{no("guii", "gui")}},
		example{"near a step of another flow", script(`thử thu "a"
  Dân: thử
  @ «hoi_mayy»
`), []words{no("hoi_mayy", "hoi_may")}},
		example{"nothing near", script(`thử thu "a"
  Dân: thử
  @ «o_dau_do»
`), []words{no("o_dau_do", "")}},
		example{"a flow is no step", script(`thử thu "a"
  Dân: thử
  @ «hoi_so»
`), []words{no("hoi_so", "")}},
		example{"of the flow", script(`thử thu "a"
  Dân: thử
  @ dau
  Dân: thử
  @ het
`), nil},
		example{"of a sub-flow", script(`thử thu "a"
  Dân: thử
  @ hoi_may
`), nil},
	)
}

func TestD072Task(t *testing.T) {
	t.Parallel()
	no := func(name, near string) words {
		return words{vi: "Không có tác vụ nào tên “" + name + "” để giả.", en: "There is no task named “" + name + "” to answer for.", near: near}
	}
	holds(t, "D072",
		example{"for all tests", script(`giả làm «guii» = được

thử thu "a"
  Dân: thử
`), []words{no("guii", "gui")}},
		example{"for one test", script(`thử thu "a"
  giả làm «guj» = treo
  Dân: thử
`), []words{no("guj", "gui")}},
		example{"behind Máy", script(`thử thu "a"
  Dân: thử
  Máy: «guu» = được
`), []words{no("guu", "gui")}},
		example{"a sub-flow is no task", script(`thử thu "a"
  giả làm «hoi_so» = được
  Dân: thử
`), []words{no("hoi_so", "")}},
		example{"nothing is said of its results and errors", script(`thử thu "a"
  giả làm «xoa» = được { a: 1 }
  Dân: thử
  Máy: «xoa» = lỗi b
`), []words{no("xoa", ""), no("xoa", "")}},
		example{"declared", script(`giả làm gui = được { ma_tin: "A" }

thử thu "a"
  giả làm gui = lỗi
  Dân: thử
  Máy: gui = được
`), nil},
	)
}

func TestD073Sub(t *testing.T) {
	t.Parallel()
	no := func(name, near string) words {
		return words{vi: "Không có luồng con nào tên “" + name + "” để giả.", en: "There is no sub-flow named “" + name + "” to answer for.", near: near}
	}
	flow := words{
		vi: "“thu” là luồng, không luồng nào gọi nên không giả gọi được.", en: "“thu” is a luồng, which nothing calls, so giả gọi cannot stand for it.",
		fixVI: "Bỏ dòng này, hoặc viết tên một luồng con.", fixEN: "Remove this line, or name a luồng con.",
	}
	files := script(`thử thu "a"
  giả gọi «thu» = xong { a: 1 }
  Dân: thử
`)
	files[0] = strings.Replace(files[0], "luồng thu", "luồng ‹thu›", 1)
	holds(t, "D073",
		example{"misspelt", script(`thử thu "a"
  giả gọi «hoi_sso» = xong
  Dân: thử
`), []words{no("hoi_sso", "hoi_so")}},
		example{"for all tests", script(`giả gọi «hoiso» = bỏ dở

thử thu "a"
  Dân: thử
`), []words{no("hoiso", "hoi_so")}},
		example{"a luồng is not suggested", script(`thử thu "a"
  giả gọi «thuu» = xong
  Dân: thử
`), []words{no("thuu", "")}},
		example{"a luồng", files, []words{flow}},
		example{"a sub-flow", script(`thử thu "a"
  giả gọi hoi_so = xong { so: 3 }
  Dân: thử
`), nil},
	)
}

func TestD074Result(t *testing.T) {
	t.Parallel()
	no := func(of, name, near string) words {
		return words{vi: "“" + of + "” không trả “" + name + "”.", en: "“" + of + "” does not return “" + name + "”.", near: near}
	}
	holds(t, "D074",
		example{"of a task", script(`thử thu "a"
  giả làm gui = được { «ma_tim»: "A" }
  Dân: thử
`), []words{no("gui", "ma_tim", "ma_tin")}},
		example{"a parameter is no result", script(`thử thu "a"
  giả làm gui = được { «ten»: "A", ma_tin: "B" }
  Dân: thử
`), []words{no("gui", "ten", "")}},
		example{"behind Máy", script(`thử thu "a"
  Dân: thử
  Máy: gui = được { «x»: 1 }
`), []words{no("gui", "x", "")}},
		example{"of a sub-flow", script(`thử thu "a"
  giả gọi hoi_so = xong { «soo»: 3 }
  Dân: thử
`), []words{no("hoi_so", "soo", "so")}},
		example{"a slot of a sub-flow that does not go out", script(`thử thu "a"
  giả gọi hoi_so = xong { so: 3, «them»: 4 }
  Dân: thử
`), []words{no("hoi_so", "them", "")}},
		example{"each of two", script(`giả làm gui = được { «a»: 1, «b»: 2 }

thử thu "a"
  Dân: thử
`), []words{no("gui", "a", ""), no("gui", "b", "")}},
		example{"none", script(`thử thu "a"
  giả làm gui = được
  giả gọi hoi_so = xong
  Dân: thử
`), nil},
	)
}

func TestD075Error(t *testing.T) {
	t.Parallel()
	no := func(name, near string) words {
		return words{vi: "Tác vụ “gui” không có lỗi “" + name + "”.", en: "The task “gui” has no error “" + name + "”.", near: near}
	}
	holds(t, "D075",
		example{"misspelt", script(`thử thu "a"
  giả làm gui = lỗi «het_chu»
  Dân: thử
`), []words{no("het_chu", "het_cho")}},
		example{"behind Máy", script(`thử thu "a"
  giả làm gui = treo
  Dân: thử
  Máy: gui = lỗi «mat_mang»
`), []words{no("mat_mang", "")}},
		example{"for all tests", script(`giả làm gui = lỗi «hetcho»

thử thu "a"
  Dân: thử
`), []words{no("hetcho", "het_cho")}},
		example{"declared, and the general one", script(`giả làm gui = lỗi

thử thu "a"
  giả làm gui = lỗi het_cho
  Dân: thử
`), nil},
	)
}

func TestD042FieldOfATranscript(t *testing.T) {
	t.Parallel()
	holds(t, "D042",
		example{"of the person", script(`giả zalo.«tenn» = "Lan"

thử thu "a"
  Dân: thử
`),
			[]words{{vi: "Không có zalo.tenn.", en: "There is no zalo.tenn.", fixVI: "Có phải ten?", fixEN: "Did you mean ten?"}}},
		example{"of the office", script(`thử thu "a"
  giả don_vi.«dia_chii» = "A"
  Dân: thử
`),
			[]words{{vi: "Không có don_vi.dia_chii.", en: "There is no don_vi.dia_chii.", fixVI: "Có phải dia_chi?", fixEN: "Did you mean dia_chi?"}}},
		example{"there", script(`giả zalo.ten = "Lan"

thử thu "a"
  giả don_vi.nhan_tin = ""
  Dân: thử
`), nil},
	)
}

// TestTranscriptsMissNothingUnread: what a line that could not be read may have declared is not missed.
func TestTranscriptsMissNothingUnread(t *testing.T) {
	t.Parallel()
	const text = `hôm nay 24/11/2026

thử thu "a"
  giả làm guii = được
  giả gọi hoi_soo = xong
  Dân: thử
  @ dauu

thử thuu "b"
  Dân: thử
`
	tests, _ := parse.Tests("thu_test.flow", []byte(text))
	broken := func(damage func(flow, sub *tree.File)) []string {
		flow, sub := parsed(tested), parsed(called)
		damage(flow, sub)
		b, _ := bind.Bind([]*tree.File{flow, sub})
		return codes(bind.Tests(b, []*tree.Tests{nil, tests}))
	}
	cases := map[string]struct {
		damage func(flow, sub *tree.File)
		want   []string
	}{
		"nothing":                        {func(_, _ *tree.File) {}, []string{"D072", "D073", "D071", "D070"}},
		"a line of the file's own level": {func(flow, _ *tree.File) { flow.Broken = true }, []string{"D073", "D070"}},
		"a line of a step":               {func(flow, _ *tree.File) { flow.Steps[0].Broken = true }, []string{"D072", "D073", "D071", "D070"}},
		"an opening line":                {func(_, sub *tree.File) { sub.Name.Text = "" }, nil},
	}
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, broken(tt.damage)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestResultsOfABrokenSubFlow: the line that could not be read may have been a slot that goes out.
func TestResultsOfABrokenSubFlow(t *testing.T) {
	t.Parallel()
	sub := parsed(called)
	sub.Broken = true
	tests, _ := parse.Tests("thu_test.flow", []byte(`hôm nay 24/11/2026

thử thu "a"
  giả gọi hoi_so = xong { soo: 3 }
  Dân: thử
`))
	b, _ := bind.Bind([]*tree.File{parsed(tested), sub})
	if found := bind.Tests(b, []*tree.Tests{tests}); len(found) > 0 {
		t.Errorf("findings %v", codes(found))
	}
}
