// Package zalo is the channel: it reads what Zalo's webhook sends (decode, signature), draws messages as Zalo's API wants them
// (render, split), and calls that API (client). Every figure of Zalo stands in limits.go and errors.go, with where it is known
// from; the keys A, B, C … there are the sources of facts/zalo-api.md, and the words in brackets its confidence labels.
//
// It is not responsible for who may send (the server drops unknown offices and stale events), for keeping or refreshing
// tokens, for retrying (package delivery decides with the Action of an error), nor for what a message means (the engine does).
package zalo
