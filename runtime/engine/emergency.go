package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// alarmed returns the khẩn cấp flow that must answer the message, or program.None.
func (x *stepper) alarmed() int {
	if i, ok := x.e.alarms[x.key]; ok {
		return i
	}
	if x.e.cfg.Detector == nil {
		return program.None
	}
	return x.e.cfg.Detector.Emergency(x.text0)
}

// unkept returns the không giữ flow that recognises the message, or program.None. The door has looked already; this is the
// second look, over gathered messages and captions.
func (x *stepper) unkept() int {
	if i, ok := x.e.unkept[x.key]; ok {
		return i
	}
	if x.e.cfg.Detector == nil {
		return program.None
	}
	return x.e.cfg.Detector.Unkept(x.text0)
}

// onEmergency answers first, over anything; then what was interrupted goes on. Inside a free-text answer the message is also
// that answer: what a person in danger writes is told once.
func (x *stepper) onEmergency(flow int, keep bool) error {
	x.class = message.Urgent
	x.aside = len(x.s.Runs)
	err := x.enterFlow(flow, program.None, session.Digression, Emergency)
	x.class, x.aside = message.Interactive, program.None
	x.at = x.top()
	if !x.active() {
		x.s.Alarmed = x.ev.At
	}
	if err != nil || !keep || x.silenced() || !x.waiting() || x.run().Flow == flow {
		return err
	}
	if x.takesWords() {
		return x.keepTold()
	}
	return x.again(Emergency)
}

// alarmFor is how long after an emergency words that lead nowhere are taken for the address and the story that its answer
// asked for, in milliseconds.
const alarmFor = 10 * 60 * 1000

// afterAlarm reports whether the person has only just told of an emergency.
func (x *stepper) afterAlarm() bool { return x.s.Alarmed != 0 && x.ev.At-x.s.Alarmed < alarmFor }

// standBy answers what a person in danger writes after the emergency was answered. Nobody reads each second, so it sends to
// 113 again; what was written stays in the chat, where officers see it.
func (x *stepper) standBy() error {
	x.res.Kind = StoodBy
	x.class = message.Urgent
	x.say(sayStandBy)
	x.class = message.Interactive
	return nil
}

// takesWords reports whether the waiting step takes the message as it is.
func (x *stepper) takesWords() bool {
	slot := x.asked()
	if isStory(slot) {
		return true
	}
	return slot != nil && slot.Type.Kind == value.Text && (x.ev.Kind == event.Text || x.ripe)
}

// keepTold takes the message as the answer, without counting it as wrong where it is none.
func (x *stepper) keepTold() error {
	x.gentle = true
	answer := x.answerText
	if isStory(x.asked()) {
		answer = x.tell
	}
	err := answer(x.asked())
	x.res.Kind = Emergency
	return err
}
