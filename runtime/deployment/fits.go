package deployment

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// UnfitError says what a bundle needs and this deployment lacks: a task, an attachment, a field or desk of an office. Authors
// meet it, so that it speaks both languages.
type UnfitError struct {
	// Lacks has a sentence for each thing that is missing, at least one.
	Lacks []diag.Sentence
}

// Error lists what is missing, in English.
func (e *UnfitError) Error() string { return e.In("en") }

// In lists what is missing in a language, a line each.
func (e *UnfitError) In(lang diag.Lang) string {
	var lines []string
	for _, s := range e.Lacks {
		lines = append(lines, s.In(lang))
	}
	return strings.Join(lines, "\n")
}

// fits holds a bundle against this deployment: every task can be done, every attachment is there, and every office has the
// fields and desks that flows rely on (design/language.md, Meaning 18 and 21). All that is wrong is said at once.
func (d *Deployment) fits(loaded dsl.Result, offices map[string]*office.Office) error {
	var lacks []diag.Sentence
	if len(loaded.MissingFiles) > 0 {
		lacks = append(lacks, said("thiếu ảnh, tệp: %s", "attachments are missing: %s", strings.Join(loaded.MissingFiles, ", ")))
	}
	if missing := d.tasks.Missing(taskNames(loaded.Program)); len(missing) > 0 {
		lacks = append(lacks, said("ở đây không có ai làm tác vụ: %s", "this deployment has no handler for the tasks %s", strings.Join(missing, ", ")))
	}
	demands := loaded.Program.Demands()
	for _, id := range slices.Sorted(maps.Keys(offices)) {
		lacks = append(lacks, missing(id, offices[id], demands)...)
		lacks = append(lacks, wrongOff(id, offices[id], loaded.Program)...)
	}
	if len(lacks) == 0 {
		return nil
	}
	return &UnfitError{Lacks: lacks}
}

func taskNames(p *program.Program) []string {
	var names []string
	for _, t := range p.Tasks {
		names = append(names, t.Name)
	}
	return names
}

// missing is what an office lacks.
func missing(id string, of *office.Office, demands program.Demands) []diag.Sentence {
	var lacks []diag.Sentence
	for _, name := range demands.Fields {
		if _, ok := of.Field(name); !ok {
			lacks = append(lacks, said("cơ quan %s chưa khai don_vi.%s mà luồng có đọc", "office %s: flows read don_vi.%s, which is not given", id, name))
		}
	}
	for _, desk := range demands.Desks {
		if !of.HasDesk(desk) {
			lacks = append(lacks, said("cơ quan %s không có bàn trực %s; đang có: %s", "office %s: flows hand over to the desk %s; desks are %s",
				id, desk, strings.Join(of.Desks, ", ")))
		}
	}
	return lacks
}

// wrongOff is what an office switches off that there is not, or that nobody can switch off.
func wrongOff(id string, of *office.Office, p *program.Program) []diag.Sentence {
	var lacks []diag.Sentence
	names := make([]string, len(p.Flows))
	for i, f := range p.Flows {
		names[i] = f.Name
	}
	for _, name := range slices.Sorted(maps.Keys(of.Off)) {
		i := slices.Index(names, name)
		near, ok := diag.Nearest(name, names)
		switch {
		case i < 0 && ok:
			lacks = append(lacks, said("cơ quan %s: flows_off có %q, không có luồng này; có phải %q?", "office %s: flows_off has %q, which is no flow; did you mean %q?", id, name, near))
		case i < 0:
			lacks = append(lacks, said("cơ quan %s: flows_off có %q, không có luồng này", "office %s: flows_off has %q, which is no flow", id, name))
		case engine.Essential(p, p.Flows[i]):
			lacks = append(lacks, said("cơ quan %s: không tắt được luồng %s, người dân phải luôn đến được", "office %s: the flow %s cannot be switched off, people must always reach it", id, name))
		}
	}
	return lacks
}

func said(vi, en string, args ...any) diag.Sentence {
	return diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}
