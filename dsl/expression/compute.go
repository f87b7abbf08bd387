package expression

import "hoithoai/dsl/value"

// integer computes a number, an amount, a date or a choice, in units of 10^-scale.
func (n *node) integer(env Env) (int64, error) {
	switch n.op {
	case opConst:
		return n.n, nil
	case opRead:
		return n.readInteger(env)
	case opCall:
		v, err := n.call(env)
		return v.N, err
	}
	a, err := n.args[0].integer(env)
	if err != nil {
		return 0, err
	}
	if len(n.args) == 1 {
		return n.one(a), nil
	}
	b, err := n.args[1].integer(env)
	return n.two(a, b), err
}

// one is an operation on one number.
func (n *node) one(a int64) int64 {
	if n.op == opScale {
		return a * n.n
	}
	return roundTo(a, n.n)
}

// two is an operation on two numbers; that it does not overflow was proved (see exact).
func (n *node) two(a, b int64) int64 {
	switch n.op {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	}
	return a * b
}

// roundTo divides by unit (a power of ten), half away from zero.
func roundTo(a, unit int64) int64 {
	if a < 0 {
		return -roundTo(-a, unit)
	}
	q, r := a/unit, a%unit
	if r*2 >= unit && unit > 1 {
		q++
	}
	return q
}

// text computes a text.
func (n *node) text(env Env) (string, error) {
	switch n.op {
	case opConst:
		return n.s, nil
	case opRead:
		v, err := n.read(env)
		return v.S, err
	case opCall:
		v, err := n.call(env)
		return v.S, err
	case opNames:
		v, err := n.args[0].read(env)
		return n.args[0].typ.Names(v), err
	}
	a, err := n.args[0].text(env)
	if err != nil {
		return "", err
	}
	b, err := n.args[1].text(env)
	if err != nil {
		return "", err
	}
	return join(a, b)
}

// call computes a function of the language.
func (n *node) call(env Env) (value.Value, error) {
	if len(n.args) == 0 {
		return n.apply(env, nil)
	}
	var args [maxParams]value.Value
	for i, a := range n.args {
		v, err := a.eval(env)
		if err != nil {
			return value.Value{}, err
		}
		args[i] = v
	}
	return n.apply(env, args[:len(n.args)])
}

// apply runs the function of n and holds its result to n's type.
func (n *node) apply(env Env, args []value.Value) (value.Value, error) {
	v, err := n.fn.run(env, args)
	if err != nil {
		return value.Value{}, err
	}
	return v, n.check(&v)
}
