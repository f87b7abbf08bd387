package value

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

// MaxChoices is the most options of a chọn nhiều: its value is a bit set that counts exactly.
const MaxChoices = 63

// between stands between the labels of a chọn nhiều.
const between = ", "

// Chosen returns the indexes of the options that v holds, ascending; v is a value of a chọn nhiều.
func Chosen(v Value) []int {
	var out []int
	for set := uint64(v.N); set != 0; set &= set - 1 {
		out = append(out, bits.TrailingZeros64(set))
	}
	return out
}

// Toggled returns v with an option put in, or taken out where it was in; with no option left it is unset. v is unset or a
// value of a chọn nhiều.
func Toggled(v Value, option int) Value {
	set := v.N ^ 1<<option
	if set == 0 {
		return Value{}
	}
	return Value{Kind: Choices, N: set}
}

// Count returns how many options or pieces v holds: what the bounds of a chọn nhiều, ảnh, tệp or kể count.
func Count(v Value) int {
	if v.Kind == Choices {
		return bits.OnesCount64(uint64(v.N))
	}
	return len(v.Media)
}

// Counts returns the least and the most options or pieces of a value of the type, the standard ones where none are declared.
// Only a chọn nhiều, ảnh, tệp or kể has them.
func (t Type) Counts() (lo, hi int) {
	if t.Kind != Choices {
		return t.mediaBounds()
	}
	lo, hi = 1, len(t.Options)
	if t.HasMin {
		lo = int(min(max(t.Min, 1), MaxChoices))
	}
	if t.HasMax {
		hi = int(min(max(t.Max, 0), int64(hi)))
	}
	return lo, hi
}

// readChoices reads one option as readChoice does, all of them ("tất cả", "cả hai"), or several: "1, 3", "1 và 3", "1 3",
// labels and synonyms likewise. Every part must be understood. A value with fewer options than the bounds ask for comes with a
// TooFew problem: it is a beginning.
func (t Type) readChoices(text string, ctx Context) (Value, *Problem) {
	key := fold.Key(text)
	if i, ok := t.exactly(key, ctx); ok {
		return t.chosen(1 << i)
	}
	if all := t.all(ctx); all != 0 && t.saysAll(key, ctx) {
		return t.chosen(all)
	}
	parts := t.parts(fold.Clean(text), ctx)
	if len(parts) > 1 {
		return t.readList(parts, ctx)
	}
	v, p := t.readChoice(text, ctx)
	if p == nil {
		return t.chosen(1 << v.N)
	}
	if set, ok := t.numbers(key, ctx); ok {
		return t.chosen(set)
	}
	return Value{}, p
}

// chosen holds a set of options to the bounds.
func (t Type) chosen(set int64) (Value, *Problem) {
	v := Value{Kind: Choices, N: set}
	lo, hi := t.Counts()
	switch n := Count(v); {
	case n > hi:
		return Value{}, problem(TooMany, "Anh/chị chọn nhiều nhất "+strconv.Itoa(hi)+" mục giúp.")
	case n < lo:
		return v, problem(TooFew, "Anh/chị chọn thêm giúp, cần ít nhất "+strconv.Itoa(lo)+" mục.")
	}
	return v, nil
}

// exactly returns the one visible option that key names in full.
func (t Type) exactly(key string, ctx Context) (int, bool) {
	found, named := t.prepared().find(key, ctx)
	if len(found) != 1 || named {
		return 0, false
	}
	return found[0], true
}

// everything are the words for all options, folded.
var everything = []string{"tat ca", "het", "tat", "toan bo", "all", "day du", "tat ca cac muc", "tat ca het", "het tat ca", "het cac muc", "moi muc"}

// saysAll reports whether key, without polite words, names all visible options: "tất cả", or "cả ba" where there are three.
func (t Type) saysAll(key string, ctx Context) bool {
	for rest := key; rest != ""; rest = cutAll(rest) {
		if slices.Contains(everything, rest) {
			return true
		}
		if n, ok := countOf(rest); ok {
			return n == bits.OnesCount64(uint64(t.all(ctx)))
		}
	}
	return false
}

// cutAll is cutOne for words about all, which have more behind them.
func cutAll(key string) string {
	for _, tail := range [...]string{" luon", " deu duoc", " deu co", " cac cai"} {
		if rest, ok := strings.CutSuffix(key, tail); ok {
			return rest
		}
	}
	return cutOne(key)
}

// countOf reads "cả hai", "cả 3", "cả ba cái".
func countOf(key string) (int, bool) {
	word, ok := strings.CutPrefix(key, "ca ")
	if !ok {
		return 0, false
	}
	word = strings.TrimSuffix(strings.TrimSuffix(word, " cai"), " muc")
	if d, ok := digitWords[word]; ok {
		return int(d), true
	}
	n, err := strconv.Atoi(word)
	return n, err == nil
}

// all is the set of the visible options.
func (t Type) all(ctx Context) int64 {
	var set int64
	for i := range min(len(t.Options), MaxChoices) {
		if ctx.shows(i) {
			set |= 1 << i
		}
	}
	return set
}

// parts cuts a message at its signs and joining words; parts that together are a label stay one.
func (t Type) parts(text string, ctx Context) []string {
	cuts := cutsOf(text)
	var out []string
	for i := 0; i < len(cuts); i++ {
		last := i
		for j := len(cuts) - 1; j > i; j-- {
			if _, ok := t.exactly(fold.Key(text[cuts[i].from:cuts[j].to]), ctx); ok {
				last = j
				break
			}
		}
		out = append(out, text[cuts[i].from:cuts[last].to])
		i = last
	}
	return out
}

// maxParts is how many parts of a message are looked at: more than that is no choice.
const maxParts = 2 * MaxChoices

// stretch is a part of a text, in bytes.
type stretch struct{ from, to int }

// cutsOf returns the stretches of text between commas and the like, and between the words of joining.
func cutsOf(text string) []stretch {
	var out []stretch
	from, to := -1, -1
	flush := func() {
		if from >= 0 && len(out) < maxParts {
			out = append(out, stretch{from, to})
		}
		from = -1
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case isCut(r):
			flush()
		case !isGap(r):
			end := at + wordLen(text[at:])
			switch {
			case slices.Contains(joining, fold.Key(text[at:end])):
				flush()
			case from < 0:
				from, to = at, end
			default:
				to = end
			}
			at, size = end, 0
		}
		at += size
	}
	flush()
	return out
}

// joining are the words that stand between two choices, folded.
var joining = []string{"va", "voi", "cung"}

func isCut(r rune) bool { return strings.ContainsRune(",;/+&\n，、；", r) }

// wordLen is the length in bytes of the word that text begins with, at least one character.
func wordLen(text string) int {
	for i, r := range text {
		if i > 0 && (isCut(r) || r == ' ' || r == '\t') {
			return i
		}
	}
	return len(text)
}

// readList reads every part of a list; the first that is not understood is named.
func (t Type) readList(parts []string, ctx Context) (Value, *Problem) {
	var set int64
	for _, part := range parts {
		more, ok := t.readPart(part, ctx)
		if !ok {
			return Value{}, problem(NotUnderstood, "Tôi chưa rõ phần “"+clipped(part)+"”. "+t.askList(ctx))
		}
		set |= more
	}
	if set == 0 {
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	}
	return t.chosen(set)
}

// readPart reads one part of a list: an option, several numbers, or words that say nothing.
func (t Type) readPart(part string, ctx Context) (int64, bool) {
	key := fold.Key(part)
	for rest := key; rest != ""; rest = cutListed(rest) {
		v, p := t.readChoice(rest, ctx)
		switch {
		case p == nil:
			return 1 << v.N, true
		case p.Kind == Ambiguous:
			return 0, false
		}
		if set, ok := t.numbers(rest, ctx); ok {
			return set, true
		}
	}
	return 0, sayNothing(key)
}

// cutListed cuts a word that may stand before or behind a choice in a list: "cả", "thêm", "nữa".
func cutListed(key string) string {
	word, rest, _ := strings.Cut(key, " ")
	if slices.Contains([]string{"ca", "them", "gom", "chi", "roi"}, word) {
		return rest
	}
	if rest, ok := strings.CutSuffix(key, " nua"); ok {
		return rest
	}
	return ""
}

// sayNothing reports whether key holds polite words alone.
func sayNothing(key string) bool {
	return allIn(fold.Words(key), slices.Concat(choiceLead, choiceTail, []string{"ok", "nua", "roi", "cam", "on"}))
}

// numbers reads several numbers of options in a row: "1 3", "1.3", "số 1 số 3". "1-3" may be a stretch, so it is none.
func (t Type) numbers(key string, ctx Context) (int64, bool) {
	var set int64
	n := 0
	for _, word := range fold.Words(key) {
		if slices.Contains([]string{"so", "cau", "muc"}, word) || n > 0 && slices.Contains(choiceTail, word) {
			continue
		}
		for digits := range strings.SplitSeq(word, ".") {
			i, ok := t.numbered(digits, ctx)
			if !ok {
				return 0, false
			}
			set |= 1 << i
			n++
		}
	}
	return set, n > 1
}

// clipped keeps a part short enough to be quoted.
func clipped(part string) string {
	const most = 40
	part = oneLine(part)
	if utf8.RuneCountInString(part) <= most {
		return part
	}
	return string([]rune(part)[:most]) + "…"
}

func (t Type) askList(ctx Context) string {
	switch n := bits.OnesCount64(uint64(t.all(ctx))); n {
	case 0, 1:
		return t.askChoice(ctx)
	case 2:
		return "Anh/chị nhắn số của các mục giúp, ví dụ: 1, 2."
	}
	return "Anh/chị nhắn số của các mục giúp, ví dụ: 1, 3."
}

func (t Type) askChoices(ctx Context) string {
	lo, hi := t.Counts()
	n := bits.OnesCount64(uint64(t.all(ctx)))
	switch {
	case n <= 1:
		return t.askChoice(ctx)
	case hi < n && lo == hi:
		return t.askList(ctx) + " Cần đúng " + strconv.Itoa(hi) + " mục."
	case hi < n:
		return t.askList(ctx) + " Nhiều nhất " + strconv.Itoa(hi) + " mục."
	case lo > 1:
		return t.askList(ctx) + " Ít nhất " + strconv.Itoa(lo) + " mục."
	}
	return t.askList(ctx)
}

// appendChoices appends the labels of the options that v holds.
func (t Type) appendChoices(dst []byte, v Value) []byte {
	for n, i := range Chosen(v) {
		if n > 0 {
			dst = append(dst, between...)
		}
		if i < len(t.Options) {
			dst = append(dst, t.Options[i].Label...)
		}
	}
	return dst
}

// Names returns the names of the options that v holds, joined by ",": what a task is given for a chọn nhiều.
func (t Type) Names(v Value) string {
	var names []string
	for _, i := range Chosen(v) {
		if i < len(t.Options) {
			names = append(names, t.Options[i].Name)
		}
	}
	return strings.Join(names, ",")
}

// longestChoices is the length of the longest labels that one value may hold.
func (t Type) longestChoices() int {
	var lens []int
	for _, o := range t.Options {
		lens = append(lens, utf8.RuneCountInString(o.Label))
	}
	slices.Sort(lens)
	_, hi := t.Counts()
	sum := 0
	for _, n := range lens[len(lens)-min(hi, len(lens)):] {
		sum += n + len(between)
	}
	return max(0, sum-len(between))
}

// parseNames reads the names of options, joined by ",", as files write them.
func (t Type) parseNames(s string) (Value, bool) {
	var set int64
	for name := range strings.SplitSeq(s, ",") {
		i, ok := t.option(strings.TrimSpace(name))
		if !ok || i >= MaxChoices {
			return Value{}, false
		}
		set |= 1 << i
	}
	v, p := t.chosen(set)
	return v, p == nil
}
