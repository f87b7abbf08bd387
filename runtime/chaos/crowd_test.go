package chaos

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hoithoai/runtime/zalo/fake"
)

// opening is what everybody says first.
const opening = "bắt đầu đếm"

// said is one message of a person that was answered 200.
type said struct {
	mark  string
	hook  fake.Webhook
	began time.Time // of the first try
	acked time.Time // answered 200
	late  bool      // Zalo delivered it an hour after it was written
}

// person is one of the crowd. The lock of the crowd guards it.
type person struct {
	n, id    int
	name     string // as Zalo knows them
	lines    int    // how many to say after the opening
	lateAt   int    // the line that is delivered an hour late; -1: none
	accepted []said // in order
	receipts int    // marks that came back
	busy     bool
	flooded  int // lines that may be dropped; see F16
}

// crowd is everybody. It is safe for concurrent use.
type crowd struct {
	mu     sync.Mutex
	rng    *rand.Rand
	people []*person
	byName map[string]*person
	open   []*person // who has something left to say
	total  int       // lines to say, with openings
	spoken int
	seen   int // receipts
	ahead  int // how many unanswered lines a person may have
	moved  time.Time
}

func newCrowd(rng *rand.Rand, people, lines, late, ahead int) *crowd {
	c := &crowd{rng: rng, byName: map[string]*person{}, ahead: ahead, moved: time.Now()}
	for i := range people {
		p := &person{n: i, name: fmt.Sprintf("77%014d", i), lines: lines, lateAt: -1}
		if i < late { // behind fifty newer ones
			p.lines, p.lateAt = max(lines, 56), 53
		}
		c.people, c.byName[p.name] = append(c.people, p), p
		c.total += 1 + p.lines
	}
	c.open = append(c.open, c.people...)
	return c
}

// next gives out somebody who has something to say and is not just saying it; nil when all has been said, or no answer has come
// for so long that none will.
func (c *crowd) next(patience time.Duration) *person {
	for {
		c.mu.Lock()
		if len(c.open) == 0 || time.Since(c.moved) > patience {
			c.mu.Unlock()
			return nil
		}
		for range 8 {
			i := c.rng.IntN(len(c.open))
			if p := c.open[i]; !p.busy && c.mayTalk(p) {
				p.busy = true
				c.mu.Unlock()
				return p
			}
		}
		c.mu.Unlock()
		time.Sleep(time.Millisecond) // everybody asked waits for an answer
	}
}

// mayTalk: nobody writes far ahead of the answers, since more than 64 waiting messages are a flood; and the opening must be
// answered first, so that it is a message of its own however long messages are gathered.
func (c *crowd) mayTalk(p *person) bool {
	ahead := len(p.accepted) - p.receipts
	return ahead < c.ahead && (len(p.accepted) == 0 || p.receipts > 0)
}

// line is what a person says next.
func (p *person) line() (mark string, late bool) {
	k := len(p.accepted)
	if k == 0 {
		return opening, false
	}
	return p.mark(k), k == p.lateAt
}

// mark is the words of line k: nobody else's, and no other line's.
func (p *person) mark(k int) string { return fmt.Sprintf("p%d lời %d", p.n, k) }

// spokenBy notes a line that was answered 200.
func (c *crowd) spokenBy(p *person, s said) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.accepted = append(p.accepted, s)
	p.busy = false
	c.moved = time.Now()
	c.spoken++
	if len(p.accepted) > p.lines {
		for i, q := range c.open {
			if q == p {
				c.open[i] = c.open[len(c.open)-1]
				c.open = c.open[:len(c.open)-1]
				break
			}
		}
	}
}

// more lets everybody say n lines more.
func (c *crowd) more(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = c.open[:0]
	for _, p := range c.people {
		p.lines = len(p.accepted) - 1 + n
		c.open = append(c.open, p)
		c.total += n
	}
}

// old returns an earlier line of a person, any of them.
func (c *crowd) old(p *person) said {
	c.mu.Lock()
	defer c.mu.Unlock()
	return p.accepted[c.rng.IntN(len(p.accepted))]
}

// roll reports whether something of this chance happens.
func (c *crowd) roll(chance float64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rng.Float64() < chance
}

// pick draws one of n.
func (c *crowd) pick(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rng.IntN(n)
}

// heard counts the receipts of an arrival.
func (c *crowd) heard(a arrival) {
	r, ok := readReceipt(a.text)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.byName[a.person]
	if p == nil {
		return
	}
	c.moved = time.Now()
	for _, m := range r.marks {
		if k := markNumber(m); k >= p.receipts {
			c.seen += k + 1 - p.receipts
			p.receipts = k + 1
		}
	}
}

// opened reports whether everybody's opening has been answered.
func (c *crowd) opened() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !slices.ContainsFunc(c.people, func(p *person) bool { return p.receipts == 0 })
}

// count is how many lines were answered 200.
func (c *crowd) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spoken
}

// progress returns how much was said, how much came back, of how much, and when something last did either.
func (c *crowd) progress() (spoken, seen, total int, moved time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spoken, c.seen, c.total, c.moved
}

// receipt is an answer of the flow: the count and the marks it is about.
type receipt struct {
	n     int
	marks []string
}

// readReceipt reads "Ghi 1.234: p7 lời 8 p7 lời 9".
func readReceipt(text string) (r receipt, ok bool) {
	head, rest, found := strings.Cut(text, ": ")
	if !found || !strings.HasPrefix(head, "Ghi ") {
		return r, false
	}
	if r.n, ok = readCount(strings.TrimPrefix(head, "Ghi ")); !ok {
		return r, false
	}
	if rest == "bắt đầu" {
		return receipt{r.n, []string{opening}}, true
	}
	words := strings.Fields(rest)
	if len(words)%3 != 0 {
		return r, false
	}
	for i := 0; i < len(words); i += 3 {
		r.marks = append(r.marks, strings.Join(words[i:i+3], " "))
	}
	return r, true
}

// readReminder reads "Nhắc 1.234".
func readReminder(text string) (n int, ok bool) {
	rest, found := strings.CutPrefix(text, "Nhắc ")
	if !found {
		return 0, false
	}
	return readCount(rest)
}

func readCount(text string) (int, bool) {
	n, err := strconv.Atoi(strings.ReplaceAll(text, ".", ""))
	return n, err == nil
}

// markNumber is which line of its person a mark is, the opening 0.
func markNumber(mark string) int {
	if mark == opening {
		return 0
	}
	n, err := strconv.Atoi(mark[strings.LastIndexByte(mark, ' ')+1:])
	if err != nil {
		return -1
	}
	return n
}
