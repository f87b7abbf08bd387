package value

import (
	"slices"

	"hoithoai/dsl/fold"
)

// index is the options of a type, folded once. It is immutable.
type index struct {
	exact   map[string]hits // folded label, synonym or name
	phrases []phrase        // labels and synonyms, in which runs of words are looked for
	names   map[string]int  // options by their exact name

	today     map[string][]int // wards: options by the folded label, with and without its unit
	districts map[string][]int // wards: options by an old district, with and without its unit
}

// hits are the options with one exact phrase; nearly always there is one.
type hits struct {
	first int
	rest  []int
	named bool // the phrase is only the option's name, which no resident has seen
}

// phrase is a label or synonym. A run of its words counts when it begins in the first head bytes of key: for a choice anywhere,
// for a ward in its name, not in the district behind the comma.
type phrase struct {
	key    string
	head   int
	option int
}

// Prepare folds the options once, so that ReadText, Show and Parse of this Type and its copies need not. The compiler calls it;
// a Type that was not prepared works as well, slower. Options must not change afterwards; what is prepared stays as it is.
func (t *Type) Prepare() {
	if t.index == nil && (t.Kind == Choice || t.Kind == Ward || t.Kind == Choices) {
		t.index = makeIndex(t.Kind, t.Options)
	}
}

func (t Type) prepared() *index {
	if t.index != nil {
		return t.index
	}
	return makeIndex(t.Kind, t.Options)
}

func makeIndex(kind Kind, options []Option) *index {
	x := &index{exact: make(map[string]hits, 3*len(options)), names: make(map[string]int, len(options))}
	for i, o := range options {
		x.option(kind, i, o)
	}
	for i, o := range options {
		if _, ok := x.names[o.Name]; !ok {
			x.names[o.Name] = i
		}
		key := fold.Key(o.Name)
		if _, ok := x.exact[key]; !ok && key != "" {
			x.exact[key] = hits{first: i, named: true}
		}
	}
	return x
}

func (x *index) option(kind Kind, i int, o Option) {
	if kind == Ward {
		x.ward(i, o)
		return
	}
	x.words(i, o.Label)
	for _, s := range o.Synonyms {
		x.words(i, s)
	}
}

func (x *index) words(i int, text string) {
	key := fold.Key(text)
	x.phrase(key, len(key), i)
}

func (x *index) phrase(key string, head, i int) {
	if key == "" {
		return
	}
	x.phrases = append(x.phrases, phrase{key, head, i})
	x.add(key, i)
}

func (x *index) add(key string, i int) {
	h, ok := x.exact[key]
	switch {
	case key == "":
		return
	case !ok:
		x.exact[key] = hits{first: i}
		return
	case h.has(i):
		return
	}
	h.rest = append(h.rest, i)
	x.exact[key] = h
}

func (h hits) has(i int) bool {
	return h.first == i || slices.Contains(h.rest, i)
}

// find returns the visible options that key names exactly, ascending, and whether only a name says so.
func (x *index) find(key string, ctx Context) (found []int, named bool) {
	h, ok := x.exact[key]
	if !ok {
		return nil, false
	}
	if ctx.shows(h.first) {
		found = append(found, h.first)
	}
	for _, i := range h.rest {
		if ctx.shows(i) {
			found = append(found, i)
		}
	}
	return found, h.named
}

// runs returns the visible options in whose label or synonyms the words of key stand, ascending.
func (x *index) runs(key string, ctx Context) []int {
	var found []int
	for _, p := range x.phrases {
		if len(found) > 0 && found[len(found)-1] == p.option {
			continue
		}
		if at := fold.Index(p.key, key); at >= 0 && at < p.head && ctx.shows(p.option) {
			found = append(found, p.option)
		}
	}
	return found
}

// near returns the visible options with a phrase that key contains, or misses by one letter, ascending.
func (x *index) near(key string, ctx Context) []int {
	var found []int
	for _, p := range x.phrases {
		if len(found) > 0 && found[len(found)-1] == p.option {
			continue
		}
		if isNear(key, p.key) && ctx.shows(p.option) {
			found = append(found, p.option)
		}
	}
	return found
}

// minNear is the length from which one wrong letter is still the same word.
const minNear = 5

func isNear(key, phrase string) bool {
	return fold.Contains(key, phrase) || len(phrase) >= minNear && isOneSlip(key, phrase)
}

// isOneSlip reports whether one letter more, less, other or swapped with its neighbour makes a of b.
func isOneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 1:
		return a[i:] == b[i+1:]
	case 0:
		if i == len(a) {
			return true
		}
		return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	}
	return false
}
