package admin

import "context"

// Waiting is one office's people whom no officer has answered yet.
type Waiting struct {
	Office string
	People []Waiter
}

// Waiter is one of them. Key is the name under which the store keeps the person; Since is Unix ms.
type Waiter struct {
	Key   string
	Desk  string
	Since int64
}

// Waiting returns who waits at every office.
func (d *Direct) Waiting(ctx context.Context) ([]Waiting, error) {
	var all []Waiting
	for _, office := range d.all() {
		entries, err := d.Waits.List(ctx, office)
		if err != nil {
			return nil, err
		}
		w := Waiting{Office: office}
		for _, e := range entries {
			w.People = append(w.People, Waiter{Key: string(e.Key), Desk: e.Desk, Since: e.Since})
		}
		all = append(all, w)
	}
	return all, nil
}
