package actor

import (
	"testing"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/envelope"
)

// TestClass holds what a step says to how urgent it is at the gate.
func TestClass(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind   engine.Kind
		secret bool
		want   envelope.Class
	}{
		{engine.Emergency, false, envelope.Urgent},
		{engine.TaskDone, true, envelope.Urgent}, // the receipt of a tip
		{engine.TaskDone, false, envelope.Interactive},
		{engine.TaskFailed, true, envelope.Interactive},
		{engine.Reminded, false, envelope.Reminder},
		{engine.TimedOut, false, envelope.Reminder},
		{engine.Unanswered, false, envelope.Reminder}, // no officer came
		{engine.Returned, false, envelope.Reminder},
		{engine.Listened, false, envelope.Interactive},
		{engine.Answered, true, envelope.Interactive},
		{engine.Triggered, false, envelope.Interactive},
	} {
		st := stepped{result: engine.Result{Kind: tc.kind}, secret: tc.secret}
		if got := st.class(); got != tc.want {
			t.Errorf("%v (secret %v) is %v, want %v", tc.kind, tc.secret, got, tc.want)
		}
	}
}
