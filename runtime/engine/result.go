package engine

import (
	"hoithoai/dsl/value"
	"hoithoai/runtime/message"
)

// Result is what one step leads to, in the order it must happen: messages, then tasks. Choices of messages may be shared
// with the engine: a reader must not change them.
type Result struct {
	// Kind says what the event turned out to be.
	Kind Kind
	// Messages are the bubbles to send.
	Messages []message.Message
	// Tasks are the calls to make; each comes back as an event.TaskResult with its Call.
	Tasks []Task
	// Timers are to be applied in order.
	Timers []Timer
	// Handover is the desk an officer of which should take over; "" where nobody is asked for.
	Handover string
	// Unanswered is the desk that has not answered a person within Config.AnswerIn; "" where nobody is late.
	Unanswered string
	// Ended are the runs that ended, innermost first.
	Ended []Outcome
	// Entered are the steps entered, in order.
	Entered []StepRef
	// Edges are the outcomes taken, in order.
	Edges []Edge
	// LateSuccess is the name of a `không hoàn tác` task that succeeded although the person was told that it failed (after its
	// deadline, or with results that do not fit): a case for the office.
	LateSuccess string
	Late        bool // the event is older than the question: it answered none, unless with a value of its own
	// Fault says what was wrong with the program, without a word of the resident's; "" in all other cases. Handover then names
	// the office's first desk: a person must look, but the bot goes on.
	Fault string
	// Words are the gathered words that this step took: the journal has them here, not where they came (Gathering).
	Words string
	// Missed are first words that led into no flow surely, Near the name of the likeliest flow that was offered for them, "" for
	// none. Never words of an emergency, of what must not be kept, or of a flow under way.
	Missed, Near string
	// Erase asks the caller to forget the person.
	Erase bool
	// Decisions are what the person said to consents, in order: the journal keeps them.
	Decisions []Decision
}

func (r *Result) reset() {
	clear(r.Messages)
	clear(r.Tasks)
	*r = Result{
		Messages: r.Messages[:0], Tasks: r.Tasks[:0], Timers: r.Timers[:0],
		Ended: r.Ended[:0], Entered: r.Entered[:0], Edges: r.Edges[:0],
		Decisions: r.Decisions[:0],
	}
}

// Task is a call to make outside the step. Call is unique in the person's life: run depth, visit and turn. Deadline is Unix
// milliseconds; the engine has its own timer for it.
type Task struct {
	Call     string
	Name     string
	Index    int // of program.Tasks
	Args     []value.Value
	Program  string // hash
	Deadline int64
	Secret   bool // an argument or result is bảo mật
}

// The names of timers.
const (
	TimerSilence = "im_lang" // the next line of im lặng
	TimerKeep    = "giu"     // giữ: an unfinished run has lived long enough
	TimerTask    = "viec"    // trong: the deadline of a task
	TimerDraft   = "gom"     // the pause that ends a burst
	TimerDesk    = "cho_ban" // an officer should have answered by now
	TimerReturn  = "ve_may"  // the bot speaks again at a question
)

// Timer arms (At, Unix milliseconds) or clears (At 0) the timer of this name and generation. Heard says that its time counts
// from when the person has what this step says: At is meant for words that arrive at the moment of the event. Whoever sends
// them later moves it by as much, and tells the engine so with the At of the timer's event.
type Timer struct {
	Name  string
	Gen   uint32
	At    int64
	Heard bool
}

// Outcome is a run that ended, đạt or bỏ.
type Outcome struct {
	Flow    string
	Success bool
}

// StepRef names a step.
type StepRef struct {
	Flow string
	Step string
}

// Edge is an outcome taken. Event is its name in the flow's Machine, or "" where the destination was found at run time; From
// and To are steps, To is program.None where the edge left the flow.
type Edge struct {
	Flow  int
	From  int
	Event string
	To    int
}
