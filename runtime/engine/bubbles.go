package engine

import (
	"strings"

	"hoithoai/dsl/program"
	"hoithoai/dsl/template"
	"hoithoai/runtime/message"
)

// say adds a bubble of plain words.
func (x *stepper) say(text string) {
	x.res.Messages = append(x.res.Messages, message.Message{Kind: message.Words, Text: text, Class: x.class})
}

// joined renders several sentences of one bubble.
func (x *stepper) joined(lines []template.Template) (string, error) {
	if len(lines) == 1 {
		return x.text(&lines[0])
	}
	var b strings.Builder
	for i := range lines {
		text, err := x.text(&lines[i])
		if err != nil {
			return "", err
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// sayStep adds the bubbles of the top run's step, all of them or only the last one with words.
func (x *stepper) sayStep(all bool) error {
	st, pl := x.step(), x.stepPlan()
	from := 0
	if !all {
		from = lastWords(st)
	}
	for i := from; i < len(st.Bubbles); i++ {
		if err := x.sayBubble(&st.Bubbles[i], pl.bubble[i]); err != nil {
			return err
		}
	}
	return nil
}

// lastWords returns the last bubble with words: what a question repeats when it repeats only itself.
func lastWords(st *program.Step) int {
	for i := len(st.Bubbles) - 1; i > 0; i-- {
		if b := &st.Bubbles[i]; b.Kind == program.Words && hasFixedLine(b) {
			return i
		}
	}
	return 0
}

// hasFixedLine says whether the bubble has a line that no condition hides.
func hasFixedLine(b *program.Bubble) bool {
	for i := range b.Lines {
		if b.Lines[i].When == nil {
			return true
		}
	}
	return false
}

// sayBubble adds one bubble; fixed is its text where that never changes.
func (x *stepper) sayBubble(b *program.Bubble, fixed string) error {
	if b.Kind != program.Words {
		return x.sayAttachment(b)
	}
	text := fixed
	if text == "" {
		shown, err := x.lines(b)
		if err != nil || !shown {
			return err
		}
		text = string(x.buf)
	}
	x.say(text)
	return x.addLinks(len(x.res.Messages)-1, b.Links)
}

func (x *stepper) sayAttachment(b *program.Bubble) error {
	if visible, err := x.holds(b.When); err != nil || !visible {
		return err
	}
	alt, err := x.text(&b.Alt)
	if err != nil {
		return err
	}
	kind := message.Image
	if b.Kind == program.Attachment {
		kind = message.File
	}
	x.res.Messages = append(x.res.Messages,
		message.Message{Kind: kind, Text: alt, Path: b.Path, Program: x.p.Hash, Class: x.class})
	return nil
}

// lines renders the visible lines of a bubble into x.buf; shown is false when all are hidden.
func (x *stepper) lines(b *program.Bubble) (shown bool, err error) {
	x.buf = x.buf[:0]
	for i := range b.Lines {
		visible, err := x.holds(b.Lines[i].When)
		if err != nil {
			return false, err
		}
		if !visible {
			continue
		}
		if shown {
			x.buf = append(x.buf, '\n')
		}
		shown = true
		if err := x.line(&b.Lines[i]); err != nil {
			return false, err
		}
	}
	return shown, nil
}

// line appends one line to x.buf.
func (x *stepper) line(l *program.Line) (err error) {
	if l.Style == program.Point {
		x.buf = append(x.buf, point...)
	}
	if l.Label != nil {
		if err = x.append(l.Label); err != nil {
			return err
		}
		x.buf = append(x.buf, ": "...)
	}
	return x.append(&l.Text)
}

func (x *stepper) append(t *template.Template) (err error) {
	if len(t.Parts) == 0 {
		x.buf = append(x.buf, t.Text...)
		return nil
	}
	x.buf, err = t.Append(x.buf, x)
	return err
}

// addLinks hangs the visible links among buttons on a bubble.
func (x *stepper) addLinks(bubble int, buttons []program.Button) error {
	for i := range buttons {
		b := &buttons[i]
		if b.Kind != program.Open && b.Kind != program.Phone {
			continue
		}
		link, visible, err := x.link(b)
		if err != nil {
			return err
		}
		if visible {
			m := &x.res.Messages[bubble]
			m.Links = append(m.Links, link)
		}
	}
	return nil
}

func (x *stepper) link(b *program.Button) (l message.Link, visible bool, err error) {
	if visible, err = x.holds(b.When); err != nil || !visible {
		return l, false, err
	}
	l.Kind = message.OpenURL
	if b.Kind == program.Phone {
		l.Kind = message.CallPhone
	}
	if l.Label, err = x.text(&b.Label); err != nil {
		return l, false, err
	}
	l.Address, err = x.text(&b.Address)
	return l, err == nil, err
}
