package zalo

import (
	"strconv"
	"strings"

	"hoithoai/runtime/message"
)

// Words over the second bubble, where the text of the message already stands in the first.
const (
	moreChoices = "Các lựa chọn còn lại:"
	moreLinks   = "Liên kết và số điện thoại:"
)

// bubble is what hangs on one message: at most ButtonsPerMessage choices and links together.
type bubble struct {
	choices []message.Choice
	links   []message.Link
	turn    uint32
}

// bubbles shares choices and links out, choices first. Without buttons nothing limits them and one bubble takes all.
func (r *renderer) bubbles(m message.Message) []bubble {
	all := bubble{m.Choices, m.Links, m.Turn}
	if !r.caps.Buttons && !r.caps.List {
		return []bubble{all}
	}
	var out []bubble
	for {
		c := min(len(all.choices), ButtonsPerMessage)
		l := min(len(all.links), ButtonsPerMessage-c)
		out = append(out, bubble{all.choices[:c], all.links[:l], m.Turn})
		all.choices, all.links = all.choices[c:], all.links[l:]
		if len(all.choices)+len(all.links) == 0 {
			return out
		}
	}
}

// text returns what is to be read in the bubble with the given index: the message's own words in the first, then a line for
// every choice and link.
func (b bubble) text(words string, index int) string {
	lines := make([]string, 0, 1+len(b.choices)+len(b.links))
	switch {
	case index == 0:
		lines = append(lines, strings.TrimSpace(words))
	case len(b.choices) > 0:
		lines = append(lines, moreChoices)
	default:
		lines = append(lines, moreLinks)
	}
	for _, c := range b.choices {
		lines = append(lines, strconv.Itoa(c.N)+". "+c.Label)
	}
	for _, l := range b.links {
		lines = append(lines, linkLine(l))
	}
	return strings.Join(lines, "\n")
}

// linkLine returns label and address; the address alone would be said twice where the label holds it.
func linkLine(l message.Link) string {
	if strings.Contains(l.Label, l.Address) {
		return l.Label
	}
	return l.Label + ": " + l.Address
}

// buttons returns the attachment of a bubble, nil for none.
func (r *renderer) buttons(b bubble) *attachmentOut {
	p := templatePayload{}
	switch {
	case r.caps.List && len(b.choices) > 0:
		p.Type, p.Elements, p.Buttons = "list", b.elements(), b.linkButtons()
	case r.caps.Buttons:
		p.Buttons = append(b.choiceButtons(), b.linkButtons()...)
	}
	if len(p.Buttons)+len(p.Elements) == 0 {
		return nil
	}
	if p.Type == "" && r.caps.ButtonsWithTemplateType {
		p.Type = "button"
	}
	return template(p)
}

func (b bubble) choiceButtons() []Button {
	out := make([]Button, 0, len(b.choices)+len(b.links))
	for _, c := range b.choices {
		out = append(out, QueryHide(c.Label, message.Payload(b.turn, c.N)))
	}
	return out
}

// linkButtons leaves out what a button must not open; its words stand in the text.
func (b bubble) linkButtons() []Button {
	var out []Button
	for _, l := range b.links {
		switch {
		case l.Kind == message.OpenURL && opensWeb(l.Address):
			out = append(out, OpenURL(l.Label, l.Address))
		case l.Kind == message.CallPhone && PhoneCode(l.Address) != "":
			out = append(out, OpenPhone(l.Label, l.Address))
		}
	}
	return out
}

// elements shows choices as a list. A list's action is known with oa.query.show only (facts §2.3, SDKs).
func (b bubble) elements() []any {
	out := make([]any, 0, len(b.choices))
	for _, c := range b.choices {
		action := listAction{TypeQueryShow, message.Payload(b.turn, c.N)}
		out = append(out, listElement{shorten(strconv.Itoa(c.N)+". "+c.Label, ButtonTitle), action})
	}
	return out
}
