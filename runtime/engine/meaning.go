package engine

import (
	"slices"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// hold takes the words that count for this event.
func (x *stepper) hold(words string) {
	x.text0 = words
	x.key = fold.Key(words)
}

// onText finds which meaning of a message wins (design/language.md, Meaning 2).
func (x *stepper) onText(words string) error {
	if turn, n, ok := message.ParsePayload(words); ok {
		return x.onPress(turn, n)
	}
	x.hold(words)
	if x.key == "" {
		return x.onSigns()
	}
	if handled, err := x.first(); handled {
		return err
	}
	return x.onWords()
}

// onSigns takes a message without a letter or digit: 👍 answers a có/không and what was asked back, all else cannot be read.
func (x *stepper) onSigns() error {
	if x.silenced() || x.working() || late(x.s, x.ev) {
		return x.onUnreadable()
	}
	if x.at = x.top(); x.active() {
		if err := x.look(); err != nil {
			return err
		}
	}
	if x.s.Offer.Kind != session.OfferErase {
		if done, err := x.onOfferWords(); done {
			return err
		}
	}
	if !x.waiting() || x.asked() == nil || x.asked().Type.Kind != value.YesNo {
		return x.onUnreadable()
	}
	v, p := x.readAnswer(x.asked())
	if p != nil || x.stepPlan().confirm {
		return x.onUnreadable()
	}
	x.leadsValue(v)
	return x.answer(v)
}

// first handles what comes before everything else: emergencies, and messages that must not be kept.
func (x *stepper) first() (handled bool, err error) {
	if x.key == "" {
		return false, nil
	}
	alarm, unkept := x.heed()
	if alarm != program.None {
		err = x.onEmergency(alarm, unkept == program.None)
	}
	if unkept != program.None && err == nil {
		err = x.onWithheld(unkept)
	}
	return alarm != program.None || unkept != program.None, err
}

// onWords goes on with words that are neither a press nor an emergency.
func (x *stepper) onWords() error {
	switch {
	case x.silenced():
		return x.onHeld()
	case x.s.Wait.Since != 0 && isBot(x.key): // the apology names this word, and may come when the bot speaks again already
		return x.takeBack()
	case x.working():
		return x.onWordsWorking()
	case x.active():
		return x.onWordsWaiting()
	}
	return x.onWordsIdle()
}

// onHeld leaves the person to the officer, unless the person wants the bot back.
func (x *stepper) onHeld() error {
	x.res.Kind = Held
	if !x.callsBot() {
		return nil
	}
	return x.takeBack()
}

// startOver is bắt đầu lại: the root flow from its start, or the menu where no run is active.
func (x *stepper) startOver() error {
	if !x.active() {
		err := x.fallback()
		x.res.Kind = Restarted
		return err
	}
	x.res.Kind = Restarted
	return x.sprint(x.restart())
}

// onWordsWorking lets nghe leave a task in flight unless it cannot be undone; everything else waits.
func (x *stepper) onWordsWorking() error {
	l, owner := x.listen()
	if l == nil || x.p.Tasks[x.step().End.Callee].Irreversible || !x.leaves(&l.Target) {
		return x.busy()
	}
	return x.takeListen(l, owner)
}

// leaves reports whether a target leads away from a task in flight.
func (x *stepper) leaves(t *program.Target) bool {
	switch t.Kind {
	case program.ToRepeat:
		return false
	case program.ToBack:
		return x.backFrom() != program.None
	}
	return true
}

// onWordsWaiting tries one meaning after the other on the question on screen.
func (x *stepper) onWordsWaiting() error {
	x.at = x.top()
	if err := x.look(); err != nil {
		return err
	}
	if done, err := x.onScreen(); done {
		return err
	}
	if l, owner := x.listen(); l != nil {
		return x.takeListen(l, owner)
	}
	if done, err := x.onRight(); done {
		return err
	}
	if late(x.s, x.ev) {
		return x.onLate()
	}
	if done, err := x.universal(); done {
		return err
	}
	if flow, ok := x.e.keywords[x.key]; ok {
		x.words0 = x.text0
		return x.trigger(flow)
	}
	return x.onValue()
}

// onLate lets a message older than the question answer it only with a value that is not a choice.
func (x *stepper) onLate() error {
	slot := x.asked()
	if slot == nil || slot.Type.Kind == value.Choice || slot.Type.Kind == value.Choices || slot.Type.Kind == value.YesNo {
		return nil
	}
	v, p := slot.Type.ReadText(x.text0, value.Context{Today: x.day})
	if slot.Type.Kind == value.Story && v.IsSet() && !x.wayOut(slot) {
		return x.tell(slot)
	}
	if p != nil || x.wayOut(slot) {
		return nil
	}
	if x.gathers() {
		return x.gather()
	}
	return x.answer(v)
}

// universal handles the words that work at every waiting step.
func (x *stepper) universal() (done bool, err error) {
	switch {
	case x.key == keyBack:
		x.res.Kind = WentBack
		return true, x.sprint(x.goBack())
	case x.key == keyRepeat:
		x.res.Kind = Repeated
		return true, x.repeat(true)
	case x.key == keyRestart:
		return true, x.startOver()
	case isHelp(x.key):
		return true, x.help()
	}
	return x.onEdit(false)
}

// listen returns the nghe that the message takes and the run it belongs to (program.None: a chung file), innermost first.
func (x *stepper) listen() (*program.Listen, int) {
	for i := x.top(); x.active() && i >= x.chain(); i-- {
		f := x.s.Runs[i].Flow
		if n := findPhrase(x.e.flows[f].listens, x.key); n != program.None {
			return &x.p.Flows[f].Always.Listens[n], i
		}
	}
	if n := findPhrase(x.e.shared, x.key); n != program.None {
		return &x.p.Shared.Listens[n], program.None
	}
	return nil, program.None
}

func findPhrase(phrases []phrase, key string) int {
	for i := range phrases {
		if phrases[i].key == key {
			return phrases[i].listen
		}
	}
	return program.None
}

func (x *stepper) takeListen(l *program.Listen, owner int) error {
	x.res.Kind = Listened
	return x.sprint(x.outward(owner, l.Event, &l.Target))
}

// onValue reads the message as a value of the asked slot, then as nearly a button, as another flow's trigger, and gives up.
func (x *stepper) onValue() error {
	if done, err := x.onGathered(); done {
		return err
	}
	if slot := x.asked(); slot != nil {
		return x.answerText(slot)
	}
	return x.orElse(sayMenuWrong)
}

// orElse goes on with what is no value of the question.
func (x *stepper) orElse(standard string) error {
	if x.writesFreely() {
		return x.noAnswer(standard)
	}
	ways := [...]func() (bool, error){x.onNear, x.elsewhere}
	if x.greeting() { // where nothing is under way, a whole request goes before a word of it that stands on a button
		slices.Reverse(ways[:])
	}
	done, err := ways[0]()
	if !done && err == nil {
		done, err = ways[1]()
	}
	if !done && err == nil {
		done, err = x.onLooseEdit()
	}
	if done || err != nil {
		return err
	}
	return x.noAnswer(standard)
}

// noAnswer says that the message is no answer; where a person confirms, it says which words are.
func (x *stepper) noAnswer(standard string) error {
	e := &x.step().End
	if !x.stepPlan().confirm {
		return x.wrong(e.Wrong, standard)
	}
	words, err := x.exactWords()
	if err != nil {
		return err
	}
	return x.wrong(e.Wrong, words)
}

// answerText reads the message as a value of slot, or as the word for leaving it: before the value where any words are one.
func (x *stepper) answerText(slot *program.Slot) error {
	if freeText(slot.Type.Kind) && x.wayOut(slot) {
		return x.takeWayOut(slot)
	}
	v, p := x.readAnswer(slot)
	switch {
	case v.IsSet() && slot.Type.Kind == value.Story:
		return x.tell(slot)
	case v.IsSet() && slot.Type.Kind == value.Choices:
		return x.chooseSeveral(slot, v)
	case p == nil && x.exactly(v):
		x.leadsValue(v)
		return x.answer(v)
	case p == nil:
		return x.noAnswer("")
	case p.Kind != value.Ambiguous && x.wayOut(slot):
		return x.takeWayOut(slot)
	case len(p.Candidates) > 0 && !x.stepPlan().confirm:
		return x.askBack(p)
	}
	return x.orElse(p.Sentence)
}

// readAnswer reads the message as a value of slot; words that are no answer by themselves are held against the question.
func (x *stepper) readAnswer(slot *program.Slot) (value.Value, *value.Problem) {
	ctx := x.context(slot)
	v, p := slot.Type.ReadText(x.text0, ctx)
	if p == nil || slot.Type.Kind != value.YesNo {
		return x.readWard(slot, x.text0, v, p)
	}
	ctx.Asked = x.asking()
	return slot.Type.ReadText(x.text0, ctx)
}

// context is what the reader of slot may know.
func (x *stepper) context(slot *program.Slot) value.Context {
	ctx := value.Context{Today: x.day}
	for _, w := range slot.When {
		if w != nil {
			ctx.Visible = x.offered
		}
	}
	return ctx
}

// offered reports whether an option of the asked chọn is on the screen.
func (x *stepper) offered(option int) bool {
	for _, c := range x.screen {
		if c.kind == pickOption && c.index == option {
			return true
		}
	}
	return false
}

// freeText says whether what a person writes here could be about anything, so that no other flow is guessed from it.
func freeText(k value.Kind) bool {
	return takesAnyWords(k) || k == value.Images || k == value.Files
}

// elsewhere asks back when the message clearly belongs to another flow.
func (x *stepper) elsewhere() (done bool, err error) {
	slot := x.asked()
	if x.e.cfg.Matcher == nil || x.gentle || slot != nil && freeText(slot.Type.Kind) {
		return false, nil
	}
	m := x.match()
	if !m.Sure || m.Flow < 0 || m.Flow >= len(x.p.Flows) {
		return false, nil
	}
	if x.open(m.Flow) >= x.chain() { // of the very flow that asks: what is wanted is said
		return false, nil
	}
	if x.e.off[m.Flow] {
		return true, x.notOffered(m.Flow)
	}
	if x.greeting() { // nothing is under way that could be left
		x.words0 = x.text0
		return true, x.trigger(m.Flow)
	}
	return true, x.askSwitch(m.Flow)
}

// trigger leads into flow from a waiting step: a run of its own above this one, at most one deep. The trigger of a flow that
// is already open goes back to its question.
func (x *stepper) trigger(flow int) error {
	if i := x.open(flow); i != program.None {
		for i++; i < len(x.s.Runs) && x.s.Runs[i].Link == session.Called; {
			i++
		}
		x.dropTo(i)
		x.res.Kind = Repeated
		return x.repeat(true)
	}
	if x.e.off[flow] {
		return x.notOffered(flow)
	}
	if base := x.chain(); x.s.Runs[base].Link == session.Digression {
		x.dropTo(base)
	}
	return x.enterFlow(flow, program.None, session.Digression, Triggered)
}
