package bind

import "hoithoai/dsl/tree"

// Targets lists every đích of a file, in its order.
func Targets(f *tree.File) []*tree.Target {
	var out []*tree.Target
	w := walker{target: func(t *tree.Target, _ site) { out = append(out, t) }}
	w.file(f)
	return out
}
