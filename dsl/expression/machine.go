package expression

import (
	"fmt"
	"strconv"
	"sync"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"hoithoai/dsl/value"
)

// machine runs an expression on expr-lang's virtual machine. Expressions that only compare, count and combine are evaluated
// directly (see node.truth); a property test holds both equal. It is safe for concurrent use.
type machine struct {
	program *vm.Program
	reads   []*node
	names   []string // of reads, in the environment of the program
	lazy    bool     // a read that is not set fails only where it is really read (conditions)
	pool    sync.Pool
}

// bench is one virtual machine with its environment, ready to be used again.
type bench struct {
	vm  vm.VM
	env map[string]any
}

// wantsMachine says whether a tree holds what only the machine evaluates in the service: functions, patterns, joined texts.
func wantsMachine(root *node) bool {
	wants := false
	root.walk(func(n *node) {
		wants = wants || n.op == opMatch || n.op == opConcat || n.op == opCall && n.fn.name != "hom_nay"
	})
	return wants
}

// newMachine compiles a checked tree.
func newMachine(root *node) (*machine, error) {
	src, e := emit(root)
	m := &machine{reads: e.reads, lazy: root.typ.Kind == value.YesNo}
	// Optimize is off: it drops checks before a test that it finds to be constant.
	options := []expr.Option{
		expr.Optimize(false),
		expr.Env(map[string]any{}), expr.AllowUndefinedVariables(), expr.DisableAllBuiltins(), expr.MaxNodes(50 * MaxNodes),
		expr.Function(unsetName, m.unset), expr.Function(roundName, callRound), expr.Function(joinName, callJoin), expr.Function(hasName, callHas),
	}
	for i, n := range e.calls {
		options = append(options, expr.Function("f"+strconv.Itoa(i), n.callBoxed))
	}
	for i := range m.reads {
		m.names = append(m.names, "v"+strconv.Itoa(i))
	}
	program, err := expr.Compile(src, options...)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", src, err)
	}
	m.program = program
	m.pool.New = func() any {
		return &bench{vm: vm.VM{MemoryBudget: vmMemory}, env: make(map[string]any, len(m.reads)+1)}
	}
	return m, nil
}

// run evaluates the program over env.
func (m *machine) run(x *Expr, env Env) (value.Value, error) {
	b := m.pool.Get().(*bench)
	defer m.release(b)
	if err := m.load(b.env, env); err != nil {
		return value.Value{}, err
	}
	out, err := b.vm.Run(m.program, b.env)
	if err != nil {
		return value.Value{}, fmt.Errorf("evaluate %s: %w", x.Source, err)
	}
	return unbox(out, x.root), nil
}

// load puts what the expression reads into the environment.
func (m *machine) load(into map[string]any, env Env) error {
	for i, n := range m.reads {
		v := env.Value(n.ref)
		if !v.IsSet() && m.lazy {
			into[m.names[i]] = nil
			continue
		}
		if err := n.check(&v); err != nil {
			return err
		}
		into[m.names[i]] = boxed(v)
	}
	into[envName] = env
	return nil
}

// release forgets a person's values before the bench is used for another.
func (m *machine) release(b *bench) {
	clear(b.env)
	clear(b.vm.Stack[:cap(b.vm.Stack)])
	m.pool.Put(b)
}

// boxed is a value as the program sees it.
func boxed(v value.Value) any {
	switch {
	case isText(v.Kind):
		return v.S
	case v.Kind == value.YesNo:
		return v.N != 0
	case v.Media != nil, v.Kind == value.Place:
		return v
	}
	return int(v.N)
}

// unbox makes a value of n's kind of what the program computed.
func unbox(out any, n *node) value.Value {
	switch out := out.(type) {
	case string:
		return value.Value{Kind: n.typ.Kind, S: out}
	case bool:
		return value.Value{Kind: value.YesNo, N: truth(out)}
	case int:
		return n.box(int64(out))
	}
	return value.Value{}
}

func (m *machine) unset(args ...any) (any, error) {
	i, _ := args[0].(int)
	return nil, fmt.Errorf("read %s: %w", m.reads[i].ref.Name, ErrUnset)
}

func callRound(args ...any) (any, error) {
	a, _ := args[0].(int)
	unit, _ := args[1].(int)
	return int(roundTo(int64(a), int64(unit))), nil
}

func callJoin(args ...any) (any, error) {
	a, _ := args[0].(string)
	b, _ := args[1].(string)
	return join(a, b)
}

func callHas(args ...any) (any, error) {
	set, _ := args[0].(int)
	option, _ := args[1].(int)
	return hasBit(int64(set), int64(option)), nil
}

func join(a, b string) (string, error) {
	if len(a)+len(b) > MaxText {
		return "", ErrLength
	}
	return a + b, nil
}

// callBoxed is the function that the program calls for n; its last argument is the Env.
func (n *node) callBoxed(args ...any) (any, error) {
	var values [maxParams]value.Value
	for i, a := range n.args {
		values[i] = unbox(args[i], a)
	}
	env, _ := args[len(n.args)].(Env)
	v, err := n.apply(env, values[:len(n.args)])
	if err != nil {
		return nil, err
	}
	return boxed(v), nil
}
