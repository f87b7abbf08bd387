package sweep_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/sweep"
)

var errBook = errors.New("the book is shut")

// book is a sweep over two offices that notes what it does.
func book(seen *[]string, shut map[string]bool) sweep.Sweep[string] {
	return sweep.Sweep[string]{
		Offices: func() []string { return []string{"a", "b"} },
		List: func(_ context.Context, office string) ([]string, error) {
			if shut[office] {
				return nil, errBook
			}
			return []string{office + "1", office + "2"}, nil
		},
		Look: func(_ context.Context, e string) error {
			*seen = append(*seen, e)
			if shut[e] {
				return errBook
			}
			return nil
		},
		Failed: func(err error) { *seen = append(*seen, "failed: "+err.Error()) },
	}
}

func TestOnce(t *testing.T) {
	t.Parallel()
	for shut, want := range map[string][]string{
		"":   {"a1", "a2", "b1", "b2"},
		"b":  {"a1", "a2"},
		"a1": {"a1"},
	} {
		var seen []string
		err := book(&seen, map[string]bool{shut: true}).Once(t.Context())
		if diff := cmp.Diff(want, seen); diff != "" || errors.Is(err, errBook) != (shut != "") {
			t.Errorf("with %q shut: %v (-want +got):\n%s", shut, err, diff)
		}
	}
}

// TestRun sweeps at once and at every tick, also after a sweep that failed, until it is over; the end of its time is no failure.
func TestRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	tick := make(chan time.Time, 1)
	tick <- time.Time{}
	var seen []string
	s := book(&seen, nil)
	list, sweeps := s.List, 0
	s.List = func(ctx context.Context, office string) ([]string, error) {
		switch {
		case office == "b":
			cancel()
			return nil, ctx.Err()
		case sweeps == 0:
			sweeps++
			return nil, errBook
		}
		return list(ctx, office)
	}
	s.Run(ctx, tick)
	if diff := cmp.Diff([]string{"failed: " + errBook.Error(), "a1", "a2"}, seen); diff != "" {
		t.Errorf("the sweeps (-want +got):\n%s", diff)
	}
}
