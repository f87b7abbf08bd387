// Package ward holds the catalogue behind the type phường: the units of Thành phố Hồ Chí Minh since 01/07/2025 with their codes
// and the old names that went into them, and the reader of such a list. A bundle may bring its own list or add names to this
// one; which it uses, and that the list counts for the bundle's hash, is decided by dsl.Load. Recognising a name in what a
// resident writes is package value's work.
package ward

import (
	"bytes"
	_ "embed" // the catalogue
)

// Paths of the catalogue in a bundle.
const (
	// Path holds a whole catalogue. A bundle without it gets Source there, so that it is packed and hashed with what it was
	// compiled against.
	Path = "danh_muc/phuong.txt"
	// MorePath adds names to the units of the catalogue, or units to it.
	MorePath = "danh_muc/phuong_them.txt"
)

//go:embed tphcm.txt
var tphcm []byte

// Source returns the built-in catalogue as text, in the form Parse reads; its head names sources, dates and confidence. The
// slice is the caller's.
func Source() []byte { return bytes.Clone(tphcm) }
