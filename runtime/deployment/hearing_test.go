package deployment_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"context"

	"hoithoai/dsl/office"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

func (w *town) silenceAlarms() int {
	return strings.Count(w.log.String(), `"kind":"`+deployment.KindSilent+`"`)
}

// silenceTold is what the check says, "" when all is well.
func silenceTold(t *testing.T, dep *deployment.Deployment) string {
	t.Helper()
	for _, p := range dep.Checks().Report(t.Context()).Parts {
		if p.Name == deployment.CheckWebhook {
			return p.Why
		}
	}
	t.Fatal("there is no such check")
	return ""
}

// quietTown is a town open around the clock, or without hours, under a clock of its own.
func quietTown(t *testing.T, hours string) (*town, *storetest.Clock, chan time.Time) {
	t.Helper()
	w, clock, ticks := newTown(t), storetest.NewClock(), make(chan time.Time)
	of := testbed.Office()
	of.Hours, of.Holidays = nil, nil // the clock stands on a holiday
	if hours != "" {
		week, err := office.ParseWeek(hours)
		if err != nil {
			t.Fatal(err)
		}
		of.Hours = map[string]office.Week{"": week}
	}
	cfg := w.config(nil)
	cfg.Offices = map[string]*office.Office{testbed.OfficeID: of}
	cfg.Now = clock.Now
	cfg.Tick = func(d time.Duration) (<-chan time.Time, func()) {
		if d == deployment.DatesEvery {
			return ticks, func() {}
		}
		return ticker(d)
	}
	w.dep = deployment.New(cfg)
	return w.publish(testbed.Small(t)), clock, ticks
}

const always = "thứ 2-chủ nhật 00:00-23:59"

// TestSilenceOfZalo: two hours without a webhook in office hours are told once; the next webhook ends the silence.
func TestSilenceOfZalo(t *testing.T) {
	t.Parallel()
	w, clock, ticks := quietTown(t, always)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.dep.Run(ctx, l) }()
	look := func() { // the second send is taken only after the look of the first
		ticks <- clock.Now()
		ticks <- clock.Now()
	}
	clock.Advance((deployment.SilentMinutes - 5) * time.Minute)
	look()
	if why := silenceTold(t, w.dep); why != "" || w.silenceAlarms() != 0 {
		t.Errorf("too early: %q, %d alarms", why, w.silenceAlarms())
	}
	clock.Advance(10 * time.Minute)
	look()
	look()
	if why := silenceTold(t, w.dep); !strings.Contains(why, "minutes of office hours") || w.silenceAlarms() != 1 {
		t.Errorf("after two hours: %q, %d alarms", why, w.silenceAlarms())
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestNoSilenceOutsideHours(t *testing.T) {
	t.Parallel()
	for _, hours := range []string{"", "thứ 2-chủ nhật 03:00-03:30"} {
		w, clock, _ := quietTown(t, hours)
		clock.Advance(23 * time.Hour)
		if why := silenceTold(t, w.dep); why != "" {
			t.Errorf("hours %q: %s", hours, why)
		}
	}
}
