package check

import (
	"time"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkReminders measures every im lặng that sends something against the window in which the channel delivers.
func checkReminders(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			p.reminders(step.Silences, g)
		})
		if g.flow.File.Always != nil {
			p.reminders(g.flow.File.Always.Silences, g)
		}
	}
	for _, always := range sharedAlways(p.bundle) {
		p.reminders(always.Silences, nil)
	}
}

func (p *pass) reminders(silences []*tree.Silence, g *graph) {
	for _, s := range silences {
		if len(s.Lines) == 0 && len(s.Buttons) == 0 && !speaks(s.Target, g) {
			continue
		}
		switch limits := p.opts.Limits; {
		case s.After > limits.Window:
			p.fail(s.Span,
				say("Im lặng %s thì không gửi được nữa: chỉ gửi được trong %s từ lần người dân nhắn cuối.",
					"After %s of silence nothing can be sent: the window is %s from the person's last message.", length(s.After), length(limits.Window)),
				say("Đặt thời gian ngắn hơn.", "Choose a shorter time."))
		case s.After > limits.Free:
			p.warn(s.Span,
				say("Tin nhắc sau %s bị tính phí: chỉ miễn phí trong %s từ lần người dân nhắn cuối.",
					"A reminder after %s is billed: only %s from the person's last message are free.", length(s.After), length(limits.Free)),
				say("Đặt thời gian ngắn hơn, hoặc chấp nhận trả phí.", "Choose a shorter time, or accept the cost."))
		}
	}
}

// speaks reports whether something is sent at a target before the next wait.
func speaks(t *tree.Target, g *graph) bool {
	if t == nil {
		return false
	}
	if t.Kind != tree.ToStep || g == nil {
		return true
	}
	at, ok := g.flow.StepIndex[t.Name.Text]
	if !ok {
		return false
	}
	for i, seen := range g.inside(goesOn).reach(at) {
		if seen && (len(g.nodes[i].step.Body) > 0 || g.nodes[i].leaves(leavesFlow)) {
			return true
		}
	}
	return false
}

// goesOn keeps the edges that are taken without a person.
func goesOn(e *edge) bool {
	switch e.kind {
	case edgeGo, edgeArm, edgeElse, edgeOK, edgeFail, edgeDone, edgeAbandon:
		return true
	}
	return false
}

func (n *node) leaves(to int) bool {
	for i := range n.out {
		if n.out[i].to == to && goesOn(&n.out[i]) {
			return true
		}
	}
	return false
}

// length writes a duration in the largest unit that fits.
func length(d time.Duration) diag.Sentence {
	switch {
	case d%(24*time.Hour) == 0:
		return say("%d ngày", "%d days", int(d/(24*time.Hour)))
	case d%time.Hour == 0:
		return say("%d giờ", "%d hours", int(d/time.Hour))
	}
	return say("%d phút", "%d minutes", int(d/time.Minute))
}
