package understand_test

import (
	"fmt"
	"testing"
)

// floor is the level that was reached; below it nothing is published.
type floor struct {
	best, three          float64 // percent
	taken, missed, false int
}

// floors are the levels for the sets that are like what people write, and for alarms.tsv, where every sentence is an emergency or made
// to look like one: by the tuning part and the part held out.
var floors = map[bool]map[bool]floor{
	false: {false: {98.5, 99.3, 2, 0, 2}, true: {97.5, 98.5, 2, 0, 3}},
	true:  {false: {96, 97, 8, 0, 7}, true: {91, 92, 7, 2, 9}},
}

// TestFloor fails when understanding gets worse than it was, on the sentences it was tuned on or on those held out.
func TestFloor(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for alarms, want := range floors {
		parts := map[bool]*report{false: newReport(), true: newReport()}
		for _, a := range sentences(t) {
			if (a.set == "alarms") == alarms {
				parts[a.heldOut()].add(u, p, a)
			}
		}
		for held, r := range parts {
			r.stands(t, fmt.Sprintf("alarms %v, held out %v", alarms, held), want[held])
		}
	}
}

// stands fails the test when a report is below the level.
func (r *report) stands(t *testing.T, name string, want floor) {
	t.Helper()
	if best := part(r.total.best, r.total.all); best < want.best {
		t.Errorf("%s: best flow right in %.1f %%, want %.1f", name, best, want.best)
	}
	if three := part(r.total.three, r.total.all); three < want.three {
		t.Errorf("%s: among three in %.1f %%, want %.1f", name, three, want.three)
	}
	if r.taken > want.taken || r.missed > want.missed || r.falsified > want.false {
		t.Errorf("%s: %d of %d out of scope taken as sure, %d of %d emergencies missed, %d of %d false alarms; want %+v",
			name, r.taken, r.outside, r.missed, r.alarms, r.falsified, r.quiet, want)
	}
}

func TestTheSetIsWhatItClaims(t *testing.T) {
	t.Parallel()
	all, held, quiet := 0, 0, 0
	flows, styles := map[string]int{}, map[string]int{}
	for _, a := range sentences(t) {
		all++
		held += one(a.heldOut())
		quiet += one(a.flows[0] != "khan_cap")
		flows[a.flows[0]]++
		styles[a.style]++
	}
	if all < 1000 || quiet < 600 || held*4 < all || held*5 > 2*all {
		t.Errorf("%d sentences, %d held out, %d no emergencies", all, held, quiet)
	}
	if len(flows) < 22 || len(styles) < 13 {
		t.Errorf("%d flows, %d styles", len(flows), len(styles))
	}
	for f, n := range flows {
		if n < 25 {
			t.Errorf("%s has only %d sentences", f, n)
		}
	}
}
