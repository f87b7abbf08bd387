package parse

import (
	"strings"

	"hoithoai/dsl/diag"
)

// The functions here look at what follows a misspelt keyword and say whether it is what the keyword would be followed by, so
// that prose which forgot its "|" is not mistaken for a keyword.

// apart is the number of wrong letters between two folded words, -1 when there are too many: one in each three letters.
func apart(typed, keyword string) int {
	a, b := []rune(typed), []rune(keyword)
	allowed := (len(a) + 1) / 3
	if len(a) == 0 || len(a)-len(b) > allowed || len(b)-len(a) > allowed {
		return -1
	}
	if n := diag.Distance(a, b); n <= allowed {
		return n
	}
	return -1
}

func isEnd(c *cursor) bool       { return c.done() }
func isSomething(c *cursor) bool { return !c.done() }
func isArrowHere(c *cursor) bool { c.skip(); return isArrow(c.rest()) }
func hasArrow(c *cursor) bool {
	return strings.Contains(c.rest(), "->") || strings.Contains(c.rest(), "→")
}
func isColon(c *cursor) bool { return c.has(":") }

func isString(c *cursor) bool { return isQuote(c.rune()) || isForeign(c.rune()) }

// isBare is a keyword alone, or with its first sentence on the same line.
func isBare(c *cursor) bool { return c.done() || c.has("|") }

func isNumber(c *cursor) bool {
	r := c.rune()
	return '0' <= r && r <= '9'
}

// isOneName is one name and nothing else.
func isOneName(c *cursor) bool {
	return isIdentifier(c.next().text) && (c.done() || formerly(c))
}

// formerly goes over "tên cũ", with its accents or without.
func formerly(c *cursor) bool {
	return foldWord(c.next().text) == "ten" && foldWord(c.next().text) == "cu" && !isPunctuated(c)
}

// isShort is nothing or one name.
func isShort(c *cursor) bool { return c.done() || isOneName(c) }

func isTitled(c *cursor) bool { return c.next().text != "" && isString(c) }

func isCall(c *cursor) bool { return isIdentifier(c.next().text) && c.has("(") }

func isAssignment(c *cursor) bool { return isIdentifier(c.next().text) && c.has("=") && !c.has("==") }

// isWhen is a name and then one of the things that may depend on a condition.
func isWhen(c *cursor) bool {
	if !isIdentifier(c.next().text) {
		return false
	}
	return c.has("|") || c.has("*") || c.has("[") || c.anyKeyword("ảnh", "tệp") != ""
}

// isVersioned is a name and then "bản", with its accents or without.
func isVersioned(c *cursor) bool {
	return isIdentifier(c.next().text) && foldWord(c.next().text) == "ban"
}

func isWrong(c *cursor) bool { return isBare(c) || isNumber(c) }

func isFinish(c *cursor) bool {
	if c.done() { // how it ends is missed by itself
		return foldWord(strings.TrimSpace(c.line.Text)) == "ket thuc"
	}
	w := c.next().text
	return c.done() && (apart(w, "đạt") >= 0 || apart(w, "bỏ") >= 0 || w == "dat" || w == "bo")
}
