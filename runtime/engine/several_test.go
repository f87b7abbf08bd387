package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

const severalFile = `luồng giay_to "Giấy tờ"
  từ khóa "giấy tờ"

tác vụ gui(giay chữ) trong 30 giây

dữ liệu
  roi    có/không          "Đã có đơn"
  giay   chọn nhiều 1..3   "Giấy tờ"
    don    "Đơn", "tờ đơn"
    anh    "Ảnh thẻ"
    can    "Căn cước, hộ chiếu"
    khi roi   cu   "Đơn cũ"
  them   chọn nhiều 2..4 tùy   "Việc thêm"
    mot    "Việc một"
    hai    "Việc hai"
    ba     "Việc ba"
    bon    "Việc bốn"

bước roi
  | Có đơn chưa?
  hỏi roi
  -> giay

bước giay
  | Giấy tờ nào?
  hỏi giay
  [Chưa biết]   -> giup
  phải not ("don" in giay and "cu" in giay)
    | Chỉ một đơn thôi.
  sai
    | Chưa rõ.
  -> xem

bước giup
  | Đơn, ảnh thẻ, căn cước.
  -> giay

bước xem
  nếu "don" in giay and "anh" in giay   -> them
  nếu "don" not in giay                 -> gui
  còn lại                               -> them

bước them
  | Anh/chị đã chọn {giay}. Thêm việc gì?
  hỏi them
  -> gui

bước gui
  làm gui(giay)
  được   -> het
  lỗi    -> het

bước het
  | Xong rồi.
  kết thúc đạt
`

func several(t *testing.T) *talk {
	t.Helper()
	return newTalk(t, load(t, severalFile), engine.Config{}).say("giấy tờ").say("không").at("giay_to/giay")
}

// Presses and numbers go in and out; [Xong] comes with the lower bound and is numbered last.
func TestSeveralByPresses(t *testing.T) {
	t.Parallel()
	k := several(t).want("Giấy tờ nào? [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Chưa biết]")
	k.say("1").kind(engine.Collected).at("giay_to/giay").
		want("Đã chọn: Đơn. Anh/chị chọn thêm, xong thì nhắn: xong. Nhắn lại số nào thì bỏ mục đó. [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Chưa biết] [Xong]")
	k.press("Ảnh thẻ").kind(engine.Collected)
	k.say("tờ đơn").kind(engine.Collected).
		want("Đã bỏ: Đơn. Còn chọn: Ảnh thẻ. Anh/chị chọn thêm, xong thì nhắn: xong. Nhắn lại số nào thì bỏ mục đó. [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Chưa biết] [Xong]")
	k.press("Ảnh thẻ").
		want("Đã bỏ: Ảnh thẻ. Chưa chọn mục nào. Anh/chị bấm hoặc nhắn số các mục cần chọn. [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Chưa biết]")
	k.say("xong").kind(engine.Wrong).at("giay_to/giay")
	k.say("2").say("5").kind(engine.Answered)
	if len(k.tasks) != 1 || k.tasks[0].Args[0].S != "anh" {
		t.Errorf("the task is given %+v", k.tasks)
	}
}

// A press of an older bubble still means its option: people press one after the other in the first bubble.
func TestSeveralFromOneBubble(t *testing.T) {
	t.Parallel()
	k := several(t)
	one, two, none := k.payload("Đơn"), k.payload("Ảnh thẻ"), k.payload("Chưa biết")
	k.say(one).say(two).kind(engine.Collected)
	if got := k.slot("giay"); got != "Đơn, Ảnh thẻ" {
		t.Errorf("giay is %q", got)
	}
	done := k.payload("Xong")
	k.say(one).say(two).kind(engine.Collected)
	k.say(done).kind(engine.Stale).at("giay_to/giay")
	k.say(none).at("giay_to/giay")
	if got := k.slot("giay"); got != "" {
		t.Errorf("after an escape giay is %q", got)
	}
}

// Several in one message are the answer; every part must be understood.
func TestSeveralInOneMessage(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"1, 2", "đơn và ảnh thẻ", "1 2", "dạ 1 với 2 ạ", "Đơn\nẢnh thẻ", "to don, anh the"} {
		k := several(t).say(words).kind(engine.Answered).at("giay_to/them")
		if got := k.slot("giay"); got != "Đơn, Ảnh thẻ" {
			t.Errorf("%q is read as %q", words, got)
		}
	}
	for _, words := range []string{"tất cả", "cả ba", "hết", "1,2,3", "căn cước, hộ chiếu, đơn, ảnh thẻ"} {
		if k := several(t).say(words).kind(engine.Answered); k.slot("giay") != "Đơn, Ảnh thẻ, Căn cước, hộ chiếu" {
			t.Errorf("%q is read as %q", words, k.slot("giay"))
		}
	}
	for _, words := range []string{"1, 7", "đơn và sổ hộ khẩu", "1-3", "cả hai", "tất cả trừ 1", "{{giay}}", "1 hoặc 2"} {
		k := several(t).say(words).kind(engine.Wrong).at("giay_to/giay")
		if got := k.slot("giay"); got != "" {
			t.Errorf("%q sets %q", words, got)
		}
	}
	k := newTalk(t, load(t, strings.Replace(severalFile, "  sai\n    | Chưa rõ.\n", "", 1)), engine.Config{}).say("giấy tờ").say("không")
	if k.say("1, sổ hộ khẩu"); !strings.Contains(k.shown()[0], "“sổ hộ khẩu”") {
		t.Errorf("the part that was not understood is not named: %q", k.shown())
	}
}

// What was chosen before is not lost to a list, and "hết" says two things then.
func TestSeveralAfterOne(t *testing.T) {
	t.Parallel()
	k := several(t).say("3").say("1, 2")
	if got := k.kind(engine.Answered).at("giay_to/them").slot("giay"); got != "Đơn, Ảnh thẻ, Căn cước, hộ chiếu" {
		t.Errorf("giay is %q", got)
	}
	k = newTalk(t, load(t, severalFile), engine.Config{}).say("giấy tờ").say("có").say("3").say("2, 1").kind(engine.Answered)
	several(t).say("3").say("hết").kind(engine.AskedBack).at("giay_to/giay").say("xong rồi").kind(engine.Answered)
	several(t).say("1").say("dạ hết rồi ạ").kind(engine.Answered).at("giay_to/them")
}

// Near and ambiguous words are asked back like those of a chọn, and the option goes in.
func TestSeveralNearMiss(t *testing.T) {
	t.Parallel()
	k := several(t).say("anh thee").kind(engine.AskedBack).say("đúng").kind(engine.Collected)
	if got := k.slot("giay"); got != "Ảnh thẻ" {
		t.Errorf("giay is %q", got)
	}
}

// phải holds the whole, and its sentence comes back with the choices as they were.
func TestSeveralMust(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, severalFile), engine.Config{}).say("giấy tờ").say("có").
		want("Giấy tờ nào? [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Đơn cũ] [Chưa biết]")
	k.say("đơn, đơn cũ").kind(engine.Wrong).want("Chỉ một đơn thôi. / Giấy tờ nào? [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Đơn cũ] [Chưa biết]")
	k.say("4").say("2").say("xong").kind(engine.Answered)
	if k.tasks[0].Args[0].S != "anh,cu" {
		t.Errorf("the task is given %+v", k.tasks[0].Args)
	}
}

// A tùy one keeps [Bỏ qua] where it is; a beginning below the lower bound is kept.
func TestSeveralOptional(t *testing.T) {
	t.Parallel()
	at := func() *talk { return several(t).say("1, 2").at("giay_to/them") }
	at().want("Anh/chị đã chọn Đơn, Ảnh thẻ. Thêm việc gì? [Việc một] [Việc hai] [Việc ba] [Việc bốn] [Bỏ qua]").
		say("3").want("Đã chọn: Việc ba. Anh/chị chọn thêm giúp, cần ít nhất 2 mục. [Việc một] [Việc hai] [Việc ba] [Việc bốn] [Bỏ qua]").
		say("xong rồi").kind(engine.Wrong).at("giay_to/them").
		say("1").want("Đã chọn: Việc một, Việc ba. Anh/chị chọn thêm, xong thì nhắn: xong. Nhắn lại số nào thì bỏ mục đó. [Việc một] [Việc hai] [Việc ba] [Việc bốn] [Bỏ qua] [Xong]").
		press("Bỏ qua").kind(engine.Answered).at("giay_to/gui")
	at().say("dạ không ạ").kind(engine.Answered).at("giay_to/gui")
	k := at().say("việc một, việc hai").kind(engine.Answered).at("giay_to/gui")
	if got := k.slot("them"); got != "Việc một, Việc hai" {
		t.Errorf("them is %q", got)
	}
}

func TestSeveralGoesBackAndRepeats(t *testing.T) {
	t.Parallel()
	k := several(t).say("1").say("nhắc lại").kind(engine.Repeated).want("Giấy tờ nào? [Đơn] [Ảnh thẻ] [Căn cước, hộ chiếu] [Chưa biết] [Xong]")
	k.say("2").say("xong").at("giay_to/them").say("quay lại").kind(engine.WentBack).at("giay_to/giay")
	if got := k.slot("giay"); got != "" {
		t.Errorf("after quay lại giay is %q", got)
	}
	k.say("quay lại").at("giay_to/roi")
}

// severalOf holds what was chosen by hand beside the engine: whatever is pressed, the slot is what a person would count.
func TestSeveralHoldsWhatWasPressed(t *testing.T) {
	t.Parallel()
	p := load(t, severalFile)
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{}).say("giấy tờ").say("không").say("1, 2").at("giay_to/them")
		var chosen []int
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 4), 1, 12).Draw(rt, "presses") {
			if i := slices.Index(chosen, n); i >= 0 {
				chosen = slices.Delete(chosen, i, i+1)
			} else {
				chosen = append(chosen, n)
			}
			k.say(string(rune('0' + n)))
			if len(chosen) == 4 {
				k.at("giay_to/gui")
				break
			}
			slot := k.s.Runs[0].Slots[slotNamed(k, "them")]
			if got := value.Chosen(slot); len(got) != len(chosen) {
				rt.Fatalf("chosen %v, the session holds %v", chosen, got)
			}
			offersDone := strings.Contains(k.shown()[0], "[Xong]")
			if offersDone != (len(chosen) >= 2) {
				rt.Fatalf("%d chosen and Xong shown: %v", len(chosen), offersDone)
			}
		}
	})
}

func slotNamed(k *talk, name string) int {
	f := k.p.Flows[k.s.Runs[0].Flow]
	return slices.IndexFunc(f.Slots, func(s program.Slot) bool { return s.Name == name })
}

const storyFile = `luồng khan "Khẩn"
  khẩn cấp
  từ khóa "cứu tôi"

bước goi
  | Gọi 113 ngay.
  kết thúc đạt

`

const tellFile = `luồng bao "Báo"
  từ khóa "báo"

tác vụ gui(ke kể bảo mật tùy, nua kể bảo mật tùy) trong 30 giây

dữ liệu
  ten   chữ 2..20               "Tên"
  ke    kể 2..4 bảo mật         "Chuyện"   để "xác minh"
  nua   kể 1..3 bảo mật tùy     "Nữa"      để "xác minh"

bước ten
  | Tên?
  hỏi ten
  -> ke

bước ke
  | Anh/chị kể giúp.
  hỏi ke
  -> nua

bước nua
  | Còn gì nữa?
  hỏi nua
  -> gui

bước gui
  làm gui(ke, nua)
  được   -> het
  lỗi    -> het

bước het
  | Đã nhận.
  kết thúc đạt
`

func inStory(t *testing.T) *talk {
	t.Helper()
	p := load(t, tellFile, storyFile)
	return newTalk(t, p, engine.Config{Detector: hints{p}}).say("báo").say("Lan").at("bao/ke")
}

func (k *talk) told(name string) []string {
	var out []string
	for _, m := range k.s.Runs[len(k.s.Runs)-1].Slots[slotNamed(k, name)].Media {
		out = append(out, m.Kind+" "+m.Name+m.Text)
	}
	return out
}

// Words, pictures, recordings, files and places are pieces, in order; the question is not asked again after each.
func TestStoryCollects(t *testing.T) {
	t.Parallel()
	k := inStory(t).want("Anh/chị kể giúp.")
	k.say("Tối qua  có hai người lạ").kind(engine.Collected).want("Tôi đã nhận 1 phần; anh/chị kể tiếp giúp, cần ít nhất 2.")
	k.picture("1.jpg").want("Tôi đã ghi 2 phần. Anh/chị kể tiếp, xong thì nhắn: xong. [Xong]")
	k.do(event.Event{Kind: event.Place, Text: "Cổng chợ", Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}}).
		want("Tôi đã ghi 3 phần. Anh/chị kể tiếp, xong thì nhắn: xong. [Xong]")
	want := []string{"text Tối qua  có hai người lạ", "image 1.jpg", "location Cổng chợ"}
	if got := k.told("ke"); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	k.press("Xong").kind(engine.Answered).at("bao/nua").want("Còn gì nữa? [Bỏ qua]")
	k.do(media("audio", "ghi-am.m4a")).do(media("video", "x.mp4")).kind(engine.Collected)
	k.do(media("file", "don.pdf")).kind(engine.Answered).at("bao/gui") // the upper bound
	if args := k.tasks[0].Args; len(args[0].Media) != 3 || len(args[1].Media) != 3 {
		t.Errorf("the task is given %+v", args)
	}
}

// A picture with words below it is two pieces; more than the bound is said not to be kept.
func TestStoryCaptionAndTooMuch(t *testing.T) {
	t.Parallel()
	k := inStory(t)
	ev := media("image", "1.jpg")
	ev.Text = "xe đậu chỗ này"
	k.do(ev).want("Tôi đã ghi 2 phần. Anh/chị kể tiếp, xong thì nhắn: xong. [Xong]")
	if got := k.told("ke"); !slices.Equal(got, []string{"text xe đậu chỗ này", "image 1.jpg"}) {
		t.Errorf("told %q", got)
	}
	k.picture("2.jpg", "3.jpg", "4.jpg").kind(engine.Answered).at("bao/nua")
	if got := k.shown()[0]; !strings.Contains(got, "không lưu") {
		t.Errorf("nothing is said of what was not kept: %q", got)
	}
	if got := k.told("ke"); len(got) != 4 {
		t.Errorf("told %q", got)
	}
}

func TestStoryEndsInWords(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"xong", "xong rồi ạ", "dạ hết rồi", "gửi đi", "kể xong rồi", "chỉ vậy thôi ạ", "1"} {
		inStory(t).say("một").say("hai").say(words).kind(engine.Answered).at("bao/nua")
	}
	for _, words := range []string{"không", "không có ai bị thương", "xong họ bỏ chạy", "hết tiền rồi họ đánh"} {
		k := inStory(t).say("một").say("hai").say(words).kind(engine.Collected).at("bao/ke")
		if got := k.told("ke"); len(got) != 3 {
			t.Errorf("%q is no piece: %q", words, got)
		}
	}
	inStory(t).say("xong").kind(engine.Wrong).at("bao/ke").say("không có gì ạ").kind(engine.Wrong).at("bao/ke")
	inStory(t).say("một").say("xong").kind(engine.Wrong).at("bao/ke").want("Tôi đã nhận 1 phần. Anh/chị kể tiếp giúp. / Anh/chị kể giúp.")
	inStory(t).say("một").say("hai").say("xong").say("không có").kind(engine.Answered).at("bao/gui")
	inStory(t).say("một").say("hai").say("xong").press("Bỏ qua").kind(engine.Answered).at("bao/gui")
}

// An emergency is answered first and stays part of the story, with the picture it came with.
func TestStoryAndEmergency(t *testing.T) {
	t.Parallel()
	k := inStory(t).say("nó cầm dao").say("cứu tôi").kind(engine.Emergency).at("bao/ke").
		want("Gọi 113 ngay.", "Tôi đã ghi 2 phần. Anh/chị kể tiếp, xong thì nhắn: xong. [Xong]")
	ev := media("image", "1.jpg")
	ev.Text = "cứu tôi"
	k.do(ev).kind(engine.Emergency).at("bao/nua")
	if got := k.told("ke"); !slices.Equal(got, []string{"text nó cầm dao", "text cứu tôi", "text cứu tôi", "image 1.jpg"}) {
		t.Errorf("told %q", got)
	}
}

func TestStoryIsNoPlaceForOthers(t *testing.T) {
	t.Parallel()
	k := inStory(t).say("một").do(event.Event{Kind: event.Sticker}).kind(engine.Unreadable).at("bao/ke")
	k.do(media("la", "x")).kind(engine.Unasked).at("bao/ke")
	if got := k.told("ke"); len(got) != 1 {
		t.Errorf("told %q", got)
	}
	k.say("nhắc lại").kind(engine.Repeated).want("Anh/chị kể giúp.")
	k.say("hai").say("nhắc lại").want("Anh/chị kể giúp. [Xong]")
	k.say("xong").at("bao/nua").say("quay lại").kind(engine.WentBack).at("bao/ke")
	if got := k.told("ke"); got != nil {
		t.Errorf("after quay lại the story is %q", got)
	}
	k.say("quay lại").at("bao/ten")
}

// A message that came late is still part of the story it was sent for.
func TestStoryTakesLatePieces(t *testing.T) {
	t.Parallel()
	k := inStory(t).say("một")
	k.do(event.Event{Kind: event.Text, Text: "đến chậm", Late: true}).kind(engine.Collected)
	if got := k.told("ke"); len(got) != 2 {
		t.Errorf("told %q", got)
	}
}

// Whatever is sent, every piece is kept once and in order until the bound, nothing is answered with silence.
func TestStoryKeepsEveryPiece(t *testing.T) {
	t.Parallel()
	p := load(t, strings.Replace(tellFile, "kể 2..4", "kể 2..20", 1))
	rapid.Check(t, func(rt *rapid.T) {
		k := newTalk(t, p, engine.Config{}).say("báo").say("Lan").say("mở đầu")
		want := []string{"text mở đầu"}
		for range rapid.IntRange(1, 18).Draw(rt, "pieces") {
			k.now += rapid.Int64Range(0, 60_000).Draw(rt, "pause")
			if rapid.Bool().Draw(rt, "words") {
				s := rapid.SampledFrom([]string{"a b", "không", "{{ten}}", "113", "rồi nó chạy", "<b>", strings.Repeat("dài ", 500)}).Draw(rt, "text")
				m, _ := value.Piece(s)
				want = append(want, "text "+m.Text)
				k.do(event.Event{Kind: event.Text, Text: s})
			} else {
				want = append(want, "image x.jpg")
				k.do(media("image", "x.jpg"))
			}
			if len(k.res.Messages) != 1 || k.res.Kind != engine.Collected {
				rt.Fatalf("%v: %q", k.res.Kind, k.shown())
			}
		}
		if got := k.told("ke"); !slices.Equal(got, want) {
			rt.Fatalf("told %q, want %q", got, want)
		}
	})
}

// An unfinished story or choice lives as long as its run, and not longer.
func TestCollectionsExpire(t *testing.T) {
	t.Parallel()
	k := inStory(t).say("một").wait(25 * time.Hour).status(session.Idle)
	if len(k.s.Runs) != 0 {
		t.Errorf("runs %+v", k.s.Runs)
	}
}
