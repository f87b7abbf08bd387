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
		if shown := s.listed(p.talk); a.office == office && len(shown) > 0 {
			out = append(out, shown[len(shown)-1].item(a))
		}
	}
	slices.SortFunc(out, func(a, b item) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.MessageID, b.MessageID))
	})
	return out
}

// listed is what of a conversation the lists show already.
func (s *Server) listed(talk []entry) []entry {
	till := s.cfg.Now().Add(-s.cfg.ListLag)
	n := len(talk)
	for n > 0 && talk[n-1].at.After(till) {
		n--
	}
	return talk[:n]
}
