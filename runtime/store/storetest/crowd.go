package storetest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"hoithoai/runtime/store"
)

func crowdTests() []test {
	return []test{
		{name: "a hundred doors and one person: every event once, in order", cfg: store.Config{MaxMail: 1000}, run: crowdOne},
		{name: "fifty doors and fifty people: every event once, in order", cfg: store.Config{MaxMail: 1000}, run: crowdMany},
	}
}

// crowd is what happened while many doors pushed events.
type crowd struct {
	b    *bed
	mu   sync.Mutex
	seen map[store.Key][]store.ID8 // applied events in order of the revisions they led to
	errs []error
}

// number is the id of event i of a door.
func number(door, i int) (n store.ID8) {
	binary.BigEndian.PutUint32(n[:], uint32(door))
	binary.BigEndian.PutUint32(n[4:], uint32(i))
	return n
}

// push accepts an event twice, as an unsure channel does, and works for the person if that made the caller the owner.
func (c *crowd) push(key store.Key, ev store.ID8) error {
	in := store.Accept{Key: key, ID: ev, Body: ev[:], Sent: c.b.clock.Now().UnixMilli(), Retry: true}
	res, err := c.b.engine.Accept(c.b.ctx, in)
	if err != nil {
		return fmt.Errorf("accept: %w", err)
	}
	again, err := c.b.engine.Accept(c.b.ctx, in)
	if err != nil || again.Status != store.Duplicate {
		return fmt.Errorf("accept again: status %d, %w", again.Status, err)
	}
	switch res.Status {
	case store.Accepted:
		return c.work(res.Work)
	case store.Queued:
		return nil
	}
	return fmt.Errorf("accept: status %d", res.Status)
}

// work does everything an owner has to do until the person is free.
func (c *crowd) work(w store.Work) error {
	rev := uint64(0)
	if w.Session != nil {
		rev = w.Session.Rev
	}
	for head := w.Head; head != nil; rev++ {
		res, err := c.b.engine.Commit(c.b.ctx, store.Commit{
			Key: w.Key, Rev: rev, Event: head.ID, Session: head.Body, Out: []store.Item{*head},
		})
		if err != nil || res.Status != store.Committed {
			return fmt.Errorf("commit: status %d, %w", res.Status, err)
		}
		if err := c.applied(w.Key, rev, head.ID); err != nil {
			return err
		}
		done, err := c.b.engine.Done(c.b.ctx, w.Key, head.ID)
		if err != nil || done.Gone {
			return fmt.Errorf("done: %+v, %w", done, err)
		}
		head = done.Next
	}
	return nil
}

func (c *crowd) applied(key store.Key, rev uint64, ev store.ID8) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := uint64(len(c.seen[key])); n != rev {
		return fmt.Errorf("revision %d after %d events", rev, n)
	}
	c.seen[key] = append(c.seen[key], ev)
	return nil
}

// push all events of all doors at once, check that each person saw each once and each door's events in order.
func (c *crowd) run(doors, each int, keyOf func(door, i int) store.Key) {
	var wg sync.WaitGroup
	for d := range doors {
		wg.Go(func() {
			for i := range each {
				if err := c.push(keyOf(d, i), number(d, i)); err != nil {
					c.mu.Lock()
					c.errs = append(c.errs, err)
					c.mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	c.b.must("work of the crowd", errors.Join(c.errs...))
	c.check(doors*each, keyOf)
}

func (c *crowd) check(want int, keyOf func(door, i int) store.Key) {
	c.b.Helper()
	total, once := 0, map[store.ID8]bool{}
	for key, events := range c.seen {
		last := map[uint32]int{}
		for _, ev := range events {
			door, i := binary.BigEndian.Uint32(ev[:]), int(binary.BigEndian.Uint32(ev[4:]))
			if before, seen := last[door]; seen && before >= i {
				c.b.Fatalf("event %d of door %d came after %d", i, door, before)
			}
			if keyOf(int(door), i) != key || once[ev] {
				c.b.Fatalf("event %d of door %d was applied twice or elsewhere", i, door)
			}
			last[door], once[ev] = i, true
			total++
		}
		c.b.free(key, &store.Snapshot{Rev: uint64(len(events)), Last: events[len(events)-1], Body: c.lastBody(events)})
	}
	c.b.same("events applied", total, want)
	c.b.claims(sweep{})
}

func (c *crowd) lastBody(events []store.ID8) []byte { last := events[len(events)-1]; return last[:] }

func crowdOne(b *bed) {
	c := &crowd{b: b, seen: map[store.Key][]store.ID8{}}
	c.run(100, 3, func(int, int) store.Key { return person })
}

func crowdMany(b *bed) {
	c := &crowd{b: b, seen: map[store.Key][]store.ID8{}}
	c.run(50, 10, func(door, i int) store.Key { return store.Key(fmt.Sprintf("p%d", (door+i)%50)) })
}
