package engine

import "testing"

// TestWishCores: the quick look must let every verb through.
func TestWishCores(t *testing.T) {
	t.Parallel()
	for _, v := range wishVerbs {
		if !soundsLikeWish(v.words) {
			t.Errorf("%q holds no core and would never be heard", v.words)
		}
	}
	if soundsLikeWish("cho o tro") {
		t.Error("a message without any verb passes")
	}
}
