package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// silences returns the lines of im lặng that hold at the waiting step and the run they belong to (program.None: a chung file).
// The innermost step or flow that has any is the only one: the step, its flow, the step that called this flow, and so on.
func (x *stepper) silences() ([]program.Silence, int) {
	for i := x.top(); i >= x.chain(); i-- {
		f := x.flowAt(i)
		if own := f.Steps[x.s.Runs[i].Step].Silences; len(own) > 0 {
			return own, i
		}
		if len(f.Always.Silences) > 0 {
			return f.Always.Silences, i
		}
	}
	return x.p.Shared.Silences, program.None
}

// onTimer takes a timer that fired; one of another generation is dead.
func (x *stepper) onTimer() error {
	switch name := x.ev.Name; {
	case name == TimerDraft:
		return x.onPause()
	case name == TimerKeep && x.ev.Gen == x.s.Kept && x.s.Kept != 0:
		x.s.Kept = 0
		x.began = true // not yet due, else the runs would be gone by now: arm again
		return nil
	case x.ev.Gen != x.s.Armed || x.s.Armed == 0:
		return nil
	case name == TimerTask && x.task != "":
		x.s.Armed = 0
		return x.taskFailed(&x.step().End, "")
	case name == TimerReturn && !x.silenced():
		return x.onReturn()
	case name == TimerSilence && x.waiting() && !x.silenced():
		x.s.Armed = 0
		return x.onSilence()
	}
	return nil
}

// onSilence says the next line of im lặng, or goes where it leads.
func (x *stepper) onSilence() error {
	lines, owner := x.silences()
	if x.s.Fired >= len(lines) {
		return nil
	}
	line := &lines[x.s.Fired]
	// The silence began as much later as the timer was moved: the next line counts from there too.
	x.run().Entered = max(x.run().Entered, x.ev.At-line.After.Milliseconds())
	x.s.Fired++
	x.class = message.Reminder
	if line.Target != nil {
		x.res.Kind = TimedOut
		return x.sprint(x.outward(owner, line.Event, line.Target))
	}
	x.res.Kind = Reminded
	return x.remind(line, owner)
}

func (x *stepper) remind(line *program.Silence, owner int) error {
	x.at = x.top()
	if owner != program.None {
		x.at = owner
	}
	text, err := x.joined(line.Lines)
	if err != nil {
		return err
	}
	x.say(text)
	m := len(x.res.Messages) - 1
	ways, err := x.ways(line)
	if err != nil {
		return err
	}
	for i, w := range ways {
		label, err := x.text(&line.Buttons[w].Label)
		if err != nil {
			return err
		}
		x.res.Messages[m].Choices = append(x.res.Messages[m].Choices, message.Choice{Label: label, N: i + 1})
	}
	x.res.Messages[m].Turn = x.s.NextTurn(min(session.Bubble(x.s.Fired), session.LastLine))
	return x.addLinks(m, line.Buttons)
}

// ways returns which buttons of a reminder lead on now, in the order of their numbers.
func (x *stepper) ways(line *program.Silence) ([]int, error) {
	var out []int
	for i := range line.Buttons {
		b := &line.Buttons[i]
		if b.Kind != program.GoTo {
			continue
		}
		visible, err := x.holds(b.When)
		if err != nil {
			return nil, err
		}
		if visible {
			out = append(out, i)
		}
	}
	return out, nil
}

// outward follows a target that belongs to run owner (program.None: a chung file, which speaks for every run). Leading on
// from an outer run gives up the inner ones without bỏ dở, and from a chung file all of them: what lies below a digression
// must not come again after "hủy". Only a flow that hands over to a person lies on the question, which goes on when the bot
// speaks again. Going back or repeating is about the question on screen.
func (x *stepper) outward(owner int, event string, t *program.Target) (hop, error) {
	switch {
	case t.Kind == program.ToBack || t.Kind == program.ToRepeat:
		return x.follow(event, t)
	case owner == program.None && t.Kind == program.ToFlow && x.waiting() && x.e.handsOver(t.Index) && x.open(t.Index) == program.None:
		return x.turnAside(event, t.Index)
	case owner == program.None && t.Kind == program.ToFlow:
		x.depart(event)
		x.dropRuns()
		return x.push(t.Index, program.None, session.Root)
	}
	if owner != program.None && owner < x.top() {
		crossable := !x.s.Runs[owner+1].Fixed
		x.dropTo(owner + 1)
		if crossable {
			x.remember()
		}
		return x.follow(event, t)
	}
	if x.waiting() {
		x.forsake()
		x.remember()
	}
	return x.follow(event, t)
}
