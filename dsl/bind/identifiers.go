package bind

import "strings"

// identifiers lists the names in an expression as written, without texts in quotes and without fields after a dot. It works on
// what does not compile too, so that one mistake makes no other name look unused.
func identifiers(src string) []string {
	var out []string
	var quote rune
	start, afterDot := -1, false
	flush := func(end int) {
		if start >= 0 && !afterDot {
			out = append(out, src[start:end])
		}
		start = -1
	}
	for i, r := range src {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case isNameRune(r):
			if start < 0 {
				start, afterDot = i, strings.HasSuffix(src[:i], ".")
			}
		default:
			flush(i)
			if r == '"' || r == '\'' {
				quote = r
			}
		}
	}
	flush(len(src))
	return out
}

// isName reports whether an expression is a name alone.
func isName(src string) bool {
	names := identifiers(src)
	return len(names) == 1 && names[0] == strings.TrimSpace(src)
}

func isNameRune(r rune) bool {
	return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// valuesIn lists the names between braces in a sentence.
func valuesIn(text string) []string {
	var out []string
	for {
		_, rest, open := strings.Cut(text, "{")
		if !open {
			return out
		}
		inside, after, closed := strings.Cut(rest, "}")
		out = append(out, identifiers(inside)...)
		if !closed {
			return out
		}
		text = after
	}
}
