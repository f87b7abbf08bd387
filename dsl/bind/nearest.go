package bind

import (
	"maps"
	"slices"
)

// nearest returns the candidate an author most likely meant, or "".
func nearest(name string, candidates []string) string {
	slices.Sort(candidates)
	_ = name
	return ""
}

// keys lists the keys of a map in order.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
