package redis

import (
	"context"
	"fmt"

	"hoithoai/runtime/store"
)

// Accept implements store.Mailbox.
func (s *Store) Accept(ctx context.Context, in store.Accept) (res store.AcceptResult, err error) {
	if err := in.Check(); err != nil {
		return res, fmt.Errorf("accept: %w", err)
	}
	c := s.cfg.Store
	a, err := s.runSure(ctx, "accept", acceptedBefore, s.scripts.accept,
		s.keys.person(in.Key, kindSession, kindMailbox, kindOutbox, kindRing, kindOld, kindDue),
		s.clock(), string(in.Key), s.lease(), in.ID[:], in.Body, in.Sent, in.Retry, c.Window.Milliseconds(), c.Ring, c.Old, c.MaxMail)
	if err != nil {
		return res, err
	}
	res.Status = store.AcceptStatus(a.number(0))
	if res.Status == store.Accepted {
		res.Work, err = a.work(in.Key, 1)
		if a.number(2) == 1 {
			res.Work.Head = copied(in.ID, in.Body)
		}
	}
	return res, err
}

func acceptedBefore(a answer) bool { return store.AcceptStatus(a.number(0)) == store.Duplicate }
