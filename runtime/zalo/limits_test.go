package zalo_test

import (
	"testing"
	"time"

	"hoithoai/dsl/check"
	"hoithoai/runtime/zalo"
)

// TestLimitsAgree: the language checks against a copy of these limits, since it may not know the channel.
func TestLimitsAgree(t *testing.T) {
	t.Parallel()
	want := check.Limits{
		Text: zalo.TextLimit, Compose: zalo.TextPieces, Buttons: zalo.ButtonsPerMessage, Choices: 2 * zalo.ButtonsPerMessage,
		Label: zalo.ButtonTitle, LabelShown: zalo.ButtonTitleShown, Payload: zalo.ButtonPayload, FileSize: zalo.FileBytes,
		ImageSize: zalo.ImageBytes, Window: zalo.SendWindow, Free: zalo.FreeWindow,
	}
	if got := check.DefaultLimits(); got != want {
		t.Errorf("checks use %+v, the channel has %+v", got, want)
	}
}

func TestRepeatsFitTheWindow(t *testing.T) {
	t.Parallel()
	var sum time.Duration
	for _, pause := range zalo.Repeats() {
		sum += pause
	}
	if sum != time.Hour+50*time.Minute+30*time.Second || sum >= zalo.RepeatWindow || zalo.RepeatWindow >= zalo.EventAge {
		t.Errorf("the last repeat comes after %v, the window is %v", sum, zalo.RepeatWindow)
	}
}
