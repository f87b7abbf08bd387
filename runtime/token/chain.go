package token

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// kind says what an entry of an office's list is.
type kind string

const (
	pair    kind = "pair"    // the tokens of a generation
	intent  kind = "intent"  // somebody is about to spend the generation's refresh token
	outcome kind = "outcome" // an intent that brought no tokens
)

// result says how an attempt failed.
type result string

const (
	unsent  result = "unsent"  // Zalo certainly did nothing with the token
	lost    result = "lost"    // nobody read the answer: the token may be spent
	refused result = "refused" // Zalo says that the token is spent or void
)

// entry is one sealed record of an office. Times are Unix milliseconds of whoever wrote it: they are for people and for
// lifetimes of hours, never for a lease.
type entry struct {
	Kind    kind   `json:"k"`
	Gen     uint64 `json:"g"`
	Attempt int    `json:"a,omitempty"`
	Replica string `json:"r,omitempty"`
	Nonce   string `json:"n,omitempty"`
	At      int64  `json:"t"`
	How     string `json:"h,omitempty"` // of a pair: refresh, code, given
	Access  string `json:"access,omitempty"`
	Refresh string `json:"refresh,omitempty"`
	Till    int64  `json:"till,omitempty"` // of the access token
	Last    int64  `json:"last,omitempty"` // of the refresh token
	Result  result `json:"o,omitempty"`
	Code    int    `json:"c,omitempty"` // of Zalo's refusal
}

// String shows no token.
func (e entry) String() string { return fmt.Sprintf("token.entry{%s %d/%d}", e.Kind, e.Gen, e.Attempt) }

// GoString returns String.
func (e entry) GoString() string { return e.String() }

// place is what an entry says exactly once: the store refuses a second one.
func (e entry) place() string { return fmt.Sprintf("%s:%d:%d", e.Kind, e.Gen, e.Attempt) }

// listOf is the list of the store that holds an office's tokens.
func listOf(office string) string { return "token:" + office }

// chain is what the store knows of an office, newest generation only.
type chain struct {
	pair     *entry // nil: the office never had tokens
	attempts []attempt
	ids      map[string]uint64 // id of every record → its generation
	newest   uint64
}

// attempt is one try to spend the newest refresh token.
type attempt struct {
	intent  entry
	outcome *entry // nil: under way, or whoever tried has died
}

// read reads the chain of an office.
func (k *Keeper) read(ctx context.Context, office string) (chain, error) {
	c := chain{ids: map[string]uint64{}}
	var all []entry
	for after := ""; ; {
		page, err := k.cfg.Records.List(ctx, listOf(office), after, 256)
		if err != nil {
			return c, fmt.Errorf("read tokens of office: %w", err)
		}
		for _, r := range page {
			e, err := k.open(office, r.Body)
			if err != nil {
				return c, err
			}
			all, c.ids[r.ID], after = append(all, e), e.Gen, r.ID
		}
		if len(page) < 256 {
			return c.fold(all), nil
		}
	}
}

// fold makes the state of all entries.
func (c chain) fold(all []entry) chain {
	for i := range all {
		if e := &all[i]; e.Kind == pair && (c.pair == nil || e.Gen > c.pair.Gen) {
			c.pair, c.newest = e, e.Gen
		}
	}
	for _, e := range all {
		if e.Kind == intent && e.Gen == c.newest {
			c.attempts = append(c.attempts, attempt{intent: e})
		}
	}
	for i := range all {
		c.close(&all[i])
	}
	return c
}

func (c chain) close(e *entry) {
	for i := range c.attempts {
		if e.Kind == outcome && e.Gen == c.newest && e.Attempt == c.attempts[i].intent.Attempt {
			c.attempts[i].outcome = e
		}
	}
}

func (k *Keeper) open(office string, body []byte) (entry, error) {
	var e entry
	plain, err := k.cfg.Seal.Open(nil, seal.Token, store.Key(listOf(office)), body)
	if err != nil {
		return e, fmt.Errorf("open tokens of office %s: %w", office, err)
	}
	if err := json.Unmarshal(plain, &e); err != nil {
		return e, fmt.Errorf("read tokens of office %s: entry is damaged", office) // the cause would quote it
	}
	return e, nil
}

// write appends an entry unless one stands in its place already; then written is false.
func (k *Keeper) write(ctx context.Context, office string, e entry) (written bool, err error) {
	plain, err := json.Marshal(e)
	if err != nil {
		return false, fmt.Errorf("encode entry: %w", err)
	}
	list := listOf(office)
	body, err := k.cfg.Seal.Seal(nil, seal.Token, store.Key(list), plain)
	if err != nil {
		return false, fmt.Errorf("seal entry: %w", err)
	}
	_, written, err = k.cfg.Records.Append(ctx, list, k.cfg.Seal.ID(store.Key(list), e.place()), body)
	if err != nil {
		return false, fmt.Errorf("write %s of generation %d: %w", e.Kind, e.Gen, err)
	}
	return written, nil
}

// tidy erases what is older than the generation before the newest: that one is kept for whoever must find out what happened.
func (k *Keeper) tidy(ctx context.Context, office string, c chain) {
	for id, gen := range c.ids {
		if gen+1 >= c.newest {
			continue
		}
		if _, err := k.cfg.Records.Erase(ctx, listOf(office), id); err != nil {
			return // the next refresh tidies up
		}
	}
}

// usable reports whether the newest access token is good and not the refused one.
func (c chain) usable(now time.Time, refused string) bool {
	return c.pair != nil && c.pair.Access != "" && c.pair.Access != refused && now.UnixMilli() < c.pair.Till
}

// due reports whether it is time to refresh.
func (c chain) due(now time.Time, office string) bool { return !now.Before(c.next(office)) }

// next is when the newest pair is refreshed: at half of the access token's life, each office a little later than the other.
func (c chain) next(office string) time.Time {
	life := c.pair.Till - c.pair.At
	h := fnv.New32a()
	h.Write([]byte(office))
	return time.UnixMilli(c.pair.At + life/2 + life/20*int64(h.Sum32()%100)/100)
}

// move is what may be done with the newest refresh token now.
type move uint8

const (
	try  move = iota + 1 // spend it, as the attempt after the last
	wait                 // somebody else is at it
	rest                 // an attempt failed a short while ago
	dead                 // only a human can help
)

// move decides what may be done. It is a function of what the store says and of when this process first saw it.
func (c chain) move(now time.Time, lease time.Duration, first sightings) move {
	if len(c.attempts) == 0 {
		return try
	}
	if c.count(refused) > 0 || c.count(lost) >= maxLost {
		return dead
	}
	last := c.attempts[len(c.attempts)-1]
	if last.outcome == nil {
		if now.Sub(first.of(last.intent, now)) < lease {
			return wait
		}
		return try
	}
	if now.Sub(first.of(*last.outcome, now)) < c.pause() {
		return rest
	}
	return try
}

// count is how many attempts ended so; one without an outcome may have lost its answer.
func (c chain) count(r result) int {
	n := 0
	for i, a := range c.attempts {
		silent := a.outcome == nil && i < len(c.attempts)-1
		if a.outcome != nil && a.outcome.Result == r || silent && r == lost {
			n++
		}
	}
	return n
}

// pause grows with every attempt.
func (c chain) pause() time.Duration {
	return min(restMin<<min(len(c.attempts)-1, 10), restMax)
}

// of returns when e was first seen, which is now if it never was.
func (s sightings) of(e entry, now time.Time) time.Time {
	name := e.place() + e.Nonce
	if at, ok := s[name]; ok {
		return at
	}
	s[name] = now
	return now
}
