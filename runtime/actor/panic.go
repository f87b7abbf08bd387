package actor

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// errPanic is the outcome of a handler that panicked.
var errPanic = errors.New("panic")

// panicked counts and logs a panic that was caught.
func (r *run) panicked(counter string, p any) {
	r.a.cfg.Metrics.Inc(counter)
	r.a.cfg.Log.Error("panic", "kind", counter, "key", string(r.key), "error", described(p), "stack", string(debug.Stack()))
}

// described says what a panic was about without its value, which may hold a resident's words; what the Go runtime itself
// says holds none.
func described(p any) string {
	if err, ok := p.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("panic of type %T", p)
}
