package deployment_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"hoithoai/dsl"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/store/storetest"
)

const datedFlow = `luồng phi "Lệ phí"
  căn cứ "Thông tư mẫu"   hiệu lực 01/01/2020   rà soát 01/01/2025
  từ khóa "lệ phí"

dữ kiện
  le_phi   tiền 7.000   từ 01/01/2020   đến DENHET   căn cứ "Thông tư mẫu"

bước mot
  | Lệ phí {le_phi}.
  kết thúc đạt
`

// dated is a bundle with a fact that ends on a day, a review long overdue, and a legal basis.
func dated(t *testing.T, last string, day int64) dsl.Result {
	t.Helper()
	res, err := dsl.Load(fstest.MapFS{"phi.flow": {Data: []byte(strings.ReplaceAll(datedFlow, "DENHET", last))}}, dsl.Options{Day: day})
	if err != nil || res.Program == nil {
		t.Fatalf("a date stops the bundle: %v %v", err, res.Diagnostics)
	}
	return res
}

// dayTown is a deployment under a clock of its own whose look at the dates is driven by hand.
func dayTown(t *testing.T) (*town, *storetest.Clock, chan time.Time) {
	t.Helper()
	w, clock, ticks := newTown(t), storetest.NewClock(), make(chan time.Time)
	cfg := w.config(nil)
	cfg.Now = clock.Now
	cfg.Tick = func(d time.Duration) (<-chan time.Time, func()) {
		if d == deployment.DatesEvery {
			return ticks, func() {}
		}
		return ticker(d)
	}
	w.dep = deployment.New(cfg)
	return w, clock, ticks
}

func (w *town) factAlarms() int {
	return strings.Count(w.log.String(), `"kind":"`+deployment.KindFact+`"`)
}

func dayWritten(at time.Time) string {
	return at.In(time.FixedZone("UTC+7", 7*3600)).Format("02/01/2006")
}

// TestFactWithoutValueAtStartAndReload: publishing goes on whatever the date, and says which facts have no value, once a day for
// each state of things.
func TestFactWithoutValueAtStartAndReload(t *testing.T) {
	t.Parallel()
	w, clock, _ := dayTown(t)
	w.publish(dated(t, "31/12/2021", 0))
	if w.factAlarms() != 1 || !strings.Contains(w.log.String(), "le_phi") {
		t.Fatalf("at the start: %s", w.log)
	}
	w.publish(dated(t, "30/12/2021", 0))
	if w.factAlarms() != 1 {
		t.Errorf("the same again the same day is told again: %s", w.log)
	}
	clock.Advance(time.Hour)
	w.publish(dated(t, "31/12/2199", 0))
	w.publish(dated(t, "30/12/2021", 0))
	if w.factAlarms() != 2 {
		t.Errorf("a fact that is lost again is told %d times, want 2: %s", w.factAlarms(), w.log)
	}
}

// TestDatedFindingsAreWarnings: what `serve` loads with today's date publishes: overdue reviews and ended facts are warnings.
func TestDatedFindingsAreWarnings(t *testing.T) {
	t.Parallel()
	w, _, _ := dayTown(t)
	res := dated(t, "31/12/2021", 20781)
	codes := ""
	for _, d := range res.Diagnostics {
		codes += d.Code + " "
	}
	if !strings.Contains(codes, "P002") || !strings.Contains(codes, "P003") {
		t.Fatalf("found only %s", codes)
	}
	w.publish(res)
}

// TestFactEndsAtMidnight: a period that ends while the program runs is told of in the first minute of the next day in Viet Nam,
// and every day again until somebody mends it.
func TestFactEndsAtMidnight(t *testing.T) {
	t.Parallel()
	w, clock, ticks := dayTown(t)
	w.publish(dated(t, dayWritten(clock.Now()), 0))
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
	look()
	if n := w.factAlarms(); n != 0 {
		t.Errorf("%d alarms on the last day", n)
	}
	for want := 1; want <= 2; want++ {
		clock.Advance(24 * time.Hour)
		look()
		look()
		if n := w.factAlarms(); n != want {
			t.Errorf("%d alarms after %d midnights: %s", n, want, w.log)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
