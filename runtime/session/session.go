// Package session is what is remembered of one person between two events, and its codec. A Session means something only
// together with the Program it is pinned to (Program, by hash): slots are stored by position in that program's schema.
package session

import "hoithoai/dsl/value"

// Status says what the session waits for.
type Status uint8

// The states of a session. The numbers are stored: append only.
const (
	Idle    Status = iota // no run
	Waiting               // the top run's step waits for the person
	Working               // a task is in flight
	Human                 // an officer has taken over; the bot is silent until Until
)

// Session is one person's state.
type Session struct {
	Program string // hash of the program its runs belong to; "" when idle and never started
	Status  Status
	Turn    uint32 // the newest bubble with choices, see Bubble; grows with every such bubble and every task
	First   uint32 // Turn when the question on screen was first shown: presses of older ones are stale
	Seen    int64  // Unix ms of the person's last event
	Newest  int64  // Unix ms, newest channel time seen: older ones by two minutes are late
	Until   int64  // Human: Unix ms when the bot speaks again
	Desk    string // Human
	Name    string // the person's name as Zalo gives it; written by the person, cleaned
	Told    uint8  // bits: which standing notices were already given (do not send ID pictures, …)
	Timer   uint32 // counts the timers ever armed; each takes its generation from here
	Armed   uint32 // generation of the armed im_lang or viec, 0 for none: all others are dead
	Kept    uint32 // generation of the armed giu, 0 for none
	Fired   int    // lines of im lặng that fired in this silence
	Offer   Offer  // what the newest bubble offers beside the question
	Runs    []Run  // stack, root first
	Alarmed int64  // Unix ms of an emergency that was answered while no run was active, 0 once that is long ago
	Draft   Draft  // what the person is still writing
	Agreed  []Consent
	Wait    Wait   // for an officer
	Office  string // with Person, whose session it is: the event of a timer says no more than which timer it was
	Person  string // as the channel names them; both "" where nobody has said
	Later   string // the flow that the same first words asked for too: offered once no run is active; "" for none
}

// Wait is that a person was handed over and no officer has answered yet. It outlives the bot's silence. Gen is the generation
// of its timer, and together with Since its name in the office's book; the zero value: nobody is waited for.
type Wait struct {
	Desk  string
	Since int64 // Unix ms
	Gen   uint32
	Told  bool // the person has read the apology and the telephone number
}

// Draft is what was written in a burst that is not over: first words, or parts of a free-text answer. It is stepped as one
// message when its timer fires, Gen being that timer's generation; 0: there is none.
type Draft struct {
	Text  string // the messages, one a line
	Gen   uint32
	Since int64 // Unix ms of the first
}

// Consent is one `đồng ý` that was given: to this version of this text. It outlives the run, until it is withdrawn or the
// person is forgotten.
type Consent struct {
	Name    string
	Version int
	At      int64  // Unix ms
	Text    uint64 // the first 8 bytes of the SHA-256 of the words agreed to, big-endian
}

// Link says why a run lies on another.
type Link uint8

// The links. The numbers are stored: append only.
const (
	Root       Link = iota
	Called          // gọi: returns into the caller
	Digression      // another flow's trigger: at its end the step below is repeated
)

// Run is one flow on the stack.
type Run struct {
	Flow    int
	Step    int
	Link    Link
	Visit   uint32 // grows with every entry to a waiting step; names timers and task calls
	Wrong   int    // wrong answers since the step was entered
	Return  int    // rồi: step to go to after this visit, or program.None
	Entered int64  // Unix ms of the entry to the waiting step
	Slots   []value.Value
	Back    []Mark        // waiting steps before this one, oldest first, at most 16
	Again   []value.Value // by slot: answers kept while an earlier one is corrected (`sửa`); nil: none
	Fixed   bool          // a task that cannot be undone was called here or below: quay lại does not cross it
}

// Mark is one earlier waiting step: Set is a bit set of the slots that were set when it was entered; a flow has at most 64.
type Mark struct {
	Step int
	Set  uint64
}

// OfferKind says what was asked back.
type OfferKind uint8

// The kinds of offer. The numbers are stored: append only.
const (
	NoOffer     OfferKind = iota
	OfferOption           // Items are options of the asked slot: "Ý anh/chị là …?"
	OfferSwitch           // Items is one flow: leave the question for it?
	OfferFlow             // Items are flows, no run is active
	OfferEdit             // Items are steps of the top run: which answer is to be corrected?
	OfferPress            // Items are choices of the screen (their numbers less 1): "Ý anh/chị là …?" of a button
	OfferErase            // Items is 0: is everything to be forgotten?
)

// Offer is a question of the engine's own that stands beside the step's. It holds until the next bubble with choices.
type Offer struct {
	Kind  OfferKind
	Items []int
}
