package token

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/zalo"
)

// ensure returns a good access token of an office that is not the refused one, refreshing it where that is due or needed. A
// good token may come with an error: refreshing it in time has failed.
func (k *Keeper) ensure(ctx context.Context, d *desk, refused string) (string, error) {
	select {
	case <-d.turn:
		defer func() { d.turn <- struct{}{} }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	began := k.cfg.Now()
	for {
		token, again, err := k.once(ctx, d, refused)
		if !again {
			return token, err
		}
		if err == nil {
			continue // something has changed
		}
		if k.cfg.Now().Sub(began) >= k.cfg.Patience {
			return "", err
		}
		if err := k.cfg.Pause(ctx, peek); err != nil {
			return "", err
		}
	}
}

// once reads the store and does at most one thing. again asks for another round: at once, or with ErrBusy a little later.
func (k *Keeper) once(ctx context.Context, d *desk, refused string) (token string, again bool, err error) {
	c, err := k.read(ctx, d.office)
	if err != nil {
		return "", false, err
	}
	if c.pair == nil {
		return "", false, ErrMissing
	}
	now := k.cfg.Now()
	age := d.age(c, now)
	if c.usable(now, refused) {
		token = c.pair.Access
		d.keep(token, time.UnixMilli(c.pair.Till))
		if !c.due(now, d.office) {
			return token, false, nil
		}
	} else if c.pair.Access == refused && age < young {
		return "", false, ErrRefused
	}
	return k.act(ctx, d, c, token)
}

// act spends the refresh token if that may be done now. token is the good access token, "" where there is none.
func (k *Keeper) act(ctx context.Context, d *desk, c chain, token string) (string, bool, error) {
	switch c.move(k.cfg.Now(), k.cfg.Lease, d.first) {
	case try:
		err := k.refresh(ctx, d, c)
		return token, err == nil, err
	case wait:
		return token, token == "", ErrBusy
	case rest:
		return token, false, ErrWaiting
	}
	return token, false, ErrReauthorise
}

// age is how old the newest pair is at least: nobody's clock makes it older than since this process saw it, except its own
// writer's, and then it is refreshed once too often at most.
func (d *desk) age(c chain, now time.Time) time.Duration {
	if d.gen != c.newest {
		clear(d.first)
		d.gen = c.newest
	}
	return max(now.Sub(d.first.of(*c.pair, now)), now.Sub(time.UnixMilli(c.pair.At)))
}

// refresh spends the newest refresh token, unless another process is quicker. It returns nil when the store has changed. It
// heeds no cancellation: a call that has begun gets its answer, and the answer its place.
func (k *Keeper) refresh(ctx context.Context, d *desk, c chain) error {
	ctx = context.WithoutCancel(ctx)
	room, err := k.reserve(d.office, c.newest)
	if err != nil {
		k.cfg.Alarms.Raise("token_spool", "there is no room on disk for Zalo's answer, so no token is refreshed: "+err.Error())
		return err
	}
	defer room.drop()
	since := k.cfg.Now()
	mine, err := k.claim(ctx, d.office, c)
	if err != nil || !mine {
		return err
	}
	job := answer{Office: d.office, Gen: c.newest, Attempt: len(c.attempts) + 1, How: "refresh"}
	if k.cfg.Now().Sub(since) > k.cfg.Lease-k.cfg.CallLimit {
		return k.failed(ctx, job, unsent, 0) // others may soon take the intent for dead
	}
	return k.spend(ctx, room, job, func(ctx context.Context) ([]byte, error) {
		return k.cfg.Authority.Refresh(ctx, c.pair.Refresh)
	})
}

// claim writes the intent; mine is false when another process was quicker.
func (k *Keeper) claim(ctx context.Context, office string, c chain) (mine bool, err error) {
	nonce, err := k.nonce()
	if err != nil {
		return false, err
	}
	e := entry{
		Kind: intent, Gen: c.newest, Attempt: len(c.attempts) + 1, Replica: k.cfg.Replica, Nonce: nonce, At: k.cfg.Now().UnixMilli(),
	}
	if mine, err = k.write(ctx, office, e); err != nil || mine {
		return mine, err
	}
	now, err := k.read(ctx, office) // ours too, where the store repeated a call whose answer was lost
	if err != nil {
		return false, err
	}
	for _, a := range now.attempts {
		mine = mine || a.intent.Nonce == nonce
	}
	return mine, nil
}

// spend makes the call and brings its answer to the disk and then to the store.
func (k *Keeper) spend(ctx context.Context, room *room, job answer, call func(context.Context) ([]byte, error)) error {
	limited, cancel := context.WithTimeout(ctx, k.cfg.CallLimit)
	defer cancel()
	raw, err := call(limited)
	if err != nil {
		e, ok := errors.AsType[*zalo.Error](err)
		if !ok || e.Unknown {
			return errors.Join(k.failed(ctx, job, lost, 0), job.cause(err))
		}
		return errors.Join(k.failed(ctx, job, unsent, e.Code), job.cause(err))
	}
	job.Raw, job.At = raw, k.cfg.Now().UnixMilli()
	if err := room.fill(job); err != nil {
		k.cfg.Alarms.Raise("token_spool", "an answer with new tokens could not be kept on disk; it goes to the store at once: "+err.Error())
	}
	if err = k.publish(ctx, job); err != nil && !spent(err) {
		return err
	}
	return errors.Join(err, room.empty())
}

// cause is what the caller is told of a call that failed: nothing for a refresh, whose failure stands in the store.
func (a answer) cause(err error) error {
	if a.How == "refresh" {
		return nil
	}
	return fmt.Errorf("spend what was given: %w", err)
}

// publish puts an answer into the store: the tokens as the next generation, or what went wrong. It may be repeated.
func (k *Keeper) publish(ctx context.Context, job answer) error {
	grant, err := zalo.ParseGrant(job.Raw)
	if err != nil {
		e, _ := errors.AsType[*zalo.Error](err)
		return errors.Join(k.failed(ctx, job, resultOf(e), e.Code), job.cause(err))
	}
	e := entry{
		Kind: pair, Gen: job.Gen + 1, Replica: k.cfg.Replica, At: job.At, How: job.How, Access: grant.Access, Refresh: grant.Refresh,
		Till: job.At + grant.AccessLife.Milliseconds(), Last: job.At + grant.RefreshLife.Milliseconds(),
	}
	return k.settle(ctx, job, e)
}

// settle writes the pair, once. Where another one stands in its place the chain went on without it: a refresh that came too
// late is dropped, and a human is told.
func (k *Keeper) settle(ctx context.Context, job answer, e entry) error {
	written, err := k.write(ctx, job.Office, e)
	if err != nil {
		return err
	}
	if written {
		k.cfg.Metrics.Inc("token_refreshed")
		k.cfg.Log.Info("tokens are refreshed", "office", job.Office, "generation", e.Gen, "how", job.How)
	}
	c, err := k.read(ctx, job.Office)
	if err != nil {
		return nil // the pair is safe; tidying can wait
	}
	if !written && c.pair != nil && (c.pair.Gen != e.Gen || c.pair.Access != e.Access) {
		k.cfg.Log.Warn("tokens were overtaken by others", "office", job.Office, "generation", e.Gen, "how", job.How)
		return job.cause(errOvertaken)
	}
	k.tidy(ctx, job.Office, c)
	return nil
}

// errOvertaken says that what a human gave was spent, but not used.
var errOvertaken = errors.New("the tokens were refreshed by another process at the same moment; look at them, and give new ones if they are not good")

// resultOf says what an answer without tokens means for the refresh token (facts §4: -14014 and -118 are final).
func resultOf(e *zalo.Error) result {
	switch {
	case e.Unknown:
		return lost
	case e.Code == -14014 || e.Code == -118:
		return refused
	}
	return unsent
}

// failed writes that an attempt brought no tokens. What a human gave leaves no trace: nothing of the office has changed.
func (k *Keeper) failed(ctx context.Context, job answer, r result, code int) error {
	k.cfg.Metrics.Inc("token_" + string(r))
	if r == lost {
		k.cfg.Alarms.Raise("token_lost", "office "+job.Office+": Zalo's answer to a refresh was lost, so the refresh token may be spent. It is tried again; "+
			"the present access token works on meanwhile. If an alarm asks for it, authorise the app again")
	}
	if job.How != "refresh" {
		return nil
	}
	_, err := k.write(ctx, job.Office, entry{
		Kind: outcome, Gen: job.Gen, Attempt: job.Attempt, Replica: k.cfg.Replica, At: k.cfg.Now().UnixMilli(), Result: r, Code: code,
	})
	return err
}
