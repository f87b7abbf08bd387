package library

import "errors"

// ErrUnknown says that no program of that hash can be had any more.
var ErrUnknown = errors.New("unknown program")
