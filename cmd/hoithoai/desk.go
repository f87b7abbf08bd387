package main

import (
	"context"
	"errors"
	"fmt"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/depth"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/misses"
	"hoithoai/runtime/roster"
	"hoithoai/runtime/store"
	"hoithoai/runtime/token"
	"hoithoai/runtime/waiting"
)

type erasureDesk interface {
	Erasures(ctx context.Context) ([]admin.Erasures, error)
}

type waitDesk interface {
	Waiting(ctx context.Context) ([]admin.Waiting, error)
}

type letterDesk interface {
	Letters(ctx context.Context) ([]admin.Letters, error)
	Drop(ctx context.Context, office, id string) (bool, error)
}

type missDesk interface {
	Misses(ctx context.Context) ([]admin.Misses, error)
	DropMiss(ctx context.Context, office, id string) (bool, error)
}

type tokenDesk interface {
	Tokens(ctx context.Context) ([]token.Status, error)
	Give(ctx context.Context, office string, g admin.Grant) error
}

// desk is where a verb reads and changes a deployment: the process that serves it, or the store itself.
type desk interface {
	erasureDesk
	waitDesk
	letterDesk
	missDesk
	tokenDesk
	archiveDesk
	depthDesk
}

func place(d config.Deployment) admin.Place { return admin.Place{Folder: d.Data, Address: d.Admin} }

// withDesk gives do the process that serves d on this machine; where none does it opens the store and says so. With tokens
// the store's tokens are looked after too, which takes the App Secret.
func (a *app) withDesk(ctx context.Context, d config.Deployment, tokens bool, do func(desk) error) error {
	c, err := admin.Dial(ctx, place(d))
	if err == nil {
		c.For = a.behalf()
		return do(c)
	}
	if !errors.Is(err, admin.ErrNone) {
		return err
	}
	fmt.Fprintln(a.stderr, a.say("Không có hoithoai serve nào chạy với cấu hình này trên máy này: tự mở kho.",
		"No hoithoai serve runs with this configuration on this machine: the store is opened here."))
	if tokens {
		return a.withKeeper(ctx, d, do)
	}
	return a.withStore(ctx, d, func(s opened, direct *admin.Direct) error { return do(a.noted(d, direct, direct.Box.Seal)) })
}

// withStore opens the store of a deployment.
func (a *app) withStore(ctx context.Context, d config.Deployment, do func(opened, *admin.Direct) error) (err error) {
	s, err := a.openStore(ctx, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	direct, err := a.direct(ctx, d, s)
	if err != nil {
		return err
	}
	return do(s, direct)
}

// withKeeper opens the store and publishes what tokens lie on the disk, before anything else is done.
func (a *app) withKeeper(ctx context.Context, d config.Deployment, do func(desk) error) error {
	if err := a.claim(d.Data, "phuc-vu"); err != nil {
		return err
	}
	secret, err := a.secret(d.App.Secret)
	if err != nil {
		return fmt.Errorf("app.secret: %w", err)
	}
	return a.withStore(ctx, d, func(s opened, direct *admin.Direct) error {
		direct.Keeper = a.keeper(d, s.Store, direct.Box.Seal, secret, nil)
		if err := direct.Keeper.Start(ctx); err != nil {
			return err
		}
		return do(a.noted(d, direct, direct.Box.Seal))
	})
}

// direct is what the store itself says of a deployment.
func (a *app) direct(ctx context.Context, d config.Deployment, s opened) (*admin.Direct, error) {
	sealer, err := a.sealer(d)
	if err != nil {
		return nil, err
	}
	direct := &admin.Direct{
		Book:  &erasure.Book{Records: store.Records(s.Store), Seal: sealer},
		Waits: &waiting.Book{Records: s.Store, Seal: sealer},
		Box:   &deadletter.Box{Records: s.Store, Seal: sealer, Now: a.now},

		Whole:  admin.Whole{Store: s.whole, Source: a.source(s, sealer)},
		Missed: &misses.Book{Records: s.Store, Seal: sealer, Now: a.now},
		Gauge:  depth.Gauge{Store: s.gauge, Partitions: s.partitions, Seal: sealer, Now: a.now},
	}
	for _, o := range d.Offices {
		direct.Offices = append(direct.Offices, o.ID)
	}
	direct.Gone, err = (&roster.Book{Records: s.Store, Seal: sealer}).Gone(ctx, direct.Offices)
	return direct, err
}

// listOrDrop shows a list that offices keep for their operator, or with the arguments drop OA LINE drops a line of it.
func (a *app) listOrDrop(ctx context.Context, file string, args []string, list func(context.Context, desk) error,
	drop func(at desk, ctx context.Context, office, id string) (bool, error)) error {
	d, err := a.configuration(file)
	if err != nil {
		return err
	}
	return a.withDesk(ctx, d, false, func(at desk) error {
		if len(args) != 3 {
			return list(ctx, at)
		}
		gone, err := drop(at, ctx, args[1], args[2])
		if err != nil {
			return err
		}
		return a.tellDropped(gone, args[1], args[2])
	})
}

// tellDropped says what became of a line of an office's list that was to be dropped; one that is not there is a finding.
func (a *app) tellDropped(gone bool, office, id string) error {
	if !gone {
		fmt.Fprintf(a.stdout, a.say("trang %s không có dòng %s\n", "office %s has no line %s\n"), office, id)
		return errFound
	}
	fmt.Fprintf(a.stdout, a.say("đã bỏ dòng %s\n", "line %s is dropped\n"), id)
	return nil
}
