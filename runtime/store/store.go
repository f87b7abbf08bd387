// Package store is the contract between the runtime and what remembers: one mailbox, session, outbox and set of timers per
// person, moved only by six small idempotent operations (design: accept, commit, done, release, claim, fire), plus bundles
// and an office's records. Engines (packages redis, embedded) are structs with these operations; each consumer declares the
// at most three it uses. Package storetest holds every engine to this text, package model is the same contract in plain Go.
//
// Rules every engine keeps:
//   - one operation is atomic and durable (at the engine's declared level) before it returns without error;
//   - repeating an operation with the same arguments changes nothing and says so (Duplicate, Already, Gone);
//   - an engine sees only sealed bytes and keyed hashes: no id of a person, no word of a message, in keys or values;
//   - times of leases and timers are the engine's own clock (Redis TIME; the process clock for embedded; an argument for
//     model), in milliseconds, rounded up;
//   - a person is free exactly while mailbox and outbox are empty; otherwise somebody's lease, or a time to try again, stands.
//
// What an engine remembers of events it took, per person, so that no event is applied twice and none is lost:
//   - the Ring newest ids by the channel's time; the newest time that fell out is the watermark;
//   - the ids that fell out during the last Window (at most Old of them).
//
// A remembered id is a Duplicate. An unknown one below the watermark is appended when the channel calls it a repeat
// (Retry: the first delivery never got our 200) and dropped as Stale otherwise: it may be a copy from long ago.
package store

import (
	"errors"
	"time"
)

// ErrUnavailable is returned (wrapped) when the engine cannot answer now and nothing was changed, or nobody can know: the
// caller repeats the same call or gives up; both are safe.
var ErrUnavailable = errors.New("store unavailable")

// ErrFull is returned (wrapped) when the engine refuses to write for want of space.
var ErrFull = errors.New("store full")

// Key names one person at one office: 22 characters of base64url (see package seal); the engine derives the partition from it.
type Key string

// ID8 is the 8-byte id of an event or outbox item, unique per person: derived from the channel's message id by a keyed hash.
type ID8 [8]byte

// Work is what the owner of a person gets to do next. Session is nil for a person never seen. Head and Out are the first
// items of mailbox and outbox, nil where empty.
type Work struct {
	Key     Key
	Session *Snapshot
	Head    *Item
	Out     *Item
	Lease   time.Time // until when the caller owns the person
	Untried bool      // of Load: surely nothing of Out was sent yet (see Deferrer.DeferUntried)
	// Silent says, of Load, that nobody put the person off: the last owner's lease ended, so that it died, was frozen, or was cut
	// off from the store in the middle of its work. Who was loaded from a dump counts as put off.
	Silent bool
	// Attempt is, of Load, what was noted last (see Attempts); zero for nothing.
	Attempt Attempt
}

// Attempt is that work on an item was begun for the Nth time.
type Attempt struct {
	Item ID8
	N    int
}

// Snapshot is a stored session: Rev is the fencing token, Last the event it came from.
type Snapshot struct {
	Rev  uint64
	Last ID8
	Body []byte // sealed
}

// Item is one entry of mailbox or outbox.
type Item struct {
	ID   ID8
	Body []byte // sealed
}

// AcceptStatus says what became of an event at the door.
type AcceptStatus uint8

// The outcomes of Accept.
const (
	Accepted  AcceptStatus = iota + 1 // durable, and the caller now owns the person (Work is filled)
	Queued                            // durable; somebody else owns the person
	Duplicate                         // seen before: answer 200
	Stale                             // older than the watermark, unknown and no repeat: dropped and counted
	Flooded                           // the mailbox is full: neither taken nor remembered; answer 200, count, tell once a minute
)

// Accept is one event at the door.
type Accept struct {
	Key  Key
	ID   ID8
	Body []byte
	// Sent is the channel's time in Unix ms. For an implausible one the caller gives the arrival time; for one below 1 or in
	// the engine's future the engine takes its own.
	Sent  int64
	Retry bool // the channel says it is a repeat, or it is young: if never taken, it must not be dropped as stale
}

// AcceptResult is the answer of Accept.
type AcceptResult struct {
	Status AcceptStatus
	Work   Work // Accepted only
}

// Timer is one timer of a person, known by Name and Gen together: setting the same two again replaces it, At zero clears it.
type Timer struct {
	Name string // no '|' in it
	Gen  uint32
	At   time.Time
	Body []byte // sealed event to put into the mailbox when it fires; empty: a TimerMark
}

// CommitStatus says what became of a step.
type CommitStatus uint8

// The outcomes of Commit.
const (
	Committed CommitStatus = iota + 1 // done; the caller still owns the person; Next is the next mailbox item
	Already                           // this very step was committed before
	Released                          // done, nothing left to do: the person is free
	Lost                              // somebody else moved the session: throw the work away
	Absent                            // the event is not at the head of the mailbox: throw the work away
)

// Commit is one finished step.
type Commit struct {
	Key   Key
	Rev   uint64 // the revision the step was computed from; 0 for none
	Event ID8    // the mailbox head it consumed
	// Session is sealed; nil or empty erases what is remembered of the person: session, timers and journal, before Timers
	// and Journal of this step are written. Rev and Last stay as a Snapshot without Body, so that a late owner is fenced out.
	Session []byte
	TTL     time.Duration // how long the session is kept from now; 0: without end
	Out     []Item
	Timers  []Timer
	Journal []byte // sealed; nil: no entry
}

// CommitResult is the answer of Commit.
type CommitResult struct {
	Status CommitStatus
	Rev    uint64
	Next   *Item // Committed: next mailbox item, nil when empty
	Out    *Item // Committed: outbox head, nil when empty
	Lease  time.Time
}

// Done is the answer of the operation Done, which removes the outbox head with the given id.
type Done struct {
	Gone  bool // the head was another item: nothing changed
	Free  bool // nothing left: the person is released
	Out   *Item
	Next  *Item
	Lease time.Time
}

// Finish is an outbox item that has left, and what follows from that.
type Finish struct {
	Out ID8
	// Start are timers whose time counts from now: each replaces the one of the same Name and Gen where that is still set;
	// one that fired or was cleared stays away.
	Start []Timer
	// Taken are the echoes that prove this item: they prove no other, also when they come only later.
	Taken []ID8
}

// Echo is one message of ours as the channel showed it: keyed hashes and a time, no word of it.
type Echo struct {
	ID   ID8   // of the channel's id of the message
	Look ID8   // of how it looks; never zero
	Sent int64 // the channel's time, Unix ms
}

// Due is a timer that may fire.
type Due struct {
	Key  Key
	Name string
	Gen  uint32
}

// Config is what every engine is told.
type Config struct {
	Lease      time.Duration // how long an owner may be silent; default 15 s
	Ring       int           // newest ids remembered per person; default 64
	Window     time.Duration // how long they are remembered after the person's last event; default 72 h
	Old        int           // ids remembered per person that fell out of the ring; default 1024
	MaxMail    int           // mailbox cap per person at Accept; timers always come in; default 64
	Journal    int           // journal entries kept per person; default 200
	JournalTTL time.Duration // default 30 days
	Echoes     int           // echoes kept per person, used up or not; default 16
	EchoTTL    time.Duration // how long after the newest one; default 10 min
	AttemptTTL time.Duration // how long an Attempt is remembered after it was noted; default 72 h
}

// WithDefaults fills what is zero.
func (c Config) WithDefaults() Config {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&c.Lease, 15*time.Second)
	def(&c.Window, 72*time.Hour)
	def(&c.JournalTTL, 30*24*time.Hour)
	def(&c.EchoTTL, 10*time.Minute)
	def(&c.AttemptTTL, 72*time.Hour)
	if c.Ring == 0 {
		c.Ring = 64
	}
	if c.Old == 0 {
		c.Old = 1024
	}
	if c.MaxMail == 0 {
		c.MaxMail = 64
	}
	if c.Journal == 0 {
		c.Journal = 200
	}
	if c.Echoes == 0 {
		c.Echoes = 16
	}
	return c
}
