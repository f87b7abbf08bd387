package expression

import "hoithoai/dsl/value"

// Cache compiles equal expressions of one scope once. It is for one goroutine: bind owns it while a bundle is read.
type Cache struct {
	done map[cacheKey]compiled
}

type cacheKey struct {
	scope  *Scope
	source string
	want   string
}

type compiled struct {
	expr     *Expr
	problems []Problem
}

// CompileAs is the function CompileAs, remembered by source, scope and wanted type. Scopes are told apart by address, so a
// Scope must not change between two calls.
func (c *Cache) CompileAs(src string, scope *Scope, want value.Type) (*Expr, []Problem) {
	key := cacheKey{scope: scope, source: src, want: typeKey(want)}
	if done, ok := c.done[key]; ok {
		return done.expr, done.problems
	}
	x, problems := CompileAs(src, scope, want)
	if c.done == nil {
		c.done = make(map[cacheKey]compiled)
	}
	c.done[key] = compiled{expr: x, problems: problems}
	return x, problems
}

// Compile is the function Compile, remembered.
func (c *Cache) Compile(src string, scope *Scope) (*Expr, []Problem) {
	return c.CompileAs(src, scope, value.Type{})
}
