package engine_test

import (
	"slices"
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
)

const openingFile = `luồng mat_the "Mất thẻ"
  từ khóa "mất thẻ", "mất thẻ cũ", "thẻ bị gãy"

dữ liệu
  bi        chọn       từ lời đầu           "Thẻ bị gì"
    mat     "Bị rơi"
    hong    "Bị hỏng", "bị gãy", "thẻ bị gãy"
    khi dong mo   "Bị mờ"
  cua       chọn       từ lời đầu bảo mật   "Thẻ của ai"   để "biết ai đi"
    toi     "Của tôi"
    con     "Của con tôi"
  tuoi      chọn       từ lời đầu           "Loại thẻ"
    cu      "Thẻ cũ"
    moi     "Thẻ mới"
  ghi       chữ 5..60  từ lời đầu tùy       "Ghi thêm"
  lap       có/không                        "Làm lại"

điều kiện
  dong   co(lap) and lap

bước chao
  | Tôi giúp việc mất thẻ.
  -> bi

bước bi
  | Thẻ bị gì?
  hỏi bi
  -> cua

bước cua
  | Thẻ của ai?
  hỏi cua
  -> tuoi

bước tuoi
  | Thẻ cũ hay mới?
  hỏi tuoi
  phải tuoi == "cu"
    | Thẻ mới thì đổi ở quầy.
  -> xem

bước xem
  | {bi}. Đúng không?
  [Đúng]        -> ghi
  [Làm lại]     -> bi

bước ghi
  | Ghi thêm?
  hỏi ghi
  -> lap

bước lap
  | Hỏi lại từ đầu không?
  hỏi lap
  -> re

bước re
  nếu lap    -> bi
  còn lại    -> het

bước het
  | Xong.
  kết thúc đạt
`

const openingTaleFile = `luồng ke_chuyen "Kể chuyện"
  từ khóa "kể chuyện"

dữ liệu
  ke     kể 2..3     bảo mật từ lời đầu   "Chuyện"   để "xác minh"

điều kiện
  da_ke   co(ke)

tác vụ gui(ke kể bảo mật) không hoàn tác

bước loi_dan
  | Gọi 113 khi gấp.
  -> ke

bước ke
  khi da_ke | Phần đầu đã có.
  | Anh/chị kể giúp.
  hỏi ke
  -> xem

bước xem
  | Gửi nhé?
  [Gửi]   -> gui

bước gui
  làm gui(ke)
  được   -> het
  lỗi    -> het

bước het
  | Xong.
  kết thúc đạt
`

const openingNoteFile = `luồng gop_y "Góp ý"
  từ khóa "góp ý"

dữ liệu
  y      chữ 10..80   từ lời đầu   "Ý kiến"
  gui    chọn         từ lời đầu   "Gửi"
    co   "Gửi ngay"
    thoi "Để sau"
  ma     chữ 1..9 máy   "Mã"

tác vụ ghi(y chữ) trả (ma chữ) không hoàn tác

bước y
  | Anh/chị góp ý gì?
  hỏi y
  -> gui

bước gui
  | Tôi ghi: {y}
  hỏi gui
  -> re

bước re
  nếu gui == "co"   -> ghi
  còn lại           -> het

bước ghi
  làm ghi(y) nhận ma
  được   -> da
  lỗi    -> het

bước da
  | Mã {ma}.
  kết thúc đạt

bước het
  | Xong.
  kết thúc đạt
`

// sure leads every text into one flow.
type sure struct{ flow int }

func (s sure) Match(string) engine.Match { return engine.Match{Flow: s.flow, Sure: true} }

// opening is a talk in which free text asks for the flow of that name.
func opening(t testing.TB, file, name string) *talk {
	t.Helper()
	p := load(t, commonFile, officerFile, file)
	i := slices.IndexFunc(p.Flows, func(f *program.Flow) bool { return f.Name == name })
	return newTalk(t, p, engine.Config{Matcher: sure{i}})
}

func TestOpeningAnswersChoices(t *testing.T) {
	t.Parallel()
	k := opening(t, openingFile, "mat_the")
	k.say("thẻ cũ của con tôi bị gãy đôi").kind(engine.Triggered).at("mat_the/xem").
		want("Tôi giúp việc mất thẻ.", "Bị hỏng. Đúng không? [Đúng] [Làm lại]")
	if got := k.res.Messages[0].Lead; got != "Bị hỏng; Thẻ cũ" { // what is bảo mật is not said
		t.Errorf("the first bubble opens with %q", got)
	}
	k.say("quay lại").at("mat_the/tuoi").say("quay lại").at("mat_the/cua").say("quay lại").at("mat_the/bi").
		want("Thẻ bị gì? [Bị rơi] [Bị hỏng]")
	k.say("quay lại").at("mat_the/bi") // it was the first question all the same
}

// The words count while the flow is entered; asked again, a question is a question.
func TestOpeningAnswersOnce(t *testing.T) {
	t.Parallel()
	k := opening(t, openingFile, "mat_the")
	k.say("thẻ cũ của con tôi bị gãy đôi").press("Làm lại").at("mat_the/bi").want("Thẻ bị gì? [Bị rơi] [Bị hỏng]")
	k.say("bị rơi").at("mat_the/cua").say("của tôi").at("mat_the/tuoi").say("sửa thẻ bị gì").at("mat_the/bi")
	k.say("bắt đầu lại").at("mat_the/bi")
}

func TestOpeningLeavesOpenWhatItDoesNotSay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ say, at, lead string }{
		"nothing said":          {"em hỏi về thẻ", "mat_the/bi", ""},
		"two options":           {"bị rơi rồi bị hỏng", "mat_the/bi", ""},
		"denied":                {"chưa bị rơi", "mat_the/bi", ""},
		"a hidden option":       {"bị mờ", "mat_the/bi", ""},
		"the second only":       {"thẻ mới của con tôi", "mat_the/bi", ""},
		"a phải does not hold":  {"bị rơi thẻ mới của tôi", "mat_the/tuoi", "Bị rơi"},
		"a từ khóa is no tale":  {"thẻ bị gãy", "mat_the/cua", "Bị hỏng"},
		"a từ khóa, two slots":  {"mất thẻ cũ", "mat_the/bi", ""},
		"a payload look-alike":  {message.Payload(3, 1), "", ""},
		"words that are hollow": {"của", "mat_the/bi", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := opening(t, openingFile, "mat_the").say(c.say)
			if c.at == "" {
				k.at().kind(engine.Stale)
				return
			}
			k.at(c.at)
			lead := ""
			for _, m := range k.res.Messages {
				lead += m.Lead
			}
			if lead != c.lead {
				t.Errorf("the bubbles open with %q, want %q", lead, c.lead)
			}
		})
	}
}

// A press, a reminder's button or Start says nothing that could answer.
func TestOpeningNeedsWords(t *testing.T) {
	t.Parallel()
	opening(t, openingFile, "mat_the").start("mat_the").at("mat_the/bi")
	k := opening(t, openingFile, "mat_the").do(event.Event{Kind: event.Text, Text: "bị rơi"}).at("mat_the/cua")
	k.say("của tôi").at("mat_the/tuoi").say("thẻ cũ").press("Đúng").at("mat_the/ghi")
}

func TestOpeningBeginsAStory(t *testing.T) {
	t.Parallel()
	k := opening(t, openingTaleFile, "ke_chuyen")
	k.say("tối qua có người lạ phá cửa").at("ke_chuyen/ke").
		want("Gọi 113 khi gấp.", "Tôi ghi luôn điều anh/chị vừa kể. / Phần đầu đã có. / Anh/chị kể giúp.")
	k.say("xong").at("ke_chuyen/ke") // two pieces are asked for
	k.say("họ chạy xe đỏ").kind(engine.Collected).say("xong").at("ke_chuyen/xem").press("Gửi")
	got := k.tasks[0].Args[0].Media
	if len(got) != 2 || got[0].Text != "tối qua có người lạ phá cửa" || got[1].Text != "họ chạy xe đỏ" {
		t.Errorf("the task gets %+v", got)
	}
}

// Told anew, a story begins empty, and the lines of the step say so.
func TestAStoryToldAnewBeginsEmpty(t *testing.T) {
	t.Parallel()
	k := opening(t, openingTaleFile, "ke_chuyen").say("tối qua có người lạ phá cửa").say("họ chạy xe đỏ").say("xong").at("ke_chuyen/xem")
	k.say("quay lại").at("ke_chuyen/ke").want("Anh/chị kể giúp.")
}

func TestKeywordBeginsNoStory(t *testing.T) {
	t.Parallel()
	k := opening(t, openingTaleFile, "ke_chuyen")
	k.say("kể chuyện").at("ke_chuyen/ke").want("Gọi 113 khi gấp.", "Anh/chị kể giúp.")
	k.say("một").say("hai").say("quay lại").at("ke_chuyen/ke")
}

// A text is taken as it is, and said to be; where an answer sends something off nothing answers itself.
func TestOpeningIsAText(t *testing.T) {
	t.Parallel()
	k := opening(t, openingNoteFile, "gop_y")
	k.say("gửi ngay lời khen đến anh cảnh sát khu vực").at("gop_y/gui").
		want("Tôi ghi luôn điều anh/chị vừa kể. / Tôi ghi: gửi ngay lời khen đến anh cảnh sát khu vực [Gửi ngay] [Để sau]")
	k.say("quay lại").at("gop_y/y").want("Anh/chị góp ý gì?")
	opening(t, openingNoteFile, "gop_y").say("khen").at("gop_y/y").want("Anh/chị góp ý gì?")
	opening(t, openingNoteFile, "gop_y").say("góp ý").at("gop_y/y")
}
