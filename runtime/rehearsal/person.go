package rehearsal

import (
	"fmt"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
)

// said turns a transcript line of the person into an event: `[Nhãn]` presses, `(ảnh x.jpg)`, `(tệp x.pdf)`,
// `(vị trí 10.79,106.78 [tên])`, `(nhãn dán)`, `(quan tâm)`, `(bỏ quan tâm)`; anything else is text.
func (s *Stage) said(line string) (event.Event, *diag.Sentence) {
	line = strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
		return s.pressed(fold(line[1 : len(line)-1]))
	case strings.HasPrefix(line, "(") && strings.HasSuffix(line, ")"):
		return special(line[1 : len(line)-1])
	default:
		return event.Event{Kind: event.Text, Text: line}, nil
	}
}

func (s *Stage) pressed(label string) (event.Event, *diag.Sentence) {
	payload, ok := s.Press(label)
	if !ok {
		return event.Event{}, &diag.Sentence{
			VI: fmt.Sprintf("không có nút [%s] trên màn hình; đang có: %s", label, s.offered()),
			EN: fmt.Sprintf("no button [%s] is on the screen; there are: %s", label, s.offered()),
		}
	}
	return event.Event{Kind: event.Text, Text: payload}, nil
}

func (s *Stage) offered() string {
	if len(s.screen) == 0 {
		return "–"
	}
	var out []string
	for i := len(s.screen) - 1; i >= 0 && len(out) == 0; i-- {
		for _, c := range s.screen[i].Choices {
			out = append(out, "["+c.Label+"]")
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, " ")
}

func special(what string) (event.Event, *diag.Sentence) {
	kind, arg, _ := strings.Cut(what, " ")
	switch {
	case kind == "ảnh":
		return attachment("image", arg), nil
	case kind == "tệp":
		return attachment("file", arg), nil
	case strings.HasPrefix(what, "vị trí "):
		return place(strings.TrimPrefix(what, "vị trí "))
	case what == "nhãn dán":
		return event.Event{Kind: event.Sticker}, nil
	case what == "quan tâm":
		return event.Event{Kind: event.Follow}, nil
	case what == "bỏ quan tâm":
		return event.Event{Kind: event.Unfollow}, nil
	}
	return event.Event{}, &diag.Sentence{
		VI: fmt.Sprintf("không hiểu (%s); viết được: (ảnh x.jpg) (tệp x.pdf) (vị trí 10.79,106.78) (nhãn dán) (quan tâm)", what),
		EN: fmt.Sprintf("(%s) is unknown; write (ảnh x.jpg) (tệp x.pdf) (vị trí 10.79,106.78) (nhãn dán) (quan tâm)", what),
	}
}

func attachment(kind, name string) event.Event {
	return event.Event{Kind: event.Media, Media: []value.Media{{
		Kind: kind, Name: name, URL: "https://rehearsal.invalid/" + name,
	}}}
}

func place(arg string) (event.Event, *diag.Sentence) {
	coords, name, _ := strings.Cut(strings.TrimSpace(arg), " ")
	lat, long, ok := strings.Cut(coords, ",")
	if !ok {
		return event.Event{}, &diag.Sentence{
			VI: "vị trí viết là (vị trí 10.79,106.78 tên nơi)", EN: "write a place as (vị trí 10.79,106.78 name)",
		}
	}
	return event.Event{Kind: event.Place, Text: strings.TrimSpace(name), Media: []value.Media{{
		Kind: "location", Lat: lat, Long: long, Name: strings.TrimSpace(name),
	}}}, nil
}
