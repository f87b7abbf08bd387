package store

import (
	"strconv"
	"strings"
	"time"
)

// markStart begins a mark: no sealed payload begins so (package seal numbers its keys from 1).
const markStart = "\x00"

// TimerMark is what lies in the mailbox when a timer without Body has fired: no more than the engine knows anyhow, which
// timer it was and for when (to the millisecond) it was set. Setting a timer so costs the fewest bytes.
func TimerMark(name string, gen uint32, at time.Time) []byte {
	return []byte(markStart + name + "\x00" + strconv.FormatUint(uint64(gen), 10) + "\x00" + strconv.FormatInt(at.UnixMilli(), 10))
}

// ReadTimerMark reads what TimerMark made; ok is false for anything else. The timer has no Body.
func ReadTimerMark(body []byte) (t Timer, ok bool) {
	rest, ok := strings.CutPrefix(string(body), markStart)
	parts := strings.Split(rest, "\x00")
	if !ok || len(parts) != 3 || CheckName(parts[0]) != nil {
		return Timer{}, false
	}
	gen, genErr := strconv.ParseUint(parts[1], 10, 32)
	at, atErr := strconv.ParseInt(parts[2], 10, 64)
	if genErr != nil || atErr != nil {
		return Timer{}, false
	}
	return Timer{Name: parts[0], Gen: uint32(gen), At: time.UnixMilli(at)}, true
}
