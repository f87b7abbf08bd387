package understand

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/program"
)

// TestStrideVisitsEverything once, however many lessons there are.
func TestStrideVisitsEverything(t *testing.T) {
	t.Parallel()
	for n := 1; n < 400; n++ {
		seen, step := make([]bool, n), stride(n)
		for i, at := 0, 0; i < n; i, at = i+1, (at+step)%n {
			if seen[at] {
				t.Fatalf("of %d, %d is visited twice with step %d", n, at, step)
			}
			seen[at] = true
		}
	}
}

// TestSoftenSharesOne, also where one score is far above all others.
func TestSoftenSharesOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float32Range(-1e4, 1e4), 1, 40).Draw(t, "scores")
		got, sum := slices.Clone(scores), 0.0
		soften(got)
		for i, x := range got {
			sum += float64(x)
			for j := range got {
				if !(x >= 0) || scores[i] > scores[j] && x < got[j] {
					t.Fatalf("%v became %v", scores, got)
				}
			}
		}
		if math.Abs(sum-1) > 1e-3 {
			t.Fatalf("%v share %v", got, sum)
		}
	})
}

// TestScaleGivesLengthOne together with what is unknown, and leaves nothing alone.
func TestScaleGivesLengthOne(t *testing.T) {
	t.Parallel()
	shares := []share{{0, 3}, {1, 4}}
	scale(shares, 25)
	if a, b := shares[0].value, shares[1].value; math.Abs(float64(a*a+b*b)-1) > 1e-5 || a >= b {
		t.Errorf("scaled to %v", shares)
	}
	scale(shares[:0], 0)
	if scale(shares, 0); math.IsInf(float64(shares[0].value), 0) || math.IsNaN(float64(shares[0].value)) {
		t.Errorf("nothing scales to %v", shares)
	}
}

// TestTheSameFlowsGiveTheSameWeights, bit by bit.
func TestTheSameFlowsGiveTheSameWeights(t *testing.T) {
	t.Parallel()
	p := &program.Program{Fallback: program.None, OnFollow: program.None, Flows: []*program.Flow{
		{Name: "a", Title: "Nuôi ong", Examples: []string{"nuôi ong cần giấy gì"}},
		{Name: "b", Index: 1, Title: "Thả diều", Keywords: []string{"diều"}},
	}}
	one := New(p).model
	for range 2 {
		other := New(p).model
		if !slices.Equal(one.weights, other.weights) || !slices.Equal(one.bias, other.bias) || !slices.Equal(one.rows.slots, other.rows.slots) {
			t.Fatal("learned twice, two models")
		}
	}
}
