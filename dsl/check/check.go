// Package check judges a bound bundle: what no single name or type can show. It walks the graph of every flow and reports the
// G rules (reachability, coverage, cycles, definite assignment), Z (the channel's limits), N (labels and phrases that a reader
// of free text could confuse), P (content that must be owed to a source), S (privacy) and A (access for every person).
//
// It is not responsible for syntax (package parse), names and types (package bind), transcripts (their runner) or the
// differences between two versions of a bundle. It knows no channel: the limits come in as a value.
package check

import (
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
)

// Options says against what a bundle is checked; the zero value is usable.
type Options struct {
	// Limits are the channel's limits; the zero value means DefaultLimits().
	Limits Limits
	// Day is the day number (days since 1970-01-01, civil, UTC+7) of the findings that depend on a date. 0: there are none,
	// which is how a running service loads a bundle.
	Day int64
	// Ahead is how many days before its end a fact is reported as expiring. 0 means 30; negative: never.
	Ahead int64
	// Strict makes the findings that depend on Day errors; without it they are warnings, since a date never stops a service.
	Strict bool
	// Sizes are the sizes of attachments in bytes, by their path as written in flows; what is not in it is not measured.
	Sizes map[string]int64
	// Timing, where set, is told how long each rule took, in the order of Rules, once per rule.
	Timing func(rule Rule, took time.Duration)
	// Clock is read before and after each rule, only when Timing is set; without it every rule took 0.
	Clock func() time.Time
}

// Check reports what the rules find in b, ordered by file, line, column and code. A bundle that could not be bound completely is
// checked as far as it goes: whatever is nil or marked Broken has been reported already and yields no consequence here.
func Check(b *bind.Bundle, opts Options) diag.List {
	p := newPass(b, opts)
	for _, rule := range rules() {
		p.run(rule)
	}
	p.found.Sort()
	return p.found
}
