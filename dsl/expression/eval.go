package expression

import (
	"errors"
	"fmt"
	"slices"

	"hoithoai/dsl/value"
)

// Errors of Eval that a caller tells apart. All of them mean a fault in the program that runs, never in what a resident
// wrote: the checks (definite assignment) prove that a checked flow does not meet them.
var (
	// ErrUnset: a value was read that is not set. The error that wraps it names the value.
	ErrUnset = errors.New("value is not set")
	// ErrKind: Env returned a value of another kind than was declared.
	ErrKind = errors.New("value is of another kind than declared")
	// ErrRange: a number beyond its declared bounds, for which exactness was not proved.
	ErrRange = errors.New("number is out of bounds")
	// ErrLength: a text longer than MaxText.
	ErrLength = errors.New("text is too long")
)

// Eval computes the expression. The result has the kind of x.Type; a choice carries index and name. Equal environments give
// equal results; an unset value that is really read (not behind a false `co(x) and`) gives ErrUnset.
func (x *Expr) Eval(env Env) (value.Value, error) {
	if x.vm != nil {
		return x.vm.run(x, env)
	}
	return x.root.eval(env)
}

// Bool computes a condition; an expression of another type than có/không gives ErrKind.
func (x *Expr) Bool(env Env) (bool, error) {
	if x.Type.Kind != value.YesNo {
		return false, fmt.Errorf("evaluate %s as a condition: %w", x.Source, ErrKind)
	}
	if x.vm != nil {
		v, err := x.vm.run(x, env)
		return v.N != 0, err
	}
	return x.root.truth(env)
}

// eval computes n directly, without the machine.
func (n *node) eval(env Env) (value.Value, error) {
	switch {
	case n.typ.Kind == value.YesNo:
		b, err := n.truth(env)
		return value.Value{Kind: value.YesNo, N: truth(b)}, err
	case n.op == opRead:
		return n.read(env)
	case isText(n.typ.Kind):
		s, err := n.text(env)
		return value.Value{Kind: n.typ.Kind, S: s}, err
	}
	i, err := n.integer(env)
	return n.box(i), err
}

// box makes a value of n's kind of a whole number.
func (n *node) box(i int64) value.Value {
	v := value.Value{Kind: n.typ.Kind, N: i}
	if n.typ.Kind == value.Choice && i >= 0 && i < int64(len(n.typ.Options)) {
		v.S = n.typ.Options[i].Name
	}
	return v
}

// read fetches what n refers to.
func (n *node) read(env Env) (value.Value, error) {
	v := env.Value(n.ref)
	return v, n.check(&v)
}

// readInteger is read for what counts by its number; it spares the copy of the rest.
func (n *node) readInteger(env Env) (int64, error) {
	v := env.Value(n.ref)
	return v.N, n.check(&v)
}

// check refuses a value for which typing and exactness were not proved.
func (n *node) check(v *value.Value) error {
	if v.Kind == n.typ.Kind && n.min <= v.N && v.N <= n.max {
		return nil
	}
	return n.refuse(v)
}

func (n *node) refuse(v *value.Value) error {
	switch {
	case !v.IsSet():
		return fmt.Errorf("read %s: %w", n.ref.Name, ErrUnset)
	case v.Kind != n.typ.Kind:
		return fmt.Errorf("read %s: %w", n.ref.Name, ErrKind)
	}
	return fmt.Errorf("read %s: %w", n.ref.Name, ErrRange)
}

// truth computes a yes or no.
func (n *node) truth(env Env) (bool, error) {
	switch n.op {
	case opConst:
		return n.n != 0, nil
	case opRead:
		i, err := n.readInteger(env)
		return i != 0, err
	case opAsk:
		return env.Value(n.ref).IsSet(), nil
	case opNot:
		b, err := n.args[0].truth(env)
		return !b && err == nil, err
	case opAnd, opOr:
		b, err := n.args[0].truth(env)
		if err != nil || b == (n.op == opOr) {
			return b, err
		}
		return n.args[1].truth(env)
	case opHas:
		set, err := n.args[0].readInteger(env)
		return err == nil && hasBit(set, n.n), err
	case opMatch:
		s, err := n.args[0].text(env)
		return err == nil && n.pattern.MatchString(s), err
	case opCall:
		v, err := n.call(env)
		return v.N != 0, err
	}
	return n.test(env)
}

// test computes a comparison.
func (n *node) test(env Env) (bool, error) {
	if isText(n.args[0].typ.Kind) {
		return n.testText(env)
	}
	a, err := n.args[0].scalar(env)
	if err != nil {
		return false, err
	}
	if n.op == opIn {
		return slices.Contains(n.set, a), nil
	}
	b, err := n.args[1].scalar(env)
	if err != nil {
		return false, err
	}
	switch n.op {
	case opLess:
		return a < b, nil
	case opAtMost:
		return a <= b, nil
	}
	return a == b, nil
}

func (n *node) testText(env Env) (bool, error) {
	a, err := n.args[0].text(env)
	if err != nil {
		return false, err
	}
	if n.op == opEqual {
		b, err := n.args[1].text(env)
		return a == b && err == nil, err
	}
	for _, e := range n.args[1:] {
		if e.s == a {
			return true, nil
		}
	}
	return false, nil
}

// scalar is integer for everything that is compared by its number, yes or no included.
func (n *node) scalar(env Env) (int64, error) {
	if n.typ.Kind == value.YesNo {
		b, err := n.truth(env)
		return truth(b), err
	}
	return n.integer(env)
}
