// Package bind resolves the names of a whole bundle: which step, slot, fact, condition, task and flow every word means, and
// the compiled form of every expression and sentence. It reports the D and B rules (names, types) and hands a Bundle to the
// checks (package check) and to the compiler (package compile). What could not be resolved is nil in the Bundle and has been
// reported; later passes stay quiet about it. It is not responsible for syntax (package parse) or for anything that takes the
// ways through a flow to see (package check). Rules lists what it demands; each rule has a file of its own.
package bind

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// Bundle is every file of a bundle with its names resolved.
type Bundle struct {
	Flows  []*Flow      // luồng and luồng con, sorted by name; position is program.Flow.Index
	Shared []*tree.File // chung files, sorted by name
	Facts  []*Fact      // all facts of the bundle by name order; position is the Ref.Index of a RefFact
	Tasks  []*tree.Task // all tasks by name order
	ByName map[string]*Flow
	Task   map[string]*tree.Task

	Types  map[*tree.TypeRef]value.Type // of every slot, fact and task parameter whose type could be read
	Common *Common                      // the names of the chung files, as their own mọi bước sees them

	holes // what could not be read of it
}

// Common is what the chung files mean to themselves: their conditions, and the compiled form of their mọi bước. Its conditions
// come first in every Flow.Conditions, so a RefCondition compiled here means the same in each flow.
type Common struct {
	Conditions []*Condition
	Scope      *expression.Scope
	Exprs      map[*tree.Expr]*expression.Expr
	Templates  map[*tree.Prose]template.Template
	Whens      map[string]*expression.Expr // by the name after khi
}

// Fact is a fact with all its periods.
type Fact struct {
	Name    string
	Type    value.Type
	Periods []*tree.Fact
	Values  []value.Value // by period; unset for chưa rõ
	File    *tree.File    // where its first period stands
}

// Flow is one flow with its names resolved.
type Flow struct {
	Index      int
	File       *tree.File
	Start      *tree.Step
	Steps      map[string]*tree.Step
	StepIndex  map[string]int // position in File.Steps
	Slots      map[string]*Slot
	SlotOrder  []*Slot      // by declaration; position is the Ref.Index of a RefSlot
	Conditions []*Condition // those of the chung files first, then own; position is the Ref.Index of a RefCondition
	Scope      *expression.Scope
	Exprs      map[*tree.Expr]*expression.Expr   // keyed by the address of the field in the tree; absent when it did not compile
	Templates  map[*tree.Prose]template.Template // likewise, for every sentence, label and address
	Whens      map[string]*expression.Expr       // by the name after khi: the condition or yes/no slot as an expression
}

// Slot is a declared slot with its type.
type Slot struct {
	Index int
	Decl  *tree.Slot
	Type  value.Type
}

// Condition is a named condition; Decl.Expr is compiled in Expr (nil when it did not compile).
type Condition struct {
	Decl *tree.Condition
	Expr *expression.Expr
}
