package value_test

import (
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// cards is the first question of a flow about lost and broken cards.
func cards() value.Type {
	return value.Type{Kind: value.Choice, Options: []value.Option{
		{Name: "mat", Label: "Thẻ bị mất", Synonyms: []string{"mất", "rớt", "rơi", "thất lạc"}},
		{Name: "hong", Label: "Thẻ bị hỏng", Synonyms: []string{"hỏng", "hư", "gãy", "mờ"}},
		{Name: "chua", Label: "Hỏi trước", Synonyms: []string{"chưa mất thẻ", "gia hạn", "căn cước"}},
		{Name: "hoa", Label: "Thẻ lòa", Synonyms: []string{"lòa chip"}},
	}}
}

func TestStands(t *testing.T) {
	t.Parallel()
	const none = ""
	for text, want := range map[string]string{
		"tôi bị mất căn cước":                "mat",
		"Em MẤT thẻ rồi, làm lại ở đâu?":     "mat",
		"thẻ bị mất":                         "mat",
		"con tôi làm rớt,gãy luôn":           none, // rớt and gãy are two options
		"thẻ bị gãy làm đôi":                 "hong",
		"toi bi mat can cuoc":                none, // mất, mặt, mật: one word without its accents names nothing
		"the bi mat thi lam lai o dau":       "mat",
		"thẻ bị mật":                         none,
		"cho em gia han nhé":                 "chua",
		"mở tài khoản thế nào":               none, // not mờ
		"tôi không mất, chỉ hỏi":             none, // denied
		"đừng gia hạn":                       none,
		"đúng, gia hạn":                      "chua",
		"khong gia han nua":                  none,
		"tôi chưa mất thẻ, hỏi thôi":         "chua", // the longer phrase holds the shorter, and its own chưa denies nothing
		"tôi chưa mất thẻ nhưng bạn tôi mất": none,
		"căn cước làm ở đâu":                 none, // stands in the title
		"làm lại căn cước ở đâu":             none,
		"mấtt thẻ":                           none, // nothing near
		"Mất. Mất rồi. Thẻ bị mất!":          "mat",
		"loà chip":                           "hoa",
		"lòa chip":                           "hoa",
		"":                                   none,
		"👍":                                  none,
		"mất rồi\nlàm lại sao":               "mat",
		"tha\u0302\u0301t la\u0323c giấy tờ": "mat",
		"hư":                                 "hong",
		"hu":                                 none,
		"mặt tôi trong thẻ bị mờ quá":        "hong",
		"tiền mất":                           "mat",
		"1":                                  none,
	} {
		v, ok := cards().Stands(text, "Cấp lại thẻ căn cước", value.Context{})
		if v.S != want || ok != (want != none) {
			t.Errorf("%q names %q, %v; want %q", text, v.S, ok, want)
		}
	}
}

// A hidden option is not named, and does not keep another from being the only one.
func TestStandsAmongVisible(t *testing.T) {
	t.Parallel()
	hide := func(name string) value.Context {
		typ := cards()
		return value.Context{Visible: func(i int) bool { return typ.Options[i].Name != name }}
	}
	if v, ok := cards().Stands("thẻ bị mất", "", hide("mat")); ok {
		t.Errorf("a hidden option is named: %+v", v)
	}
	if v, ok := cards().Stands("rớt rồi gãy", "", hide("hong")); !ok || v.S != "mat" {
		t.Errorf("one of two visible options gives %+v, %v", v, ok)
	}
	if v, ok := several(cards()).Stands("mất", "", value.Context{}); ok {
		t.Errorf("a chọn nhiều takes %+v", v)
	}
}

// Whatever is named is an option, and one that a word of the message stands for.
func TestStandsNeverInvents(t *testing.T) {
	t.Parallel()
	words := []string{"mất", "thẻ", "bị", "hư", "không", "chưa", "gia", "hạn", "mat", "the", "đừng", "rơi", "căn", "cước", "xe", "🙂", "…"}
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 8).Draw(t, "words") {
			text += w + rapid.SampledFrom([]string{" ", ", ", "\n"}).Draw(t, "gap")
		}
		typ := cards()
		v, ok := typ.Stands(text, "", value.Context{})
		again, same := typ.Stands(text+" ạ", "", value.Context{})
		if ok && (v.Kind != value.Choice || typ.Options[v.N].Name != v.S) {
			t.Fatalf("%q names %+v", text, v)
		}
		if ok != same || v.S != again.S {
			t.Fatalf("%q names %q, with a polite word %q", text, v.S, again.S)
		}
	})
}
