package embedded

import (
	"bytes"
	"context"
	"fmt"

	"hoithoai/runtime/store"
)

// Commit implements store.Actor.
func (s *Store) Commit(ctx context.Context, in store.Commit) (store.CommitResult, error) {
	if err := in.Check(); err != nil {
		return store.CommitResult{}, fmt.Errorf("commit: %w", err)
	}
	var res store.CommitResult
	err := s.update(ctx, "commit", func(t *tx) (err error) {
		res, err = t.commit(&in)
		return err
	})
	return res, err
}

func (t *tx) commit(in *store.Commit) (res store.CommitResult, err error) {
	p, err := t.fresh(in.Key)
	if err != nil {
		return res, err
	}
	if res, err = p.fence(in); err != nil || res.Status != 0 {
		return res, err
	}
	if err := p.apply(in); err != nil {
		return res, err
	}
	res = store.CommitResult{Status: store.Released, Rev: in.Rev + 1}
	if !p.settle() {
		res.Status, res.Lease = store.Committed, p.leased()
		if res.Next, err = p.head(kindMail); err != nil {
			return res, err
		}
		if res.Out, err = p.head(kindOut); err != nil {
			return res, err
		}
	}
	return res, p.save()
}

// fence decides whether the step may be applied (status 0: it may, and its event is taken out of the mailbox).
func (p *person) fence(in *store.Commit) (store.CommitResult, error) {
	rev, last, err := p.revision()
	res := store.CommitResult{Rev: rev}
	switch {
	case err != nil:
		return res, err
	case rev == in.Rev+1 && last == in.Event:
		res.Status = store.Already
		p.keepSession(in.TTL)
		return res, p.save()
	case rev != in.Rev:
		res.Status = store.Lost
		return res, p.save()
	}
	popped, err := p.pop(kindMail, in.Event)
	if err != nil || popped {
		return store.CommitResult{}, err
	}
	res.Status = store.Absent
	return res, p.save()
}

// apply writes what the step leads to.
func (p *person) apply(in *store.Commit) error {
	if len(in.Session) == 0 {
		if err := p.erase(); err != nil {
			return err
		}
	}
	if err := p.setSession(in.Rev+1, in.Event, in.Session, in.TTL); err != nil {
		return err
	}
	for _, it := range in.Out {
		if err := p.push(kindOut, it); err != nil {
			return err
		}
	}
	for i := range in.Timers {
		if err := p.setTimer(&in.Timers[i]); err != nil {
			return err
		}
	}
	if in.Journal == nil {
		return nil
	}
	return p.journal(in.Journal)
}

// erase removes journal and timers.
func (p *person) erase() error {
	if err := p.dropJournal(); err != nil {
		return err
	}
	return p.clearTimers()
}

func (p *person) journal(entry []byte) error {
	p.entries++
	p.journalEnd = p.t.now + p.t.s.cfg.JournalTTL.Milliseconds()
	if err := p.put(p.at(kindJournal, p.nextSeq()), entry); err != nil {
		return err
	}
	for int(p.entries) > p.t.s.cfg.Journal {
		k, _ := p.first(kindJournal)
		if k == nil {
			return fmt.Errorf("journal count: %w", errDamaged)
		}
		p.entries--
		if err := p.t.people.Delete(k); err != nil {
			return fmt.Errorf("trim journal: %w", err)
		}
	}
	return nil
}

// Journal implements store.Journal.
func (s *Store) Journal(ctx context.Context, key store.Key) ([][]byte, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	var entries [][]byte
	err := s.view(ctx, "read journal", func(t *tx) error {
		p, err := t.person(key)
		if err != nil || over(p.journalEnd, t.now) {
			return err
		}
		each(t.people, p.at(kindJournal), func(_, v []byte) bool {
			entries = append(entries, bytes.Clone(v))
			return true
		})
		return nil
	})
	return entries, err
}
