// Package library holds the programs a deployment runs: the current one, and every older one to which a session is still
// pinned; and the offices that speak them, which are exchanged together with the current program in one step. Publishing comes
// after the sources are safe in the store, so no session can outlive its program.
// How a program is compiled is not its work (package dsl), nor which session uses which (package actor).
package library

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/singleflight"

	"hoithoai/dsl"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/store"
)

// held is how many editions stay in memory beside the current one; an older one is compiled again from the store when a
// session needs it. A sandbox that reloads at every save must not keep the attachments of every save.
const held = 16

// Library is the programs of one deployment. It is safe for concurrent use.
type Library struct {
	bundles store.Bundles
	serving atomic.Pointer[serving]
	turn    sync.Mutex // for who exchanges
	compile singleflight.Group

	mu       sync.Mutex
	editions []*Edition // most recently used last
}

// New returns an empty library over the store that keeps sources. config is given to every engine; its Office and
// Matcher are filled in here.
func New(bundles store.Bundles, config engine.Config) *Library {
	l := &Library{bundles: bundles}
	l.serving.Store(&serving{config: &config})
	return l
}

// Publish makes a compiled bundle the current one, after its sources are stored; offices stay as they are.
func (l *Library) Publish(ctx context.Context, loaded dsl.Result) error {
	e, err := l.shelve(ctx, loaded)
	if err != nil {
		return err
	}
	l.turn.Lock()
	defer l.turn.Unlock()
	next := *l.serving.Load()
	next.edition = e
	l.serving.Store(&next)
	return nil
}

// shelve stores the sources of a bundle and returns its edition, which is not the current one yet.
func (l *Library) shelve(ctx context.Context, loaded dsl.Result) (*Edition, error) {
	if loaded.Program == nil {
		return nil, fmt.Errorf("publish bundle: it has errors")
	}
	if err := l.bundles.SaveBundle(ctx, loaded.Program.Hash, dsl.Pack(loaded.Sources)); err != nil {
		return nil, fmt.Errorf("save bundle %s: %w", loaded.Program.Hash, err)
	}
	return l.add(loaded.Program), nil
}

// Current returns the edition new sessions start with; nil before the first Publish.
func (l *Library) Current() *Edition { return l.serving.Load().edition }

// Edition returns the edition with the given hash, compiling it from the store when this process does not hold it. A hash
// that nobody knows gives ErrUnknown (wrapped): the caller must not guess with another program. A store that does not answer
// gives its own error.
func (l *Library) Edition(ctx context.Context, hash string) (*Edition, error) {
	if e := l.known(hash); e != nil {
		return e, nil
	}
	e, err, _ := l.compile.Do(hash, func() (any, error) { return l.restore(context.WithoutCancel(ctx), hash) })
	if err != nil {
		return nil, err
	}
	return e.(*Edition), nil
}

// File returns an attachment of a program; ErrUnknown (wrapped) for one that it does not have.
func (l *Library) File(ctx context.Context, hash, name string) ([]byte, error) {
	e, err := l.Edition(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("program of attachment %s: %w", name, err)
	}
	body, ok := e.Program.Files[name]
	if !ok {
		return nil, fmt.Errorf("attachment %s: %w", name, ErrUnknown)
	}
	return body, nil
}

// restore compiles a program from the store.
func (l *Library) restore(ctx context.Context, hash string) (*Edition, error) {
	packed, err := l.bundles.Bundle(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("read bundle %s: %w", hash, err)
	}
	if packed == nil {
		return nil, fmt.Errorf("bundle %s: %w", hash, ErrUnknown)
	}
	fsys, err := dsl.Unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("unpack bundle %s: %w: %w", hash, ErrUnknown, err)
	}
	loaded, err := dsl.Load(fsys, dsl.Options{Accepted: true})
	if err != nil || loaded.Program == nil || loaded.Program.Hash != hash {
		return nil, fmt.Errorf("compile bundle %s again: %w", hash, ErrUnknown)
	}
	return l.add(loaded.Program), nil
}

func (l *Library) known(hash string) *Edition {
	if e := l.Current(); e != nil && e.Program.Hash == hash {
		return e
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.use(hash)
}

// use finds an edition and marks it as used. The lock must be held.
func (l *Library) use(hash string) *Edition {
	i := slices.IndexFunc(l.editions, func(e *Edition) bool { return e.Program.Hash == hash })
	if i < 0 {
		return nil
	}
	e := l.editions[i]
	l.editions = append(slices.Delete(l.editions, i, i+1), e)
	return e
}

// add returns the edition of a program, the one there is already or a new one, and lets the least recently used one go.
func (l *Library) add(p *program.Program) *Edition {
	if e := l.Current(); e != nil && e.Program.Hash == p.Hash {
		return e
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.use(p.Hash); e != nil {
		return e
	}
	e := newEdition(p, l)
	l.editions = append(l.editions, e)
	if len(l.editions) > held {
		l.editions = slices.Delete(l.editions, 0, 1)
	}
	return e
}
