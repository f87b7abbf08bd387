package delivery

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/zalo"
)

// blind is how long a message waits for a conversation that cannot be read before it is sent without looking: a second copy
// is better than none.
const blind = time.Minute

// missing returns the calls that did not arrive. A call has arrived when the conversation holds a message of the office, not
// older than the step, that looks the same; people are sent to strictly in order, so only messages of the same step can
// have put it there before, and Out.Same says how many of them look the same.
// Both clocks are taken as equal: a pilot must measure Zalo's (facts/zalo-api.md §10).
func (s *Sender) missing(ctx context.Context, out envelope.Out, calls []zalo.Request) ([]zalo.Request, error) {
	s.cfg.Metrics.Inc("arrival_checked")
	var lines []zalo.Line
	err := s.call(ctx, out, func() (err error) {
		lines, err = s.cfg.Client.Conversation(ctx, out.Office, out.Person, zalo.ConversationCount)
		return err
	})
	if _, closed := errors.AsType[*gate.ClosedError](err); closed {
		return nil, err
	}
	if err != nil {
		return s.unchecked(out, calls, err)
	}
	lines = slices.DeleteFunc(lines, func(l zalo.Line) bool { return !l.FromOffice || l.Time.UnixMilli() < out.At })
	for _, c := range calls {
		lines = without(lines, c, out.Same)
	}
	var left []zalo.Request
	for _, c := range calls {
		rest := without(lines, c, 1)
		if len(rest) == len(lines) {
			left = append(left, c)
			continue
		}
		lines = rest
		s.cfg.Metrics.Inc("arrival_found")
	}
	return left, nil
}

// unchecked decides what to do when nobody says what arrived: wait a little where it may help, else send everything.
func (s *Sender) unchecked(out envelope.Out, calls []zalo.Request, err error) ([]zalo.Request, error) {
	e, ok := errors.AsType[*zalo.Error](err)
	if ok && (e.Action == zalo.Backoff || e.Action == zalo.Refresh) && s.age(out) < blind {
		return nil, err
	}
	s.cfg.Metrics.Inc("arrival_unchecked")
	return calls, nil
}

// without returns the lines less the n first that look like c.
func without(lines []zalo.Line, c zalo.Request, n int) []zalo.Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l zalo.Line) bool {
		if n == 0 || !same(c, l) {
			return false
		}
		n--
		return true
	})
}

// same compares words with white space folded; an attachment without words is known by not being text.
func same(c zalo.Request, l zalo.Line) bool {
	if c.Text == "" {
		return l.Type != "text" || l.Text == ""
	}
	return folded(c.Text) == folded(l.Text)
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }
