package engine

import (
	"time"

	"hoithoai/dsl/program"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// `chuyển người` does two things that end apart. The bot is silent (Session.Until) until so long after the officer's last
// message, until the office hands the person back, or until the person calls for the bot; then the question below goes on. And
// the person waits (Session.Wait) until an officer writes, however long the bot is silent: who is not answered within
// Config.AnswerIn of the desk's hours reads an apology with the telephone number, once, and the office gets an alarm.

// handOver ends the run for an officer. What lies below it stays, and goes on when the bot speaks again.
func (x *stepper) handOver(desk string) {
	for base := x.chain(); len(x.s.Runs) > base; {
		x.pop(true)
	}
	x.s.Desk = desk
	x.s.Until = x.ev.At + x.e.cfg.HumanFor.Milliseconds()
	x.res.Handover = desk
	x.awaitDesk(desk)
	if x.class != message.Urgent { // who is in danger reads numbers, not hours
		x.sayMore(x.deskSentence(desk))
	}
}

// awaitDesk begins the wait. Who waits already goes on waiting since then; at another desk under another name.
func (x *stepper) awaitDesk(desk string) {
	w := x.s.Wait
	if w.Since != 0 && w.Desk == desk {
		return
	}
	x.endWait()
	next := session.Wait{Desk: desk, Since: x.ev.At, Told: w.Told}
	if w.Since != 0 {
		next.Since = w.Since
	}
	patience := int(x.e.cfg.AnswerIn / time.Minute)
	next.Gen = x.arm(TimerDesk, max(x.ev.At, x.e.cfg.Office.AfterOpen(desk, next.Since, patience)))
	x.s.Wait = next
}

// endWait is that an officer has answered, or that the person does without one.
func (x *stepper) endWait() {
	if w := x.s.Wait; w.Since != 0 && !w.Told {
		x.res.Timers = append(x.res.Timers, Timer{Name: TimerDesk, Gen: w.Gen})
	}
	x.s.Wait = session.Wait{}
}

// deskSentence says who answers and when, and how to go on with the question below.
func (x *stepper) deskSentence(desk string) string {
	below := ""
	if x.active() {
		below = x.flowAt(x.chain()).Title
	}
	return sayDesk(x.e.cfg.Office, desk, x.day, x.minute, below)
}

// sayMore puts a sentence behind the last words of this step, so that it costs no message of its own.
func (x *stepper) sayMore(text string) {
	if i := x.lastWordsFrom(0); i != program.None {
		x.res.Messages[i].Text += "\n" + text
		return
	}
	x.say(text)
}

// unanswered apologises to one who has waited too long. The bot stays as silent as it was.
func (x *stepper) unanswered() {
	w := &x.s.Wait
	if w.Since == 0 || w.Told || w.Gen != x.ev.Gen {
		return
	}
	w.Told = true
	x.res.Kind, x.res.Unanswered = Unanswered, w.Desk
	x.class = message.Reminder
	x.say(sayUnanswered(x.e.cfg.Office, w.Desk))
}

// callsBot reports whether the message is the word by which a person brings the bot back.
func (x *stepper) callsBot() bool { return x.key == keyRestart || isBot(x.key) }

func isBot(key string) bool { return key == keyBot || key == keyTheBot }

// takeBack ends an officer's time because the person wants the bot: the question below goes on, else one may choose.
func (x *stepper) takeBack() error {
	x.s.Until, x.s.Desk = 0, ""
	x.endWait()
	switch {
	case x.working():
		return x.busy()
	case x.waiting():
		x.res.Kind = Returned
		return x.resume()
	}
	return x.startOver()
}

// resume asks the question again that an officer's time interrupted, and says who speaks.
func (x *stepper) resume() error {
	first := len(x.res.Messages)
	if err := x.comeBackTo(); err != nil {
		return err
	}
	for i := first; i < len(x.res.Messages); i++ {
		if m := &x.res.Messages[i]; m.Kind == message.Words {
			m.Text = sayBotBack + " " + m.Text
			return nil
		}
	}
	return nil
}

// onReturn is the end of an officer's time at a question: the person need not guess that the bot listens again.
func (x *stepper) onReturn() error {
	x.s.Armed = 0
	if !x.waiting() {
		return nil
	}
	x.res.Kind = Returned
	x.class = message.Reminder
	return x.resume()
}

// comeBack ends an officer's time once it is over.
func (x *stepper) comeBack() {
	if x.s.Until != 0 && !x.silenced() {
		x.s.Until, x.s.Desk = 0, ""
	}
}

// onOfficer keeps the bot silent while an officer writes, and ends that when the office hands the person back.
func (x *stepper) onOfficer() {
	x.res.Kind = Officer
	x.endWait()
	if x.ev.Name == event.Close {
		x.s.Until, x.s.Desk = 0, ""
		return
	}
	x.s.Until = x.ev.At + x.e.cfg.OfficerFor.Milliseconds()
}

// handsOver reports whether a flow may lead to a person by itself.
func (e *Engine) handsOver(flow int) bool {
	for _, st := range e.p.Flows[flow].Steps {
		if st.End.Kind == program.Human {
			return true
		}
	}
	return false
}

// turnAside lays a flow on the question instead of ending its run, at most one deep.
func (x *stepper) turnAside(name string, flow int) (hop, error) {
	x.res.Edges = append(x.res.Edges, Edge{Flow: x.run().Flow, From: x.run().Step, Event: name, To: program.None})
	if base := x.chain(); x.s.Runs[base].Link == session.Digression {
		x.dropTo(base)
	}
	return x.push(flow, program.None, session.Digression)
}
