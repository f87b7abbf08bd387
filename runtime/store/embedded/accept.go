package embedded

import (
	"context"
	"fmt"

	"hoithoai/runtime/store"
)

// Accept implements store.Mailbox.
func (s *Store) Accept(ctx context.Context, in store.Accept) (store.AcceptResult, error) {
	if err := in.Check(); err != nil {
		return store.AcceptResult{}, fmt.Errorf("accept: %w", err)
	}
	var res store.AcceptResult
	err := s.update(ctx, "accept", func(t *tx) (err error) {
		res, err = t.accept(in)
		return err
	})
	return res, err
}

func (t *tx) accept(in store.Accept) (res store.AcceptResult, err error) {
	p, err := t.fresh(in.Key)
	if err != nil {
		return res, err
	}
	sent := in.Sent
	if sent < 1 || sent > t.now {
		sent = t.now
	}
	if res.Status = p.refuse(in, sent); res.Status != 0 {
		return res, p.save()
	}
	if err := p.remember(in.ID, sent); err != nil {
		return res, err
	}
	if err := p.push(kindMail, store.Item{ID: in.ID, Body: in.Body}); err != nil {
		return res, err
	}
	res.Status = store.Queued
	if p.due == 0 {
		p.lease()
		res.Status = store.Accepted
		if res.Work, err = p.work(); err != nil {
			return res, err
		}
	}
	return res, p.save()
}

// refuse says why an event is not taken; 0: it is.
func (p *person) refuse(in store.Accept, sent int64) store.AcceptStatus {
	switch {
	case p.knows(in.ID):
		p.touchMemory()
		return store.Duplicate
	case sent < p.mark && !in.Retry:
		p.touchMemory()
		return store.Stale
	case int(p.mails) >= p.t.s.cfg.MaxMail:
		return store.Flooded
	}
	return 0
}
