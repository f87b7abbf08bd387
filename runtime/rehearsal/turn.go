package rehearsal

import (
	"slices"
	"strings"
	"time"

	"hoithoai/dsl/tree"
	"hoithoai/runtime/engine"
)

// begin opens the turn that line i causes, after the one before was closed.
func (sc *script) begin(i int) bool {
	ok := sc.leftover() || sc.keepGoing
	sc.out.Turns = append(sc.out.Turns, Turn{After: i})
	sc.turn, sc.at, sc.ended = &sc.out.Turns[len(sc.out.Turns)-1], 0, nil
	return ok
}

// take adds what a step led to, and plays the faked tasks it asked for.
func (sc *script) take(l *tree.TestLine, res engine.Result) bool {
	sc.turn.Bubbles = append(sc.turn.Bubbles, res.Messages...)
	sc.out.Edges = append(sc.out.Edges, res.Edges...)
	sc.ended = append(sc.ended, res.Ended...)
	if n := len(res.Entered); n > 0 {
		sc.entered = res.Entered[n-1].Step
	}
	for _, t := range sc.stage.Pending() {
		if !sc.play(l, t) {
			return false
		}
	}
	return true
}

func (sc *script) person(i int, l *tree.TestLine) bool {
	if !sc.begin(i) {
		return false
	}
	if l.Burst && !sc.watch(l, sc.stage.Breathe) {
		return false
	}
	ev, problem := sc.stage.said(l.Text.Text)
	if problem != nil {
		return sc.failed(Failure{Span: l.Text.Span, Message: *problem})
	}
	more := sc.goesOn(i)
	return sc.watch(l, func(each func(engine.Result) bool) error { return sc.stage.Say(ev, more, each) })
}

// goesOn reports whether the next thing that happens is another line of the same burst.
func (sc *script) goesOn(i int) bool {
	for _, l := range sc.out.Test.Lines[i+1:] {
		switch {
		case l.Kind == tree.LinePerson:
			return l.Burst
		case l.Kind == tree.LineWait || l.Kind == tree.LineMachine || l.Kind == tree.LineSetting && l.Setting.Kind == tree.Today:
			return false
		}
	}
	return false
}

// pass lets time go by.
func (sc *script) pass(i int, l *tree.TestLine, d time.Duration) bool {
	if !sc.begin(i) {
		return false
	}
	return sc.watch(l, func(each func(engine.Result) bool) error { return sc.stage.Wait(d, each) })
}

// watch takes all that comes of what happens on the stage.
func (sc *script) watch(l *tree.TestLine, happen func(each func(engine.Result) bool) error) bool {
	ok := true
	err := happen(func(res engine.Result) bool {
		ok = sc.take(l, res)
		return ok
	})
	if err != nil {
		return sc.fail(l.Span, "máy gặp lỗi: %v", "the engine failed: %v", err)
	}
	return ok
}

// bot compares one Bot: line with the next bubble, or with the buttons of the bubble just matched.
func (sc *script) bot(i int, l *tree.TestLine) bool {
	if sc.turn == nil {
		return sc.fail(l.Span, "dòng Bot: đứng trước mọi dòng Dân:", "a Bot: line stands before any Dân: line")
	}
	sc.turn.Lines = append(sc.turn.Lines, i)
	text := strings.ReplaceAll(strings.TrimSpace(l.Text.Text), typedGap, gap)
	if want, ok := labels(text); ok {
		return sc.compareButtons(l, want)
	}
	if text == gap && sc.lastOfTurn(i) {
		sc.at = len(sc.turn.Bubbles)
		return true
	}
	return sc.compareBubble(l, text)
}

func (sc *script) compareButtons(l *tree.TestLine, want []string) bool {
	if sc.at == 0 {
		return sc.wrong(l.Text.Span, "dòng nút đứng trước mọi lời của bot trong lượt này", "buttons stand before anything the bot says in this turn")
	}
	got := buttons(sc.turn.Bubbles[sc.at-1])
	if slices.Equal(got, want) {
		return true
	}
	return sc.wrong(l.Text.Span, "nút phải là %s, nhưng bot đưa %s", "buttons should be %s, but the bot offers %s", drawn(want), drawn(got))
}

func (sc *script) compareBubble(l *tree.TestLine, pattern string) bool {
	if sc.at >= len(sc.turn.Bubbles) {
		return sc.silent(l, pattern)
	}
	got := spoken(sc.turn.Bubbles[sc.at])
	sc.at++
	if !matches(pattern, got) {
		return sc.wrong(l.Text.Span, "bot nói: %s", "the bot says: %s", got)
	}
	return true
}

// silent says that no bubble is left for a line; where the last one has buttons, also how those are written.
func (sc *script) silent(l *tree.TestLine, pattern string) bool {
	if sc.at > 0 {
		if offered := buttons(sc.turn.Bubbles[sc.at-1]); len(offered) > 0 {
			return sc.wrong(l.Text.Span, "bot không nói thêm gì, nhưng ở đây chờ: %s; nút của lời trên viết là %s",
				"the bot says nothing more, but this is expected: %s; the buttons of what it said are written %s", pattern, drawn(offered))
		}
	}
	return sc.wrong(l.Text.Span, "bot không nói thêm gì, nhưng ở đây chờ: %s", "the bot says nothing more, but this is expected: %s", pattern)
}

// lastOfTurn reports whether no other Bot: line follows line i in its turn.
func (sc *script) lastOfTurn(i int) bool {
	for _, l := range sc.out.Test.Lines[i+1:] {
		switch l.Kind {
		case tree.LineBot:
			return false
		case tree.LinePerson, tree.LineWait, tree.LineMachine:
			return true
		}
	}
	return true
}

// leftover fails a turn that was asserted and has bubbles nobody spoke of.
func (sc *script) leftover() bool {
	t := sc.turn
	if t == nil || len(t.Lines) == 0 || sc.at >= len(t.Bubbles) {
		return true
	}
	span := sc.out.Test.Lines[t.Lines[len(t.Lines)-1]].Span
	return sc.wrong(span, "bot còn nói thêm: %s", "the bot goes on: %s", spoken(t.Bubbles[sc.at]))
}

func (sc *script) close() {
	if sc.out.Passed() {
		sc.leftover()
	}
}

func (sc *script) atStep(l *tree.TestLine) bool {
	if sc.entered == l.Name.Text {
		return true
	}
	return sc.fail(l.Name.Span, "bước vừa vào là %s, không phải %s", "the step just entered is %s, not %s", sc.entered, l.Name.Text)
}

func (sc *script) end(l *tree.TestLine) bool {
	if n := len(sc.ended); n > 0 && sc.ended[n-1].Success == l.Success {
		return true
	}
	if len(sc.ended) == 0 {
		return sc.fail(l.Span, "luồng chưa kết thúc", "the flow has not ended")
	}
	return sc.fail(l.Span, "luồng kết thúc kiểu khác", "the flow ended the other way")
}

func drawn(labels []string) string {
	if len(labels) == 0 {
		return "(không có nút)"
	}
	return "[" + strings.Join(labels, "] [") + "]"
}
