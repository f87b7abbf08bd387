package rehearsal

import (
	"strings"

	"hoithoai/runtime/message"
)

// gap is the sign that matches any run of text, also an empty one.
const gap = "…"

// typedGap is the same from a keyboard that has no such sign.
const typedGap = "..."

// spoken is a bubble as transcripts write it: "(tệp x.pdf) Tên" and "(ảnh x.jpg) chữ thay thế" for attachments.
func spoken(m message.Message) string {
	switch m.Kind {
	case message.File:
		return "(tệp " + m.Path + ") " + fold(m.Text)
	case message.Image:
		return "(ảnh " + m.Path + ") " + fold(m.Text)
	default:
		return fold(m.Text)
	}
}

// buttons are the labels of a bubble as transcripts write them: choices, then links.
func buttons(m message.Message) []string {
	var out []string
	for _, c := range m.Choices {
		out = append(out, c.Label)
	}
	for _, l := range m.Links {
		out = append(out, l.Label)
	}
	return out
}

// fold makes white space comparable.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// matches reports whether text is what pattern says; both are folded here. Every gap takes the spaces around it along.
func matches(pattern, text string) bool {
	parts := strings.Split(fold(pattern), gap)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	text = fold(text)
	if len(parts) == 1 {
		return text == parts[0]
	}
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	return rest(parts[1:], text[len(parts[0]):])
}

// rest matches what follows a gap: every middle part at its first place, the last part at the end.
func rest(parts []string, text string) bool {
	last := len(parts) - 1
	for _, p := range parts[:last] {
		i := strings.Index(text, p)
		if i < 0 {
			return false
		}
		text = text[i+len(p):]
	}
	return strings.HasSuffix(text, parts[last])
}

// labels reads a line that is buttons only ("[A] [B]"); ok is false for any other line.
func labels(line string) (out []string, ok bool) {
	rest := strings.TrimSpace(line)
	for rest != "" {
		if rest[0] != '[' {
			return nil, false
		}
		end := strings.IndexByte(rest, ']')
		if end < 0 {
			return nil, false
		}
		out = append(out, fold(rest[1:end]))
		rest = strings.TrimSpace(rest[end+1:])
	}
	return out, len(out) > 0
}
