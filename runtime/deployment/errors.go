package deployment

import "errors"

// ErrErrors says that a bundle was refused because it has errors; its diagnostics say which.
var ErrErrors = errors.New("the bundle has errors")
