package expression

import "hoithoai/dsl/value"

type machine struct{}

func (m *machine) run(x *Expr, env Env) (value.Value, error) { return x.root.eval(env) }
