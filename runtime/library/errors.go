package library

import "errors"

// ErrUnknown says that a program, or an attachment of one, cannot be had any more: trying again does not help.
var ErrUnknown = errors.New("unknown program or attachment")
