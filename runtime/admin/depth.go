package admin

import (
	"context"
	"net/http"

	"hoithoai/runtime/depth"
)

// Depth says how much waits in the store, and since when.
func (d *Direct) Depth(ctx context.Context) (depth.Depth, error) { return d.Gauge.Measure(ctx) }

func (h handler) depth(w http.ResponseWriter, r *http.Request) {
	d, err := h.cfg.Direct.Depth(r.Context())
	answer(w, d, err)
}

// Depth is Direct.Depth, asked of the process.
func (c *Client) Depth(ctx context.Context) (d depth.Depth, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/depth", nil, &d)
	return d, err
}
