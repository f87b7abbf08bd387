package fake

import (
	"cmp"
	"slices"
)

// newest returns the last message of every conversation of an office, newest first.
func (s *Server) newest(office string) []item {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []item{}
	for a, p := range s.people {
		if a.office == office && len(p.talk) > 0 {
			out = append(out, p.talk[len(p.talk)-1].item(a))
		}
	}
	slices.SortFunc(out, func(a, b item) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.MessageID, b.MessageID))
	})
	return out
}
