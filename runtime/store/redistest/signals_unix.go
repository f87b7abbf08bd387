//go:build unix

package redistest

import "syscall"

// The signals that stop a process without ending it and let it go on.
const (
	pause  = syscall.SIGSTOP
	resume = syscall.SIGCONT
)
