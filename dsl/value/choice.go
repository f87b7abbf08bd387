package value

import (
	"slices"
	"strconv"
	"strings"

	"hoithoai/dsl/fold"
)

// Words around a choice that say nothing: choiceLead before it, choiceTail behind it. Both are cut one by one, and only when
// the words with them are no choice.
var (
	choiceLead = []string{
		"a", "anh", "ban", "cai", "cau", "chi", "cho", "chon", "con", "da", "dang", "em", "la", "lay", "minh", "muc", "muon", "nut", "o", "oi",
		"so", "tai", "thi", "thua", "toi", "tui", "vang", "voi", "xin", "y",
	}
	// choiceWho are words for oneself that say something else where no verb of choiceDoes follows: ba is three, co is có, chu is
	// the owner.
	choiceWho  = []string{"ba", "bac", "chau", "chu", "co", "di", "ong"}
	choiceDoes = []string{"can", "chon", "dang", "la", "lay", "muon", "o", "thi", "thue", "xin"}
	choiceTail = []string{"a", "ah", "anh", "ban", "chi", "di", "em", "ha", "nghe", "nha", "nhe", "oi", "thoi"}
)

// hollow are words that are no choice alone, though a label may hold them.
var hollow = []string{"a", "cho", "co the", "cua", "da", "em", "hoac", "la", "o", "thi", "toi", "tu", "va", "voi"}

// readChoice reads a label, synonym, number or name, then a run of words that stands in one option alone; then the same
// without polite words around it.
func (t Type) readChoice(text string, ctx Context) (Value, *Problem) {
	var buf [128]byte
	key := fold.AppendKey(buf[:0], text)
	x := t.prepared()
	h, exact := x.exact[string(key)]
	switch {
	case exact && h.rest == nil && !h.named && ctx.shows(h.first):
		return t.choice(h.first), nil
	case !exact:
		if i, ok := t.numbered(string(key), ctx); ok {
			return t.choice(i), nil
		}
	}
	return t.readChoiceWords(x, string(key), ctx)
}

func (t Type) choice(i int) Value { return Value{Kind: Choice, N: int64(i), S: t.Options[i].Name} }

// readChoiceWords reads key, then key with one polite word less, until something is found or nothing is left.
func (t Type) readChoiceWords(x *index, key string, ctx Context) (Value, *Problem) {
	for rest := key; rest != ""; {
		if found := t.match(x, rest, ctx); len(found) == 1 {
			return t.choice(found[0]), nil
		} else if len(found) > 1 {
			return Value{}, t.among(found)
		}
		rest = cutOne(rest)
	}
	if i, ok := t.spokenNumber(key, ctx); ok {
		return t.choice(i), nil
	}
	return Value{}, t.missed(x.near(key, ctx), ctx)
}

// match returns the options that key may mean. A name is no word of the resident's: where it also stands in labels ("nha"),
// those count too.
func (t Type) match(x *index, key string, ctx Context) []int {
	if found, named := x.find(key, ctx); len(found) > 0 {
		if named {
			found = slices.Compact(slices.Sorted(slices.Values(append(found, x.runs(key, ctx)...))))
		}
		return found
	}
	if i, ok := t.numbered(key, ctx); ok {
		return []int{i}
	}
	if len(key) < 2 || slices.Contains(hollow, key) {
		return nil
	}
	return x.runs(key, ctx)
}

// cutOne cuts one polite word: from the end while there is one, then from the front; "" when there is none.
func cutOne(key string) string {
	if i := strings.LastIndexByte(key, ' '); i >= 0 && slices.Contains(choiceTail, key[i+1:]) {
		return key[:i]
	}
	word, rest, _ := strings.Cut(key, " ")
	if slices.Contains(choiceLead, word) || slices.Contains(choiceWho, word) && does(rest) {
		return rest
	}
	return ""
}

// does reports whether key begins with what a person does who speaks of herself, and goes on.
func does(key string) bool {
	verb, _, ok := strings.Cut(key, " ")
	return ok && slices.Contains(choiceDoes, verb)
}

// numbered returns the visible option with the number that key is.
func (t Type) numbered(key string, ctx Context) (int, bool) {
	if len(key) == 0 || len(key) > 3 {
		return 0, false
	}
	n := 0
	for i := range len(key) {
		if !isDigit(key[i]) {
			return 0, false
		}
		n = n*10 + int(key[i]-'0')
	}
	return t.nth(n, ctx)
}

// nth returns the nth visible option, counted from 1.
func (t Type) nth(n int, ctx Context) (int, bool) {
	if n < 1 {
		return 0, false
	}
	for i := range t.Options {
		if !ctx.shows(i) {
			continue
		}
		if n--; n == 0 {
			return i, true
		}
	}
	return 0, false
}

// spokenNumber reads "một", "số hai", "câu thứ ba".
func (t Type) spokenNumber(key string, ctx Context) (int, bool) {
	for rest := key; rest != ""; rest = cutOne(rest) {
		word := strings.TrimPrefix(rest, "thu ")
		if word == "nhat" || word == "dau tien" {
			return t.nth(1, ctx)
		}
		if d, ok := digitWords[word]; ok {
			return t.nth(int(d), ctx)
		}
	}
	return 0, false
}

// among is the problem of several candidates.
func (t Type) among(found []int) *Problem {
	return &Problem{Kind: Ambiguous, Candidates: found, Sentence: "Anh/chị chọn rõ giúp: " + t.quoted(found, " hay ") + "?"}
}

// missed is the problem of a message that is no option, near ones given where there are some. One near option of a chọn is
// asked back, so a "đúng" is enough; wards are typed anew.
func (t Type) missed(near []int, ctx Context) *Problem {
	if len(near) == 0 {
		return problem(NotUnderstood, t.Ask(ctx))
	}
	again := "Anh/chị chọn lại giúp."
	if t.Kind != Ward && len(near) == 1 {
		again = "Đúng thì nhắn: đúng."
	}
	return &Problem{Kind: NearMiss, Candidates: near, Sentence: "Ý anh/chị là " + t.quoted(near, " hay ") + "? " + again}
}

// maxQuoted is the most labels one sentence names.
const maxQuoted = 5

func (t Type) quoted(options []int, or string) string {
	var b strings.Builder
	for i, o := range options[:min(len(options), maxQuoted)] {
		switch {
		case i > 0 && i == len(options)-1:
			b.WriteString(or)
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString("“" + t.Options[o].Label + "”")
	}
	if len(options) > maxQuoted {
		b.WriteString("…")
	}
	return b.String()
}

func (t Type) askChoice(ctx Context) string {
	n := 0
	for i := range t.Options {
		if ctx.shows(i) {
			n++
		}
	}
	switch n {
	case 0:
		return "Anh/chị nhắn lại giúp."
	case 1:
		return "Anh/chị bấm nút, hoặc nhắn số 1."
	}
	return "Anh/chị bấm một nút, hoặc nhắn số từ 1 đến " + strconv.Itoa(n) + "."
}

// option returns the index of the option with a name.
func (t Type) option(name string) (int, bool) {
	if t.index != nil {
		i, ok := t.index.names[name]
		return i, ok
	}
	i := slices.IndexFunc(t.Options, func(o Option) bool { return o.Name == name })
	return i, i >= 0
}
