// Package compile lowers a bound bundle without errors to the Program that the engine executes: names become positions, lines
// become bubbles, outcomes become events of a state machine. It checks nothing and reports nothing: what it is given has passed
// packages bind and check. It is not responsible for reading files, for the hash of a bundle or for running anything.
package compile

import (
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/program"
)

// Defaults of what an author may leave out (design/language.md).
const (
	DefaultKeep    = 24 * time.Hour   // giữ: how long an unfinished run may live
	DefaultTimeout = 30 * time.Second // trong: how long a task may take
)

// Program lowers b. hash names the result; files are the attachments by path as written in the flows, kept as given. b must be
// without errors: a name that is not resolved in it becomes program.None.
func Program(b *bind.Bundle, hash string, files map[string][]byte) *program.Program {
	c := newCompiler(b)
	p := &program.Program{Hash: hash, Files: files}
	for _, f := range b.Facts {
		p.Facts = append(p.Facts, fact(f))
	}
	for i, t := range b.Tasks {
		p.Tasks = append(p.Tasks, c.lowerTask(i, t))
	}
	c.lowered = p.Tasks
	for _, f := range b.Flows {
		p.Flows = append(p.Flows, c.lowerFlow(f))
	}
	p.Shared = c.shared()
	c.triggers(p)
	return p
}

// compiler is what all flows share while they are lowered.
type compiler struct {
	bundle  *bind.Bundle
	tasks   map[string]int  // position in Bundle.Tasks
	lowered []*program.Task // the tasks, once they are lowered
}

func newCompiler(b *bind.Bundle) *compiler {
	c := &compiler{bundle: b, tasks: map[string]int{}}
	for i, t := range b.Tasks {
		c.tasks[t.Name.Text] = i
	}
	return c
}

// flowIndex is the position of a flow, or program.None.
func (c *compiler) flowIndex(name string) int {
	if f := c.bundle.ByName[name]; f != nil {
		return f.Index
	}
	return program.None
}

// taskIndex is the position of a task, or program.None.
func (c *compiler) taskIndex(name string) int {
	if i, ok := c.tasks[name]; ok {
		return i
	}
	return program.None
}
