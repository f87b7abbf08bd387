package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]int{
		"1": 1, "9": 9, "10": 10, "99": 99, "": 0, "0": 0, "01": 0, "100": 0, "a": 0, "1a": 0, "1 2": 0, "-1": 0, "1.": 0, "١": 0,
	} {
		if got := number(key); got != want {
			t.Errorf("number(%q) = %d, want %d", key, got, want)
		}
	}
}

func TestHasLine(t *testing.T) {
	t.Parallel()
	const lines = "\nnha thue nha tro\nphong tro\nthue\n"
	for key, want := range map[string]bool{
		"nha thue nha tro": true, "phong tro": true, "thue": true, "tro": false, "nha": false, "phong": false, "thue\nphong": false, "x": false,
	} {
		if got := hasLine(lines, key); got != want {
			t.Errorf("hasLine(%q) = %v, want %v", key, got, want)
		}
	}
}

func TestNumbersAreValues(t *testing.T) {
	t.Parallel()
	for kind := value.Text; kind <= value.Place; kind++ {
		want := kind == value.Number || kind == value.Money || kind == value.Date || kind == value.Phone
		if got := numbersAreValues(kind); got != want {
			t.Errorf("numbersAreValues(%d) = %v", kind, got)
		}
	}
}

func TestFreeText(t *testing.T) {
	t.Parallel()
	for kind := value.Text; kind <= value.Place; kind++ {
		want := kind == value.Text || kind == value.Place || kind == value.Images || kind == value.Files
		if got := freeText(kind); got != want {
			t.Errorf("freeText(%d) = %v", kind, got)
		}
	}
}

func plain(s string) template.Template { return template.Template{Text: s} }

func askStep(buttons ...program.Button) *program.Step {
	return &program.Step{End: program.Ending{Kind: program.Ask, Slot: 0, Buttons: buttons}}
}

func flowAsking(slot program.Slot) *program.Flow { return &program.Flow{Slots: []program.Slot{slot}} }

var threeOptions = value.Type{Kind: value.Choice, Options: []value.Option{
	{Name: "mot", Label: "Một", Synonyms: []string{"thứ nhất"}}, {Name: "hai", Label: "Hai"}, {Name: "ba", Label: "Ba"},
}}

func TestListChoices(t *testing.T) {
	t.Parallel()
	buttons := []program.Button{
		{Kind: program.GoTo, Label: plain("Về")},
		{Kind: program.Open, Label: plain("Mở")},
		{Kind: program.Set, Label: plain("Như cũ")},
		{Kind: program.Phone, Label: plain("Gọi")},
	}
	pictures := value.Type{Kind: value.Images, Min: 2, Max: 4, HasMin: true, HasMax: true}
	odd := func(i int) (bool, error) { return i%2 == 0, nil }
	for name, c := range map[string]struct {
		slot program.Slot
		step *program.Step
		show shown
		want []string
	}{
		"options, then buttons":      {program.Slot{Type: threeOptions}, askStep(buttons...), shown{}, []string{"Một", "Hai", "Ba", "Về", "Như cũ"}},
		"hidden options":             {program.Slot{Type: threeOptions}, askStep(), shown{option: odd}, []string{"Một", "Ba"}},
		"a slot that may be skipped": {program.Slot{Type: threeOptions, Optional: true}, askStep(buttons[0]), shown{}, []string{"Một", "Hai", "Ba", "Về", "Bỏ qua"}},
		"yes and no":                 {program.Slot{Type: value.Type{Kind: value.YesNo}}, askStep(), shown{}, []string{"Có", "Không"}},
		"a text":                     {program.Slot{Type: value.Type{Kind: value.Text}}, askStep(), shown{}, nil},
		"hidden buttons": {program.Slot{Type: value.Type{Kind: value.Text}}, askStep(buttons...),
			shown{button: func(b *program.Button) (bool, error) { return b.Kind == program.Set, nil }}, []string{"Như cũ"}},
		"no picture yet":       {program.Slot{Type: pictures}, askStep(), shown{}, nil},
		"no picture yet, tùy":  {program.Slot{Type: pictures, Optional: true}, askStep(), shown{}, []string{"Bỏ qua"}},
		"too few pictures":     {program.Slot{Type: pictures}, askStep(), shown{pieces: 1}, nil},
		"too few, tùy":         {program.Slot{Type: pictures, Optional: true}, askStep(), shown{pieces: 1}, []string{"Bỏ qua"}},
		"enough pictures":      {program.Slot{Type: pictures, Optional: true}, askStep(), shown{pieces: 2}, []string{"Xong"}},
		"pictures and buttons": {program.Slot{Type: pictures}, askStep(buttons...), shown{pieces: 3}, []string{"Về", "Như cũ", "Xong"}},
		"a menu":               {program.Slot{}, &program.Step{End: program.Ending{Kind: program.Menu, Slot: program.None, Buttons: buttons}}, shown{}, []string{"Về", "Như cũ"}},
	} {
		f := flowAsking(c.slot)
		screen, err := listChoices(f, c.step, nil, c.show)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var want []message.Choice
		for i, l := range c.want {
			want = append(want, message.Choice{Label: l, N: i + 1})
		}
		if d := cmp.Diff(want, labelsOf(f, c.step, screen)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestListChoicesReportsFaults(t *testing.T) {
	t.Parallel()
	f := flowAsking(program.Slot{Type: threeOptions})
	st := askStep(program.Button{Kind: program.GoTo, Label: plain("Về")})
	if _, err := listChoices(f, st, nil, shown{option: func(int) (bool, error) { return false, errNoArm }}); err == nil {
		t.Error("a condition of an option that cannot be computed passes")
	}
	if _, err := listChoices(f, st, nil, shown{button: func(*program.Button) (bool, error) { return false, errNoArm }}); err == nil {
		t.Error("a condition of a button that cannot be computed passes")
	}
}

func TestOptionWords(t *testing.T) {
	t.Parallel()
	words := optionWords(&threeOptions)
	if d := cmp.Diff([]string{"\nmot\nthu nhat\nmot\n", "\nhai\nhai\n", "\nba\nba\n"}, words); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestFixedText(t *testing.T) {
	t.Parallel()
	label := plain("Phí")
	computed := template.Template{Parts: []template.Part{{IsRef: true}}}
	for name, c := range map[string]struct {
		lines []program.Line
		want  string
	}{
		"one line": {[]program.Line{{Text: plain("Chào.")}}, "Chào."},
		"lines of every style": {[]program.Line{
			{Text: plain("Giấy:")}, {Style: program.Point, Text: plain("Một")}, {Style: program.Row, Label: &label, Text: plain("7.000 đ")},
		}, "Giấy:\n• Một\nPhí: 7.000 đ"},
		"a value":          {[]program.Line{{Text: plain("Chào.")}, {Text: computed}}, ""},
		"a computed label": {[]program.Line{{Style: program.Row, Label: &computed, Text: plain("x")}}, ""},
		"no lines":         {nil, ""},
	} {
		if got := fixedText(&program.Bubble{Lines: c.lines}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLastWords(t *testing.T) {
	t.Parallel()
	words := program.Bubble{Kind: program.Words, Lines: []program.Line{{Text: plain("x")}}}
	file := program.Bubble{Kind: program.Attachment}
	for name, c := range map[string]struct {
		bubbles []program.Bubble
		want    int
	}{
		"one":            {[]program.Bubble{words}, 0},
		"the last":       {[]program.Bubble{words, file, words}, 2},
		"a file behind":  {[]program.Bubble{file, words, file}, 1},
		"only a file":    {[]program.Bubble{file}, 0},
		"nothing at all": {nil, 0},
	} {
		if got := lastWords(&program.Step{Bubbles: c.bubbles}); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// A từ khóa of several parts is no whole message; sub-flows are nobody's keyword.
func TestIndex(t *testing.T) {
	t.Parallel()
	flow := func(i int, f program.Flow) *program.Flow {
		f.Index, f.Steps, f.Machine.States = i, []*program.Step{{End: program.Ending{Kind: program.Finish}}}, []string{"x"}
		return &f
	}
	e := New(&program.Program{Flows: []*program.Flow{
		flow(0, program.Flow{Keywords: []string{"Tạm trú", "  ", "a + b"}}),
		flow(1, program.Flow{Emergency: true, Keywords: []string{"Cứu tôi", "dao + chém"}}),
		flow(2, program.Flow{Unkept: true, Keywords: []string{"tố cáo"}}),
		flow(3, program.Flow{Sub: true, Keywords: []string{"con"}}),
	}}, Config{})
	for name, c := range map[string]struct{ got, want map[string]int }{
		"keywords": {e.keywords, map[string]int{"tam tru": 0}},
		"alarms":   {e.alarms, map[string]int{"cuu toi": 1}},
		"unkept":   {e.unkept, map[string]int{"to cao": 2}},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c := Config{}.withDefaults()
	if c.Office == nil || c.HumanFor.Hours() != 8 || c.OfficerFor.Minutes() != 30 || c.Steps != 100 {
		t.Errorf("the defaults are %+v", c)
	}
	c = Config{HumanFor: 1, OfficerFor: 2, Steps: 3}.withDefaults()
	if c.HumanFor != 1 || c.OfficerFor != 2 || c.Steps != 3 {
		t.Errorf("what is set becomes %+v", c)
	}
}

func TestIsHelp(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{"giup": true, "tro giup": true, "help": true, "giup toi": false, "": false} {
		if got := isHelp(key); got != want {
			t.Errorf("isHelp(%q) = %v", key, got)
		}
	}
}
