package fake_test

import (
	"testing"
	"time"

	"hoithoai/runtime/zalo/fake"
)

func TestClock(t *testing.T) {
	t.Parallel()
	before := time.Now()
	now := fake.Clock()
	one := now()
	if one.Before(before) || one.After(time.Now()) {
		t.Errorf("the clock begins at %v, the machine's says %v", one, before)
	}
	for range 1000 {
		two := now()
		if two.Before(one) {
			t.Fatalf("%v comes after %v", two, one)
		}
		one = two
	}
}
