// Package token keeps the access tokens of offices fresh, for every process over one store. Zalo's refresh tokens can be used
// once and every answer brings the next one (facts/zalo-api.md §4): whoever loses an answer loses the office until its owner
// authorises the app again. So (design/durability.md §2.6):
//
//   - the tokens of an office are a chain of generations in a list of the store's records, sealed; the record of generation
//     n+1 can be written once, whoever writes it (store.Records: once for every By);
//   - before a refresh token is spent, the intent to do so is written the same way: one process spends it. Everybody counts
//     the lease of an intent from when they first saw it, by their own clock, so a wrong clock steals nothing;
//   - room for the answer is made on disk before the call; the raw answer is sealed and flushed there before anybody tries
//     to read it, and in the store before it is used. Every process publishes what it finds on its disk before all else;
//   - an answer that nobody read is an alarm at once. The old refresh token is tried again, some times over hours at growing distances:
//     Zalo may not have carried the call out. Where it says that the token is spent, only a human can help, and is told how;
//   - tokens are refreshed at half their life, so that the old one works for hours whatever goes wrong.
//
// It does not call the API (package zalo asks it for a token at each call and tells it of refused ones), and it does not
// protect from a second installation with copies of store and keys: two stores must never hold the same refresh token.
package token

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"hoithoai/runtime/alarm"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Authority gives tokens and says where a human gives the app its permission (zalo.OAuth). The answers are raw: ParseGrant
// of package zalo reads them.
type Authority interface {
	Refresh(ctx context.Context, refreshToken string) ([]byte, error)
	Exchange(ctx context.Context, code, verifier string) ([]byte, error)
	PermissionURL() string
}

// Config is what a Keeper needs. Records, Seal, Authority, Spool, Now and Log are required.
type Config struct {
	Records   store.Records
	Seal      *seal.Sealer
	Authority Authority
	Offices   []string // whose tokens are kept at first; see Serve
	Spool     string   // folder on a disk that outlives the process; made if it is not there
	Replica   string   // name of this process for those who look; default "?"
	Now       func() time.Time
	Pause     func(ctx context.Context, d time.Duration) error // waits; default by the machine's clock
	Random    io.Reader                                        // of names of intents; default crypto/rand
	Log       *slog.Logger
	Metrics   *metrics.Set
	Alarms    *alarm.Set    // default: to Log
	Lease     time.Duration // how long an intent stands against others; default 30 s, at least three times CallLimit
	CallLimit time.Duration // of one call of Authority; default 10 s
	Patience  time.Duration // how long a call of the API waits for another process to refresh; default 4 s
}

// The distances in time.
const (
	young    = time.Minute            // a token younger than this is not refreshed because it was refused
	peek     = 200 * time.Millisecond // between two looks at what another process is doing
	restMin  = time.Minute            // after the first failed attempt; doubles with each
	restMax  = time.Hour
	maxLost  = 12              // attempts without an answer, over some six hours, before only a human can help
	askEvery = 2 * time.Second // at most so often is the store asked for an office without a token
)

// What a token can fail for. Callers show them; nobody repeats a call because of one.
var (
	ErrMissing     = errors.New("the office has no tokens yet: give it some with hoithoai token set")
	ErrUnknown     = errors.New("nobody keeps tokens for this office")
	ErrReauthorise = errors.New("the refresh token is spent or refused: the owner of the Official Account must authorise the app again")
	ErrWaiting     = errors.New("the last refresh failed; it is tried again later")
	ErrBusy        = errors.New("another process is refreshing the token")
	ErrRefused     = errors.New("a token that was just refreshed is refused: refreshing again would not help")
)

// Keeper keeps the tokens of some offices. It is safe for concurrent use.
type Keeper struct {
	cfg Config

	mu    sync.Mutex
	desks map[string]*desk // of every office that was ever served by this process
	kept  []string         // the offices that are served
}

// desk is what this process knows of one office.
type desk struct {
	office string
	turn   chan struct{} // holds one while nobody here is at work on the office
	first  sightings     // of entries of generation gen; for who holds turn
	gen    uint64

	mu      sync.Mutex
	access  string
	till    time.Time
	asked   time.Time // when there was no token last, and why
	trouble error
}

// sightings is when this process first saw an entry of the store.
type sightings map[string]time.Time

// New returns a Keeper. Nothing is read yet: see Start.
func New(cfg Config) *Keeper {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&cfg.Lease, 30*time.Second)
	def(&cfg.CallLimit, 10*time.Second)
	def(&cfg.Patience, 4*time.Second)
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	if cfg.Random == nil {
		cfg.Random = rand.Reader
	}
	if cfg.Alarms == nil {
		cfg.Alarms = alarm.New(cfg.Log, cfg.Now)
	}
	k := &Keeper{cfg: cfg, desks: map[string]*desk{}}
	k.Serve(cfg.Offices)
	return k
}

// Serve sets whose tokens are kept from now on. An office that is not among them any more still gets the token it has, for the
// messages that wait; it is refreshed when it is asked for, and not in advance.
func (k *Keeper) Serve(offices []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = slices.Clone(offices)
	for _, office := range offices {
		if k.desks[office] != nil {
			continue
		}
		d := &desk{office: office, turn: make(chan struct{}, 1), first: sightings{}}
		d.turn <- struct{}{}
		k.desks[office] = d
	}
}

// desk returns what is known of an office, nil where nobody keeps its tokens.
func (k *Keeper) desk(office string) *desk {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.desks[office]
}

func (k *Keeper) served() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// String says how many offices there are, and no token.
func (k *Keeper) String() string { return fmt.Sprintf("token.Keeper{%d}", len(k.served())) }

// GoString returns String.
func (k *Keeper) GoString() string { return k.String() }

// Token returns the access token of an office (zalo.TokenSource). It asks the store only where this process knows of none.
func (k *Keeper) Token(ctx context.Context, office string) (string, error) {
	d := k.desk(office)
	if d == nil {
		return "", ErrUnknown
	}
	token, tired := d.known(k.cfg.Now())
	if token != "" {
		return token, nil
	}
	if tired != nil {
		return "", tired
	}
	token, err := k.ensure(ctx, d, "")
	if token == "" {
		d.fail(k.cfg.Now(), err)
	}
	return good(token, err)
}

// good drops the error of a token that is good.
func good(token string, err error) (string, error) {
	if token != "" {
		return token, nil
	}
	return "", err
}

// known returns the token this process knows, if it is good, or why there was none a moment ago.
func (d *desk) known(now time.Time) (token string, tired error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.access != "" && now.Before(d.till) {
		return d.access, nil
	}
	if d.trouble != nil && now.Sub(d.asked) < askEvery {
		return "", d.trouble
	}
	return "", nil
}

func (d *desk) keep(access string, till time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.access, d.till, d.trouble = access, till, nil
}

func (d *desk) fail(now time.Time, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked, d.trouble = now, err
}

// Renew returns another token than the refused one (zalo.Renewer): one that was made meanwhile, or a new one. However many
// calls and processes ask, one token is refreshed once. Where only a human can help, the alarm is raised here: by its own clock
// the refused token may have hours to live, in which Tend would not look at it.
func (k *Keeper) Renew(ctx context.Context, office, refused string) (string, error) {
	d := k.desk(office)
	if d == nil {
		return "", ErrUnknown
	}
	k.cfg.Metrics.Inc("token_refused")
	token, err := k.ensure(ctx, d, refused)
	if errors.Is(err, ErrReauthorise) {
		k.warn(office, err)
	}
	return good(token, err)
}

// Start publishes what an earlier process left on the disk. Call it before anything else is done with the store's tokens.
func (k *Keeper) Start(ctx context.Context) error {
	if err := k.openSpool(); err != nil {
		return err
	}
	return k.publishAll(ctx)
}

// Run refreshes tokens in time until ctx ends; a refresh under way is brought to its end first.
func (k *Keeper) Run(ctx context.Context, tick <-chan time.Time) {
	for {
		k.Tend(ctx)
		select {
		case <-tick:
		case <-ctx.Done():
			return
		}
	}
}

// Tend looks after every office once.
func (k *Keeper) Tend(ctx context.Context) {
	if err := k.publishAll(ctx); err != nil {
		k.cfg.Alarms.Raise("token_spool", "an answer of Zalo with new tokens waits on the disk and cannot be put into the store: "+err.Error())
	}
	for _, office := range k.served() {
		if ctx.Err() != nil {
			return
		}
		if _, err := k.ensure(ctx, k.desk(office), ""); err != nil && !errors.Is(err, ErrBusy) {
			k.warn(office, err)
		}
	}
}

// warn tells a human what to do about an office without a good token.
func (k *Keeper) warn(office string, err error) {
	k.cfg.Metrics.Inc("token_failed")
	what := "the access token cannot be refreshed; it is tried again. Cause: " + err.Error()
	switch {
	case errors.Is(err, ErrMissing):
		what = err.Error()
	case errors.Is(err, ErrReauthorise):
		what = err.Error() + ": open " + k.cfg.Authority.PermissionURL() +
			" (or the API Explorer of the console), then run hoithoai token set " + office
	}
	k.cfg.Alarms.Raise("token_"+office, "office "+office+": "+what)
}

// nonce names an intent of this process.
func (k *Keeper) nonce() (string, error) {
	var b [12]byte
	if _, err := io.ReadFull(k.cfg.Random, b[:]); err != nil {
		return "", fmt.Errorf("read randomness: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}
