// Package event is what can happen to one person's session: a text, a press, an attachment, a place, a follow, a timer, a
// task's result, a human's message from the office. The door (webhook, timer, task) makes it, the mailbox keeps it sealed,
// the engine steps over it. An event carries its own time: nothing behind the door reads a clock.
package event

import "hoithoai/dsl/value"

// Kind says what happened. The numbers are stored: append only.
type Kind uint8

// The kinds of event.
const (
	Text       Kind = iota + 1 // Text; may turn out to be a press (payload) — the engine decides
	Media                      // Media (images, files, video, audio), Text is the caption
	Place                      // Media[0] of kind "location", Text is the place's name
	Sticker                    // a sticker or anything shown but not readable
	Follow                     // follow, or first click on "chat now"
	Unfollow                   //
	Withdraw                   // user_withdraw: erase this person's data
	Timer                      // Name and Gen of the timer
	TaskResult                 // Task
	Officer                    // a human of the office wrote (oa_send_* with admin_id)
	Submit                     // user_submit_info: Fields
	Withheld                   // a text recognised by a `không giữ` flow at the door; Name is the flow, the words are gone
)

// Event is one event of one person. ID is unique per person and stable over repeats (see ID8 in the store contract).
type Event struct {
	Kind   Kind
	ID     string            // channel's message id, or a hash for events that have none
	At     int64             // Unix milliseconds: when it was accepted; hom_nay() is the civil day of this moment
	Sent   int64             // Unix milliseconds as the channel dates it; 0 where it did not say
	Late   bool              // more than two minutes older than the person's newest event
	Text   string            `json:",omitempty"`
	Media  []value.Media     `json:",omitempty"`
	Name   string            `json:",omitempty"`
	Gen    uint32            `json:",omitempty"`
	Task   *Result           `json:",omitempty"`
	Fields map[string]string `json:",omitempty"`
}

// Result is the answer of a task: Call is the id under which the engine asked (run and visit), Code the error ("" for
// success, "*" for an error without a declared code), Values the results in the declared order.
type Result struct {
	Call   string
	Task   string
	Failed bool
	Code   string
	Values []string
}

// Close is the Name of an Officer event by which the office hands the person back to the bot.
const Close = "close"

var kindNames = [...]string{
	Text: "text", Media: "media", Place: "place", Sticker: "sticker", Follow: "follow", Unfollow: "unfollow",
	Withdraw: "withdraw", Timer: "timer", TaskResult: "task_result", Officer: "officer", Submit: "submit", Withheld: "withheld",
}

// String returns the kind's name as it stands in the journal; it never changes.
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return "unknown"
}

// FieldEmergency is the field of a Withheld event that names the khẩn cấp flow which must answer first: the words that say so
// are gone by then.
const FieldEmergency = "khan_cap"
