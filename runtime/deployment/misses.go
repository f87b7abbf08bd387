package deployment

import "hoithoai/runtime/misses"

// misses are the first words that were not understood, in the store.
func (d *Deployment) misses() *misses.Book {
	return &misses.Book{Records: d.cfg.Store, Seal: d.cfg.Seal, Now: d.cfg.Now}
}
