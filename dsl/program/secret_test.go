package program_test

import (
	"testing"

	"hoithoai/dsl/program"
)

// TestAsksSecret: only a step that asks for a bảo mật slot does; what does not exist asks nothing.
func TestAsksSecret(t *testing.T) {
	t.Parallel()
	ask := func(slot int) *program.Step { return &program.Step{End: program.Ending{Kind: program.Ask, Slot: slot}} }
	other := func(kind program.EndingKind) *program.Step {
		return &program.Step{End: program.Ending{Kind: kind, Slot: program.None, Callee: program.None}}
	}
	p := &program.Program{Flows: []*program.Flow{
		{Slots: []program.Slot{{Name: "mo"}, {Name: "kin", Secret: true}}, Steps: []*program.Step{
			ask(0), ask(1), other(program.Menu), other(program.Do), other(program.Finish), other(program.Go),
		}},
		{Slots: []program.Slot{{Name: "kin", Secret: true}}, Steps: []*program.Step{ask(0)}},
		{},
	}}
	tests := map[string]struct {
		flow, step int
		want       bool
	}{
		"an open slot":               {0, 0, false},
		"a secret one":               {0, 1, true},
		"buttons":                    {0, 2, false},
		"a task":                     {0, 3, false},
		"an end":                     {0, 4, false},
		"on it goes":                 {0, 5, false},
		"a secret one, another flow": {1, 0, true},
		"behind the last step":       {0, 6, false},
		"before the first step":      {0, -1, false},
		"a flow without steps":       {2, 0, false},
		"behind the last flow":       {3, 0, false},
		"no flow":                    {program.None, 0, false},
		"neither":                    {program.None, program.None, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := p.AsksSecret(tt.flow, tt.step); got != tt.want {
				t.Errorf("step %d of flow %d asks a secret: %t, want %t", tt.step, tt.flow, got, tt.want)
			}
		})
	}
	if (&program.Program{}).AsksSecret(0, 0) {
		t.Error("an empty program asks a secret")
	}
}
