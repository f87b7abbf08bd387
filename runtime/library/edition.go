package library

import (
	"sync"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/understand"
)

// Edition is one program with what was built from it. It is safe for concurrent use.
type Edition struct {
	Program    *program.Program
	Shape      string // of Program: what sessions depend on
	Understand *understand.Understander

	library *Library
	mu      sync.Mutex
	config  *engine.Config // that the engines were made with
	engines map[*office.Office]*engine.Engine
}

func newEdition(p *program.Program, l *Library) *Edition {
	return &Edition{
		Program: p, Shape: p.Shape(), Understand: understand.New(p), library: l, engines: map[*office.Office]*engine.Engine{},
	}
}

// Engine returns the engine of this program for one office, the same until something is exchanged.
func (e *Edition) Engine(of *office.Office) *engine.Engine {
	now := e.library.serving.Load()
	if e != now.edition {
		of = now.forOlder(of)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.config != now.config { // the offices of before are gone with it
		clear(e.engines)
		e.config = now.config
	}
	if eng, ok := e.engines[of]; ok {
		return eng
	}
	cfg := *now.config
	cfg.Office, cfg.Matcher, cfg.Detector = of, e.Understand, e.Understand
	eng := engine.New(e.Program, cfg)
	e.engines[of] = eng
	return eng
}
