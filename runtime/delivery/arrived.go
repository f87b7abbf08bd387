package delivery

import (
	"context"
	"errors"
	"slices"
	"time"

	"hoithoai/runtime/echo"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/zalo"
)

// blind is how long a message waits for a conversation that cannot be read before it is sent without looking: a second copy
// is better than none.
const blind = time.Minute

// early is how long it is too early to look what an earlier process has sent of a message; 0 or less: it is not.
func (s *Sender) early(out envelope.Out) time.Duration {
	said := time.UnixMilli(out.At)
	if !said.Before(s.cfg.Began) {
		return 0
	}
	return said.Add(echoWait).Sub(s.cfg.Now())
}

// missing returns the calls that did not arrive. A call has arrived when its echo was heard, else when the conversation holds a
// message of the office, not older than the step, that looks the same; people are sent to strictly in order, so only messages
// of the same step can have put it there before, and Out.Same says how many of them look the same.
func (s *Sender) missing(ctx context.Context, out envelope.Out, calls []zalo.Request, got *progress) ([]zalo.Request, error) {
	s.cfg.Metrics.Inc("arrival_checked")
	echoes := s.echoes(ctx, out)
	shown := s.echoed(out, calls, echoes, got)
	if !slices.Contains(shown, false) {
		return nil, nil
	}
	from := s.earliest(out)
	lines, err := s.conversation(ctx, out, from)
	if _, closed := errors.AsType[*gate.ClosedError](err); closed {
		return nil, err
	}
	if err != nil {
		return s.unchecked(out, unshown(calls, shown), err)
	}
	lines = slices.DeleteFunc(lines, func(l zalo.Line) bool { return !l.FromOffice || l.Time.UnixMilli() < from })
	known, lines := s.others(out, lines, echoes)
	for _, c := range calls {
		lines = without(lines, c, max(0, out.Same-alike(known, c)))
	}
	return s.absent(out, calls, shown, lines, got), nil
}

// lookPages is how many pages of a conversation are looked through at most: as many messages of a person as wait at once.
const lookPages = 7

// conversation reads what was said from a moment on. Who writes while it is read moves the pages on, so that two may overlap: a
// message counts once.
func (s *Sender) conversation(ctx context.Context, out envelope.Out, from int64) (lines []zalo.Line, err error) {
	for page := range lookPages {
		var said []zalo.Said
		err := s.call(ctx, out, func() (err error) {
			said, err = s.cfg.Client.Talk(ctx, out.Office, out.Person, page*zalo.ConversationCount)
			return err
		})
		if err != nil {
			return nil, err
		}
		more := len(said) >= zalo.ConversationCount
		for _, it := range said {
			more = more && it.MessageID != "" && it.Time.UnixMilli() >= from
			if page == 0 || it.MessageID != "" && !slices.ContainsFunc(lines, func(l zalo.Line) bool { return l.MessageID == it.MessageID }) {
				lines = append(lines, it.Line)
			}
		}
		if !more {
			break
		}
	}
	return lines, nil
}

// absent returns the calls that are neither shown nor in the conversation.
func (s *Sender) absent(out envelope.Out, calls []zalo.Request, shown []bool, lines []zalo.Line, got *progress) (left []zalo.Request) {
	for i, c := range calls {
		at := slices.IndexFunc(lines, func(l zalo.Line) bool { return same(c, l) })
		switch {
		case at < 0 && !shown[i]:
			left = append(left, c)
		case at >= 0:
			if !shown[i] {
				s.prove(out, got, lines[at].MessageID)
				s.cfg.Metrics.Inc("arrival_found")
			}
			lines = slices.Delete(lines, at, at+1)
		}
	}
	return left
}

// unshown returns the calls of which no echo was heard.
func unshown(calls []zalo.Request, shown []bool) (left []zalo.Request) {
	for i, c := range calls {
		if !shown[i] {
			left = append(left, c)
		}
	}
	return left
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

// alike counts the lines that look like c.
func alike(lines []zalo.Line, c zalo.Request) int {
	return len(lines) - len(without(lines, c, len(lines)))
}

// same compares words with white space folded; an attachment without words is known by not being text.
func same(c zalo.Request, l zalo.Line) bool {
	if c.Text == "" {
		return l.Type != "text" || l.Text == ""
	}
	return echo.Folded(c.Text) == echo.Folded(l.Text)
}
