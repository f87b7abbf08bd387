package compile

import (
	"strconv"

	"hoithoai/dsl/program"
)

// Names of the outcomes that have one each; the others carry a number or a code behind a colon.
const (
	eventGo      = "di"
	eventAnswer  = "tra_loi"
	eventElse    = "con_lai"
	eventDone    = "xong"
	eventAbandon = "bo_do"
	eventOK      = "duoc"
	eventFail    = "loi"
	eventLimit   = "sai"
)

// Stems of the numbered outcomes; numbers count from 0 in the order of the program's slices.
const (
	stemButton  = "nut"
	stemArm     = "nhanh"
	stemSilence = "im_lang"
	stemListen  = "nghe"
)

func numbered(stem string, n int) string { return stem + ":" + strconv.Itoa(n) }

// reminder is the press of a button under a reminder: the n-th of the silence.
func reminder(silence, n int) string {
	return numbered(numbered(stemSilence, silence)+"."+stemButton, n)
}

// static is the event's name where the target is a step of the flow, "" where the engine finds the destination itself.
func static(t program.Target, event string) string {
	if t.Kind == program.ToStep && t.Index != program.None {
		return event
	}
	return ""
}
