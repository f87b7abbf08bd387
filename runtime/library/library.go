// Package library holds the programs a deployment runs: the current one, and every older one to which a session is still
// pinned. Publishing is atomic and comes after the sources are safe in the store, so no session can outlive its program.
// How a program is compiled is not its work (package dsl), nor which session uses which (package actor).
package library

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/store"
	"hoithoai/runtime/understand"
)

// Edition is one program with what was built from it. It is safe for concurrent use.
type Edition struct {
	Program    *program.Program
	Understand *understand.Understander

	config  engine.Config
	mu      sync.Mutex
	engines map[*office.Office]*engine.Engine
}

// Engine returns the engine of this program for one office.
func (e *Edition) Engine(of *office.Office) *engine.Engine {
	e.mu.Lock()
	defer e.mu.Unlock()
	if eng, ok := e.engines[of]; ok {
		return eng
	}
	cfg := e.config
	cfg.Office, cfg.Matcher, cfg.Detector = of, e.Understand, e.Understand
	eng := engine.New(e.Program, cfg)
	e.engines[of] = eng
	return eng
}

// Library is the programs of one deployment.
type Library struct {
	bundles  store.Bundles
	config   engine.Config
	current  atomic.Pointer[Edition]
	mu       sync.Mutex
	editions map[string]*Edition
}

// New returns an empty library over the store that keeps sources. config is given to every engine; its Office and
// Matcher are filled in here.
func New(bundles store.Bundles, config engine.Config) *Library {
	return &Library{bundles: bundles, config: config, editions: map[string]*Edition{}}
}

// Publish makes a compiled bundle the current one, after its sources are stored.
func (l *Library) Publish(ctx context.Context, loaded dsl.Result) error {
	if loaded.Program == nil {
		return fmt.Errorf("publish bundle: it has errors")
	}
	if err := l.bundles.SaveBundle(ctx, loaded.Program.Hash, dsl.Pack(loaded.Sources)); err != nil {
		return fmt.Errorf("save bundle %s: %w", loaded.Program.Hash, err)
	}
	l.current.Store(l.add(loaded.Program))
	return nil
}

// Current returns the edition new sessions start with; nil before the first Publish.
func (l *Library) Current() *Edition { return l.current.Load() }

// Edition returns the edition with the given hash, compiling it from the store when this process has not seen it. A hash
// that nobody knows gives an error: the caller must not guess with another program.
func (l *Library) Edition(ctx context.Context, hash string) (*Edition, error) {
	if e := l.known(hash); e != nil {
		return e, nil
	}
	packed, err := l.bundles.Bundle(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("read bundle %s: %w", hash, err)
	}
	if packed == nil {
		return nil, fmt.Errorf("bundle %s: %w", hash, ErrUnknown)
	}
	fsys, err := dsl.Unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("unpack bundle %s: %w", hash, err)
	}
	loaded, err := dsl.Load(fsys, dsl.Options{Accepted: true})
	if err != nil || loaded.Program == nil || loaded.Program.Hash != hash {
		return nil, fmt.Errorf("compile bundle %s again: %w", hash, ErrUnknown)
	}
	return l.add(loaded.Program), nil
}

func (l *Library) known(hash string) *Edition {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.editions[hash]
}

func (l *Library) add(p *program.Program) *Edition {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.editions[p.Hash]; ok {
		return e
	}
	e := &Edition{
		Program: p, Understand: understand.New(p),
		config: l.config, engines: map[*office.Office]*engine.Engine{},
	}
	l.editions[p.Hash] = e
	return e
}
