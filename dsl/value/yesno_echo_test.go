package value_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// TestAnswersInTheWordsOfTheQuestion: có, không, or asked back (?).
func TestAnswersInTheWordsOfTheQuestion(t *testing.T) {
	t.Parallel()
	for question, answers := range map[string]map[string]string{
		"Thẻ còn hạn không?": {
			"còn": "có", "dạ còn": "có", "còn ạ": "có", "còn hạn": "có", "con han": "có", "dạ con han a": "có", "vẫn còn hạn": "có",
			"hết rồi": "không", "hết": "không", "het roi": "không", "hết hạn": "không", "het han roi": "không", "dạ hết hạn rồi ạ": "không",
			"không còn": "không", "không còn nữa": "không", "hết hạn lâu rồi": "không", "chưa hết hạn": "có", "chưa hết": "có",
			"có": "có", "không": "không", "chưa": "không", "con": "có", "còn 2 năm": "có", "còn nhưng sắp hết": "?", "còn đâu": "?", "còn đâu nữa": "?", "sắp hết": "?", "còn không em": "?", "em không biết": "?",
			"con em": "?", "còn chứ": "có",
		},
		"Thẻ đã hết hạn chưa?": {
			"rồi": "có", "hết rồi": "có", "hết hạn rồi": "có", "hết": "có", "hết hạn": "có", "chưa": "không", "chưa hết": "không",
			"chưa hết hạn": "không", "còn": "không", "dạ còn": "không", "còn hạn": "không", "vẫn còn hạn": "không", "chua het han": "không",
			"con han": "?", "chưa có": "không", "không còn": "có",
		},
		"Anh/chị đã đăng ký tạm trú ở nơi khác, hoặc đã làm thủ tục xuất cảnh chưa?": {
			"rồi": "có", "rồi ạ": "có", "có rồi": "có", "đăng ký rồi": "có", "dang ky roi": "có", "làm thủ tục rồi ạ": "có", "đã đăng ký": "?",
			"chưa": "không", "chưa đăng ký": "không", "chưa có": "không", "em chưa làm": "không", "chua dang ky dau": "không",
			"đăng ký": "?", "đang làm": "?", "chưa biết": "?", "mai làm": "?", "hết rồi": "?", "còn": "?",
		},
		"Tôi ghi {tên}. Anh/chị còn đủ giấy đăng ký và biển số không? Mất một thứ cũng là thiếu.": {
			"còn": "có", "còn đủ": "có", "con du": "có", "còn hết": "có", "mất rồi": "?", "không còn": "không", "hết": "không", "không đủ": "không",
			"thiếu": "?", "con toi giu": "?",
		},
		"Còn hiệu lực hay đã hết?":             {"còn": "?", "hết rồi": "?", "có": "có"},
		"Anh/chị không có hộ khẩu phải không?": {"không có hộ khẩu": "?", "có": "có", "không": "không"},
		"Anh/chị có con nhỏ đi cùng không?":    {"còn": "?", "không có con nhỏ": "không", "có con nhỏ": "?", "hết": "?"},
		"Đồng ý": {"còn": "?", "còn hạn": "?", "hết rồi": "?", "hết hạn": "?", "rồi": "có", "chưa có": "không", "dạ": "có", "dạ còn": "?"},
	} {
		for text, want := range answers {
			v, p := value.Type{Kind: value.YesNo}.ReadText(text, value.Context{Asked: question})
			got := "?"
			if p == nil {
				got = map[int64]string{0: "không", 1: "có"}[v.N]
			}
			if got != want {
				t.Errorf("%q to %q is %s, want %s", text, question, got, want)
			}
		}
	}
}

// Whoever answers in the question's words is never understood both ways: what is read as yes is not read as no with không before it,
// and the other way round.
func TestEchoAndItsDenialDiffer(t *testing.T) {
	t.Parallel()
	words := []string{"còn", "hết", "hạn", "rồi", "đăng", "ký", "làm", "dạ", "ạ", "vẫn", "con"}
	questions := []string{"Thẻ còn hạn không?", "Thẻ hết hạn chưa?", "Đã đăng ký chưa?", ""}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(words).Draw(t, "first")
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(t, "rest") {
			text += " " + w
		}
		ctx := value.Context{Asked: rapid.SampledFrom(questions).Draw(t, "question")}
		v, p := value.Type{Kind: value.YesNo}.ReadText(text, ctx)
		w, q := value.Type{Kind: value.YesNo}.ReadText("không "+text, ctx)
		if p == nil && q == nil && v.N == 1 && w.N == 1 {
			t.Fatalf("%q and its denial are both yes to %q", text, ctx.Asked)
		}
	})
}
