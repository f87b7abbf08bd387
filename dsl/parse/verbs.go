package parse

import (
	"strings"

	"hoithoai/dsl/fold"
)

// verb is what the first words of a line say it is.
type verb uint8

const (
	noVerb verb = iota

	// Lines that open a file.
	vFlow
	vSub
	vShared

	// Headers.
	vBasis
	vTriggers
	vExcept
	vFollow
	vFallback
	vEmergency
	vAnonymous
	vUnkept
	vKeep
	vStart

	// Lines that open a section.
	vExamples
	vData
	vFacts
	vConditions
	vTask
	vAlways
	vStep

	// Lines of a section.
	vWhen
	vListen
	vHelp
	vSilence
	vSay
	vItem
	vButton
	vArrow
	vPicture
	vAttach
	vBreak
	vTable
	vList
	vAsk
	vMust
	vWrong
	vIf
	vElse
	vCall
	vDone
	vAbandon
	vDo
	vGot
	vFail
	vHuman
	vFinish
	vCompute
	vClear

	// Lines of a transcript.
	vToday
	vFake
	vTest
	vPerson
	vBot
	vMachine
	vAt
	vPause
)

func (v verb) opensFile() bool    { return vFlow <= v && v <= vShared }
func (v verb) isHeader() bool     { return vBasis <= v && v <= vStart }
func (v verb) opensSection() bool { return vExamples <= v && v <= vStep }

// phrase is a keyword at the start of a line. fits says whether what follows looks like its line: only then is a misspelt
// word taken for it.
type phrase struct {
	text string
	verb verb
	fits func(c *cursor) bool
}

// flowPhrases are the keywords that start a line of a flow file.
var flowPhrases = newLexicon([]phrase{
	{"luồng", vFlow, isTitled},
	{"luồng con", vSub, isTitled},
	{"chung", vShared, isOneName},
	{"căn cứ", vBasis, isString},
	{"từ khóa", vTriggers, isString},
	{"trừ", vExcept, isString},
	{"khi quan tâm", vFollow, isShort},
	{"khi không hiểu", vFallback, isShort},
	{"khẩn cấp", vEmergency, isEnd},
	{"ẩn danh", vAnonymous, isEnd},
	{"không giữ", vUnkept, isEnd},
	{"giữ", vKeep, isNumber},
	{"bắt đầu", vStart, isOneName},
	{"dân hỏi", vExamples, isEnd},
	{"dữ liệu", vData, isEnd},
	{"dữ kiện", vFacts, isEnd},
	{"điều kiện", vConditions, isEnd},
	{"tác vụ", vTask, isCall},
	{"mọi bước", vAlways, isEnd},
	{"bước", vStep, isOneName},
	{"khi", vWhen, isWhen},
	{"nghe", vListen, isString},
	{"trợ giúp", vHelp, isBare},
	{"im lặng", vSilence, isNumber},
	{"ảnh", vPicture, isString},
	{"tệp", vAttach, isString},
	{"nói", vBreak, isEnd},
	{"bảng", vTable, isEnd},
	{"danh sách", vList, isEnd},
	{"hỏi", vAsk, isOneName},
	{"phải", vMust, isSomething},
	{"sai", vWrong, isWrong},
	{"nếu", vIf, hasArrow},
	{"còn lại", vElse, isArrowHere},
	{"gọi", vCall, isCall},
	{"xong", vDone, isArrowHere},
	{"bỏ dở", vAbandon, isArrowHere},
	{"làm", vDo, isCall},
	{"được", vGot, isArrowHere},
	{"lỗi", vFail, hasArrow},
	{"chuyển người", vHuman, isOneName},
	{"kết thúc", vFinish, isFinish},
	{"tính", vCompute, isAssignment},
	{"xóa hết", vClear, isEnd},
})

// testPhrases are the keywords that start a line of a transcript.
var testPhrases = newLexicon([]phrase{
	{"hôm nay", vToday, isNumber},
	{"giả", vFake, isSomething},
	{"thử", vTest, isTitled},
	{"dân", vPerson, isColon},
	{"bot", vBot, isColon},
	{"máy", vMachine, isColon},
	{"kết thúc", vFinish, isFinish},
})

// lexicon finds keywords by their words.
type lexicon struct {
	phrases []phrase
	byText  map[string]verb
	words   int // of the longest keyword
}

func newLexicon(phrases []phrase) *lexicon {
	l := &lexicon{phrases: phrases, byText: make(map[string]verb, len(phrases))}
	for _, p := range phrases {
		l.byText[p.text] = p.verb
		l.words = max(l.words, strings.Count(p.text, " ")+1)
	}
	return l
}

// read takes the longest keyword that stands at c.
func (l *lexicon) read(c *cursor) verb {
	f, key, found, end := c.fork(), "", noVerb, c.pos
	for range l.words {
		w := f.next()
		if w.text == "" {
			break
		}
		key = joinWord(key, canonical(w.text))
		if v, ok := l.byText[key]; ok {
			found, end = v, f.pos
		}
	}
	c.pos = end
	return found
}

func joinWord(key, w string) string {
	if key == "" {
		return w
	}
	return key + " " + w
}

// guess is a keyword that an author most likely meant, and the stretch of the line that stands for it.
type guess struct {
	phrase phrase
	from   int
	to     int
	exact  bool // only accents or case are wrong
}

// guess finds the keyword whose line c most looks like. allowed filters the keywords.
func (l *lexicon) guess(c *cursor, allowed func(phrase) bool) (guess, bool) {
	var best guess
	limit := -1
	for _, p := range l.phrases {
		if !allowed(p) {
			continue
		}
		g, off := p.against(c)
		if off >= 0 && (limit < 0 || off < limit || off == limit && len(p.text) > len(best.phrase.text)) {
			best, limit = g, off
		}
	}
	return best, limit >= 0
}

// against compares p with the words at c: how many letters they are apart, -1 where p cannot be meant.
func (p phrase) against(c *cursor) (guess, int) {
	f := c.fork()
	f.skip()
	g, key := guess{phrase: p, from: f.pos}, ""
	for range strings.Count(p.text, " ") + 1 {
		key = joinWord(key, f.next().text)
	}
	g.to = f.pos
	off := apart(fold.Key(key), fold.Key(p.text))
	if off < 0 || !p.fits(f) {
		return g, -1
	}
	g.exact = off == 0
	return g, off
}
