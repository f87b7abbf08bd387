package admin

import (
	"context"
	"net/http"
	"net/url"

	"hoithoai/runtime/misses"
)

// Misses is one office's first words that were not understood.
type Misses struct {
	Office string
	Misses []Miss
}

// Miss is one of them, with the id by which it is dropped.
type Miss struct {
	ID string
	misses.Miss
}

// Misses returns what was not understood at all offices.
func (d *Direct) Misses(ctx context.Context) ([]Misses, error) {
	var all []Misses
	for _, office := range d.all() {
		kept, err := d.Missed.List(ctx, office)
		if err != nil {
			return nil, err
		}
		m := Misses{Office: office}
		for _, k := range kept {
			id := k.ID
			k.ID = "" // it does not travel
			m.Misses = append(m.Misses, Miss{ID: id, Miss: k})
		}
		all = append(all, m)
	}
	return all, nil
}

// DropMiss takes one entry away; false when there was none.
func (d *Direct) DropMiss(ctx context.Context, office, id string) (bool, error) {
	return d.Missed.Drop(ctx, office, id)
}

func (h handler) misses(w http.ResponseWriter, r *http.Request) {
	all, err := h.cfg.Direct.Misses(r.Context())
	answer(w, all, err)
}

func (h handler) dropMiss(w http.ResponseWriter, r *http.Request) {
	office, id := r.URL.Query().Get("office"), r.URL.Query().Get("id")
	gone, err := h.noted(r).DropMiss(r.Context(), office, id)
	answer(w, dropped{gone}, err)
}

// Misses is Direct.Misses, asked of the process.
func (c *Client) Misses(ctx context.Context) (all []Misses, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/misses", nil, &all)
	return all, err
}

// DropMiss is Direct.DropMiss, done by the process.
func (c *Client) DropMiss(ctx context.Context, office, id string) (bool, error) {
	var d dropped
	err := c.ask(ctx, http.MethodDelete, "/v1/misses?"+url.Values{"office": {office}, "id": {id}}.Encode(), nil, &d)
	return d.Dropped, err
}
