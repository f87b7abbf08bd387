// Package admin is how the verbs of an operator reach a deployment that is being served: a listener only this machine and
// this account can use (a unix socket with mode 0600, or loopback TCP with a token in a 0600 file where there is none), a
// small HTTP+JSON protocol on it, and the client. Direct does the same work on the store itself, for when nothing is served.
// What the verbs print is not its work (cmd), nor are residents' requests (package server): no route here is public.
package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/depth"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/health"
	"hoithoai/runtime/misses"
	"hoithoai/runtime/token"
	"hoithoai/runtime/waiting"
)

// ErrNoTokens says that the deployment keeps no tokens: its configuration names them.
var ErrNoTokens = errors.New("this deployment keeps no tokens: its configuration has no app.secret")

// ErrUnknownOffice says that an office is not one of the deployment.
var ErrUnknownOffice = errors.New("the configuration that is served has no such office")

// Erasures is one office's book of people to be forgotten: what is open, and how many are done.
type Erasures struct {
	Office string
	Open   []Erasure
	Done   int
}

// Erasure is one open request. Key is the name under which the store keeps the person; times are Unix ms.
type Erasure struct {
	Key   string
	Kind  erasure.Kind
	Asked int64
	Due   int64
}

// Letters is one office's messages that were given up.
type Letters struct {
	Office  string
	Letters []Letter
}

// Letter is one of them, with the id by which it is dropped.
type Letter struct {
	ID string
	deadletter.Letter
}

// Grant is what gives an office its tokens: a refresh token, or an authorization code with its verifier ("" where there is
// none). It is secret.
type Grant struct {
	Refresh  string `json:"refresh,omitempty"`
	Code     string `json:"code,omitempty"`
	Verifier string `json:"verifier,omitempty"`
}

// String shows nothing of it.
func (Grant) String() string { return "***" }

// GoString returns String.
func (g Grant) GoString() string { return g.String() }

// Direct answers from the store. Keeper is nil where no tokens are kept, Checks where nothing runs.
type Direct struct {
	Offices []string // that are served
	Gone    []string // that were served: what is kept about them is told too
	Book    *erasure.Book
	Waits   *waiting.Book
	Box     *deadletter.Box
	Missed  *misses.Book
	Keeper  *token.Keeper
	Checks  *health.Set
	Whole   Whole
	Gauge   depth.Gauge
}

// all returns the offices that are served and those that were.
func (d *Direct) all() []string { return slices.Concat(d.Offices, d.Gone) }

// Erasures returns the books of all offices.
func (d *Direct) Erasures(ctx context.Context) ([]Erasures, error) {
	var all []Erasures
	for _, office := range d.all() {
		open, err := d.Book.Requests(ctx, office)
		if err != nil {
			return nil, err
		}
		done, err := d.Book.Receipts(ctx, office)
		if err != nil {
			return nil, err
		}
		e := Erasures{Office: office, Done: len(done)}
		for _, r := range open {
			e.Open = append(e.Open, Erasure{Key: string(r.Key), Kind: r.Kind, Asked: r.Asked, Due: r.Due})
		}
		all = append(all, e)
	}
	return all, nil
}

// Letters returns the messages of all offices that were given up.
func (d *Direct) Letters(ctx context.Context) ([]Letters, error) {
	var all []Letters
	for _, office := range d.all() {
		kept, err := d.Box.List(ctx, office)
		if err != nil {
			return nil, err
		}
		l := Letters{Office: office}
		for _, k := range kept {
			id := k.ID
			k.ID = "" // it does not travel
			l.Letters = append(l.Letters, Letter{ID: id, Letter: k})
		}
		all = append(all, l)
	}
	return all, nil
}

// Drop takes one letter away; false when there was none.
func (d *Direct) Drop(ctx context.Context, office, id string) (bool, error) {
	return d.Box.Drop(ctx, office, id)
}

// Tokens says how the tokens of every office stand, and never one of them.
func (d *Direct) Tokens(ctx context.Context) ([]token.Status, error) {
	if d.Keeper == nil {
		return nil, ErrNoTokens
	}
	var all []token.Status
	for _, office := range d.Offices {
		s, err := d.Keeper.Inspect(ctx, office)
		if err != nil {
			return nil, fmt.Errorf("look at the tokens of office %s: %w", office, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// Give spends what an operator gives and keeps the tokens it brings.
func (d *Direct) Give(ctx context.Context, office string, g Grant) error {
	switch {
	case d.Keeper == nil:
		return ErrNoTokens
	case !slices.Contains(d.Offices, office):
		return ErrUnknownOffice
	case g.Code != "":
		return d.Keeper.GiveCode(ctx, office, g.Code, g.Verifier)
	}
	return d.Keeper.GiveRefresh(ctx, office, g.Refresh)
}

// Health says what of a running process is well.
func (d *Direct) Health(ctx context.Context) (health.Report, error) { return d.Checks.Report(ctx), nil }
