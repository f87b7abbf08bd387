package store

import (
	"context"
	"time"
)

// Mailbox is the door's view of an engine.
type Mailbox interface {
	// Accept makes an event durable, deduplicated and ordered, and takes ownership of the person if nobody has it.
	Accept(ctx context.Context, in Accept) (AcceptResult, error)
}

// Actor is the owner's view of an engine.
type Actor interface {
	// Commit applies a step: session, mailbox pop, outbox push, timers and journal in one atomic write, fenced by Rev.
	Commit(ctx context.Context, in Commit) (CommitResult, error)
	// Done removes the outbox head if it is id.
	Done(ctx context.Context, key Key, id ID8) (Done, error)
	// Release gives a person back, or returns the work that came in meanwhile (Work.Head and Work.Out nil: released).
	Release(ctx context.Context, key Key) (Work, error)
}

// Finisher is the owner's view of an engine when something has left the outbox with consequences.
type Finisher interface {
	// Finish is Done of in.Out; in the same write it starts timers and marks the echoes that are used up. Gone changes nothing.
	Finish(ctx context.Context, key Key, in Finish) (Done, error)
}

// Echoes keeps what the channel shows of our own messages: the proof that one arrived whose answer got lost.
type Echoes interface {
	// NoteEcho remembers an echo for Config.EchoTTL after the newest, at most Config.Echoes per person, unless its ID is
	// known, used up or not. The person need not be owned.
	NoteEcho(ctx context.Context, key Key, echo Echo) error
	// Echoes returns the echoes of a person as they came; one that is used up has its ID alone.
	Echoes(ctx context.Context, key Key) ([]Echo, error)
}

// Scheduler is the clockwork's view of an engine.
type Scheduler interface {
	// Claim takes over up to n people of a partition whose lease has passed, and lists up to n due timers of it (not yet
	// fired), both earliest first. next is when the earliest entry falls due that was not listed; a person taken over counts
	// with the new lease (zero: none).
	Claim(ctx context.Context, partition, n int) (keys []Key, due []Due, next time.Time, err error)
	// Load returns the work of a person that Claim handed over; it renews the lease. A person who is free stays free.
	Load(ctx context.Context, key Key) (Work, error)
	// Fire moves a due timer into the mailbox, exactly once. fired is false when it was cleared, has already fired or is not
	// due; work is filled when the caller now owns the person.
	Fire(ctx context.Context, timer Due, id ID8) (fired bool, work *Work, err error)
}

// Deferrer postpones a person whose outbox head cannot be sent now.
type Deferrer interface {
	// Defer leaves a person who has work owned by nobody until at, when Claim hands it over. A person who is free stays free.
	Defer(ctx context.Context, key Key, at time.Time) error
	// DeferUntried is Defer by who knows that nothing of the outbox head was sent: the next Load says so (Work.Untried), unless
	// somebody else had the person's work before it. A dump leaves it out.
	DeferUntried(ctx context.Context, key Key, at time.Time) error
}

// Attempts remembers how often work was begun that may have ended whoever did it. Who works on somebody whose owner went silent
// notes it before the work begins; in calm nothing is ever written here.
type Attempts interface {
	// Attempt remembers for Config.AttemptTTL that work on an item of the person begins for the Nth time, in place of what was
	// noted before; N 0 takes the note away. It renews no lease, and a full engine takes it all the same. A dump leaves it out.
	Attempt(ctx context.Context, key Key, a Attempt) error
}

// Bundles keeps the sources of every program that a session may still use.
type Bundles interface {
	// SaveBundle keeps body under hash; a hash already kept stays as it is.
	SaveBundle(ctx context.Context, hash string, body []byte) error
	// Bundle returns what was saved; nil, nil when unknown.
	Bundle(ctx context.Context, hash string) ([]byte, error)
}

// Journal reads what Commit wrote, oldest first.
type Journal interface {
	// Journal returns at most Config.Journal entries, none older than Config.JournalTTL after the last one was written.
	Journal(ctx context.Context, key Key) ([][]byte, error)
}

// Records is an office's own register (tips, places): append-only lists, each entry written once per By, the id of the
// outbox item that asks, so that a repeated task writes nothing twice.
type Records interface {
	// Append adds body to list under an id made from by; the second time it returns the same id and appended false.
	Append(ctx context.Context, list string, by ID8, body []byte) (id string, appended bool, err error)
	// List returns up to n entries after the given id ("" from the start; it need not be there any more), oldest first.
	List(ctx context.Context, list, after string, n int) ([]Record, error)
	// Erase removes one entry; false when there was none. Its By stays known: a repeated task does not bring it back.
	Erase(ctx context.Context, list, id string) (bool, error)
}

// Places is the register of countable places (appointments): Take succeeds while fewer than limit hold the place.
type Places interface {
	// Take takes a place for by; repeated with the same by it says the same again without taking a second one. A by that has
	// freed the place never gets it again.
	Take(ctx context.Context, place string, by ID8, limit int) (taken bool, err error)
	// Free gives the place of by back; false when by does not hold it.
	Free(ctx context.Context, place string, by ID8) (bool, error)
}

// Record is one entry of a list.
type Record struct {
	ID   string
	Body []byte // sealed
}
