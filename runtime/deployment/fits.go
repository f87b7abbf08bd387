package deployment

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
)

// fits holds a bundle against this deployment: every task can be done, every attachment is there, and every office has the
// fields and desks that flows rely on (design/language.md, Meaning 18 and 21). All that is wrong is said at once.
func (d *Deployment) fits(loaded dsl.Result) error {
	var wrong []error
	if len(loaded.MissingFiles) > 0 {
		wrong = append(wrong, fmt.Errorf("attachments are missing: %v", loaded.MissingFiles))
	}
	if missing := d.tasks.Missing(taskNames(loaded.Program)); len(missing) > 0 {
		wrong = append(wrong, fmt.Errorf("this deployment has no handler for the tasks %v", missing))
	}
	demands := loaded.Program.Demands()
	for _, id := range slices.Sorted(maps.Keys(d.cfg.Offices)) {
		if err := suits(d.cfg.Offices[id], demands); err != nil {
			wrong = append(wrong, fmt.Errorf("office %s: %w", id, err))
		}
	}
	return errors.Join(wrong...)
}

func taskNames(p *program.Program) []string {
	var names []string
	for _, t := range p.Tasks {
		names = append(names, t.Name)
	}
	return names
}

func suits(of *office.Office, demands program.Demands) error {
	var wrong []error
	for _, name := range demands.Fields {
		if _, ok := of.Field(name); !ok {
			wrong = append(wrong, fmt.Errorf("flows read don_vi.%s, which is not given", name))
		}
	}
	for _, desk := range demands.Desks {
		if !of.HasDesk(desk) {
			wrong = append(wrong, fmt.Errorf("flows hand over to the desk %s; desks are %v", desk, of.Desks))
		}
	}
	return errors.Join(wrong...)
}
