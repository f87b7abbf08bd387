package deployment

import (
	"context"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// Glance is where one person stands, in words for the page of the sandbox: `bảo mật` values are masked there too.
type Glance struct {
	Flow   string `json:"flow"`
	Step   string `json:"step"`
	Status string `json:"status"`
	Slots  []Slot `json:"slots"`
}

// Slot is one answer.
type Slot struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// statuses are the session's states in words.
var statuses = [...]string{
	session.Idle: "chưa có việc", session.Waiting: "chờ người dân", session.Working: "đang xử lý", session.Human: "cán bộ đang trả lời",
}

// Look returns where a person stands now, as far as this process has worked on the person since the first look.
func (d *Deployment) Look(ctx context.Context, office, person string) (Glance, error) {
	key := d.cfg.Seal.Person(office, person)
	snap, err := d.watched.look(ctx, key)
	if err != nil {
		return Glance{}, err
	}
	s, e, ok, err := d.actor.Peek(ctx, snap, key)
	if err != nil || !ok {
		return Glance{Status: statuses[session.Idle]}, err
	}
	g := Glance{Status: statuses[s.Status]}
	if len(s.Runs) > 0 {
		g.fill(e.Program, s.Runs[len(s.Runs)-1])
	}
	return g, nil
}

func (g *Glance) fill(p *program.Program, run session.Run) {
	f := p.Flows[run.Flow]
	g.Flow, g.Step = f.Name, f.Steps[run.Step].Name
	for i, slot := range f.Slots {
		if i >= len(run.Slots) || !run.Slots[i].IsSet() {
			continue
		}
		g.Slots = append(g.Slots, Slot{Label: slot.Label, Value: shown(slot, run.Slots[i])})
	}
}

func shown(slot program.Slot, v value.Value) string {
	if slot.Secret {
		return "••• (bảo mật)"
	}
	return slot.Type.Show(v)
}
