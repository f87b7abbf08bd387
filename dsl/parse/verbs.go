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
	vConsent
	vYes
	vNo
	vCompute
	vClear

	// Lines of a transcript.
	vToday
	vFake
	vTest
	vPerson
	vOnward
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

	words  int    // filled in by newLexicon
	folded string // the same
}

// flowPhrases are the keywords that start a line of a flow file.
var flowPhrases = newLexicon([]phrase{
	{text: "luồng", verb: vFlow, fits: isTitled},
	{text: "luồng con", verb: vSub, fits: isTitled},
	{text: "chung", verb: vShared, fits: isOneName},
	{text: "căn cứ", verb: vBasis, fits: isString},
	{text: "từ khóa", verb: vTriggers, fits: isString},
	{text: "trừ", verb: vExcept, fits: isString},
	{text: "khi quan tâm", verb: vFollow, fits: isShort},
	{text: "khi không hiểu", verb: vFallback, fits: isShort},
	{text: "khẩn cấp", verb: vEmergency, fits: isEnd},
	{text: "ẩn danh", verb: vAnonymous, fits: isEnd},
	{text: "không giữ", verb: vUnkept, fits: isEnd},
	{text: "giữ", verb: vKeep, fits: isNumber},
	{text: "bắt đầu", verb: vStart, fits: isOneName},
	{text: "dân hỏi", verb: vExamples, fits: isEnd},
	{text: "dữ liệu", verb: vData, fits: isEnd},
	{text: "dữ kiện", verb: vFacts, fits: isEnd},
	{text: "điều kiện", verb: vConditions, fits: isEnd},
	{text: "tác vụ", verb: vTask, fits: isCall},
	{text: "mọi bước", verb: vAlways, fits: isEnd},
	{text: "bước", verb: vStep, fits: isOneName},
	{text: "khi", verb: vWhen, fits: isWhen},
	{text: "nghe", verb: vListen, fits: isString},
	{text: "trợ giúp", verb: vHelp, fits: isBare},
	{text: "im lặng", verb: vSilence, fits: isNumber},
	{text: "ảnh", verb: vPicture, fits: isString},
	{text: "tệp", verb: vAttach, fits: isString},
	{text: "nói", verb: vBreak, fits: isEnd},
	{text: "bảng", verb: vTable, fits: isEnd},
	{text: "danh sách", verb: vList, fits: isEnd},
	{text: "hỏi", verb: vAsk, fits: isOneName},
	{text: "phải", verb: vMust, fits: isSomething},
	{text: "sai", verb: vWrong, fits: isWrong},
	{text: "nếu", verb: vIf, fits: hasArrow},
	{text: "còn lại", verb: vElse, fits: isArrowHere},
	{text: "gọi", verb: vCall, fits: isCall},
	{text: "xong", verb: vDone, fits: isArrowHere},
	{text: "bỏ dở", verb: vAbandon, fits: isArrowHere},
	{text: "làm", verb: vDo, fits: isCall},
	{text: "được", verb: vGot, fits: isArrowHere},
	{text: "lỗi", verb: vFail, fits: hasArrow},
	{text: "chuyển người", verb: vHuman, fits: isOneName},
	{text: "kết thúc", verb: vFinish, fits: isFinish},
	{text: "đồng ý", verb: vConsent, fits: isVersioned},
	{text: "có", verb: vYes, fits: isArrowHere},
	{text: "không", verb: vNo, fits: isArrowHere},
	{text: "tính", verb: vCompute, fits: isAssignment},
	{text: "xóa hết", verb: vClear, fits: isEnd},
})

// testPhrases are the keywords that start a line of a transcript.
var testPhrases = newLexicon([]phrase{
	{text: "hôm nay", verb: vToday, fits: isNumber},
	{text: "giả", verb: vFake, fits: isSomething},
	{text: "thử", verb: vTest, fits: isTitled},
	{text: "Dân", verb: vPerson, fits: isColon},
	{text: "Dân tiếp", verb: vOnward, fits: isColon},
	{text: "Bot", verb: vBot, fits: isColon},
	{text: "Máy", verb: vMachine, fits: isColon},
	{text: "kết thúc", verb: vFinish, fits: isFinish},
})

// lexicon finds keywords by their words.
type lexicon struct {
	phrases []phrase
	byText  map[string]verb
	words   int // of the longest keyword
}

func newLexicon(phrases []phrase) *lexicon {
	l := &lexicon{phrases: phrases, byText: make(map[string]verb, len(phrases))}
	for i := range phrases {
		p := &phrases[i]
		p.words, p.folded = strings.Count(p.text, " ")+1, fold.Key(p.text)
		l.byText[strings.ToLower(p.text)] = p.verb
		l.words = max(l.words, p.words)
	}
	return l
}

// read takes the longest keyword that stands at c.
func (l *lexicon) read(c *cursor) verb {
	f, key, found, end := c.fork(), "", noVerb, c.pos
	f.skip()
	from := f.pos
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
	if found != noVerb {
		c.mark(Word, from, end, l.text(found))
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
	for range p.words {
		key = joinWord(key, f.next().text)
	}
	g.to = f.pos
	off := apart(fold.Key(key), p.folded)
	if off < 0 || !p.fits(f) {
		return g, -1
	}
	g.exact = off == 0
	return g, off
}
