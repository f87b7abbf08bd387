// Package envelope is what lies sealed in mailbox, outbox and timers: an event or an effect together with the person it
// belongs to. Keys of the store carry only a keyed hash, so the address travels inside the seal.
// Which bytes are sealed how is not its work (package seal), nor what the events mean (package engine).
package envelope

import (
	"encoding/json"
	"errors"
	"fmt"

	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
)

// Address is one person at one office, as Zalo names them (decimal strings).
type Address struct {
	Office string
	Person string
}

// In is a mailbox entry. Task is set where the mailbox is the lane of a person's tasks: then Event only says when it was asked.
type In struct {
	Address
	Event event.Event
	Task  *Errand `json:",omitempty"`
	Link  string  `json:",omitempty"` // names the span that brought it (package tracing); "" while nobody traces
}

// Errand is a task on its way to its handler. Item is the entry of the person's outbox that asked.
type Errand struct {
	Item store.ID8
	Call Call
}

// Out is an outbox entry: exactly one of Message, Task and Answer is set; Answer is what a task answered, on its way back to the
// person's mailbox. At is when the step happened (Unix ms): the sender
// compares it with what the channel says it already delivered. Same is how many earlier messages of the same step look like
// this one in a conversation (the same words; attachments without words all look alike): the sender must not take one of
// those for this one. Last is the word to a person who has just been forgotten: it is sent all the same. Class is how urgent
// it is, and Seen when the person last did something (Unix ms; 0: not known): Zalo takes nothing for who was silent too long.
// Since is when the person did what this answers, by the channel's clock (Unix ms; 0: not known, or nobody did anything).
// Starts are the timers whose time counts from when this message has left.
type Out struct {
	Address
	At      int64
	Starts  []Start          `json:",omitempty"`
	Class   Class            `json:",omitempty"`
	Seen    int64            `json:",omitempty"`
	Since   int64            `json:",omitempty"`
	Same    int              `json:",omitempty"`
	Last    bool             `json:",omitempty"`
	Message *message.Message `json:",omitempty"`
	Task    *Call            `json:",omitempty"`
	Answer  *event.Event     `json:",omitempty"`
	Link    string           `json:",omitempty"` // names the span that wrote it; "" while nobody traces
}

// Start is a timer that fires Wait milliseconds after a message has left.
type Start struct {
	Name string
	Gen  uint32
	Wait int64
}

// Class is how urgent a message is. The numbers are stored: append only.
type Class uint8

// The classes. An entry of an earlier version has none and counts as Interactive.
const (
	Interactive Class = iota // the answer to what somebody has just done
	Urgent                   // words of an emergency, receipts of what was told in confidence
	Reminder                 // im lặng
	Notice                   // what nobody waits for
)

// String returns the class's name for lists and metrics.
func (c Class) String() string {
	if int(c) >= len(classNames) {
		return "unknown"
	}
	return classNames[c]
}

var classNames = [...]string{Interactive: "interactive", Urgent: "urgent", Reminder: "reminder", Notice: "notice"}

// Call is a task the engine asked for. After Deadline (Unix ms; 0: none) the person is told that it failed.
type Call struct {
	ID       string // names run and visit; comes back in event.Result.Call
	Name     string
	Args     []value.Value
	Program  string
	Deadline int64 `json:",omitempty"`
}

// EncodeIn returns the bytes to seal.
func EncodeIn(in In) ([]byte, error) { return encode("mailbox entry", in) }

// DecodeIn reads what EncodeIn wrote.
func DecodeIn(b []byte) (In, error) { return decode[In]("mailbox entry", b) }

// EncodeOut returns the bytes to seal.
func EncodeOut(out Out) ([]byte, error) { return encode("outbox entry", out) }

// errKind says that an outbox entry asks for nothing, or for two things.
var errKind = errors.New("want a message, a task or an answer")

// DecodeOut reads what EncodeOut wrote; an entry that asks for nothing, or for two things, is an error.
func DecodeOut(b []byte) (Out, error) {
	out, err := decode[Out]("outbox entry", b)
	if err == nil && out.asks() != 1 {
		return Out{}, fmt.Errorf("decode outbox entry: %w", errKind)
	}
	return out, err
}

// asks counts what the entry asks for.
func (out *Out) asks() int {
	n := 0
	for _, set := range [...]bool{out.Message != nil, out.Task != nil, out.Answer != nil && out.Answer.Task != nil} {
		if set {
			n++
		}
	}
	return n
}

func encode(what string, v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", what, err)
	}
	return b, nil
}

func decode[T any](what string, b []byte) (T, error) {
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		return v, fmt.Errorf("decode %s: %w", what, err)
	}
	return v, nil
}
