package main

import (
	"context"

	"hoithoai/runtime/catchup"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/gate"
)

// catchUp is what looks for messages that were written while nobody served; nil where the configuration does not want it.
func (h *host) catchUp(d config.Deployment, read catchup.Reader) *deployment.CatchUp {
	if d.CatchUp != nil && !*d.CatchUp {
		return nil
	}
	c := &deployment.CatchUp{Pulse: h.store.pulse, Zalo: read}
	c.Gate = func(ctx context.Context, office string, call func() error) error {
		return h.gate.Do(ctx, office, gate.Notice, call)
	}
	if h.store.limits != nil {
		c.Only = h.store.limits.Only
	}
	return c
}
