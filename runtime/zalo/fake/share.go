package fake

import "maps"

// ShareUploads makes what was uploaded to another server known here, as one Zalo would: a deployment whose store was brought
// back goes on with the uploads it remembers.
func (s *Server) ShareUploads(from *Server) {
	from.mu.Lock()
	theirs := maps.Clone(from.assets)
	from.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.Copy(s.assets, theirs)
}
