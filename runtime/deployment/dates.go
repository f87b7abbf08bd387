package deployment

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// DatesEvery is how often the day is looked at while the program runs; a fact that ends is told of this long after midnight.
const DatesEvery = 30 * time.Second

// KindFact is the kind of the alarm for facts without a value.
const KindFact = "fact_without_value"

// dates remembers what was told, so that one state of things is one alarm a day.
type dates struct {
	mu   sync.Mutex
	told string
	day  int64
}

// lookAtDates raises an alarm when facts of the current program have no value today: residents read “cán bộ sẽ xác nhận” in
// their place until somebody writes a new line. A date never stops the program.
func (d *Deployment) lookAtDates() {
	e := d.library.Current()
	if e == nil {
		return
	}
	day, _ := value.DayOf(d.cfg.Now().UnixMilli())
	missing := strings.Join(unknownFacts(e.Program, day), ", ")
	d.dates.mu.Lock()
	defer d.dates.mu.Unlock()
	if d.dates.told == missing && (d.dates.day == day || missing == "") {
		return
	}
	d.dates.told, d.dates.day = missing, day
	if missing != "" {
		d.alarms.Raise(KindFact, "residents read “cán bộ sẽ xác nhận” for these facts, which have no value today: "+missing+
			"; add a line with the value to the flows and publish them")
	}
}

// unknownFacts are the facts without a value on a day, by name.
func unknownFacts(p *program.Program, day int64) []string {
	var out []string
	for i := range p.Facts {
		if !p.Facts[i].On(day).IsSet() {
			out = append(out, p.Facts[i].Name)
		}
	}
	slices.Sort(out)
	return out
}

// watchDates looks at the dates now and then until ctx ends, so that a period that ends while the program runs is noticed at
// midnight (UTC+7), and at how long Zalo has been silent.
func (d *Deployment) watchDates(ctx context.Context) {
	tick, stop := d.cfg.Tick(DatesEvery)
	defer stop()
	for {
		d.lookAtDates()
		d.lookAtSilence()
		select {
		case <-tick:
		case <-ctx.Done():
			return
		}
	}
}
