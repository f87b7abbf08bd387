// Command hoithoai is the one binary: it checks and tests flows, speaks them in a terminal, and serves residents on Zalo.
// Every verb is one file. This package reads arguments, the environment and the clock, and hands them down as values; what
// the verbs do is the work of dsl and runtime.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, system{
		args: os.Args[1:], stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.LookupEnv, now: time.Now,
	})
	stop()
	os.Exit(code)
}
