// Package template splits a sentence once into literal text and values. A bare {ten} is a reference, read straight from the
// session; only a computed {a + b} holds an expression. A resident's words are data: they are inserted, never read again.
package template

import "hoithoai/dsl/expression"

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
}
