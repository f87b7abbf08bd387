// Package template splits a sentence once into literal text and values. A bare {ten} is a reference, read straight from the
// session; only a computed {a + b} holds an expression. A resident's words are data: they are inserted, never read again.
// The package knows no channel: how long a message may be, and how it is drawn, is not its work.
package template

import (
	"hoithoai/dsl/expression"
	"hoithoai/dsl/value"
)

// Template is a sentence ready to be rendered. Text alone (no Parts) is the common case.
type Template struct {
	Text  string
	Parts []Part
}

// Part is a literal (Text) or a value: a bare reference (Ref) or, where Expr is set, a computed one.
type Part struct {
	Text  string
	IsRef bool
	Ref   expression.Ref
	Expr  *expression.Expr
	// Type is what a value is shown by: the declared type of a reference, the type of an expression.
	Type value.Type
	// Masked says that the value is shown masked (bảo mật).
	Masked bool
	// Optional says that a value that is not set renders as nothing and takes the space before it along (zalo.*).
	Optional bool
	// Offset and Length are where the braces stand in the source, in runes.
	Offset, Length int

	cond   *expression.Expr // of a reference to a condition
	always bool             // a reference to what is always set
}

// IsValue says whether p is filled in when the sentence is rendered.
func (p *Part) IsValue() bool { return p.IsRef || p.Expr != nil }
