package bench

import (
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"sync/atomic"

	"hoithoai/dsl"
)

// bundle is the conversation everybody has: design/bench20.md, the same as in testdata/bench20, which is not in the binary.
//
//go:embed bundle/bench20.flow
var bundle embed.FS

// talk is what a person writes, from the first words to the last; then it begins anew.
var talk = [...]string{
	"benefits", "quote", "abc", "52", "premium", "yes", "12345", "0901234567", "Hanoi", "2026-10-01", "yes", "confirm",
}

// lastWait is how many of these messages lead to the last question.
const lastWait = len(talk) - 1

func compiled() (dsl.Result, error) {
	fsys, err := fs.Sub(bundle, "bundle")
	if err != nil {
		return dsl.Result{}, fmt.Errorf("open the conversation: %w", err)
	}
	loaded, err := dsl.Load(fsys, dsl.Options{})
	if err == nil && loaded.Program == nil {
		err = fmt.Errorf("it has errors: %v", loaded.Diagnostics)
	}
	if err != nil {
		return loaded, fmt.Errorf("load the conversation: %w", err)
	}
	return loaded, nil
}

// firstPerson is the id of the first person; Zalo's have 19 digits.
const firstPerson = 7_000_000_000_000_000_000

// person is somebody who writes.
type person struct {
	id   string
	next int // position in talk
}

// personID names the nth person of all who are ever in the store.
func personID(n int) string { return strconv.FormatInt(firstPerson+int64(n), 10) }

// says returns the next message and moves on.
func (p *person) says() string {
	text := talk[p.next]
	p.next = (p.next + 1) % len(talk)
	return text
}

// crowd is the people who write. Each is written for by one hand at a time.
type crowd struct{ people []person }

func (w *world) newCrowd(n int) *crowd {
	c := &crowd{people: make([]person, n)}
	for i := range c.people {
		c.people[i].id = personID(w.born + i)
	}
	w.born += n
	return c
}

// share is every person whose turn a hand of several has, one after the other.
func share(people, hands, hand, turn int) int {
	own := (people - hand + hands - 1) / hands
	return hand + turn%own*hands
}

// serial gives out numbers that never come twice.
type serial struct{ n atomic.Uint64 }

func (s *serial) next() uint64 { return s.n.Add(1) }
