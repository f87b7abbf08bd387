package task_test

import (
	"context"
	"slices"
	"testing"

	"hoithoai/runtime/task"
)

func TestMissing(t *testing.T) {
	t.Parallel()
	can := func(context.Context, task.Request) (task.Answer, error) { return task.Answer{}, nil }
	table := task.Table{"ghi": can, "nhan_tin": can, "rong": nil}
	for _, tc := range []struct{ declared, want []string }{
		{nil, nil},
		{[]string{"ghi", "nhan_tin"}, nil},
		{[]string{"dat_lich", "ghi", "an"}, []string{"dat_lich", "an"}},
		{[]string{"rong"}, []string{"rong"}}, // a name without a handler can do nothing
		{[]string{"Ghi"}, []string{"Ghi"}},
	} {
		if got := table.Missing(tc.declared); !slices.Equal(got, tc.want) {
			t.Errorf("Missing(%v) = %v, want %v", tc.declared, got, tc.want)
		}
	}
	if got := task.Table(nil).Missing([]string{"ghi"}); !slices.Equal(got, []string{"ghi"}) {
		t.Errorf("an empty table misses %v", got)
	}
}
