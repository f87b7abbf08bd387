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
	confirm // yes, and turned to no by a negation before it: "không phải"
	negate  // no; behind a confirmation it makes a question of it: "phải không"
)

// yesNoWords are the words of which a yes/no answer may consist, folded.
var yesNoWords = map[string]answer{
	"da": softYes, "vang": softYes,
	"a": polite, "ah": polite, "ad": polite, "anh": polite, "ban": polite, "bac": polite, "bot": polite, "chi": polite,
	"chu": polite, "con": polite, "em": polite, "la": polite, "minh": polite, "nghe": polite, "nha": polite,
	"nhe": polite, "oi": polite, "thi": polite, "thua": polite, "toi": polite, "day": polite, "luon": polite,
	"u": affirm, "uh": affirm, "uhm": affirm, "um": affirm, "uk": affirm, "uki": affirm, "ua": affirm, "ok": affirm, "oke": affirm,
	"okay": affirm, "okie": affirm, "oki": affirm, "roi": affirm, "yes": affirm, "y": affirm, "yep": affirm, "true": affirm,
	"okela": affirm, "yeah": affirm, "ukm": affirm, "uhuh": affirm, "chuan": affirm,
	"dc": confirm, "co": confirm, "dung": confirm, "phai": confirm, "duoc": confirm,
	"khong": negate, "hong": negate, "hok": negate, "hem": negate, "ko": negate, "kg": negate, "kh": negate, "khg": negate,
	"k": negate, "khum": negate, "hk": negate, "hg": negate, "chua": negate,
	"thoi": deny, "khoi": deny, "sai": deny, "no": deny, "nope": deny, "false": deny,
}

// yesNoPhrases are answers that do not follow from their words one by one.
var yesNoPhrases = map[string]answer{
	"1": affirm, "so 1": affirm, "2": deny, "so 2": deny,
	"dong y": affirm, "chinh xac": affirm, "xac nhan": affirm, "u hu": affirm, "tat nhien": affirm, "dung the": affirm,
	"dung vay": affirm, "co chu": affirm, "chac chan": affirm, "khong dong y": deny, "khong he": deny, "khong co gi": deny,
	"khong can": deny, "khong muon": deny, "khong phai dau": deny, "hong phai dau": deny, "khong dau": deny, "hong dau": deny,
	"sai roi": deny, "sai bet": deny, "khoi di": deny, "tat nhien roi": affirm, "di nhien": affirm, "duong nhien": affirm, "nhat tri": affirm,
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
	case speaksOfLeft(text) || got == unknown:
		got = echo(text, ctx.Asked)
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

// judge reads an answer word by word: affirm, deny, or unknown where a word is strange or the words contradict each other.
func judge(key string) answer {
	var v verdict
	for word := range strings.SplitSeq(key, " ") {
		if !v.hear(yesNoWords[word]) {
			return unknown
		}
	}
	switch {
	case v.yes && v.no:
		return unknown
	case v.no:
		return deny
	case v.yes, v.soft:
		return affirm
	}
	return unknown
}

// verdict is what the words so far say.
type verdict struct{ soft, yes, no, negated, confirmed bool }

// hear takes one word; false when it leaves nothing to be understood.
func (v *verdict) hear(a answer) bool {
	switch a {
	case unknown:
		return false
	case softYes:
		v.soft = true
	case affirm:
		v.yes = true
	case deny:
		v.no = true
	case confirm:
		v.yes = v.yes || !v.negated
		v.confirmed = true
	case negate:
		v.no, v.negated = true, true
		return !v.confirmed
	}
	return true
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
