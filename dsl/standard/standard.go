// Package standard holds the flows that the language brings along, for bundles that name them without having their own. Which
// bundle gets one is decided by dsl.Load, not here.
package standard

import (
	"embed"
	"fmt"
	"io/fs"
)

// Human is the flow that leads to a person: it gives the office's number, hours and address and hands over to its desk
// truc_ban. Every bundle must have a way to a person, and chung files name this one.
const Human = "gap_can_bo"

//go:embed *.flow
var files embed.FS

// Flow returns the source of a standard flow and the path under which it joins a bundle; ok is false where there is none of
// that name.
func Flow(name string) (path string, source []byte, ok bool) {
	path = name + ".flow"
	source, err := fs.ReadFile(files, path)
	if err != nil {
		return "", nil, false
	}
	return path, source, true
}

// Names lists the standard flows, in order.
func Names() ([]string, error) {
	found, err := fs.Glob(files, "*.flow")
	if err != nil {
		return nil, fmt.Errorf("list standard flows: %w", err)
	}
	for i, name := range found {
		found[i] = name[:len(name)-len(".flow")]
	}
	return found, nil
}
