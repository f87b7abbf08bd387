// Package journal is the record of what a step did: which event came, where the session stood, what it answered. One entry
// is written in the same commit as the step, so journal and session never disagree. Words of a flow that asks for anything
// `bảo mật` or of a `không giữ` flow never reach it: the caller gives only kind and outcome there. Reading it back into a
// replay is not its work.
package journal

import (
	"encoding/json"
	"fmt"
)

// Entry is one step.
type Entry struct {
	At          int64     // Unix ms of the event
	Kind        string    // of the event: "text", "media", "timer", …
	Text        string    `json:",omitempty"` // what the person wrote; "" where it must not be kept
	Outcome     string    // "answered", "wrong", "stale", …
	Program     string    // hash prefix of the program that stepped
	Entered     []string  `json:",omitempty"` // "flow/step" in order
	Messages    int       // bubbles sent
	Handover    string    `json:",omitempty"` // desk that should take over
	LateSuccess string    `json:",omitempty"` // a task that succeeded although the person was told that it failed
	Fault       string    `json:",omitempty"` // an engine fault, without a resident's words
	Consents    []Consent `json:",omitempty"` // what was said to consents, in order
}

// Consent is what a person said to a `đồng ý`: Text is the first 8 bytes of the SHA-256 of the words shown, Answer is "agreed",
// "refused" or "withdrawn".
type Consent struct {
	Name    string
	Version int
	Text    uint64
	Answer  string
}

// Encode returns the bytes to seal.
func Encode(e Entry) ([]byte, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode journal entry: %w", err)
	}
	return b, nil
}

// Decode reads what Encode wrote.
func Decode(b []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(b, &e); err != nil {
		return Entry{}, fmt.Errorf("decode journal entry: %w", err)
	}
	return e, nil
}
