package value

import (
	"slices"
	"strings"
)

// Vietnamese answers a question with its own verb: "còn" says yes to "còn hạn không?" and no to "hết hạn chưa?", "làm rồi" says
// yes to "đã làm thu hồi chưa?". Such words mean something only beside the question; without it they are asked back.

// Two words are the opposite of each other in a question about what is left.
var (
	stillWord = wordsOf("còn")[0]
	goneWord  = wordsOf("hết")[0]
)

// echoTail are words behind an echo that say nothing, as they are written.
var echoTail = phrases("rồi", "ạ", "á", "đâu", "nữa", "hết", "luôn", "mà", "nha", "nhé", "em", "anh", "chị")

// echoLead are words before it that say nothing.
var echoLead = phrases("dạ", "vâng", "ừ", "thì", "là", "vẫn", "đã", "em", "anh", "chị", "tôi", "tui", "mình", "cháu", "bác", "chú", "cô", "thưa")

// echo reads an answer in the words of the question. Where both speak of còn and hết, or the question denies, nothing is sure.
func echo(text, asked string) answer {
	question := cutTag(wordsOf(lastQuestion(asked)))
	said := stillSaid(wordsOf(text), question)
	core, denied, done := echoCore(said)
	if len(question) == 0 || len(core) == 0 || speaksOfBoth(question) || slices.ContainsFunc(question, isDenial) {
		return unknown
	}
	left := core[0] == stillWord || core[0] == goneWord
	if !left && !denied && !done {
		return unknown
	}
	switch {
	case standsAsked(question, core):
		return turned(affirm, denied)
	case !left || len(core) > maxLeft || unclear(core):
		return unknown
	case standsAsked(question, core[:1]):
		return turned(affirm, denied)
	case standsAsked(question, []spokenWord{opposite(core[0])}):
		return turned(deny, denied)
	}
	return unknown
}

// maxLeft is how many words may say what is left ("còn 2 năm").
const maxLeft = 3

// unclear reports whether the words take back what the first of them says.
func unclear(core []spokenWord) bool {
	return slices.ContainsFunc(core[1:], func(w spokenWord) bool {
		return w == stillWord || w == goneWord || isDenial(w) || w.key == "dau" || w.key == "nhung" || w.key == "sap"
	})
}

// cutTag cuts the không or chưa that makes a question of a sentence, with the word that goes with it.
func cutTag(question []spokenWord) []spokenWord {
	n := len(question)
	if n == 0 || !isDenial(question[n-1]) {
		return question
	}
	if n--; n > 0 && (question[n-1].key == "phai" || question[n-1].key == "hay") {
		n--
	}
	return question[:n]
}

func turned(a answer, denied bool) answer {
	switch {
	case !denied:
		return a
	case a == affirm:
		return deny
	}
	return affirm
}

// lastQuestion returns the last sentence of text that ends with a question mark, "" where there is none.
func lastQuestion(text string) string {
	end := strings.LastIndexByte(text, '?')
	if end < 0 {
		return ""
	}
	return text[strings.LastIndexAny(text[:end], ".!?\n")+1 : end]
}

// stillSaid takes con for còn where the question asks with còn, and hết and còn as one word however they are typed.
func stillSaid(said, question []spokenWord) []spokenWord {
	asks := slices.Contains(question, stillWord)
	for i, w := range said {
		switch {
		case w.key == stillWord.key && (w.marks == stillWord.marks || w.marks == "" && asks && !isChild(said[i+1:])):
			said[i] = stillWord
		case w.key == goneWord.key && w.marks == "":
			said[i] = goneWord
		}
	}
	return said
}

// isChild reports whether con is a child, by what stands behind it: "con tôi", "con gái".
func isChild(behind []spokenWord) bool {
	return len(behind) > 0 && slices.Contains(childTail, behind[0].key)
}

var childTail = []string{"toi", "tui", "em", "minh", "chau", "gai", "trai", "nho", "ruot", "dau", "re"}

// echoCore cuts polite words, says whether what is left is denied, and whether rồi stood behind it.
func echoCore(said []spokenWord) (core []spokenWord, denied, done bool) {
	said = cutEchoLead(said)
	for len(said) > 0 && isDenial(said[0]) {
		denied, said = true, cutEchoLead(said[1:])
	}
	for len(said) > 1 && echoTail[said[len(said)-1].raw] && (denied || said[len(said)-1].key != "dau") {
		done = done || said[len(said)-1].key == "roi"
		said = said[:len(said)-1]
	}
	return said, denied, done
}

func cutEchoLead(said []spokenWord) []spokenWord {
	for len(said) > 0 && echoLead[said[0].raw] {
		said = said[1:]
	}
	return said
}

func isDenial(w spokenWord) bool {
	return w.key != "chua" && denials[w.raw] || w.raw == "chưa" || w.raw == "chua"
}

func opposite(w spokenWord) spokenWord {
	if w == stillWord {
		return goneWord
	}
	return stillWord
}

func speaksOfBoth(question []spokenWord) bool {
	return slices.Contains(question, stillWord) && slices.Contains(question, goneWord)
}

// standsAsked reports whether the words stand in the question one after the other; accents that were typed must be its own.
func standsAsked(question, words []spokenWord) bool {
	for i := 0; i+len(words) <= len(question); i++ {
		if slices.EqualFunc(question[i:i+len(words)], words, func(q, w spokenWord) bool {
			return q.key == w.key && (w.marks == "" || w.marks == q.marks)
		}) {
			return true
		}
	}
	return false
}

// speaksOfLeft reports whether text says còn or hết with its accents: then only the question tells what that means.
func speaksOfLeft(text string) bool {
	lower := strings.ToLower(text)
	return (strings.Contains(lower, "còn") || strings.Contains(lower, "hết")) && slices.ContainsFunc(wordsOf(text), func(w spokenWord) bool {
		return w == stillWord || w == goneWord
	})
}
