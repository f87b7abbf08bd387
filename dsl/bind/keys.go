package bind

import (
	"maps"
	"slices"
)

// keys lists the keys of a map in order.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
