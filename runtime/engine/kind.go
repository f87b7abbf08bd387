package engine

// Kind says what an event turned out to be.
type Kind uint8

// What an event can turn out to be.
const (
	Ignored    Kind = iota // no reply and no change: a duplicate, a dead timer, a late message
	Answered               // an answer to the question on screen
	Collected              // one more piece of an ảnh or tệp
	Pressed                // a button that leads on
	Wrong                  // not an answer
	AskedBack              // nearly an answer, or another flow: asked back
	Declined               // the offer asked back was declined
	Listened               // nghe
	WentBack               // quay lại
	Repeated               // nhắc lại, or the question again
	Restarted              // bắt đầu lại
	Helped                 // trợ giúp
	Stale                  // a button that no longer means anything
	Addressed              // the label of a link, answered with its address
	Unasked                // an attachment nobody asked for
	Unreadable             // a sticker or an empty message
	Busy                   // a task is in flight
	Triggered              // led into a flow
	Fallback               // not understood: the flow of khi không hiểu
	Followed               // khi quan tâm
	Started                // by Engine.Start
	Emergency              // khẩn cấp
	Withheld               // không giữ
	Reminded               // im lặng: a reminder
	TimedOut               // im lặng: led on
	Expired                // giữ: the run ended silently
	TaskDone               // a task succeeded
	TaskFailed             // a task failed, or its deadline passed
	Orphaned               // the result of a task nobody waits for
	Held                   // an officer talks with the person: no reply
	Officer                // an officer wrote
	Closed                 // the person left or withdrew
	Faulty                 // the program is at fault
	StoodBy                // not understood, just after an emergency: the office sees it, 113 is to be called
	Edited                 // sửa: an earlier answer is being corrected
	Gathering              // part of a burst: the answer comes with the pause
	Claimed                // a demand about the person's own data: shown, or consents withdrawn
	Unanswered             // no officer has answered in time: an apology
	Returned               // the bot speaks again, at the question an officer's time interrupted
	NotOffered             // a flow that the office switched off
)

var kindNames = [...]string{
	Ignored: "ignored", Answered: "answered", Collected: "collected", Pressed: "pressed", Wrong: "wrong", AskedBack: "asked_back",
	Declined: "declined", Listened: "listened", WentBack: "back", Repeated: "repeated", Restarted: "restarted", Helped: "help",
	Stale: "stale", Addressed: "addressed", Unasked: "unasked", Unreadable: "unreadable", Busy: "busy", Triggered: "triggered",
	Fallback: "fallback", Followed: "followed", Started: "started", Emergency: "emergency", Withheld: "withheld",
	Reminded: "reminded", TimedOut: "timed_out", Expired: "expired", TaskDone: "task_done", TaskFailed: "task_failed",
	Orphaned: "orphaned", Held: "held", Officer: "officer", Closed: "closed", Faulty: "fault",
	StoodBy: "stood_by", Edited: "edited", Gathering: "gathering", Claimed: "claimed",
	Unanswered: "unanswered", Returned: "returned", NotOffered: "not_offered",
}

// String returns the kind's name as it stands in the journal; it never changes.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}
