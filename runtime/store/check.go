package store

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Bounds every engine keeps: MaxKey is the longest Key, MaxName the longest name of a timer, list, place or bundle, MaxBody
// the largest payload, in bytes.
const (
	MaxKey  = 64
	MaxName = 256
	MaxBody = 16 << 20
)

// Check reports a key that no engine takes: empty, longer than MaxKey or with a character outside base64url.
func (k Key) Check() error {
	if k == "" || len(k) > MaxKey {
		return fmt.Errorf("key of %d characters, want 1 to %d", len(k), MaxKey)
	}
	for i := range len(k) {
		if !base64url(k[i]) {
			return fmt.Errorf("key has the byte %#02x, want base64url", k[i])
		}
	}
	return nil
}

func base64url(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// CheckName reports a name of a list, place, bundle or timer that no engine takes: empty, longer than MaxName, or with a
// control character.
func CheckName(name string) error {
	control := func(r rune) bool { return r < ' ' }
	if name == "" || len(name) > MaxName || strings.ContainsFunc(name, control) {
		return fmt.Errorf("name of %d bytes, want 1 to %d without control characters", len(name), MaxName)
	}
	return nil
}

// CheckBody reports a payload that is larger than MaxBody.
func CheckBody(body []byte) error {
	if len(body) > MaxBody {
		return fmt.Errorf("payload of %d bytes, want at most %d", len(body), MaxBody)
	}
	return nil
}

// Check reports an event no engine takes.
func (in *Accept) Check() error {
	if err := in.Key.Check(); err != nil {
		return err
	}
	return CheckBody(in.Body)
}

// Check reports a step no engine takes.
func (in *Commit) Check() error {
	if err := in.Key.Check(); err != nil {
		return err
	}
	for _, body := range [][]byte{in.Session, in.Journal} {
		if err := CheckBody(body); err != nil {
			return err
		}
	}
	for i := range in.Out {
		if err := CheckBody(in.Out[i].Body); err != nil {
			return err
		}
	}
	return in.checkTimers()
}

func (in *Commit) checkTimers() error { return checkTimers(in.Timers) }

// Check reports a finish no engine takes.
func (in *Finish) Check() error { return checkTimers(in.Start) }

// errLook is the refusal of an echo that looks like one that is used up.
var errLook = errors.New("echo has no look")

// Check reports an echo no engine takes.
func (e *Echo) Check() error {
	if e.Look == (ID8{}) {
		return errLook
	}
	return nil
}

func checkTimers(timers []Timer) error {
	for i := range timers {
		t := &timers[i]
		if err := CheckName(t.Name); err != nil {
			return fmt.Errorf("timer: %w", err)
		}
		if strings.ContainsRune(t.Name, '|') {
			return fmt.Errorf("timer name has a '|' in it")
		}
		if err := CheckBody(t.Body); err != nil {
			return err
		}
	}
	return nil
}

// Millis is an instant in Unix milliseconds, rounded up, so that nothing kept by it falls due early.
func Millis(t time.Time) int64 {
	ms := t.UnixMilli()
	if time.UnixMilli(ms).Before(t) {
		ms++
	}
	return ms
}

// RecordID makes the id of the nth entry of a list (from 1): ids of one list sort as they were written, and end in the hex
// of the By that asked.
func RecordID(n uint64, by ID8) string { return fmt.Sprintf("%012d-%x", n, by[:]) }
