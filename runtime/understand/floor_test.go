package understand_test

import "testing"

// floor is the level that was reached; below it nothing is published.
type floor struct {
	best, three          float64 // percent
	taken, missed, false int
}

// TestFloor fails when understanding gets worse than it was, on the sentences it was tuned on or on those held out.
func TestFloor(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	parts := map[bool]*report{false: newReport(), true: newReport()}
	for _, a := range sentences(t) {
		parts[a.heldOut()].add(u, p, a)
	}
	for held, want := range map[bool]floor{false: {99, 99.5, 0, 0, 0}, true: {97, 98.5, 1, 1, 2}} {
		r := parts[held]
		if best := part(r.total.best, r.total.all); best < want.best {
			t.Errorf("held out %v: best flow right in %.1f %%, want %.1f", held, best, want.best)
		}
		if three := part(r.total.three, r.total.all); three < want.three {
			t.Errorf("held out %v: among three in %.1f %%, want %.1f", held, three, want.three)
		}
		if r.taken > want.taken || r.missed > want.missed || r.falsified > want.false {
			t.Errorf("held out %v: %d of %d out of scope taken as sure, %d emergencies missed, %d false alarms; want %+v",
				held, r.taken, r.outside, r.missed, r.falsified, want)
		}
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
