package expression

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"hoithoai/dsl/diag"
)

// parse reads src with expr-lang's parser, within the budgets. Exactly one of its results is set.
func parse(src string, runes []rune) (ast.Node, *Problem) {
	if p := refuseBySize(src, runes); p != nil {
		return nil, p
	}
	tree, err := parser.ParseWithConfig(src, &conf.Config{MaxNodes: MaxNodes, Disabled: disabled})
	if err == nil {
		return tree.Node, nil
	}
	var fe *file.Error
	if !errors.As(err, &fe) {
		return nil, &Problem{Code: CodeSyntax, Length: len(runes), Message: syntaxSentence, Fix: syntaxFix}
	}
	p := explain(runes, min(fe.From, len(runes)))
	return nil, &p
}

// disabled are the built-in functions of expr-lang: all of them. What its parser still knows (all, map, filter, …) the
// whitelist refuses.
var disabled = disableAll()

func disableAll() map[string]bool {
	off := make(map[string]bool, len(builtin.Names))
	for _, name := range builtin.Names {
		off[name] = true
	}
	return off
}

func refuseBySize(src string, runes []rune) *Problem {
	if len(src) > MaxSource {
		return &Problem{Code: CodeTooLarge, Length: len(runes), Message: say(
			"Biểu thức dài quá %d byte. Hãy tách bớt thành điều kiện có tên.",
			"The expression is longer than %d bytes. Split it into named conditions.", MaxSource)}
	}
	if at := tooDeep(runes); at >= 0 {
		return &Problem{Code: CodeTooLarge, Offset: at, Length: 1, Message: say(
			"Ngoặc lồng nhau quá %d lớp.", "Brackets are nested deeper than %d levels.", MaxNesting)}
	}
	if len(trimSpace(runes)) == 0 {
		return &Problem{Code: CodeSyntax, Length: max(1, len(runes)), Message: say(
			"Thiếu biểu thức.", "The expression is missing."), Fix: syntaxFix}
	}
	return nil
}

func trimSpace(runes []rune) []rune {
	for len(runes) > 0 && unicode.IsSpace(runes[0]) {
		runes = runes[1:]
	}
	return runes
}

var syntaxSentence = diag.Sentence{
	VI: "Biểu thức viết chưa đúng ở chỗ này.",
	EN: "The expression cannot be read here.",
}

var syntaxFix = diag.Sentence{
	VI: `Viết như: loai == "ho"; tuoi >= 18; tre_em and loai != "ho". Chữ đặt trong ngoặc kép, tên viết liền không dấu.`,
	EN: `Write it like: loai == "ho"; tuoi >= 18; tre_em and loai != "ho". A text stands in quotes, a name is one word of ASCII letters.`,
}

// misspelt are signs and words people write for those of the language, longer ones before what they begin with.
var misspelt = []struct{ wrong, right string }{
	{"lớn hơn hoặc bằng", ">="}, {"nhỏ hơn hoặc bằng", "<="}, {"ít nhất", ">="}, {"nhiều nhất", "<="}, {"không quá", "<="},
	{"lớn hơn", ">"}, {"nhỏ hơn", "<"}, {"hơn", ">"}, {"trên", ">"}, {"dưới", "<"}, {"bằng", "=="}, {"khác", "!="}, {"là", "=="}, {"hoặc", "or"}, {"không", "not"}, {"<>", "!="}, {"và", "and"}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"×", "*"},
	{"&", "and"}, {"=>", ">="}, {"=<", "<="}, {"=", "=="}, {"“", `"`}, {"”", `"`}, {"AND", "and"}, {"OR", "or"}, {"NOT", "not"},
}

// explain turns the place where the parser stopped into a sentence.
func explain(src []rune, at int) Problem {
	if p, ok := explainThousands(src, at); ok {
		return p
	}
	for from := at; from >= wordBefore(src, at); from-- {
		for _, m := range misspelt {
			if p, ok := explainWord(src, from, m.wrong, m.right); ok {
				return p
			}
		}
	}
	return Problem{Code: CodeSyntax, Offset: min(at, max(0, len(src)-1)), Length: 1, Message: syntaxSentence, Fix: syntaxFix}
}

// grouped is a number with two points for thousands or more; one with a single point parses, as a decimal.
var grouped = regexp.MustCompile(`[1-9]\d{0,2}(?:\.\d{3}){2,}`)

// explainThousands names the number with points at which the parser stopped.
func explainThousands(src []rune, at int) (Problem, bool) {
	text := string(src)
	for _, found := range grouped.FindAllStringIndex(text, -1) {
		from, word := utf8.RuneCountInString(text[:found[0]]), text[found[0]:found[1]]
		if at < from || at > from+len(word) {
			continue
		}
		plain := strings.ReplaceAll(word, ".", "")
		return Problem{Code: CodeThousands, Offset: from, Length: len(word),
			Message: say("Số trong biểu thức không có dấu chấm hàng nghìn.", "Numbers in an expression have no points for thousands."),
			Fix:     say("Viết %s.", "Write %s.", plain)}, true
	}
	return Problem{}, false
}

// wordBefore returns where the word before at begins; the parser often stops one word late.
func wordBefore(src []rune, at int) int {
	from := min(at, len(src))
	for from > 0 && unicode.IsSpace(src[from-1]) {
		from--
	}
	if from == at && from > 0 && !isWord(src[from-1]) {
		return from - 1
	}
	for from > 0 && isWord(src[from-1]) {
		from--
	}
	return from
}

func explainWord(src []rune, at int, wrong, right string) (Problem, bool) {
	w := []rune(wrong)
	if at+len(w) > len(src) || string(src[at:at+len(w)]) != wrong || insideWord(src, at, len(w)) {
		return Problem{}, false
	}
	return Problem{Code: CodeWord, Offset: at, Length: len(w),
		Message: say("Ở đây phải viết %[2]s, không phải %[1]s.", "Write %[2]s here, not %[1]s.", wrong, right),
		Fix:     say("Viết %s.", "Write %s.", right)}, true
}

// insideWord says whether the stretch is only a part of a longer word.
func insideWord(src []rune, at, n int) bool {
	if src[at] == '=' {
		return at > 0 && strings.ContainsRune("=<>!", src[at-1]) || at+n < len(src) && src[at+n] == '='
	}
	if !isWord(src[at]) {
		return false
	}
	return at > 0 && isWord(src[at-1]) || at+n < len(src) && isWord(src[at+n])
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
