// Package task is the seam between a flow's declared tasks (`tác vụ`) and what a deployment does for them. A handler runs
// outside the step and beside the conversation: what the person writes meanwhile is answered meanwhile. It may be called again
// with the same ID, after it said that it does not know or after a crash before its answer was stored, and must then do nothing
// twice; once its answer is stored it is never called again. The tasks of one person are done one after the other. When a handler is
// called, and how its answer comes back to the person, is not its work (package actor).
package task

import (
	"context"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
	"hoithoai/runtime/store"
)

// Request is one call. ID is the outbox item that asks: the same over repeats, so a handler uses it to be idempotent.
type Request struct {
	ID     store.ID8
	Office *office.Office
	Name   string
	Args   []value.Value
}

// Answer is what a handler says: Results in the declared order, or the Code of a declared error ("" with Failed set is an
// error without a code).
type Answer struct {
	Failed  bool
	Code    string
	Results []string
}

// Handler does one task. An error means that nobody knows: the call is repeated later under the same ID, until the task's
// deadline; it is logged and must hold none of a resident's words.
type Handler func(ctx context.Context, req Request) (Answer, error)

// Table is the tasks a deployment can do, by name.
type Table map[string]Handler

// Missing returns the names of declared tasks that the table cannot do, in order.
func (t Table) Missing(declared []string) []string {
	var out []string
	for _, name := range declared {
		if t[name] == nil {
			out = append(out, name)
		}
	}
	return out
}
