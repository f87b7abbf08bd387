package value

import (
	"slices"
	"strings"

	"hoithoai/dsl/fold"
)

const askWard = "Anh/chị nhắn giúp tên phường hoặc xã, tên cũ cũng được."

// wardWords are the units of a ward's name as people shorten them.
var wardWords = map[string]string{
	"p": "phuong", "f": "phuong", "q": "quan", "h": "huyen", "x": "xa", "tt": "thi tran", "tx": "thi xa", "tp": "thanh pho",
}

// wardUnits are the words that may stand before the name itself.
var wardUnits = []string{"phuong ", "xa ", "thi tran ", "dac khu "}

// wardLead are words that may stand before a ward.
var wardLead = []string{"a", "anh", "chi", "con", "da", "dang", "em", "la", "minh", "nha", "o", "tai", "thua", "thuoc", "toi", "vang"}

// wardTail are words that may stand behind a ward: particles, and the city, which all wards of a catalogue share.
var wardTail = []string{"a", "nha", "nhe", "hcm", "tphcm", "sg"}

// wardKey writes shortened units out: "p5 q3" is "phuong 5 quan 3".
func wardKey(key string) string {
	words := strings.Split(key, " ")
	for i, w := range words {
		if full, ok := wardWords[w]; ok {
			words[i] = full
		} else if full, ok := numberedUnits(w); ok {
			words[i] = full
		}
	}
	return strings.TrimSuffix(strings.Join(words, " "), " thanh pho ho chi minh")
}

// numberedUnits writes "p5", "q10" and "p5q3" out; ok is false for any other word.
func numberedUnits(w string) (full string, ok bool) {
	for rest := w; rest != ""; {
		n := digitsPrefix(rest[1:])
		if n == 0 || rest[0] != 'p' && rest[0] != 'f' && rest[0] != 'q' {
			return "", false
		}
		full += " " + wardWords[rest[:1]] + " " + rest[1:1+n]
		rest = rest[1+n:]
	}
	return strings.TrimPrefix(full, " "), full != ""
}

// bareWard is the name without the unit before it, unless only a number is left: "phường 5" is not "5".
func bareWard(key string) string {
	for _, unit := range wardUnits {
		if rest, ok := strings.CutPrefix(key, unit); ok && digitsPrefix(rest) == 0 {
			return rest
		}
	}
	return key
}

// readWard reads a code, a full name, an old name, or a run of words of exactly one.
func (t Type) readWard(key string, ctx Context) (Value, *Problem) {
	x := t.prepared()
	for rest := wardKey(key); rest != ""; rest = cutWard(rest) {
		found := t.matchWard(x, rest, ctx)
		if len(found) == 0 {
			found = t.matchWard(x, bareWard(rest), ctx)
		}
		switch {
		case len(found) == 1:
			return Value{Kind: Ward, S: t.Options[found[0]].Name}, nil
		case len(found) > 1:
			return Value{}, t.among(found)
		}
	}
	return Value{}, t.missed(x.near(wardKey(key), ctx), ctx)
}

func (t Type) matchWard(x *index, key string, ctx Context) []int {
	if found, _ := x.find(key, ctx); len(found) > 0 {
		return found
	}
	if len(key) < 2 || fold.Contains(wardStop, key) {
		return nil
	}
	return x.runs(key, ctx)
}

// wardStop are words that stand in too many names to be one.
const wardStop = "phuong xa quan huyen thi tran thi xa thanh pho dac khu"

func cutWard(key string) string {
	if i := strings.LastIndexByte(key, ' '); i >= 0 && slices.Contains(wardTail, key[i+1:]) {
		return key[:i]
	}
	if word, rest, ok := strings.Cut(key, " "); ok && slices.Contains(wardLead, word) {
		return rest
	}
	return ""
}
