package main

import (
	"context"
	"maps"
	"sync/atomic"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/zalo"
)

// fleet sends for the offices of the moment. What is under way when they are exchanged ends as it began.
type fleet struct {
	config delivery.Config // with the outlets that were there first
	now    atomic.Pointer[delivery.Sender]
	had    map[string]*delivery.Outlet // every office that was ever served by this process; for who exchanges
}

func newFleet(config delivery.Config) *fleet {
	f := &fleet{config: config, had: map[string]*delivery.Outlet{}}
	f.serve(config.Outlets)
	return f
}

// Deliver sends a message (actor.Deliverer).
func (f *fleet) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	return f.now.Load().Deliver(ctx, out, recovered)
}

// serve sets the outlets. An office that is not among them any more keeps the one it had, so that what waits for it is sent;
// what Zalo holds of an office's attachments stays known.
func (f *fleet) serve(outlets map[string]*delivery.Outlet) {
	for id, o := range outlets {
		if was := f.had[id]; was != nil {
			o.Assets = was.Assets
		}
		f.had[id] = o
	}
	cfg := f.config
	cfg.Outlets = maps.Clone(f.had)
	f.now.Store(delivery.New(cfg))
}

// purse holds the access tokens that the configuration of the moment names.
type purse struct {
	now atomic.Pointer[zalo.StaticTokens]
	had zalo.StaticTokens // of every office that was ever served by this process; for who exchanges
}

// Token returns the token of an office (zalo.TokenSource).
func (p *purse) Token(ctx context.Context, office string) (string, error) {
	return p.now.Load().Token(ctx, office)
}

// serve sets the tokens. An office that has none any more keeps the one it had.
func (p *purse) serve(tokens zalo.StaticTokens) {
	if p.had == nil {
		p.had = zalo.StaticTokens{}
	}
	maps.Copy(p.had, tokens)
	now := maps.Clone(p.had)
	p.now.Store(&now)
}
