package engine

import (
	"hoithoai/dsl/program"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// wait makes the step just entered the question on screen; its bubbles begin at message first.
func (x *stepper) wait(first int) error {
	r := x.run()
	r.Visit++
	r.Entered = x.ev.At
	if err := x.question(first); err != nil {
		return err
	}
	x.s.First = x.s.Turn
	return nil
}

// asked returns the slot the waiting step asks for; nil where it only offers buttons.
func (x *stepper) asked() *program.Slot {
	st := x.step()
	if st.End.Kind != program.Ask {
		return nil
	}
	return &x.flow().Slots[st.End.Slot]
}

// question puts the choices of the waiting step on its last bubble with words, which stands at message first or after.
func (x *stepper) question(first int) error {
	if err := x.look(); err != nil {
		return err
	}
	labels, err := x.labels()
	if err != nil {
		return err
	}
	i := x.lastWordsFrom(first)
	if i == program.None {
		i = len(x.res.Messages)
		x.say(sayChoose)
	}
	m := &x.res.Messages[i]
	m.Choices, m.Turn = labels, x.s.NextTurn(session.Question)
	x.s.Offer, x.s.Fired = session.Offer{}, 0
	return x.addLinks(i, x.step().End.Buttons)
}

func (x *stepper) lastWordsFrom(first int) int {
	for i := len(x.res.Messages) - 1; i >= first; i-- {
		if x.res.Messages[i].Kind == message.Words {
			return i
		}
	}
	return program.None
}

// asking returns how the waiting step puts its question, without showing anything.
func (x *stepper) asking() string {
	st, pl := x.step(), x.stepPlan()
	i := lastWords(st)
	if i >= len(st.Bubbles) || st.Bubbles[i].Kind != program.Words {
		return ""
	}
	if text := pl.bubble[i]; text != "" {
		return text
	}
	if shown, err := x.lines(&st.Bubbles[i]); err != nil || !shown {
		return ""
	}
	return string(x.buf)
}

// repeat shows the question again: all of the step's own lines, or only the last bubble with words. It runs nothing and
// enters nothing; the silence starts again.
func (x *stepper) repeat(all bool) error {
	first := len(x.res.Messages)
	x.at = x.top()
	if err := x.sayStep(all); err != nil {
		return err
	}
	x.run().Entered = x.ev.At
	return x.question(first)
}

// again is repeat for the kinds of event that answer with the question itself.
func (x *stepper) again(kind Kind) error {
	x.res.Kind = kind
	return x.repeat(false)
}

// sayAgain says a sentence and the question again, in one bubble: what was wrong and what to do stand together.
func (x *stepper) sayAgain(kind Kind, sentence string) error {
	x.res.Kind = kind
	x.say(sentence)
	return x.repeatBelow()
}

// repeatBelow is repeat of the last bubble with words, joined to the bubble said just before.
func (x *stepper) repeatBelow() error {
	lead := len(x.res.Messages) - 1
	x.at = x.top()
	if err := x.sayStep(false); err != nil {
		return err
	}
	x.join(lead)
	x.run().Entered = x.ev.At
	return x.question(lead)
}

// join puts the bubble behind lead below the words of lead.
func (x *stepper) join(lead int) {
	m := x.res.Messages
	if lead+1 >= len(m) || m[lead+1].Kind != message.Words {
		return
	}
	m[lead].Text += "\n" + m[lead+1].Text
	m[lead].Links = m[lead+1].Links
	copy(m[lead+1:], m[lead+2:])
	m[len(m)-1] = message.Message{}
	x.res.Messages = m[:len(m)-1]
}
