package rehearsal

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
)

// sample is what a task answers in a talk that fixes nothing: every result holds a value of its type.
func (t *Talk) sample(task engine.Task) *tree.Outcome {
	out := &tree.Outcome{Kind: tree.OutcomeDone}
	for _, p := range t.cfg.Program.Tasks[task.Index].Results {
		out.Fields = append(out.Fields, tree.Field{Name: tree.Name{Text: p.Name}, Value: tree.Str{Text: t.sampleOf(p)}})
	}
	return out
}

func (t *Talk) sampleOf(p program.Param) string {
	switch p.Type.Kind {
	case value.Number:
		return "0"
	case value.Money:
		return "0 đồng"
	case value.Date:
		day, _ := value.DayOf(t.stage.Now())
		return value.Type{Kind: value.Date}.Show(value.Value{Kind: value.Date, N: day})
	case value.Phone:
		return "0900000000"
	case value.YesNo:
		return "có"
	case value.Ward:
		if len(p.Type.Options) > 0 {
			return p.Type.Options[0].Name
		}
	}
	return "MAU-1"
}
