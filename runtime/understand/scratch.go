package understand

import "sync"

// scratch is what one call needs while it thinks. Nothing in it is kept from call to call.
type scratch struct {
	raw, words, content, clause, said []token
	shares                            []share
	scores                            []float32
	ranked, part                      []Score
}

// scratches are reused between calls: under load thinking leaves next to nothing to collect.
type scratches struct{ pool sync.Pool }

func (p *scratches) take() *scratch {
	if s, ok := p.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{}
}

func (p *scratches) give(s *scratch) { p.pool.Put(s) }
