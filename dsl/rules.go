package dsl

import (
	"regexp"
	"slices"
	"strings"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/check"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/ward"
)

// Rule is one thing that the language demands: the code under which it is reported and what it demands, in one sentence. For a
// rule of syntax (group C) the sentence is the finding itself, with … for the author's words.
type Rule struct {
	Code    string
	Summary diag.Sentence
}

// Rules lists every rule that Load reports under, by code.
func Rules() []Rule {
	out := slices.Concat(syntaxRules(), loadRules())
	for _, r := range expression.Rules() {
		out = append(out, Rule{r.Code, r.Summary})
	}
	for _, r := range bind.Rules() {
		out = append(out, Rule{r.Code, r.Summary})
	}
	for _, r := range check.Rules() {
		out = append(out, Rule{r.Code, r.Summary})
	}
	slices.SortFunc(out, func(a, b Rule) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// blank is where the words of a finding stand in a sentence of package parse.
var blank = regexp.MustCompile(`\{\d\}`)

func syntaxRules() []Rule {
	var out []Rule
	for _, code := range parse.Codes() {
		message, _, _ := parse.Sentences(code)
		out = append(out, Rule{code, diag.Sentence{VI: withBlanks(message.VI), EN: withBlanks(message.EN)}})
	}
	return out
}

func withBlanks(s string) string {
	return strings.ReplaceAll(blank.ReplaceAllString(s, "…"), "….", "…")
}

func loadRules() []Rule {
	return []Rule{
		{codeMissing, say("Ảnh, tệp được nhắc tới thì có.", "An attachment that is named exists.")},
		{codeNoFolder, say("Thư mục của ảnh, tệp đi cùng bộ luồng.", "The folder of an attachment comes with the bundle.")},
		{codePath, say("Đường dẫn nằm trong bộ luồng.", "A path stays inside the bundle.")},
		{codeTwoFiles, say("Một đường dẫn chỉ là một tệp.", "A path means one file.")},
		{codeLarge, say("Tệp không quá lớn.", "No file is too large.")},
		{codeMany, say("Bộ luồng không quá nhiều tệp.", "A bundle has not too many files.")},
		{codeEnding, say("Tên tệp luồng kết thúc bằng .flow.", "The name of a flow file ends in .flow.")},
		{ward.CodeLine, say("Danh mục phường, xã viết đúng mẫu.", "The catalogue of wards is well formed.")},
	}
}
