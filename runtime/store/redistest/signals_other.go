//go:build !unix

package redistest

import "syscall"

// There is no Redis for these systems, so no test gets as far as freezing one: the numbers only let the tests be compiled.
const (
	pause  = syscall.Signal(19)
	resume = syscall.Signal(18)
)
