package testbed

import (
	"context"

	"hoithoai/runtime/store"
)

// Unlisted is a register whose lists cannot be read: List gives store.ErrUnavailable; all else is that of Records.
type Unlisted struct{ store.Records }

// List implements store.Records.
func (Unlisted) List(context.Context, string, string, int) ([]store.Record, error) {
	return nil, store.ErrUnavailable
}
