package simulation

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/tips"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// outcome compares what people read with what the store was told, and both with what they wrote.
func (w *world) outcome() Outcome {
	w.witness.mu.Lock()
	defer w.witness.mu.Unlock()
	w.checkAnswered()
	for _, key := range w.witness.keys() {
		w.checkAccount(key, w.witness.people[key])
	}
	for i := range w.cfg.Writers {
		w.checkWriter(personID(i))
	}
	for i := range w.cfg.Tellers {
		w.checkTalk(personID(100 + i))
	}
	w.checkTips()
	w.checkDoomed()
	w.checkCalm()
	w.stats.Timers = w.witness.fires
	return Outcome{Seed: w.cfg.Seed, Broken: w.witness.broken, Ledger: w.ledger(), Stats: w.stats}
}

// checkAnswered: whatever got a 200 was taken.
func (w *world) checkAnswered() {
	for _, id := range slices.Sorted(maps.Keys(w.answered)) {
		key := w.kit.seal.Person(testbed.OfficeID, w.answered[id])
		if a := w.witness.people[key]; a == nil || !a.known[w.kit.seal.ID(key, id)] {
			w.witness.note("LOST: the event %s was answered 200 and is nowhere", id)
		}
	}
}

// checkAccount: everything that came was applied, everything that was said has left, no timer is overdue, and nothing else is
// left over. Order and repetition were looked at as they happened.
func (w *world) checkAccount(key store.Key, a *account) {
	note := w.witness.note
	w.stats.Events += len(a.mail)
	w.stats.Steps += len(a.steps)
	if len(a.steps) != len(a.mail) {
		note("LOST: %d of %d events were applied", len(a.steps), len(a.mail))
	}
	if a.left != len(a.outs) {
		note("UNSENT: %d of %d messages have left", a.left, len(a.outs))
	}
	for id, at := range a.timers {
		if over := time.Since(time.UnixMilli(at)); over > late {
			note("the timer %s %d is %v overdue", id.name, id.gen, over)
		}
	}
	work, err := w.witness.truth.Load(context.Background(), key)
	if err != nil || work.Head != nil || work.Out != nil || !work.Lease.IsZero() {
		note("LEFT OVER: %+v %v", work, err)
	}
	w.witness.holds(a, work)
	w.checkJournal(key, a)
}

// checkJournal: a step and its entry come together.
func (w *world) checkJournal(key store.Key, a *account) {
	want := 0
	for _, s := range a.steps {
		if s.entry {
			want++
		}
	}
	got, err := w.witness.truth.Journal(context.Background(), key)
	if want = min(want, w.cfg.Store.Journal); err != nil || len(got) != want {
		w.witness.note("HALF: the journal has %d entries after %d steps with one, %v", len(got), want, err)
	}
}

// said is one message of the outbox, as it must arrive.
type said struct {
	text string
	step int
	left time.Time
}

// sayings opens what was to be said to a person.
func (w *world) sayings(person string) (all []said) {
	key := w.kit.seal.Person(testbed.OfficeID, person)
	a := w.witness.people[key]
	if a == nil {
		w.witness.note("LOST: %s has left no trace", person)
		return nil
	}
	for i := range a.outs {
		o := &a.outs[i]
		plain, err := w.kit.seal.Open(nil, seal.Outbox, key, o.body)
		if err != nil {
			w.witness.note("a message cannot be opened: %v", err)
			continue
		}
		out, err := envelope.DecodeOut(plain)
		if err != nil {
			w.witness.note("a message cannot be read: %v", err)
			continue
		}
		if out.Message == nil {
			continue
		}
		calls, err := zalo.Render(*out.Message, person, zalo.DefaultCapabilities(), zalo.NewAssetCache(time.Now))
		if err != nil {
			w.witness.note("a message cannot be drawn: %v", err)
		}
		for _, c := range calls {
			all = append(all, said{c.Text, o.step, o.left})
		}
	}
	return all
}

// checkTalk: a person read what was said, in order, every message at least once, and a second time only where something went
// wrong between the first copy and the second. It returns when each was read first.
func (w *world) checkTalk(person string) (all []said, read []time.Time) {
	all = w.sayings(person)
	ledger := w.zalo.Ledger(testbed.OfficeID, person)
	w.stats.Messages += len(all)
	for i, m := range ledger {
		n := len(read)
		switch {
		case n < len(all) && same(m.Text, all[n].text):
			read = append(read, m.At)
		case n > 0 && same(m.Text, all[n-1].text):
			w.stats.Duplicates++
			w.checkTwice(person, ledger[i-1], m)
		default:
			w.witness.note("ORDER: %s reads %q as number %d", person, m.Text, n)
			return all, read
		}
	}
	if len(read) != len(all) {
		w.witness.note("UNSENT: %s has read %d of %d messages", person, len(read), len(all))
	}
	return all, read
}

func same(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

// checkTwice: a second copy has a reason.
func (w *world) checkTwice(person string, first, second fake.Sent) {
	key := string(w.kit.seal.Person(testbed.OfficeID, person))
	for _, t := range w.troubles {
		mine := t.who == "" || t.who == person || t.who == key
		if mine && !t.at.Before(first.At.Add(-time.Second)) && !t.at.After(second.At) {
			return
		}
	}
	w.witness.note("TWICE: %s reads %q again after %v, and nothing had gone wrong", person, second.Text, second.At.Sub(first.At))
}

var (
	counted   = regexp.MustCompile(`^Tin số (\d+): ([\s\S]*)\.$`)
	wordsSaid = regexp.MustCompile(`việc \d{3}-\d{3}`)
)

// checkWriter: the numbers a writer reads count up by one, every word is in exactly one of them, and in the order in which the
// store took them.
func (w *world) checkWriter(person string) {
	all, read := w.checkTalk(person)
	n, words := 0, []string(nil)
	for _, s := range all {
		m := counted.FindStringSubmatch(s.text)
		if m == nil {
			continue
		}
		n++
		if m[1] != strconv.Itoa(n) {
			w.witness.note("HALF: %s reads number %s as number %d", person, m[1], n)
		}
		words = append(words, wordsSaid.FindAllString(m[2], -1)...)
	}
	if want := w.wordsOf(person); !slices.Equal(words, want) {
		w.witness.note("%s said %v, and was answered to %v", person, want, words)
	}
	w.checkReminders(person, all, read)
}

// wordsOf are a writer's words as they came into the mailbox.
func (w *world) wordsOf(person string) (words []string) {
	key := w.kit.seal.Person(testbed.OfficeID, person)
	for _, ev := range w.events(key) {
		if ev.Kind == event.Text {
			words = append(words, wordsSaid.FindAllString(ev.Text, -1)...)
		}
	}
	return words
}

// events opens what came into a mailbox; a timer's entry is left out.
func (w *world) events(key store.Key) (all []event.Event) {
	a := w.witness.people[key]
	if a == nil {
		return nil
	}
	for _, id := range a.mail {
		ev := event.Event{Kind: event.Timer}
		if body := a.bodies[id]; body != nil {
			plain, err := w.kit.seal.Open(nil, seal.Mailbox, key, body)
			if err == nil {
				var in envelope.In
				in, err = envelope.DecodeIn(plain)
				ev = in.Event
			}
			if err != nil {
				w.witness.note("an event cannot be read: %v", err)
			}
		}
		all = append(all, ev)
	}
	return all
}

const (
	question = "Anh/chị nhắn tin kế tiếp."
	reminder = "Anh/chị còn đó không?"
	silence  = 30 * time.Minute
)

// checkReminders: a question that was read, and nothing applied for half an hour after, is followed by one reminder, and by none
// where something was.
func (w *world) checkReminders(person string, all []said, read []time.Time) {
	key := w.kit.seal.Person(testbed.OfficeID, person)
	a, events := w.witness.people[key], w.events(key)
	for i, s := range all {
		if s.text != question || i >= len(read) || s.left.IsZero() {
			continue
		}
		next := time.Now()
		for n := s.step + 1; n < min(len(a.steps), len(events)); n++ {
			if events[n].Kind != event.Timer {
				next = a.steps[n].at
				break
			}
		}
		reminded := 0
		for _, after := range all[i+1:] {
			if after.text == question {
				break
			}
			if after.text == reminder {
				reminded++
			}
		}
		quiet := next.Sub(s.left)
		if reminded > 1 || reminded == 0 && quiet > silence+late || reminded == 1 && quiet < silence {
			w.witness.note("%s is reminded %d times in the %v after a question", person, reminded, quiet)
		}
	}
}

var code = regexp.MustCompile(`^Đã nhận tin, mã (.+)\.$`)

// checkTips: every confirmation names a tip that is in the register, no tip is confirmed twice, and every tip there is was
// confirmed, or its teller was told that it failed.
func (w *world) checkTips() {
	list := tips.ListOf(testbed.OfficeID)
	records, err := w.witness.truth.List(context.Background(), list, "", 1000)
	if err != nil {
		w.witness.note("the register cannot be read: %v", err)
	}
	confirmed, failed := map[string]bool{}, 0
	for i := range w.cfg.Tellers {
		for _, s := range w.sayings(personID(100 + i)) {
			if m := code.FindStringSubmatch(s.text); m != nil {
				if confirmed[m[1]] {
					w.witness.note("the tip %s is confirmed twice", m[1])
				}
				confirmed[m[1]] = true
			}
			if strings.HasPrefix(s.text, "Tin chưa gửi được") {
				failed++
			}
		}
	}
	w.stats.Tips = len(records)
	if n := len(records); n < len(confirmed) || n > len(confirmed)+failed {
		w.witness.note("%d tips are in the register, %d were confirmed, %d failed", n, len(confirmed), failed)
	}
	w.checkLanes()
}

// checkLanes: a task has one answer.
func (w *world) checkLanes() {
	for i := range w.cfg.Tellers {
		lane := actor.LaneKey(w.kit.seal, envelope.Address{Office: testbed.OfficeID, Person: personID(100 + i)})
		if a := w.witness.people[lane]; a != nil && len(a.outs) != len(a.steps) {
			w.witness.note("%d tasks have %d answers", len(a.steps), len(a.outs))
		}
	}
}

// never are the counters of what must not happen at all: none of the faults here is a reason for one.
var never = []string{
	"engine_fault", "engine_panic", "task_panic", "send_panic", "session_unreadable", "mailbox_unreadable", "outbox_unreadable",
	"office_gone", "dead_letter", "message_dropped", "webhook_malformed", "webhook_forged", "webhook_bad_signature",
	"event_stale", "event_flooded", "send_withdrawn",
}

// checkCalm: nothing was counted that has no reason here, and Zalo refused nothing.
func (w *world) checkCalm() {
	families, err := w.gather.Gather()
	if err != nil {
		w.witness.note("gather counters: %v", err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			kind := label(m.GetLabel()[0].GetValue(), m.GetCounter() != nil)
			if kind == "engine_fault" && int(m.GetCounter().GetValue()) <= w.cfg.Doomed*faultsOfDoom {
				continue
			}
			if kind != "" {
				w.witness.note("%s was counted %v times", kind, m.GetCounter().GetValue())
			}
		}
	}
	for _, r := range w.zalo.Refusals() {
		w.witness.note("Zalo refuses %s: %d %s", r.Endpoint, r.Code, r.Reason)
	}
	if w.zalo.Unsubscribed() {
		w.witness.note("Zalo has given up")
	}
}

func label(kind string, counter bool) string {
	if counter && slices.Contains(never, kind) {
		return kind
	}
	return ""
}

// Same reports whether two runs of one seed were one and the same.
func (o Outcome) Same(p Outcome) bool {
	return bytes.Equal([]byte(o.Ledger), []byte(p.Ledger)) && o.Stats == p.Stats && slices.Equal(o.Broken, p.Broken)
}

// String is the outcome in a few lines.
func (o Outcome) String() string {
	return fmt.Sprintf("seed %d: %s\n%s", o.Seed, o.Stats, strings.Join(o.Broken, "\n"))
}
