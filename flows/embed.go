// Package flows is the content: the dialogs of the office, one folder per field of work, embedded into the binary. It holds
// no code; what the words mean is the work of package dsl.
package flows

import "embed"

// FS is every flow, transcript and attachment.
//
//go:embed */*.flow */mau
var FS embed.FS
