package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/config"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
)

// openStore opens the store of a deployment as it is: who looks at it must get in also when it keeps less than it should.
func (a *app) openStore(ctx context.Context, d config.Deployment) (opened, error) {
	return a.openAt(ctx, d, storeUse{})
}

// openToLoad opens the store of a deployment to bring an archive into it, also when that was interrupted before.
func (a *app) openToLoad(ctx context.Context, d config.Deployment) (opened, error) {
	return a.openAt(ctx, d, storeUse{loading: true})
}

// storeUse is what a store is opened for.
type storeUse struct {
	level   store.Level // what it must hold
	loading bool        // a load may be under way
}

// openHeld opens the store of a deployment, or refuses in words an operator can act on when it does not hold the level that is
// configured.
func (a *app) openHeld(ctx context.Context, d config.Deployment) (opened, error) {
	s, err := a.openAt(ctx, d, storeUse{level: d.Store.Promised()})
	if below, ok := errors.AsType[*redis.LevelError](err); ok {
		return opened{}, fmt.Errorf("%s\n%s", a.say("chưa phục vụ: kho giữ ít hơn mức đã khai (store.level).",
			"not serving: the store keeps less than what is configured (store.level)."), below.In(a.lang()))
	}
	return s, err
}

func (a *app) openAt(ctx context.Context, d config.Deployment, use storeUse) (opened, error) {
	s, err := a.openEngine(ctx, d, use)
	if errors.Is(err, store.ErrLoading) {
		err = errors.New(a.say("một lần đưa về kho này còn dở: chạy lại hoithoai restore (hoặc import) với tệp ấy, hoặc với tệp khác và -f",
			"a load into this store was interrupted: run hoithoai restore (or import) again with that file, or with another one and -f"))
	}
	return s, err
}

func (a *app) openEngine(ctx context.Context, d config.Deployment, use storeUse) (opened, error) {
	contract := store.Config{Lease: time.Duration(d.Store.Lease)}
	if !d.Store.URL.IsSet() {
		return a.openEmbedded(d.Data, contract, use.loading)
	}
	url, err := a.secret(d.Store.URL)
	if err != nil {
		return opened{}, fmt.Errorf("store.url: %w", err)
	}
	s, err := redis.Open(ctx, redis.Config{
		URL: url, Store: contract, Partitions: d.Store.Partitions, Level: use.level, Unseen: d.Store.Unchecked, Wait: waits(d.Store), Loading: use.loading,
	})
	if err != nil {
		return opened{}, fmt.Errorf("open store: %w", err)
	}
	ready := func(ctx context.Context) error { _, err := s.Health(ctx); return err }
	held := func(ctx context.Context) error { return a.held(ctx, d.Store, s) }
	level := func(ctx context.Context) (store.Level, error) {
		h, err := s.Health(ctx)
		return h.Level, err
	}
	return opened{
		Store: s, partitions: s.Partitions(), ready: ready, held: held, met: s.Met(), limits: s, gauge: s, pulse: s, close: s.Close,
		whole: s, engine: engineRedis, level: level, serving: s.Serving,
	}, nil
}

// waits is what a configuration says of WAIT; none below D4.
func waits(s config.Store) redis.Wait {
	return redis.Wait{Replicas: s.Copies, For: time.Duration(s.Wait), Commit: s.StepsWait()}
}

// held asks whether the servers still hold what was promised when serving began, and lets one that has started since write its
// file anew; what they do not hold it says in the language of the process. Who wrote level_unchecked sees to the file too.
func (a *app) held(ctx context.Context, want config.Store, s *redis.Store) error {
	h, err := s.Health(ctx)
	if err != nil {
		return err
	}
	if no, ok := errors.AsType[*redis.RewriteError](s.Renew(ctx, h)); ok && !want.Unchecked {
		return errors.New(no.In(a.lang()))
	}
	if below, ok := errors.AsType[*redis.LevelError](h.Falls(want.Promised(), want.Unchecked)); ok {
		return errors.New(below.In(a.lang()))
	}
	if a.now().Sub(h.Time).Abs() > maxSkew { // leases and timers go by the clock of Redis, and are not touched
		return errors.New(a.say("đồng hồ máy này lệch đồng hồ Redis: bật đồng bộ giờ (NTP)", "the clock of this machine is not that of Redis; switch time synchronisation on (NTP)"))
	}
	return nil
}
