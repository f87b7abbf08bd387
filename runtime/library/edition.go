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

	config  engine.Config
	mu      sync.Mutex
	engines map[*office.Office]*engine.Engine
}

func newEdition(p *program.Program, config engine.Config) *Edition {
	return &Edition{
		Program: p, Shape: p.Shape(), Understand: understand.New(p), config: config, engines: map[*office.Office]*engine.Engine{},
	}
}

// Engine returns the engine of this program for one office, always the same.
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
