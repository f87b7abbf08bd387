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
		x.today = map[string]int{}
	}
	name := wardKey(fold.Key(o.Label))
	x.phrase(name, len(name), i)
	x.phrase(bareWard(name), len(bareWard(name)), i)
	x.today[name], x.today[bareWard(name)] = i, i
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
	x.add(district, i)
	x.add(bareDistrict(district), i)
	for _, name := range []string{key, bareWard(key)} {
		x.phrase(name+" "+district, len(name), i)
		x.add(name+" "+bareDistrict(district), i)
	}
}

// findWard returns the visible units that key may name: all that bear the name, else those in whose names its words run.
func (x *index) findWard(key string, ctx Context) []int {
	if name, ok := strings.CutSuffix(key, " moi"); ok {
		if i, ok := x.today[name]; ok && ctx.shows(i) {
			return []int{i}
		}
	}
	for _, k := range []string{key, bareWard(key)} {
		if found, _ := x.find(k, ctx); len(found) > 0 {
			slices.Sort(found)
			return found
		}
	}
	if len(key) < 2 || fold.Contains(wardStop, key) {
		return nil
	}
	return x.runs(key, ctx)
}

// wardStop are words that stand in too many names to be one.
const wardStop = "phuong xa quan huyen thi tran thi xa thanh pho dac khu"

// nearWards returns the visible units of the longest name that key holds, else those that it misses by one letter, ascending.
func (x *index) nearWards(key string, ctx Context) []int {
	var held, slips []int
	longest := 0
	for _, p := range x.phrases {
		switch {
		case !ctx.shows(p.option):
		case len(p.key) >= max(longest, minNear) && fold.Contains(key, p.key):
			if len(p.key) > longest {
				held, longest = nil, len(p.key)
			}
			held = append(held, p.option)
		case len(p.key) >= minNear && isOneSlip(key, p.key):
			slips = append(slips, p.option)
		}
	}
	if held == nil {
		held = slips
	}
	slices.Sort(held)
	return slices.Compact(held)
}
