package deployment

import "errors"

// ErrErrors says that a bundle was refused because it has errors; its diagnostics say which.
var ErrErrors = errors.New("the bundle has errors")

// errNoBundle says why a deployment is not ready.
var errNoBundle = errors.New("no bundle is published yet")
