package redistest

// Reserve reports whether a port could be reserved, and lets it go at once.
func Reserve(port int) bool {
	held := reserve(port)
	if held == nil {
		return false
	}
	return held.Close() == nil
}
