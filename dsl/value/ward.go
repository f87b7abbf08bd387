package value

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

const askWard = "Anh/chị nhắn giúp tên phường hoặc xã, tên cũ cũng được."

// wardWords are the units of a ward's name as people shorten them.
var wardWords = map[string]string{
	"p": "phuong", "f": "phuong", "q": "quan", "h": "huyen", "x": "xa", "tt": "thi tran", "tx": "thi xa", "tp": "thanh pho",
}

// wardUnits are the words that may stand before the name itself.
var wardUnits = []string{"phuong ", "xa ", "thi tran ", "dac khu "}

// districtUnits are the words that may stand before an old district.
var districtUnits = []string{"quan ", "huyen ", "thanh pho ", "thi xa "}

// wardLead are words that may stand before a ward.
var wardLead = []string{"a", "anh", "chi", "con", "da", "dang", "em", "la", "minh", "nha", "o", "tai", "thua", "thuoc", "toi", "vang"}

// wardTail are words that may stand behind a ward: particles, "cũ" behind an old name, and the city.
var wardTail = []string{"a", "nha", "nhe", "cu", "sg"}

// wardCity are the ways to name the city behind a ward, in which all wards of the catalogue lie.
var wardCity = []string{" thanh pho ho chi minh", " thanh pho hcm", " tphcm", " ho chi minh", " hcm"}

// wardKey writes shortened units out: "p5 q3" is "phuong 5 quan 3". A town is called a city since it became one: both are one.
func wardKey(key string) string {
	words := strings.Split(key, " ")
	for i, w := range words {
		if full, ok := wardWords[w]; ok {
			words[i] = full
		} else if full, ok := numberedUnits(w); ok {
			words[i] = full
		} else if w == "0"+strings.TrimLeft(w, "0") && i > 0 {
			words[i] = w[1:] // "phường 05"
		}
	}
	key = strings.ReplaceAll(strings.Join(words, " "), "thi xa ", "thanh pho ")
	for _, city := range wardCity {
		if rest, ok := strings.CutSuffix(key, city); ok {
			return rest
		}
	}
	return key
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
func bareWard(key string) string { return bareOf(key, wardUnits) }

// bareDistrict is bareWard for what stands behind the comma.
func bareDistrict(key string) string { return bareOf(key, districtUnits) }

func bareOf(key string, units []string) string {
	for _, unit := range units {
		if rest, ok := strings.CutPrefix(key, unit); ok && digitsPrefix(rest) == 0 {
			return rest
		}
	}
	return key
}

// readWard reads a code, a name, an old name with or without its district, or a run of words of exactly one. A name that means
// several units (one was split, or bears the name that another had, or is a whole district) is asked back; behind a name, "mới"
// means the units of today alone.
func (t Type) readWard(text, key string, ctx Context) (Value, *Problem) {
	x := t.prepared()
	full := wardKey(key)
	for rest := full; rest != ""; rest = cutWard(rest) {
		found, area := t.spelt(x.findWard(rest, ctx), text), x.inDistrict(rest, ctx)
		switch {
		case len(area) > 0 && !(len(found) == 1 && len(area) == 1 && found[0] == area[0]):
			return Value{}, t.ofDistrict(union(found, area), ctx)
		case len(found) == 1:
			return Value{Kind: Ward, S: t.Options[found[0]].Name}, nil
		case len(found) > 1:
			return Value{}, t.amongWards(found, manyWards)
		}
	}
	near := x.nearWards(full, ctx)
	if len(near) == 0 {
		if area := x.endsInDistrict(full, ctx); len(area) > 0 {
			return Value{}, t.ofDistrict(area, ctx)
		}
	}
	return Value{}, t.missed(near, ctx)
}

// spelt keeps of several units that are one without accents those whose name the text spells: "xã Thạnh An" is not "Thanh An".
func (t Type) spelt(found []int, text string) []int {
	if len(found) < 2 {
		return found
	}
	text = strings.ToLower(fold.Clean(text))
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return found // typed without accents
	}
	var out []int
	for _, i := range found {
		if spells(text, t.Options[i]) {
			out = append(out, i)
		}
	}
	if len(out) == 0 {
		return found
	}
	return out
}

// spells reports whether one of the unit's names, without the word before it, stands in text.
func spells(text string, o Option) bool {
	for _, name := range append([]string{o.Label}, o.Synonyms...) {
		name, _, _ = strings.Cut(strings.ToLower(name), ",")
		for _, unit := range writtenUnits {
			name = strings.TrimPrefix(name, unit)
		}
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// writtenUnits are the words before a name as they are written.
var writtenUnits = []string{"phường ", "xã ", "thị trấn ", "đặc khu "}

// What is said where there are too many units to name them.
const (
	manyWards = "Có %d phường, xã như vậy. Anh/chị nhắn rõ giúp tên phường, xã kèm quận, huyện cũ, ví dụ: phường 5 quận 3."
	manyThere = "Nơi đó nay có %d phường, xã. Anh/chị nhắn giúp tên phường, xã, tên cũ cũng được."
)

// amongWards is among, with many instead where there are too many to name.
func (t Type) amongWards(found []int, many string) *Problem {
	p := t.among(found)
	if len(found) > maxQuoted {
		p.Sentence = fmt.Sprintf(many, len(found))
	}
	return p
}

// ofDistrict asks which of a district's units is meant; a district is none, even where the list knows but one of it.
func (t Type) ofDistrict(found []int, ctx Context) *Problem {
	if len(found) == 1 {
		return t.missed(found, ctx)
	}
	return t.amongWards(found, manyThere)
}

func cutWard(key string) string {
	if i := strings.LastIndexByte(key, ' '); i >= 0 && slices.Contains(wardTail, key[i+1:]) {
		return key[:i]
	}
	if word, rest, ok := strings.Cut(key, " "); ok && slices.Contains(wardLead, word) {
		return rest
	}
	return ""
}
