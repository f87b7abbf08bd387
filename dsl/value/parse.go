package value

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

// ErrLiteral is wrapped by every error of Parse.
var ErrLiteral = errors.New("not a value of the type")

// Parse reads a value that a flow file or a transcript writes: like ReadText, but meaning nothing by today. A date has its
// year in four digits, money below one thousand is taken as written, a choice or ward may be given by its name, a phone number
// may be a service number (113, 1900 1234), and có, không, đúng and sai are the yes/no values. Quotes around a literal are
// dropped. A chọn nhiều may be given by names joined by ",". Attachments have no literal, stories neither. The bounds of the type hold.
func (t Type) Parse(literal string) (Value, error) {
	s := unquote(strings.TrimSpace(literal))
	if v, ok := t.parseSpecial(s); ok {
		return v, nil
	}
	v, p := t.parseRead(s)
	if p != nil {
		return Value{}, fmt.Errorf("parse %q: %w: %s", shorten(s), ErrLiteral, p.Kind)
	}
	return v, nil
}

// parseSpecial takes what only files may write.
func (t Type) parseSpecial(s string) (Value, bool) {
	switch t.Kind {
	case Choice:
		if i, ok := t.option(s); ok {
			return t.choice(i), true
		}
	case Choices:
		return t.parseNames(s)
	case Ward:
		if i, ok := t.option(s); ok {
			return Value{Kind: Ward, S: t.Options[i].Name}, true
		}
	case Phone:
		if digits, ok := phoneDigits(nil, fold.Key(s)); ok && isService(string(digits)) {
			return Value{Kind: Phone, S: string(digits)}, true
		}
	}
	return Value{}, false
}

func (t Type) parseRead(s string) (Value, *Problem) {
	switch t.Kind {
	case Date:
		day, ok := parseDay(s)
		if !ok {
			return Value{}, problem(NotUnderstood, "")
		}
		return t.dateWithin(day, Context{})
	case Money:
		amount, ok := readSum(fold.Key(s), s)
		if !ok || amount.unsure {
			return Value{}, problem(NotUnderstood, "")
		}
		return t.moneyWithin(amount.n)
	}
	if t.Kind == Story {
		return Value{}, problem(WrongKind, "")
	}
	return t.ReadText(s, Context{})
}

// unquote drops one pair of straight or curly double quotes.
func unquote(s string) string {
	for _, q := range [...][2]string{{`"`, `"`}, {"“", "”"}} {
		if inner, ok := strings.CutPrefix(s, q[0]); ok && strings.HasSuffix(inner, q[1]) {
			return strings.TrimSuffix(inner, q[1])
		}
	}
	return s
}

// shorten keeps a literal short enough for an error.
func shorten(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
