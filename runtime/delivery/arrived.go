package delivery

import (
	"context"
	"slices"
	"strings"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/zalo"
)

// missing returns the calls that did not arrive. A call has arrived when the conversation holds a message of the office, not
// older than the step, with the same words; people are sent to strictly in order, so nothing else can have put it there.
// Both clocks are taken as equal: a pilot must measure Zalo's (facts/zalo-api.md §10).
func (s *Sender) missing(ctx context.Context, out envelope.Out, calls []zalo.Request) ([]zalo.Request, error) {
	s.cfg.Metrics.Inc("arrival_checked")
	lines, err := s.cfg.Client.Conversation(ctx, out.Office, out.Person, zalo.ConversationCount)
	if err != nil {
		return nil, err
	}
	lines = slices.DeleteFunc(lines, func(l zalo.Line) bool { return !l.FromOffice || l.Time.UnixMilli() < out.At })
	var left []zalo.Request
	for _, c := range calls {
		i := slices.IndexFunc(lines, func(l zalo.Line) bool { return same(c, l) })
		if i < 0 {
			left = append(left, c)
			continue
		}
		lines = slices.Delete(lines, i, i+1)
		s.cfg.Metrics.Inc("arrival_found")
	}
	return left, nil
}

// same compares words with white space folded; an attachment without words is known by not being text.
func same(c zalo.Request, l zalo.Line) bool {
	if c.Text == "" {
		return l.Type != "text" || l.Text == ""
	}
	return folded(c.Text) == folded(l.Text)
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }
