package engine

import (
	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// offer asks back among items; other is the label behind them that declines all.
func (x *stepper) offer(kind session.OfferKind, items []int, sentence, other string) {
	x.say(sentence)
	m := &x.res.Messages[len(x.res.Messages)-1]
	for i, it := range items {
		m.Choices = append(m.Choices, message.Choice{Label: x.offerLabel(kind, it), N: i + 1})
	}
	m.Choices = append(m.Choices, message.Choice{Label: other, N: len(items) + 1})
	m.Turn = x.s.NextTurn(session.Offered)
	x.s.Offer = session.Offer{Kind: kind, Items: items}
	x.s.Fired = 0
}

func (x *stepper) offerLabel(kind session.OfferKind, item int) string {
	switch kind {
	case session.OfferOption:
		return x.asked().Type.Options[item].Label
	case session.OfferEdit:
		return x.editLabel(item)
	case session.OfferPress:
		return x.pressLabel(item)
	case session.OfferErase:
		return labelErase
	}
	return x.p.Flows[item].Title
}

// maxOffer is how many readings of one message are offered.
const maxOffer = 3

// maxWards is maxOffer for names of wards: a district of before July 2025 has about as many.
const maxWards = 5

// offers is how many near options of a type are offered as buttons.
func offers(k value.Kind) int {
	switch k {
	case value.Choice, value.Choices:
		return maxOffer
	case value.Ward:
		return maxWards
	}
	return 0
}

// askBack offers the options a message may have meant; nothing near is ever taken for an answer.
func (x *stepper) askBack(p *value.Problem) error {
	x.res.Kind = AskedBack
	if len(p.Candidates) > offers(x.asked().Type.Kind) {
		return x.wrong(x.step().End.Wrong, p.Sentence)
	}
	sentence := p.Sentence
	if sentence == "" {
		sentence = sayMeant
	}
	x.offer(session.OfferOption, p.Candidates, sentence, labelOther)
	return nil
}

// askSwitch offers to leave the question for another flow.
func (x *stepper) askSwitch(flow int) error {
	x.res.Kind = AskedBack
	x.offer(session.OfferSwitch, []int{flow}, saySwitch(x.p.Flows[flow].Title), labelStay)
	return nil
}

// onOfferWords takes the message as an answer to the newest bubble, where that asks back.
func (x *stepper) onOfferWords() (done bool, err error) {
	o := x.s.Offer
	if o.Kind == session.NoOffer || !x.fits(o) {
		return false, nil
	}
	for i, it := range o.Items {
		if fold.Key(x.offerLabel(o.Kind, it)) == x.key {
			return true, x.takeOffer(i + 1)
		}
	}
	n := x.numberOnScreen()
	if o.Kind == session.OfferEdit || o.Kind == session.OfferErase {
		n = number(x.key) // of the list: the question is what is being left
	}
	if n > 0 && n <= len(o.Items)+1 {
		return true, x.takeOffer(n)
	}
	if x.key == keyOther || x.key == keyStay || x.key == keyElse || x.key == keyKeep && x.offersErase() {
		return true, x.takeOffer(len(o.Items) + 1)
	}
	if len(o.Items) > 1 || number(x.key) > 0 {
		return false, nil
	}
	yes, problem := value.Type{Kind: value.YesNo}.ReadText(x.text0, value.Context{Today: x.day})
	if problem != nil {
		return false, nil
	}
	return true, x.takeOffer(2 - int(yes.N))
}

// fits guards against an offer whose items are not of this program and step.
func (x *stepper) fits(o session.Offer) bool {
	limit, ok := x.offerLimit(o.Kind)
	if !ok {
		return false
	}
	for _, it := range o.Items {
		if it < 0 || it >= limit {
			return false
		}
	}
	return true
}

// offerLimit returns how many items an offer of the kind can have here; ok is false where there can be none of it.
func (x *stepper) offerLimit(kind session.OfferKind) (limit int, ok bool) {
	switch kind {
	case session.OfferOption:
		if !x.waiting() || x.asked() == nil {
			return 0, false
		}
		return len(x.asked().Type.Options), true
	case session.OfferEdit:
		return maxSteps, x.waiting()
	case session.OfferPress:
		return maxSteps, x.waiting()
	case session.OfferErase:
		return 1, true
	}
	return len(x.p.Flows), true
}

// maxSteps is more than any flow has steps: what is offered is looked up among the answers, or on the screen.
const maxSteps = 1 << 16

// takeOffer takes choice n of the offer; the one behind all items declines.
func (x *stepper) takeOffer(n int) error {
	o := x.s.Offer
	x.s.Offer = session.Offer{}
	if !x.fits(o) || o.Kind != session.OfferErase && (o.Kind == session.OfferFlow) == x.active() {
		return x.stale()
	}
	if n > len(o.Items) {
		return x.decline(o.Kind)
	}
	switch item := o.Items[n-1]; o.Kind {
	case session.OfferOption:
		return x.answerOffered(item)
	case session.OfferEdit:
		return x.takeEdit(item)
	case session.OfferPress:
		return x.takePress(item)
	case session.OfferErase:
		return x.erase()
	case session.OfferSwitch:
		x.leads(x.p.Flows[item].Title)
		return x.trigger(item)
	default:
		x.leads(x.p.Flows[item].Title)
		return x.enterFlow(item, program.None, session.Root, Triggered)
	}
}

// answerOffered takes an option that was asked back, unless it is no longer shown.
func (x *stepper) answerOffered(option int) error {
	x.at = x.top()
	if err := x.look(); err != nil {
		return err
	}
	if t := x.asked().Type; t.Kind == value.Ward {
		return x.answer(value.Value{Kind: value.Ward, S: t.Options[option].Name})
	}
	if !x.offered(option) {
		return x.stale()
	}
	return x.choose(choice{pickOption, option})
}

func (x *stepper) decline(kind session.OfferKind) error {
	if kind == session.OfferErase {
		return x.keepAll()
	}
	if kind == session.OfferFlow {
		err := x.fallback()
		x.res.Kind = Declined
		return err
	}
	return x.again(Declined)
}

// onWordsIdle finds the flow a message asks for while no run is active.
func (x *stepper) onWordsIdle() error {
	if late(x.s, x.ev) {
		return nil
	}
	if done, err := x.onOfferWords(); done {
		return err
	}
	if l, _ := x.listen(); l != nil && l.Target.Kind == program.ToFlow {
		return x.enterFlow(l.Target.Index, program.None, session.Root, Listened)
	}
	if done, err := x.onRight(); done {
		return err
	}
	if x.key == keyRestart {
		return x.startOver()
	}
	if flow, ok := x.e.keywords[x.key]; ok {
		x.words0 = x.text0
		return x.enterFlow(flow, program.None, session.Root, Triggered)
	}
	if isIdleHelp(x.key) && !x.drafting() {
		return x.idleHelp()
	}
	if x.gathers() {
		return x.gather()
	}
	return x.guess()
}

// guess starts the flow that free text surely asks for, or offers what it may ask for; just after an emergency, what asks for
// nothing surely is about that.
func (x *stepper) guess() error {
	m := x.match()
	known := m.Flow >= 0 && m.Flow < len(x.p.Flows)
	switch {
	case known && m.Sure:
		x.words0 = x.text0
		return x.enterFirst(m)
	case x.afterAlarm():
		return x.standBy()
	}
	x.missed(m)
	if !known {
		return x.fallback()
	}
	items := []int{m.Flow}
	for _, f := range m.Others {
		if f >= 0 && f < len(x.p.Flows) && len(items) < maxOffer {
			items = append(items, f)
		}
	}
	x.res.Kind = AskedBack
	x.offer(session.OfferFlow, items, sayNotSure, labelOther)
	return nil
}
