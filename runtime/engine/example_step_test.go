package engine_test

import (
	"fmt"

	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

// A program is normally compiled from flow files; here it is one flow written by hand: a question and an end.
func ExampleEngine_Step() {
	words := func(s string) []program.Bubble {
		return []program.Bubble{{Lines: []program.Line{{Text: template.Template{Text: s}}}}}
	}
	flow := &program.Flow{
		Name: "hoi", Keywords: []string{"hỏi"},
		Slots: []program.Slot{{Name: "dong_y", Type: value.Type{Kind: value.YesNo}}},
		Steps: []*program.Step{
			{Name: "dong_y", Bubbles: words("Anh/chị đồng ý không?"), End: program.Ending{
				Kind: program.Ask, NextEvent: "tra_loi", Next: program.Target{Index: 1, Return: program.None},
			}},
			{Index: 1, Name: "xong_roi", Bubbles: words("Cảm ơn anh/chị."), End: program.Ending{Kind: program.Finish, Success: true}},
		},
		Machine: program.Machine{
			States:      []string{"dong_y", "xong_roi"},
			Transitions: []program.Transition{{Event: "tra_loi", From: 0, To: 1}},
		},
	}
	p := &program.Program{Hash: "by hand", Flows: []*program.Flow{flow}, OnFollow: program.None, Fallback: program.None}

	e := engine.New(p, engine.Config{})
	var s session.Session
	for i, text := range []string{"hỏi", "ừ"} {
		res, err := e.Step(&s, &event.Event{Kind: event.Text, Text: text, At: morning + int64(i)})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, m := range res.Messages {
			fmt.Println(res.Kind, m.Text, m.Choices)
		}
		for _, o := range res.Ended {
			fmt.Println("ended:", o.Flow, o.Success)
		}
	}
	// Output:
	// triggered Anh/chị đồng ý không? [{Có 1} {Không 2}]
	// answered Cảm ơn anh/chị. []
	// ended: hoi true
}
