// Package chaos breaks the runtime on purpose and looks whether its promises hold: the real program as several processes, a
// real Redis (or the embedded file), a fake Zalo whose ledger notes everything that arrived, and one fault a file.
//
// The crowd talks to a flow that counts (bundle/dem.flow): every answer says which word of this person it is and repeats the
// word's own mark. So loss, double application, order, unsent replies and lost or doubled timers can each be proved from the
// ledger, and the counter in the last answer is the state of the session at the end.
//
// All of it is test code; README.md says how the long runs are started and what they measured. It is not responsible for
// single functions (the packages' own tests), for the contract of a store (storetest), or for what flows mean (dsl).
package chaos
