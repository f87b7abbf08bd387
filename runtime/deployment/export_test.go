package deployment

import "context"

// Operate runs what the operator's side needs alone.
func (d *Deployment) Operate(ctx context.Context) { d.operate(ctx) }
