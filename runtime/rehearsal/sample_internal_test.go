package rehearsal

import (
	"testing"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
)

// TestSampleIsReadByItsType: what a talk makes up for a result must be a value that the slot behind it takes.
func TestSampleIsReadByItsType(t *testing.T) {
	t.Parallel()
	kinds := []value.Type{
		{Kind: value.Text}, {Kind: value.Number}, {Kind: value.Money}, {Kind: value.Date}, {Kind: value.Phone}, {Kind: value.YesNo},
		{Kind: value.Ward, Options: []value.Option{{Name: "26773", Label: "Phường Thới An"}}}, {Kind: value.Place},
	}
	task := &program.Task{Name: "thu"}
	for _, typ := range kinds {
		task.Results = append(task.Results, program.Param{Name: "x", Type: typ})
	}
	talk := NewTalk(Config{Program: &program.Program{Tasks: []*program.Task{task}}, Office: office.Demo(), Start: 1795485600000})
	for i, field := range talk.sample(engine.Task{Index: 0}).Fields {
		if v, problem := kinds[i].ReadText(field.Value.Text, value.Context{Today: 20781}); problem != nil || !v.IsSet() {
			t.Errorf("%q is no value of kind %d: %+v", field.Value.Text, kinds[i].Kind, problem)
		}
	}
}
