package token

import (
	"context"
	"time"
)

// GiveCode spends an authorization code for an office, and makes what it brings the office's tokens.
func (k *Keeper) GiveCode(ctx context.Context, office, code, verifier string) error {
	return k.give(ctx, office, "code", func(ctx context.Context) ([]byte, error) {
		return k.cfg.Authority.Exchange(ctx, code, verifier)
	})
}

// GiveRefresh spends a refresh token for an office, and makes what it brings the office's tokens. Nothing of the office
// changes where Zalo refuses it.
func (k *Keeper) GiveRefresh(ctx context.Context, office, refreshToken string) error {
	return k.give(ctx, office, "given", func(ctx context.Context) ([]byte, error) {
		return k.cfg.Authority.Refresh(ctx, refreshToken)
	})
}

func (k *Keeper) give(ctx context.Context, office, how string, call func(context.Context) ([]byte, error)) error {
	d := k.desk(office)
	if d == nil {
		return ErrUnknown
	}
	ctx = context.WithoutCancel(ctx)
	c, err := k.read(ctx, office)
	if err != nil {
		return err
	}
	room, err := k.reserve(office, c.newest)
	if err != nil {
		return err
	}
	defer room.drop()
	return k.spend(ctx, room, answer{Office: office, Gen: c.newest, How: how}, call)
}

// Status is what people may see of an office's tokens: never one of them.
type Status struct {
	Office     string
	Generation uint64    // 0: the office has no tokens
	Refreshed  time.Time // when the newest pair was made
	Replica    string    // who made it
	How        string    // refresh, code, given
	Till       time.Time // end of the access token
	Last       time.Time // end of the refresh token
	Next       time.Time // when it is refreshed
	Attempts   int       // tries to spend the newest refresh token
	Trouble    error     // why it was not refreshed; nil where nothing is wrong
	Code       int       // of Zalo's last refusal; 0: none
}

// Inspect returns what the store says of an office.
func (k *Keeper) Inspect(ctx context.Context, office string) (Status, error) {
	d := k.desk(office)
	if d == nil {
		return Status{}, ErrUnknown
	}
	c, err := k.read(ctx, office)
	if err != nil || c.pair == nil {
		return Status{Office: office, Trouble: ErrMissing}, err
	}
	p := c.pair
	s := Status{
		Office: office, Generation: p.Gen, Refreshed: time.UnixMilli(p.At), Replica: p.Replica, How: p.How, Till: time.UnixMilli(p.Till),
		Last: time.UnixMilli(p.Last), Next: c.next(office), Attempts: len(c.attempts),
	}
	switch c.move(k.cfg.Now(), k.cfg.Lease, sightings{}) {
	case rest:
		s.Trouble = ErrWaiting
	case wait:
		s.Trouble = ErrBusy
	case dead:
		s.Trouble = ErrReauthorise
	}
	for _, a := range c.attempts {
		if a.outcome != nil && a.outcome.Code != 0 {
			s.Code = a.outcome.Code
		}
	}
	return s, nil
}
