// Package expression compiles the language's expressions (BT) over expr-lang: a closed set of syntax nodes, types of our own
// (chọn, ngày, tiền … are not strings and numbers to an author), budgets, and a short list of functions. An expression is
// pure: it reads slots, facts, conditions, zalo.* and don_vi.* through Env and the event's day, never a clock. The package knows no file and
// no line (a caller turns offsets into places), and declares nothing: what a name means is the Scope's.
package expression

import (
	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// RefKind says what a name refers to.
type RefKind uint8

// The kinds of name an expression or a template can read.
const (
	RefSlot      RefKind = iota // Index: slot of the flow
	RefFact                     // Index: fact of the program
	RefCondition                // Index: condition of the flow
	RefZalo                     // Name: field of zalo.*
	RefOffice                   // Name: field of don_vi.*
	RefFactOn                   // Index: fact of the program, on the day Ref.Day (vao_ngay); only ever asked of Env.Value
)

// Ref is a resolved name.
type Ref struct {
	Kind  RefKind
	Index int
	Name  string
	Day   int64 // RefFactOn only: day number
}

// Env gives an expression the values it reads. Conditions are evaluated through it too, so it may memoise them.
type Env interface {
	// Value returns what ref holds now; unset where it holds nothing. A condition returns a YesNo.
	Value(ref Ref) value.Value
	// Today is the day of the event, as a day number; Minute the minutes after midnight; both in UTC+7.
	Today() (day int64, minute int)
	// Office is the office that speaks.
	Office() *office.Office
}

// Symbol is a name that expressions of one scope can read.
type Symbol struct {
	Ref  Ref
	Type value.Type
	// MayBeUnset says that reading it needs co(x) or a definite assignment before it (slots; facts that are chưa rõ).
	MayBeUnset bool
	// Mask says that the value is shown to nobody in full (bảo mật): a template renders it masked.
	Mask bool
	// Cond is the compiled condition behind a RefCondition; Needs, Implies, Always and Covers follow it. Conditions are
	// compiled before what names them, so they cannot run in a circle.
	Cond *Expr
}

// Scope is what the names in an expression of one flow mean.
type Scope struct {
	Symbols map[string]Symbol // slots, facts, conditions by name; zalo.* and don_vi.* are known to the package itself
}

// Expr is a compiled expression. It is immutable and safe for concurrent use.
type Expr struct {
	Source string
	Type   value.Type
	Reads  []Ref // every name it reads, conditions not followed, without duplicates
	Tests  []Ref // the names it asks with co(…)
	root   *node
	vm     *machine // nil where root is evaluated directly
}
