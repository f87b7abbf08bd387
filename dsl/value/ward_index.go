package value

import (
	"slices"
	"strings"

	"hoithoai/dsl/fold"
)

// ward adds a unit's name of today and its old names. What stands behind a comma is a district the old unit was in; there may be
// several, of several times.
func (x *index) ward(i int, o Option) {
	if x.today == nil {
		x.today, x.districts = map[string][]int{}, map[string][]int{}
	}
	name := wardKey(fold.Key(o.Label))
	x.phrase(name, len(name), i)
	x.phrase(bareWard(name), len(bareWard(name)), i)
	for _, k := range []string{name, bareWard(name)} {
		x.today[k] = union(x.today[k], []int{i})
	}
	for _, old := range o.Synonyms {
		name, districts, _ := strings.Cut(old, ",")
		key := wardKey(fold.Key(name))
		x.oldWard(i, key)
		for district := range strings.SplitSeq(districts, ",") {
			x.oldWardIn(i, key, wardKey(fold.Key(district)))
		}
	}
}

// oldWard adds an old name alone.
func (x *index) oldWard(i int, key string) {
	x.phrase(key, len(key), i)
	if bare := bareWard(key); bare != key {
		x.phrase(bare, len(bare), i)
	}
}

// oldWardIn adds an old name with its district, and the district as a name of everything that was in it.
func (x *index) oldWardIn(i int, key, district string) {
	if district == "" {
		return
	}
	x.addDistrict(district, i)
	if bare := bareDistrict(district); bare != district {
		x.addDistrict(bare, i)
	}
	for _, name := range []string{key, bareWard(key)} {
		x.phrase(name+" "+district, len(name), i)
		x.add(name+" "+bareDistrict(district), i)
	}
}

func (x *index) addDistrict(name string, i int) {
	if list := x.districts[name]; len(list) == 0 || list[len(list)-1] != i {
		x.districts[name] = append(list, i)
	}
}

// inDistrict returns the visible units of an old district, ascending.
func (x *index) inDistrict(key string, ctx Context) []int { return visible(x.districts[key], ctx) }

func visible(options []int, ctx Context) []int {
	var found []int
	for _, i := range options {
		if ctx.shows(i) {
			found = append(found, i)
		}
	}
	return found
}

// endsInDistrict is inDistrict for the longest district at the end of key: "phường 14 phú nhuận", which there never was.
func (x *index) endsInDistrict(key string, ctx Context) []int {
	for rest := key; rest != ""; _, rest, _ = strings.Cut(rest, " ") {
		if found := x.inDistrict(rest, ctx); len(found) > 0 {
			return found
		}
	}
	return nil
}

// union returns the options of both, ascending, each once.
func union(a, b []int) []int {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// findWard returns the visible units that key may name, ascending: all that bear the name, else those in whose names its words
// run.
func (x *index) findWard(key string, ctx Context) []int {
	if name, ok := strings.CutSuffix(key, " moi"); ok {
		if found := visible(x.today[name], ctx); len(found) > 0 {
			return found
		}
	}
	for _, k := range []string{key, bareWard(key)} {
		if found, _ := x.find(k, ctx); len(found) > 0 {
			return union(found, nil)
		}
	}
	if len(key) < 2 || fold.Contains(wardStop, key) || strings.Trim(key, "0123456789 ") == "" {
		return nil
	}
	return x.runs(key, ctx)
}

// wardStop are words that stand in too many names to be one.
const wardStop = "phuong xa quan huyen thi tran thi xa thanh pho dac khu"

// maxNearKey is how far into a long message a name is looked for, in bytes of its key.
const maxNearKey = 256

// nearWards returns the visible units of the longest name that key holds, else those that it misses by one letter, ascending.
func (x *index) nearWards(key string, ctx Context) []int {
	var held, slips []int
	longest := 0
	key = key[:min(len(key), maxNearKey)]
	for _, p := range x.phrases {
		switch {
		case !ctx.shows(p.option) || isNumbered(p.key):
		case len(p.key) >= max(longest, minNear) && fold.Contains(key, p.key):
			if len(p.key) > longest {
				held, longest = nil, len(p.key)
			}
			held = append(held, p.option)
		case len(p.key) >= minNear && !hasDigit(p.key) && isOneSlip(key, p.key):
			slips = append(slips, p.option)
		}
	}
	if held == nil {
		held = slips
	}
	return union(held, nil)
}

// isNumbered reports whether a name is a unit and a number alone, which stands in too many sentences to mean a place.
func isNumbered(name string) bool {
	unit, rest, _ := strings.Cut(name, " ")
	return unit == "phuong" && rest != "" && strings.Trim(rest, "0123456789") == ""
}

// hasDigit reports whether a key holds a digit: another digit is another ward, never a slip.
func hasDigit(key string) bool { return strings.ContainsAny(key, "0123456789") }
