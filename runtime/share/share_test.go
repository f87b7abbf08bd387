package share_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/runtime/share"
)

// held lets offices take in turn until nobody may take any more, and returns what each holds.
func held(size, offices int) []int {
	p := share.NewPool(size, nil)
	out := make([]int, offices)
	for more := true; more; {
		more = false
		for i := range out {
			if p.Take(fmt.Sprint(i)) {
				out[i]++
				more = true
			}
		}
	}
	return out
}

func TestSharesOfHoggingOffices(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ size, offices, least, most int }{
		{64, 1, 50, 52}, {64, 2, 26, 29}, {64, 5, 11, 13}, {64, 20, 2, 4}, {64, 63, 1, 1}, {1, 1, 1, 1}, {2, 1, 1, 1}, {2, 2, 1, 1}, {4, 1, 3, 3},
	} {
		sum := 0
		for _, n := range held(tt.size, tt.offices) {
			sum += n
			if n < tt.least || n > tt.most {
				t.Errorf("one of %d offices holds %d of %d places, want %d to %d", tt.offices, n, tt.size, tt.least, tt.most)
			}
		}
		if sum > tt.size {
			t.Errorf("%d of %d places are given", sum, tt.size)
		}
	}
}

// TestOneAloneMayHaveAll where there is nobody to keep a place for.
func TestOneAloneMayHaveAll(t *testing.T) {
	t.Parallel()
	shared := false
	p := share.NewPool(3, func() bool { return shared })
	for range 3 {
		if !p.Take("a") {
			t.Fatal("an office alone does not get all places")
		}
	}
	if p.Take("a") {
		t.Error("there are more places than there are")
	}
	p.Give("a")
	shared = true
	if p.Take("a") {
		t.Error("the last place is not kept for others")
	}
	if !p.Take("b") {
		t.Error("another office does not get the last place")
	}
}

// TestTheLastPlaceIsForANewcomer: whatever offices take and give, who holds something already never gets the last place, and the
// books balance.
func TestTheLastPlaceIsForANewcomer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 80).Draw(t, "size")
		p, mine, used := share.NewPool(size, nil), map[string]int{}, 0
		for range rapid.IntRange(0, 300).Draw(t, "moves") {
			o := fmt.Sprint(rapid.IntRange(1, 6).Draw(t, "office"))
			if rapid.Bool().Draw(t, "take") {
				switch took := p.Take(o); {
				case took && (used == size || used == size-1 && mine[o] > 0):
					t.Fatalf("%s holds %d and takes place %d of %d", o, mine[o], used+1, size)
				case !took && used < size && mine[o] == 0:
					t.Fatalf("a newcomer is kept out of %d places, %v", size, mine)
				case took:
					mine[o]++
					used++
				}
			} else if mine[o] > 0 {
				p.Give(o)
				mine[o]--
				used--
			}
		}
		for o, n := range mine {
			for range n {
				p.Give(o)
			}
		}
		for i := range size {
			if !p.Take(fmt.Sprint("new", i)) {
				t.Fatalf("place %d of %d is lost", i+1, size)
			}
		}
	})
}

func BenchmarkPool(b *testing.B) {
	p := share.NewPool(64, nil)
	b.ReportAllocs()
	for b.Loop() {
		if p.Take("1000000000000000011") {
			p.Give("1000000000000000011")
		}
	}
}
