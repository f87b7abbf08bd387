package value

import (
	"strings"

	"hoithoai/dsl/fold"
)

const askYesNo = "Anh/chị trả lời giúp: có hoặc không."

// answer is what one word does to a yes/no answer.
type answer uint8

const (
	unknown answer = iota
	polite         // says nothing
	softYes        // polite, and yes when it stands alone: "dạ"
	affirm
	deny
	confirm // yes, and turned to no by a denial before it: "không phải"
)

// yesNoWords are the words of which a yes/no answer may consist, folded.
var yesNoWords = map[string]answer{
	"da": softYes, "vang": softYes,
	"a": polite, "ah": polite, "ad": polite, "anh": polite, "ban": polite, "bac": polite, "bot": polite, "chi": polite,
	"chu": polite, "co chu": polite, "con": polite, "em": polite, "la": polite, "minh": polite, "nghe": polite, "nha": polite,
	"nhe": polite, "oi": polite, "thi": polite, "thua": polite, "toi": polite, "day": polite, "luon": polite,
	"u": affirm, "uh": affirm, "uhm": affirm, "um": affirm, "uk": affirm, "uki": affirm, "ua": affirm, "ok": affirm, "oke": affirm,
	"okay": affirm, "okie": affirm, "oki": affirm, "roi": affirm, "yes": affirm, "y": affirm, "yep": affirm, "true": affirm,
	"co": confirm, "dung": confirm, "phai": confirm, "duoc": confirm, "dong": confirm, "chinh": polite, "xac": polite,
	"khong": deny, "thoi": deny, "hong": deny, "hok": deny, "hem": deny, "ko": deny, "kg": deny, "kh": deny, "khg": deny,
	"kho": deny, "k": deny, "hk": deny, "hg": deny, "chua": deny, "khoi": deny, "sai": deny, "no": deny, "nope": deny,
	"false": deny, "cha": deny,
}

// yesNoPhrases are answers that do not follow from their words one by one.
var yesNoPhrases = map[string]answer{
	"1": affirm, "so 1": affirm, "2": deny, "so 2": deny,
	"dong y": affirm, "chinh xac": affirm, "xac nhan": affirm, "u hu": affirm, "tat nhien": affirm, "dung the": affirm,
	"dung vay": affirm, "co chu": affirm, "chac chan": affirm, "khong dong y": deny, "khong he": deny, "khong co gi": deny,
	"khong can": deny, "khong muon": deny,
}

func (t Type) readYesNo(text string, ctx Context) (Value, *Problem) {
	var buf [64]byte
	key := fold.AppendKey(buf[:0], text)
	got, ok := yesNoPhrases[string(key)]
	if !ok {
		got = judge(string(key))
	}
	switch {
	case len(key) == 0:
		got = judgeSigns(text)
	case got == affirm && saysDont(text):
		got = deny
	}
	switch got {
	case affirm:
		return Value{Kind: YesNo, N: 1}, nil
	case deny:
		return Value{Kind: YesNo}, nil
	}
	return Value{}, problem(NotUnderstood, t.Ask(ctx))
}

// judge reads an answer word by word: affirm, deny, or unknown where a word is strange or the words contradict each other. A
// denial turns the confirmation behind it ("không phải"); one behind a confirmation makes a question of it ("phải không").
func judge(key string) answer {
	var soft, yes, no bool
	for word := range strings.SplitSeq(key, " ") {
		switch yesNoWords[word] {
		case unknown:
			return unknown
		case softYes:
			soft = true
		case affirm:
			yes = true
		case confirm:
			yes = yes || !no
		case deny:
			no = true
		}
	}
	switch {
	case yes && no:
		return unknown
	case no:
		return deny
	case yes, soft:
		return affirm
	}
	return unknown
}

// judgeSigns reads a message of symbols only.
func judgeSigns(text string) answer {
	yes := strings.ContainsAny(text, "👍👌✅✔☑🆗")
	no := strings.ContainsAny(text, "👎❌✖🚫")
	switch {
	case yes && !no:
		return affirm
	case no && !yes:
		return deny
	}
	return unknown
}

// saysDont reports whether text has "đừng" (do not), which folds to the same key as "đúng" (right).
func saysDont(text string) bool {
	return strings.Contains(strings.ToLower(fold.Clean(text)), "đừng")
}
